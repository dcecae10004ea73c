"""In a whole build a page stands where nothing that it shows of others is new, and is made anew where something is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from pelican import signals

from conftest import ROOT, write_settings
from rehab.adapter.filled import LetGo
from rehab.adapter.left import Remains, read_left, save_left
from rehab.adapter.run import build

if TYPE_CHECKING:
    from pathlib import Path

    from pelican.contents import Article
    from pelican.generators import ArticlesGenerator

    from conftest import WriteTree

INJURY = "---\ntitle: {}\nregion: {}\nred_flags: []\n---\nText\n"
POST = "---\ntitle: {}\ndate: {}\ninjuries: [{}]\nexercises:\n  - {}: 3 x 10\n---\nText. {}\n"
BLOG: dict[str, str | bytes] = {
    "injuries/knee.md": INJURY.format("Sore knee", "knee"),
    "injuries/neck.md": INJURY.format("Stiff neck", "neck"),
    "exercises/squat.md": "---\ntitle: Squat\nlaterality: bilateral\n---\nText\n",
    "exercises/nod.md": "---\ntitle: Nod\nlaterality: bilateral\n---\nText\n",
    "posts/one.md": POST.format("One", "2020-01-01", "knee", "squat", ""),
    "posts/two.md": POST.format("Two", "2020-02-01", "knee", "squat", "[There]({filename}/posts/four.md)"),
    "posts/three.md": POST.format("Three", "2020-03-01", "neck", "nod", ""),
    "posts/four.md": POST.format("Four", "2020-04-01", "neck", "nod", ""),
    "posts/five.md": POST.format("Five", "2020-05-01", "neck", "nod", "[[one]]"),
}
KNEE, NECK, SQUAT, NOD = "injuries/knee/", "injuries/neck/", "exercises/squat/", "exercises/nod/"
OF_KNEE, OF_NECK = "feeds/injuries/knee.atom.xml", "feeds/injuries/neck.atom.xml"
ALL_POSTS = {f"posts/{name}/" for name in ("one", "two", "three", "four", "five")}


@dataclass
class Blog:
    """A blog that is built again and again, each time with what the last build left."""

    content: Path
    settings: Path
    left: Remains

    def build(self) -> set[str]:
        """Return the addresses of the pages that were left as they were."""
        built = build(self.settings, known=self.left)
        self.left = built.left
        return {name.removesuffix("index.html") for name in built.stood}

    def on(self, day: str) -> None:
        """Let it be another day, by the settings, which are always read anew."""
        with self.settings.open("a", encoding="utf-8") as settings:
            settings.write(f"REHAB_TODAY = {day!r}\n")

    def write(self, name: str, text: str) -> None:
        """Write a text."""
        (self.content / f"{name}.md").write_text(text, "utf-8")


@pytest.fixture
def blog(tmp_path: Path, write_tree: WriteTree, release_signals: None) -> Blog:  # noqa: ARG001 - for the whole test
    content = write_tree(BLOG)
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    theme, output = str(tmp_path / "theme"), str(tmp_path / "output")
    settings = write_settings(tmp_path, content, tmp_path / ".cache", THEME=theme, OUTPUT_PATH=output)
    blog = Blog(content, settings, Remains())
    assert blog.build() == set()
    return blog


def test_where_nothing_is_new_all_of_these_pages_stand(blog: Blog) -> None:
    assert blog.build() >= {KNEE, NECK, SQUAT, NOD, OF_KNEE, OF_NECK, *ALL_POSTS}


CHANGES: dict[str, tuple[str, str, set[str], set[str]]] = {
    "a title": (
        "posts/three", POST.format("3", "2020-03-01", "neck", "nod", ""),
        {NECK, NOD, OF_NECK, "posts/two/", "posts/three/", "posts/four/", "posts/five/"},
        {KNEE, SQUAT, OF_KNEE, "posts/one/"},
    ),
    "a new post": (
        "posts/new", POST.format("New", "2020-06-01", "neck", "nod", ""),
        {NECK, NOD, OF_NECK, "posts/five/"}, {KNEE, SQUAT, OF_KNEE, "posts/one/", "posts/two/"},
    ),
    "a title that a text leads to": (
        "posts/one", POST.format("1", "2020-01-01", "knee", "squat", ""),
        {KNEE, SQUAT, OF_KNEE, OF_NECK, "posts/two/", "posts/five/"}, {NECK, NOD, "posts/three/", "posts/four/"},
    ),
    "an address that a file's name leads to": (
        "posts/four", POST.format("Four\nslug: vier", "2020-04-01", "neck", "nod", ""),
        {NECK, NOD, OF_KNEE, OF_NECK, "posts/two/"}, {KNEE, SQUAT, "posts/one/"},
    ),
    "a word explained": (
        "exercises/nod", "---\ntitle: Nod\nlaterality: bilateral\ncues: [Slowly.]\n---\nText\n",
        {NOD, "posts/three/", "posts/four/", "posts/five/"},
        {KNEE, SQUAT, OF_KNEE, OF_NECK, "posts/one/", "posts/two/"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_pages_that_show_what_is_new_are_made_anew_and_no_others(case: str, blog: Blog) -> None:
    name, text, anew, stand = CHANGES[case]
    blog.write(name, text)
    stood = blog.build()
    assert (stood & anew, stand - stood) == (set(), set())


@pytest.mark.parametrize("case", CHANGES)
def test_what_was_made_anew_stands_in_the_next_build(case: str, blog: Blog) -> None:
    name, text, anew, stand = CHANGES[case]
    blog.write(name, text)
    blog.build()
    assert (anew | stand) - blog.build() == set()


def test_the_html_of_a_post_whose_page_stands_is_held_no_longer(blog: Blog) -> None:
    articles: list[Article] = []

    def take(generator: ArticlesGenerator) -> None:
        articles.extend(generator.articles)

    signals.article_generator_finalized.connect(take)
    assert blog.build() >= ALL_POSTS
    assert [type(each) for each in articles] == [LetGo] * len(ALL_POSTS)


def test_on_another_day_only_pages_are_made_that_show_whose_day_has_come(blog: Blog) -> None:
    blog.write("posts/new", POST.format("New", "2020-06-01", "neck", "nod", ""))
    blog.on("2020-05-31")
    blog.build()
    blog.on("2020-05-30")
    assert blog.build() >= {KNEE, NECK, SQUAT, NOD, *ALL_POSTS}
    blog.on("2020-06-01")
    stood = blog.build()
    anew, stand = {NECK, NOD, "posts/five/"}, {KNEE, SQUAT, "posts/one/", "posts/two/"}
    assert (stood & anew, stand - stood) == (set(), set())


def test_every_page_that_is_given_a_card_has_read_what_the_card_was_drawn_of(blog: Blog) -> None:
    blog.write("posts/one", POST.format("One\nsummary: As [[three]].", "2020-01-01", "knee", "squat", ""))
    blog.build()
    blog.write("posts/three", POST.format("3", "2020-03-01", "neck", "nod", ""))
    stood = blog.build()
    cards_of_one = {"posts/two/", KNEE, "body/knee/"}
    assert (stood & cards_of_one, {SQUAT} - stood) == (set(), set())


def test_where_a_text_attaches_a_file_no_feed_is_old(blog: Blog, write_tree: WriteTree) -> None:
    attaching = POST.format("One", "2020-01-01", "knee", "squat", "[A note]({attach}/posts/note.txt)")
    comment = "---\nauthor: Ana\ndate: 2021-01-01\n---\n"
    write_tree({"posts/one.md": attaching, "posts/note.txt": "A note.", "comments/two/c1.md": f"{comment}First.\n"})
    blog.build()
    write_tree({"comments/two/c1.md": f"{comment}Second.\n"})
    blog.build()
    feed = blog.settings.parent / "output" / "posts" / "two" / "comments.atom.xml"
    assert "Second." in feed.read_text("utf-8")


def test_no_page_stands_whose_template_asks_for_the_articles_of_others(blog: Blog) -> None:
    template = blog.settings.parent / "theme" / "templates" / "article.html"
    template.write_text(template.read_text("utf-8") + "{% set newest = articles|length %}", "utf-8")
    blog.left = Remains()
    blog.build()
    assert (blog.build() & ALL_POSTS, {KNEE} - blog.build()) == (set(), set())


def test_what_a_build_left_is_the_same_after_it_was_kept(blog: Blog, tmp_path: Path) -> None:
    digest = save_left(tmp_path / "kept.left", blog.left)
    assert read_left(tmp_path / "kept.left", digest) == blog.left
    assert read_left(tmp_path / "kept.left", "of another build") == Remains()


def test_files_of_a_damaged_part_are_not_known(blog: Blog, tmp_path: Path) -> None:
    kept = tmp_path / "kept.left"
    digest = save_left(kept, blog.left)
    data = kept.read_bytes()
    kept.write_bytes(bytes([data[0] ^ 1]) + data[1:])  # of the first part: the table of all parts is the last
    left = read_left(kept, digest)
    assert (len(left.files), left.files.get(f"{KNEE}index.html")) == (len(blog.left.files), None)
