"""Pages that are open while the site is built: written before all others, byte for byte as in their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pelican.plugins import signals

from conftest import write_settings
from rehab.adapter.run import BuildResult, build
from rehab.adapter.serve.ahead import show_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from conftest import WriteTree

POST = "---\ntitle: {0}\ndate: 2020-01-{1:02}\ntags: [knee]\nexercises:\n  - squat: 3 x {1}\n---\nIt *hurt*, {1}.\n"
BLOG: dict[str, str | bytes] = {
    **{f"posts/p{number}.md": POST.format(f"Post {number}", number) for number in range(1, 8)},
    "posts/draft.md": POST.format("To come", 20).replace("---\n", "---\nstatus: draft\n", 1),
    "posts/p1-de.md": POST.format("Ein Knie", 1).replace("---\n", "---\nslug: p1\nlang: de\n", 1),
    "pages/about.md": "---\ntitle: About\n---\nMe, after [[p3]].\n",
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\nkind: strength\n---\nOld text.\n",
    "injuries/runners-knee.md": "---\ntitle: Runner's knee\nregion: knee\nred_flags: []\n---\nIt hurts.\n",
    "galleries/mine.md": "---\ntitle: Mine\n---\nSome.\n",
    "comments/p1/one.md": "---\nauthor: R\ndate: 2022-01-01\n---\nGood.\n",
}


class Blog:
    """A blog, and what its generators do when all of the site is linked and nothing is written."""

    def __init__(self, folder: Path, settings: Path) -> None:
        """Build nothing yet."""
        self.folder, self.settings, self.output = folder, settings, folder / "out"
        self.generators: Sequence[Any] = ()
        self.open: Iterable[Path] = ()
        self.seen: Mapping[Path, bytes] = {}
        self.written: list[str] = []
        self.ahead: list[str] = []
        signals.all_generators_finalized.connect(self.keep)
        signals.get_writer.connect(self.begin)
        signals.content_written.connect(self.note)

    def keep(self, generators: Sequence[Any]) -> None:
        """Keep what the build uses."""
        self.generators = generators

    def begin(self, pelican: object) -> None:  # noqa: ARG002 - Pelican's signature
        """Write what is open, and keep what it is then."""
        self.written.clear()
        show_ahead(self.generators, self.open)
        self.ahead = [*self.written]
        self.seen = {page: page.read_bytes() for page in self.open if page.is_file()}

    def note(self, path: str, context: object) -> None:  # noqa: ARG002 - as above
        """Keep which page was written."""
        self.written.append(path)

    def build(self) -> BuildResult:
        """Build the whole site."""
        result = build(self.settings)
        assert result.exit_code == 0
        return result

    def pages(self) -> set[Path]:
        """Return all pages."""
        return set(self.output.rglob("*.html"))


@pytest.fixture
def blog(write_tree: WriteTree, tmp_path: Path, release_signals: None) -> Blog:  # noqa: ARG001 - for the whole test
    content = write_tree(BLOG)
    more = {"OUTPUT_PATH": str(tmp_path / "out"), "DEFAULT_PAGINATION": 3}
    return Blog(tmp_path, write_settings(tmp_path, content, tmp_path / ".cache", **more))


def save_other_titles(blog: Blog) -> None:
    for number in (3, 6):
        (blog.folder / f"content/posts/p{number}.md").write_text(POST.format("Another title", number), "utf-8")


def test_every_page_comes_out_ahead_as_it_does_in_its_turn(blog: Blog) -> None:
    blog.build()
    before = {page: page.read_bytes() for page in blog.pages()}
    blog.open = sorted(blog.pages())
    save_other_titles(blog)
    blog.build()
    assert {page: page.read_bytes() for page in blog.pages()} == blog.seen
    changed = {page.relative_to(blog.output).as_posix() for page in blog.seen if before.get(page) != blog.seen[page]}
    assert {"index.html", "posts/index2.html", "tags/knee/index.html", "exercises/squat/index.html"} <= changed


def test_only_what_is_open_is_written_ahead(blog: Blog) -> None:
    blog.build()
    second = blog.output / "posts/index2.html"
    blog.open = [second, blog.output / "about/index.html", blog.output / "of-nobody/index.html"]
    save_other_titles(blog)
    blog.build()
    assert {*blog.ahead} == {str(second), str(blog.output / "about/index.html")}


def test_a_build_counts_and_lists_what_it_would_without_open_pages(blog: Blog) -> None:
    plain = blog.build()
    tree = {file: file.read_bytes() for file in blog.output.rglob("*") if file.is_file()}
    blog.open = sorted(blog.pages())
    again = blog.build()
    assert (again.pages, again.files, again.problems) == (plain.pages, plain.files, plain.problems)
    assert {file: file.read_bytes() for file in blog.output.rglob("*") if file.is_file()} == tree


def test_a_page_that_is_written_by_now_is_not_written_again(blog: Blog) -> None:
    home, seen = blog.output / "index.html", list[str]()

    def ask_again(path: str, context: object) -> None:  # noqa: ARG001 - as above
        if path.endswith("tags/knee/index.html") and not seen:
            seen.extend(blog.written)
            show_ahead(blog.generators, [home])

    signals.content_written.connect(ask_again)
    blog.build()
    assert seen
    assert blog.written.count(str(home)) == 1
