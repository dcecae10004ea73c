"""Settings that are saved while a site is served: shown first by the process that is there, byte for byte as later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pelican.plugins import signals

from conftest import write_settings
from rehab.adapter.run import build
from rehab.adapter.serve.chosen import OF_PAGES, read_chosen
from rehab.adapter.serve.first import show_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import WriteTree

POST = "---\ntitle: {0}\ndate: 2020-01-{1:02}\ntags: [knee]\nexercises:\n  - squat: 3 x {1}\n---\nIt *hurt*.\n"
BLOG: dict[str, str | bytes] = {
    **{f"posts/p{number}.md": POST.format(f"Post {number}", number) for number in range(1, 5)},
    "pages/about.md": "---\ntitle: About\n---\nMe, after [[p3]].\n",
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\nequipment: [chair]\n---\nText.\n",
    "exercises/lunge.md": "---\ntitle: Lunge\nlaterality: bilateral\nequipment: [dumbbell]\n---\nText.\n",
    "comments/p1/one.md": "---\nauthor: R\ndate: 2022-01-01\n---\nGood.\n",
}
OPEN = (
    "index.html",
    "posts/p1/index.html",
    "about/index.html",
    "exercises/squat/index.html",
    "exercises/index.html",
    "posts/index.html",
    "tags/knee/index.html",
    "404.html",
)


class Stays:
    """A process that stays: a blog that was built, its generators, and the settings that these know."""

    def __init__(self, settings: Path, output: Path) -> None:
        """Build once."""
        self.settings, self.output = settings, output
        self.text, self.known = settings.read_text("utf-8"), read_chosen(settings)
        self.generators: Sequence[Any] = ()
        signals.all_generators_finalized.connect(self.keep)
        self.build()

    def keep(self, generators: Sequence[Any]) -> None:
        """Keep what the build uses."""
        self.generators = generators

    def build(self) -> dict[str, bytes]:
        """Build the whole site from the settings alone, and return its pages."""
        assert build(self.settings).exit_code == 0
        return self.pages()

    def choose(self, line: str) -> tuple[str, ...]:
        """Save settings with a line more, and return the addresses that are shown by them."""
        self.settings.write_text(f"{self.text}{line}\n", "utf-8")
        looked_at = [self.output / name for name in OPEN]
        return show_settings(self.generators, self.known, read_chosen(self.settings), looked_at)

    def pages(self) -> dict[str, bytes]:
        """Return the open pages as they are."""
        return {name: (self.output / name).read_bytes() for name in OPEN}


@pytest.fixture
def blog(write_tree: WriteTree, tmp_path: Path, release_signals: None) -> Stays:  # noqa: ARG001 - for the whole test
    content = write_tree(BLOG)
    (tmp_path / "own").mkdir()
    shown = "".join(f"{{{{ {name}|default('') }}}}" for name in sorted(OF_PAGES))
    (tmp_path / "own/tag.html").write_text(f"{shown} {{{{ articles_page.object_list|length }}}}", "utf-8")
    own: dict[str, object] = {"THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "own")], "REHAB_OFFLINE": False}
    settings = write_settings(tmp_path, content, tmp_path / ".cache", OUTPUT_PATH=str(tmp_path / "out"), **own)
    return Stays(settings, tmp_path / "out")


LINES = {
    "DEFAULT_PAGINATION": "2",
    "DISPLAY_CATEGORIES_ON_MENU": "False",
    "DISPLAY_PAGES_ON_MENU": "False",
    "LINKS": '[("A friend", "https://friend.example/")]',
    "MENUITEMS": '[("More", "/more/")]',
    "REHAB_AT_HOME": '["dumbbell"]',
    "REHAB_COMMENTS_FORM": '"https://forms.example/take"',
    "REHAB_COMMENTS_MAIL": '"other@comeback.example"',
    "REHAB_IDENTICON_KEY": '"other faces"',
    "REHAB_PER_PAGE": "1",
    "SITENAME": '"Another <name>"',
    "SITESUBTITLE": '"Other words"',
    "SOCIAL": '[("elsewhere", "https://social.example/me")]',
}


@pytest.mark.parametrize("name", sorted(OF_PAGES))
def test_by_a_saved_setting_open_pages_are_at_once_what_the_whole_build_makes_of_them(blog: Stays, name: str) -> None:
    before = blog.pages()
    assert blog.choose(f"{name} = {LINES[name]}")
    first = blog.pages()
    assert first != before
    assert first == blog.build()


def test_settings_that_are_saved_one_after_the_other_add_up_and_go_again(blog: Stays) -> None:
    before = blog.pages()
    assert blog.choose('SITENAME = "One"')
    assert blog.choose('SITENAME = "Two"\nREHAB_PER_PAGE = 1')
    first = blog.pages()
    assert blog.choose("")
    assert blog.pages() == before
    blog.choose('SITENAME = "Two"\nREHAB_PER_PAGE = 1')
    assert first == blog.pages() == blog.build()


@pytest.mark.parametrize(
    "line",
    [
        'SITEURL = "https://other.example/blog"',
        'ARTICLE_URL = "notes/{slug}/"',
        'DEFAULT_LANG = "de"',
        'TIMEZONE = "Europe/Oslo"',
        'MY_OWN = "words"',
    ],
)
def test_of_settings_that_more_than_pages_may_ask_for_nothing_is_shown_by_halves(blog: Stays, line: str) -> None:
    before = blog.pages()
    assert blog.choose(f'SITENAME = "Another"\n{line}') == ()
    assert blog.pages() == before
    assert blog.choose('SITENAME = "Another"')
    assert blog.pages() == blog.build()


def test_settings_that_lead_to_no_site_change_nothing(blog: Stays) -> None:
    before = blog.pages()
    with pytest.raises(ValueError, match="REHAB_PER_PAGE"):
        blog.choose("REHAB_PER_PAGE = 0")
    assert blog.pages() == before
