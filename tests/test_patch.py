"""Where nothing but words was changed, only what has these words is written; after anything else the site is whole."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from click.testing import CliRunner
from msgspec import structs

from conftest import ROOT, write_settings
from edit_scripts import Blog, comment_text, post_text, start_blog
from rehab.adapter import run
from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.cli import rehab
from rehab.site.search.index import weigh_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rehab.site.search.documents import Document
    from rehab.site.search.weights import Scale

SAME = {"PYTEST_CURRENT_TEST": None}
"""What would make each phase of a test another environment."""


class Bench:
    """A blog with feeds and a search, and whether its last `rehab html` built it whole."""

    def __init__(self, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take a blog, and listen for builds."""
        self.blog, self.whole = blog, False
        self.settings = blog.configure("warm")
        really = run.build

        def heard(*given: object, **named: object) -> run.BuildResult:
            self.whole = True
            return really(*given, **named)  # type: ignore[arg-type] # as it came

        monkeypatch.setattr(run, "build", heard)

    def html(self, name: str = "warm") -> dict[str, bytes]:
        """Build, and return what is in the output folder. The cold one is built whole each time."""
        self.whole = False
        for record in (self.blog.folder / "cold" / ".cache").glob("unchanged-*.looks"):
            record.unlink()
        settings, output = self.blog.configure(name), self.blog.folder / name / "output"
        done = CliRunner().invoke(rehab, ["html", "-s", str(settings), "-o", str(output)], env=SAME)
        assert done.exit_code == 0, done.output
        assert "please report it" not in done.output
        return {str(file.relative_to(output)): file.read_bytes() for file in output.rglob("*") if file.is_file()}

    @property
    def record(self) -> Path:
        """Return the record of the last build."""
        (file,) = (self.blog.folder / "warm" / ".cache").glob("unchanged-*.looks")
        return file


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release_signals: None) -> Bench:  # noqa: ARG001 - whole test
    """Return a blog that was built, with the clock that builds begin by an hour ahead: its files count as old."""
    ahead = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr("rehab.cli.html.time.time_ns", lambda: ahead)
    blog = start_blog(tmp_path)
    blog.settings |= {"FEED_ALL_ATOM": "feeds/atom.xml", "SITEURL": "https://example.org/blog"}
    blog.write("comments/post-0/c1.md", comment_text("c1", "Also *good*."))
    blog.write(
        "comments/post-0/c2.md",
        comment_text("c2", "Mine, too.").replace("---\nauthor", "---\nmentions: {exercises: [ex0]}\nauthor"),
    )
    blog.write("posts/closed.md", post_text(5).replace("---\n", "---\ncomments: closed\n", 1))
    bench = Bench(blog, monkeypatch)
    bench.html()
    return bench


Change: TypeAlias = "Callable[[Bench], object]"


def _more(name: str, words: str) -> Change:
    """Return what writes something at the end of a text."""

    def add(bench: Bench) -> None:
        file = bench.blog.content / name
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")

    return add


def _instead(name: str, old: str, new: str) -> Change:
    def put(bench: Bench) -> None:
        file = bench.blog.content / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return put


def _comment(name: str, more: str = "", words: str = "New.", date: str = "2022-01-01") -> Change:
    """Return what writes a comment, with more in its header."""
    text = f"---\nauthor: Reader\ndate: {date}\n{more}---\n{words}\n"
    return lambda bench: bench.blog.write(f"comments/{name}.md", text)


def _comments(thread: str, count: int) -> Change:
    def add(bench: Bench) -> None:
        for number in range(count):
            _comment(f"{thread}/n{number}", date=f"{2021 + number // 28}-01-{number % 28 + 1:02}")(bench)

    return add


def _linked(bench: Bench) -> None:
    file = bench.blog.content / "comments/post-3/c0.md"
    file.rename(bench.blog.folder / "c0.md")
    file.symlink_to(bench.blog.folder / "c0.md")


def _gone(name: str) -> Change:
    return lambda bench: (bench.blog.content / "comments" / f"{name}.md").unlink()


MANY: Final = " ".join(["stretch rest run hill", *(f"word{number}" for number in range(120))])
WORDS = {
    "a post": _more("posts/post-0.md", "And *more* of it & <b>this</b>."),
    "a post with a card": _more("posts/post-1.md", "Nothing helped."),
    "a page": _more("pages/about.md", "And *more* of us."),
    "a comment": _more("comments/post-0/c1.md", "And *more* & this."),
}
MORE = {
    "a link": _more("posts/post-0.md", "[There](https://example.org/)."),
    "a reference": _more("posts/post-0.md", "And [[ex1]]."),
    "a heading": _more("posts/post-0.md", "## So"),
    "the first paragraph": _instead("posts/post-0.md", "Some *text*", "Other *text*"),
    "the title": _instead("posts/post-0.md", "Post 0", "Post 0b"),
    "a damaged letter": _more("posts/post-0.md", "It doesnÃ¢t."),
    "a link in its place": _linked,
    "a picture": _more("posts/post-0.md", "![Again](photo.png)"),
    "the words of a draft": _more("posts/later.md", "More."),
    "the words of an exercise": _more("exercises/ex0.md", "More."),
    "a comment that is shown elsewhere": _more("comments/post-0/c2.md", "More."),
    "a new comment that is shown elsewhere": _comment("post-0/c9", "mentions: {injuries: [in1]}\n"),
    "a comment on a page of reference": _comment("exercises/ex0/c9"),
    "a comment on a draft": _comment("later/c9"),
    "a comment on nothing": _comment("nowhere/c9"),
    "an answer to nothing": _comment("post-0/d9", "reply_to: nobody\n"),
    "a comment with a damaged letter": _comment("post-1/d9", words="It doesnÃ¢t."),
    "a comment that is not whole": _comment("post-1/d8", "status: what\n"),
    "the first comment on a closed thread": _comment("closed/c9"),
    "a file that is no comment": lambda bench: bench.blog.write("comments/post-1/c0.txt", "What?"),
    "a comment that came to a second page": _comments("post-2", 201),
}
LONG = {
    "a post": _more("posts/post-0.md", MANY),
    "a post, still": WORDS["a post"],
    "a page": _more("pages/about.md", MANY),
    "a comment": _more("comments/post-0/c1.md", MANY),
    "a post, shorter again": _instead("posts/post-0.md", MANY, ""),
}
"""Each after the ones before it."""
COMMENTS: dict[str, Change] = {
    "a new one": _comment("post-0/c9"),
    "an answer": _comment("post-0/c10", "reply_to: c1\n"),
    "an older one between": _comment("post-0/a1", date="2001-02-03"),
    "one that is held back": _comment("post-0/c11", "status: pending\n"),
    "one that is let through": _instead("comments/post-0/c11.md", "status: pending\n", ""),
    "an author's name": _instead("comments/post-0/c1.md", "Reader c1", 'Some <b> & "body"'),
    "a date": _instead("comments/post-0/c1.md", "2022", "2021"),
    "an address": _instead("comments/post-0/c1.md", "---\nauthor", "---\nurl: https://example.org/\nauthor"),
    "one that was answered, deleted": _instead("comments/post-0/c1.md", "---\nurl", "---\nstatus: deleted\nurl"),
    "one that is gone": _gone("post-0/c9"),
    "one more on another post": _comment("post-3/c7", date="2024-01-01"),
    "the only one of a post, gone": _gone("post-1/c0"),
    "the first one of a post": _comment("post-1/c5"),
    "a renamed one": lambda bench: (bench.blog.content / "comments/post-0/c10.md").rename(
        bench.blog.content / "comments/post-0/z.md"
    ),
    "one in other letters": _comment("post-3/ñ-7", words="Größe, “so” & <i>so</i>."),
}
"""Each after the ones before it."""


def test_a_change_of_words_is_written_without_building_the_site(bench: Bench) -> None:
    missed = []
    for name, change in WORDS.items():
        change(bench)
        warm = bench.html()
        if bench.whole or warm != bench.html("cold"):
            missed.append(name)
        bench.html()
    assert missed == []


def test_so_many_words_that_search_weighs_all_anew_are_written_without_building_the_site(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[float] = []

    def heard(documents: Sequence[Document], scale: Scale) -> object:
        weighed.append(scale.mean)
        return weigh_all(documents, scale)

    monkeypatch.setattr("rehab.site.search.reword.weigh_all", heard)
    missed = []
    for name, change in LONG.items():
        weighed.clear()
        change(bench)
        warm = bench.html()
        if bench.whole or not weighed or warm != bench.html("cold"):
            missed.append((name, bench.whole, weighed))
    assert missed == []


def test_after_any_other_change_the_site_is_built_whole(bench: Bench) -> None:
    missed = []
    for name, change in MORE.items():
        change(bench)
        warm = bench.html()
        if not bench.whole or warm != bench.html("cold"):
            missed.append(name)
    assert missed == []


def test_comments_that_come_go_or_change_are_written_without_building_the_site(bench: Bench) -> None:
    missed = []
    for name, change in COMMENTS.items():
        change(bench)
        warm = bench.html()
        if bench.whole or warm != bench.html("cold"):
            missed.append((name, bench.whole))
    assert missed == []


def test_comments_that_came_and_went_leave_nothing(bench: Bench) -> None:
    first = bench.html()
    for name in ("new", "newer"):
        _comment(f"post-0/{name}", date="2024-05-06")(bench)
        assert bench.html() != first
    for name in ("new", "newer"):
        _gone(f"post-0/{name}")(bench)
    warm = bench.html()
    assert not bench.whole
    assert warm == first == bench.html("cold")


def test_a_long_thread_has_its_new_comment_on_its_last_page(bench: Bench) -> None:
    _comments("post-2", 205)(bench)
    bench.html()
    for change in (_comment("post-2/last", date="2034-01-01"), _comment("post-2/first", date="2000-01-01")):
        change(bench)
        warm = bench.html()
        assert not bench.whole
        assert warm == bench.html("cold")


def test_words_changed_one_after_the_other_and_back_are_all_as_they_should_be(bench: Bench) -> None:
    file = bench.blog.content / "posts" / "post-0.md"
    before, first = file.read_text("utf-8"), bench.html()
    for change in WORDS.values():
        change(bench)
        bench.html()
        assert not bench.whole
    for name in ("posts/post-0.md", "posts/post-1.md", "pages/about.md", "comments/post-0/c1.md"):
        text = (bench.blog.content / name).read_text("utf-8")
        (bench.blog.content / name).write_text(text.rpartition("\nAnd")[0] or text.rpartition("\nNothing")[0], "utf-8")
    file.write_text(before, "utf-8")
    warm = bench.html()
    assert not bench.whole
    assert warm == first == bench.html("cold")


@pytest.mark.parametrize(
    "template",
    [
        "{% for each in articles %}{{ each.content }}{% endfor %}",
        "{{ site.posts[0].body }}",
        "{{ site.replies|length }}",
        "{% for article in dates %}{{ article.content }}{% endfor %}",
        "{% macro told(article) %}{{ article.content }}{% endmacro %}{{ told(dates[0]) }}",
        "{% set page = dates[0] %}{{ page.content }}",
    ],
)
def test_a_theme_whose_pages_show_words_of_others_is_always_built_whole(template: str, bench: Bench) -> None:
    file = bench.blog.folder / "theme" / "templates" / "names.html"
    file.write_text(file.read_text("utf-8").replace("{% block main %}", f"{{% block main %}}{template}"), "utf-8")
    bench.html()
    WORDS["a post"](bench)
    warm = bench.html()
    assert bench.whole
    assert warm == bench.html("cold")


def test_a_damaged_snapshot_makes_a_whole_build(bench: Bench) -> None:
    file = bench.record.with_suffix(".bin")
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    WORDS["a post"](bench)
    warm = bench.html()
    assert bench.whole
    assert warm == bench.html("cold")


def test_a_damaged_part_of_a_snapshot_makes_a_whole_build(bench: Bench) -> None:
    file = bench.record.with_suffix(".bin")
    data = file.read_bytes()
    assert data.count(b"Some *text*")
    file.write_bytes(data.replace(b"Some *text*", b"Some *slip*"))
    WORDS["a post"](bench)
    warm = bench.html()
    assert bench.whole
    assert warm == bench.html("cold")


def test_the_first_page_shows_the_same_problems_after_a_comment(bench: Bench) -> None:
    bench.blog.settings["TAG_SAVE_AS"] = "tags/index.html"  # which is found when the first page is written already
    bench.html()
    _comment("post-0/new", date="2033-01-01")(bench)
    warm = bench.html()
    assert not bench.whole
    assert warm == bench.html("cold")


def test_a_fault_of_the_short_way_is_said_and_the_site_is_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise AssertionError("a slip")

    monkeypatch.setattr("rehab.adapter.edit.patch.reword", fault)
    WORDS["a post"](bench)
    with pytest.raises(AssertionError, match="please report it: the site is built whole after AssertionError: a slip"):
        bench.html()
    assert bench.whole
    monkeypatch.undo()
    assert bench.html("warm") == bench.html("cold")


def test_a_comment_that_somebody_put_into_the_cache_is_not_shown(bench: Bench) -> None:
    file = bench.record.with_suffix(".bin")
    parts = read_parts(file)
    assert parts is not None
    values = {name: parts.read(name) for name in parts.names()}
    (threads,) = [
        each["threads"] for each in values.values() if isinstance(each, dict) and "post-0" in each.get("threads", ())
    ]
    threads["post-0"] = _attacked(threads["post-0"])
    digest = save_parts(file, values.items())
    head, text, rows = bench.record.read_bytes().split(b"\n", 2)
    body = json.loads(text)
    body["said"]["snapshot"] = digest
    text = json.dumps(body).encode() + b"\n" + rows
    bench.record.write_bytes(head.split(b" ")[0] + b" " + hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    WORDS["a post"](bench)
    WORDS["a comment"](bench)
    warm = bench.html()
    assert bench.whole
    assert not any(b"alert(1)" in data for data in warm.values())


def _attacked(thread: Any) -> Any:

    entries = tuple(structs.replace(each, html="<script>alert(1)</script>") for each in thread.entries)
    return structs.replace(thread, entries=entries)


@pytest.mark.usefixtures("release_signals")
def test_of_every_file_of_the_demo_somebody_has_said_which_words_stand_in_it(tmp_path: Path) -> None:
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = write_settings(tmp_path, tmp_path / "content", tmp_path / ".cache", THEME=str(tmp_path / "theme"))
    result = run.build(settings, snapshot=tmp_path / "snapshot.bin")
    assert result.snapshot, "a file is written with save_calmly(...) or by a page of which words.py says nothing"
