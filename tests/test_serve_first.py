"""The page that a save shows first: by every kind of edit, byte for byte the one that a whole build makes."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from pelican.plugins import signals

from conftest import write_settings
from rehab.adapter.build import build_of
from rehab.adapter.run import build
from rehab.adapter.serve.first import show_saved
from rehab.adapter.serve.release import forget, release
from rehab.source.known import Known

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conftest import WriteTree

POST = """\
---
title: A knee
date: 2020-01-01
tags: [knee]
exercises:
  - wall-sit: 3 x 30 s
---
It *hurt*.

![[wall-sit]]
"""
BLOG: dict[str, str | bytes] = {
    "posts/a.md": POST,
    "posts/b.md": "---\ntitle: B\ndate: 2021-01-01\nexercises:\n  - wall-sit: 2 x 10 s\n---\nAs in [[a]].\n",
    "posts/draft.md": "---\ntitle: To come\ndate: 2021-01-02\nstatus: draft\n---\nNot yet.\n",
    "posts/b-de.md": "---\ntitle: B auf Deutsch\nslug: b\nlang: de\ndate: 2021-01-01\n---\nWie in [[a]].\n",
    "pages/about.md": "---\ntitle: About\n---\nMe.\n",
    "exercises/wall-sit.md": "---\ntitle: Wall sit\nlaterality: bilateral\nsteps: [Sit.]\n---\nOld text.\n",
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\n---\n",
    "injuries/runners-knee.md": "---\ntitle: Runner's knee\nregion: knee\nred_flags: []\n---\nIt hurts.\n",
    "comments/a/one.md": "---\nauthor: R\ndate: 2022-01-01\n---\nGood.\n",
}
PAGES = {
    "posts/a.md": "posts/a/index.html",
    "posts/b-de.md": "posts/b-de/index.html",
    "posts/draft.md": "drafts/draft/index.html",
    "posts/new.md": "posts/new/index.html",
    "pages/about.md": "about/index.html",
    "exercises/wall-sit.md": "exercises/wall-sit/index.html",
    "exercises/new.md": "exercises/new/index.html",
    "injuries/runners-knee.md": "injuries/runners-knee/index.html",
}


class Stays:
    """A process that stays: a blog that was built, and the generators that it left."""

    def __init__(self, folder: Path, settings: Path) -> None:
        """Build once."""
        self.folder, self.settings, self.known = folder, settings, Known()
        self.generators: Sequence[Any] = ()
        signals.all_generators_finalized.connect(self.keep)
        self.build()

    def keep(self, generators: Sequence[Any]) -> None:
        """Keep what the build uses."""
        self.generators = generators

    def build(self) -> None:
        """Build the whole site."""
        assert build(self.settings, read=self.known).exit_code == 0
        forget()

    def save(self, name: str, text: str) -> tuple[str, ...]:
        """Save a file and show it; return the addresses that were shown."""
        file = self.folder / "content" / name
        file.write_text(text, "utf-8")
        self.known.forget([str(file)], str(self.folder))
        return show_saved(self.generators, [file])

    def text(self, name: str) -> str:
        """Return the text of a source."""
        return (self.folder / "content" / name).read_text("utf-8")

    def page(self, name: str) -> bytes:
        """Return the page of a source as it is now."""
        return (self.folder / "out" / PAGES[name]).read_bytes()


@pytest.fixture
def blog(write_tree: WriteTree, tmp_path: Path, release_signals: None) -> Stays:  # noqa: ARG001 - for the whole test
    content = write_tree(BLOG)
    return Stays(tmp_path, write_settings(tmp_path, content, tmp_path / ".cache", OUTPUT_PATH=str(tmp_path / "out")))


EDITS = {
    "other words": ("posts/a.md", "It *hurt*.", "It **still** hurts, every day."),
    "another link": ("posts/a.md", "It *hurt*.", "It hurt, see [[b]] and [[nothing]]."),
    "a picture that is not there": ("posts/a.md", "It *hurt*.", "![](gone.jpg)"),
    "a card less": ("posts/a.md", "\n![[wall-sit]]\n", "\n"),
    "a heading more": ("posts/a.md", "It *hurt*.", "# One\n\n## Two\n\nIt hurt."),
    "another title": ("posts/a.md", "A knee", "Two knees & <b>more</b>"),
    "another dose": ("posts/a.md", "3 x 30 s", "5 x 45 s each side"),
    "a problem": ("posts/a.md", "3 x 30 s", "many"),
    "another date": ("posts/a.md", "2020-01-01", "2022-05-05"),
    "a text in another language": ("posts/b-de.md", "Wie in", "Ganz wie in"),
    "a draft": ("posts/draft.md", "Not yet.", "Soon."),
    "a page": ("pages/about.md", "Me.", "Me and [[a]]."),
    "the title of a page": ("pages/about.md", "title: About", "title: About me"),
    "an exercise": ("exercises/wall-sit.md", "Old text.", "New text with [[b]]."),
    "another tag": ("posts/a.md", "[knee]", "[knee, hip]"),
    "no tags": ("posts/a.md", "tags: [knee]\n", ""),
    "an exercise more": ("posts/a.md", "exercises:\n", "exercises:\n  - squat: 2 x 5\n"),
    "an exercise that nobody knows": ("posts/a.md", "- wall-sit:", "- wall-sits:"),
    "words for a card": ("posts/a.md", "A knee", "膝の痛み"),
    "the title of an exercise": ("exercises/wall-sit.md", "Wall sit", "Wall sits"),
    "an injury": ("injuries/runners-knee.md", "It hurts.", "It hurts below the [[wall-sit]]."),
    "what an injury is called": ("injuries/runners-knee.md", "Runner's knee", "A runner's knee"),
    "the title of a draft": ("posts/draft.md", "To come", "Still to come"),
    "the steps of an exercise": ("exercises/wall-sit.md", "[Sit.]", "[Stand., Sit.]"),
}


@pytest.mark.parametrize(("name", "old", "new"), EDITS.values(), ids=EDITS)
def test_the_first_page_is_that_of_the_whole_build(blog: Stays, name: str, old: str, new: str) -> None:
    before = blog.page(name)
    assert len(blog.save(name, blog.text(name).replace(old, new))) == 1
    first = blog.page(name)
    assert first != before
    blog.build()
    assert blog.page(name) == first


@pytest.mark.parametrize("name", ["posts/new.md", "exercises/new.md"])
def test_a_new_file_is_shown_first_too(blog: Stays, name: str) -> None:
    like = {"posts": "posts/a.md", "exercises": "exercises/wall-sit.md"}[name.partition("/")[0]]
    assert blog.save(name, blog.text(like).replace("title: ", "title: New ")) == (name.replace(".md", "/"),)
    first = blog.page(name)
    blog.build()
    assert blog.page(name) == first


@pytest.mark.parametrize("name", ["comments/a/two.md", "comments/a/one.md", "comments/exercises/wall-sit/new.md"])
def test_of_a_comment_the_page_that_it_stands_on_comes_first(blog: Stays, name: str) -> None:
    host = "exercises/wall-sit" if "wall-sit" in name else "posts/a"
    (blog.folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
    assert blog.save(name, "---\nauthor: S\ndate: 2022-01-02\n---\nSo it is.\n") == (f"{host}/",)
    first = blog.page(f"{host}.md")
    assert b"So it is." in first
    blog.build()
    assert blog.page(f"{host}.md") == first


def test_a_comment_that_is_deleted_goes_from_its_page_first(blog: Stays) -> None:
    file = blog.folder / "content/comments/a/one.md"
    file.unlink()
    assert show_saved(blog.generators, [file]) == ("posts/a/",)
    first = blog.page("posts/a.md")
    assert b"Good." not in first
    blog.build()
    assert blog.page("posts/a.md") == first


def test_a_page_that_is_open_is_written_too_where_everything_was_linked_anew(blog: Stays) -> None:
    looked_at = [blog.folder / "out" / PAGES["posts/b-de.md"], blog.folder / "out/exercises/index.html"]
    file = blog.folder / "content/exercises/wall-sit.md"
    file.write_text(blog.text("exercises/wall-sit.md").replace("title:", "aliases: [Nothing]\ntitle:"), "utf-8")
    blog.known.forget([str(file)], str(blog.folder))
    assert show_saved(blog.generators, [file], looked_at) == ("exercises/wall-sit/", "posts/b-de/", "exercises/")
    first = [page.read_bytes() for page in looked_at]
    blog.build()
    assert [page.read_bytes() for page in looked_at] == first


def test_nothing_of_an_earlier_build_stays(blog: Stays) -> None:
    before = [weakref.ref(each) for each in blog.generators]
    article = weakref.ref(blog.generators[0].articles[0])
    old = blog.generators
    blog.build()
    release(old)
    del old
    gc.unfreeze()
    gc.collect()
    assert [each() for each in (*before, article)] == [None] * (len(before) + 1)


def test_who_still_names_what_a_build_had_holds_nothing_of_it(blog: Stays) -> None:
    article, first = blog.generators[0].articles[0], build_of(blog.generators[0].settings).site
    blog.save("posts/a.md", POST.replace("hurt", "ached"))
    saved = build_of(blog.generators[0].settings).site
    old = blog.generators
    blog.build()
    release(old)
    assert vars(article) == {}
    assert [each.posts for each in (first, saved)] == [None, None]


def test_saves_before_the_whole_build_add_up(blog: Stays) -> None:
    for edit in ("other words", "another title", "another dose", "a page", "an exercise"):
        name, old, new = EDITS[edit]
        blog.save(name, blog.text(name).replace(old, new))
    name = "posts/a.md"
    blog.save(name, f"{blog.text(name)}\nThe end.\n")
    first = blog.page(name)
    assert b"The end." in first
    assert b"Two knees" in first
    assert b"45" in first
    blog.build()
    assert blog.page(name) == first


def test_a_text_that_comes_back_to_what_it_was_is_the_page_that_it_was(blog: Stays) -> None:
    before = blog.page("posts/a.md")
    blog.save("posts/a.md", POST.replace("hurt", "ached"))
    blog.save("posts/a.md", POST)
    assert blog.page("posts/a.md") == before


@pytest.mark.parametrize("name", ["vocabulary/regions.yml", "posts/photo.jpg", "../outside.md"])
def test_what_has_no_page_of_its_own_waits_for_the_whole_build(blog: Stays, name: str) -> None:
    (blog.folder / "content/vocabulary").mkdir()
    assert blog.save(name, "---\nauthor: S\ndate: 2022-01-02\n---\nText\n") == ()
