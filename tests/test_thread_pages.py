"""Threads as readers meet them: pages of two hundred, older links, what an answer answers, pictures of names, feeds."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from browsing import serving
from built import Built, Page, elements_of, words_of
from rehab.adapter.threads import render_comment_feeds
from rehab.comments.thread import Host, Thread, build_thread, count_pages, entries_on
from rehab.compile import compile_site
from rehab.model.comment import Comment
from rehab.model.refs import Ref
from rehab.site.face import NOBODY, face_of
from rehab.site.thread_pages import feed_url, page_url
from rehab.source.place import Place

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser

    from conftest import BuildSite, WriteTree
    from rehab.site.site import Site

ORIGIN = "https://comeback.example"
ATOM, THREADING = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/thread/1.0}"
POST = "---\ntitle: Post\ndate: 2020-01-01\n---\n## Week 2 {{#week-2}}\n\nText {extra}\n"
"""A post whose text has an id with a number in it, as an old anchor might have."""


def said(body: str = "Hi", **fields: object) -> str:
    """Return the text of a comment's file."""
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()) + f"---\n{body}\n"


def tree_of(comments: dict[str, str], extra: str = "") -> dict[str, str | bytes]:
    """Return a site of one post with comments, by id."""
    told: dict[str, str | bytes] = {f"comments/a/{name}.md": text for name, text in comments.items()}
    return {"posts/a.md": POST.format(extra=extra), **told}


def crowd(count: int) -> dict[str, str]:
    """Return comments of which every third answers the one before it, and every seventh had an older id."""
    return {
        f"c{number:04}": said(
            f"Comment {number}",
            author=f"R{number % 9}",
            date=f"2020-02-{1 + number // 100:02}",
            **({"reply_to": f"c{number - 1:04}"} if number % 3 == 1 else {}),
            **({"aliases": [f"comment-{9000 + number}"]} if number % 7 == 0 else {}),
        )
        for number in range(count)
    }


def built_of(build_site: BuildSite, content: Path) -> Built:
    result, output = build_site(content, SITEURL=ORIGIN, FEED_DOMAIN=ORIGIN)
    assert result.problems == ()
    return Built(output, ORIGIN)


def comments_on(page: Page) -> list[Element]:
    return [each for each in page.all("article") if "comment" in each.get("class", "").split()]


def numbers_on(page: Page) -> list[int]:
    spans = (span for each in comments_on(page) for span in elements_of(each) if span.get("class") == "comment-number")
    return [int(words_of(span).removeprefix("Comment ")) for span in spans]


def thread_of(parents: list[int | None]) -> Thread:
    """Return a thread of approved comments, each by its parent's position."""
    comments = tuple(
        Comment(
            path=f"content/comments/a/c{at:05}.md",
            slug=f"c{at:05}",
            thread="a",
            place=Place(f"content/comments/a/c{at:05}.md"),
            reply_to=None if parent is None else Ref("comment", f"c{parent:05}", Place("x")),
        )
        for at, parent in enumerate(parents)
    )
    return build_thread(comments, {}, Host(thread="a"))[0]


# Pages


@pytest.fixture
def long_thread(write_tree: WriteTree, build_site: BuildSite) -> Built:
    return built_of(build_site, write_tree(tree_of(crowd(431))))


def test_a_long_thread_is_split_and_every_page_leads_to_the_others(long_thread: Built) -> None:
    paths = ["posts/a/", "posts/a/comments/2/", "posts/a/comments/3/"]
    pages = [long_thread.pages[path] for path in paths]
    assert [numbers_on(page) for page in pages] == [
        list(range(1, 201)), list(range(201, 401)), list(range(401, 432))
    ]  # fmt: skip
    for number, page in enumerate(pages):
        around = {
            each.get("rel"): urljoin(page.url, each.get("href", "")).removesuffix("#comments")
            for each in page.all("a")
            if each.get("rel") in {"prev", "next"}
        }
        assert around.get("prev") == (pages[number - 1].url if number else None)
        assert around.get("next") == (pages[number + 1].url if number < 2 else None)
        assert {each.url for each in pages if each is not page} <= page.links
        assert f"<loc>{page.url}</loc>" in long_thread.text("sitemap.xml")
        assert [each.get("href") for each in page.all("link") if each.get("rel") == "canonical"] == [page.url]
        assert "noindex" not in page.meta("robots")
        assert len(page.ids) == len(set(page.ids))
        assert page.faults == ()
    assert len({words_of(page.all("title")[0]) for page in pages}) == 3
    assert "Comments 201 to 400 of 431" in pages[1].meta("description")


def test_no_link_to_a_comment_is_on_the_wrong_page(long_thread: Built) -> None:
    for page in (page for page in long_thread.pages.values() if page.file.startswith("posts/a/")):
        links = [urljoin(page.url, each.get("href", "")) for each in page.all("a", "link")]
        told = [thing for each in page.data for thing in each.get("comment", ())]
        links += [thing["@id"] for thing in told] + [
            thing["parentItem"]["@id"] for thing in told if "parentItem" in thing
        ]
        assert len(told) == len(comments_on(page))
        assert [fault for link in links if long_thread.is_own(link) and (fault := long_thread.failure(link))] == []
    nodes = [node for node in json.loads(long_thread.text("rehab.json"))["nodes"] if node["kind"] == "comment"]
    assert len(nodes) == 431
    assert [fault for node in nodes if (fault := long_thread.failure(f"{ORIGIN}{node['url']}"))] == []
    for name in ("feeds/comments.atom.xml", "posts/a/comments.atom.xml"):
        links = [entry.link for entry in feedparser.parse(long_thread.text(name)).entries]
        assert len(links) == 50
        assert [fault for link in links if (fault := long_thread.failure(link))] == []


def test_an_answer_to_a_comment_on_an_earlier_page_says_so_and_leads_there(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    comments = {"a0": said(author="Moira", date="2020-01-01")}
    comments |= {f"b{n:03}": said(author="Al", date="2020-01-02", reply_to="a0") for n in range(210)}
    built = built_of(build_site, write_tree(tree_of(comments)))
    page = built.pages["posts/a/comments/2/"]
    assert len(comments_on(page)) == 11
    assert all("In reply to Moira" in words_of(each) for each in comments_on(page))
    assert f"{ORIGIN}/posts/a/" in page.links
    assert len(page.all("ol")) == 2, "the way home and one level: nothing here stands below anything here"


def test_two_hundred_comments_are_one_page(write_tree: WriteTree, build_site: BuildSite) -> None:
    built = built_of(build_site, write_tree(tree_of(crowd(200))))
    assert "posts/a/comments/2/" not in built.pages
    assert "More comments" not in built.pages["posts/a/"].text


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=450))
def test_pages_hold_every_comment_once_and_nest_properly(picks: list[int]) -> None:
    parents = [None if not at or pick % 4 == 0 else pick % at for at, pick in enumerate(picks)]
    thread = thread_of(parents)
    pages = [entries_on(thread, page) for page in range(1, count_pages(thread) + 1)]
    assert [entry.id for page in pages for entry in page] == [entry.id for entry in thread.entries]
    for page in pages:
        assert len(page) <= 200
        level = -1
        for entry in page:
            level += entry.opens
            assert level == entry.shown_depth <= 3
            level -= entry.closes
        assert level == -1


def test_a_chain_of_a_thousand_answers_is_at_most_forty_elements_deep(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    comments = {
        f"c{n:04}": said(author="Al", date="2020-01-02", **({"reply_to": f"c{n - 1:04}"} if n else {}))
        for n in range(1000)
    }
    built = built_of(build_site, write_tree(tree_of(comments)))
    pages = [page for page in built.pages.values() if comments_on(page)]
    assert sum(len(comments_on(page)) for page in pages) == 1000
    assert max(depth_of(page.tree) for page in pages) <= 40
    answers = [each for page in pages for each in comments_on(page) if "In reply to Al" in words_of(each)]
    assert len(answers) == 999


def depth_of(tree: Element) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        element, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in element]
    return deepest


@pytest.mark.parametrize(
    ("post", "page", "feed"),
    [
        ("posts/a/", "posts/a/comments/2/", "posts/a/comments.atom.xml"),
        ("2011/old.html", "2011/old/comments/2/", "2011/old/comments.atom.xml"),
        ("old", "old/comments/2/", "old/comments.atom.xml"),
    ],
)
def test_pages_and_feeds_stand_below_the_post_wherever_it_is(post: str, page: str, feed: str) -> None:
    assert (page_url(post, 2), feed_url(post), page_url(post, 1)) == (page, feed, post)


# Older links


def test_links_of_older_pages_lead_to_the_comment(write_tree: WriteTree, build_site: BuildSite) -> None:
    comments = {
        "new": said(date="2020-01-02", aliases=["comment-123", "c9876", "comment-123"]),
        "2": said(
            date="2020-01-03",
            aliases=["main", "comments", "week-2", "comment-new", "comment-new-by", 'x"1', "a b1", "bib-1", "é1"],
        ),
    }
    page = built_of(build_site, write_tree(tree_of(comments))).pages["posts/a/"]
    first, second = comments_on(page)
    assert [each.get("id") for each in elements_of(first) if each.tag == "span" and each.get("id")] == [
        "comment-123", "c9876",
    ]  # fmt: skip
    assert [each.get("id") for each in elements_of(second) if each.tag == "span" and each.get("id")] == []
    assert len(page.ids) == len(set(page.ids))


def test_an_older_link_to_a_comment_on_a_later_page_leads_to_the_way_there(long_thread: Built) -> None:
    first, last = (long_thread.pages[path] for path in ("posts/a/", "posts/a/comments/3/"))
    nav = next(each for each in first.all("nav") if each.get("aria-label") == "More comments")
    assert "comment-9427" in [each.get("id") for each in elements_of(nav)]
    assert "comment-9427" in last.ids


def test_no_id_that_the_theme_writes_by_itself_could_be_an_older_link(demo: Path) -> None:
    """The rule for older ids rests on it: they hold a digit and do not begin with `bib-`."""
    text = (demo / "posts/two-exercises-for-a-hamstring/index.html").read_text("utf-8")
    own = [name for name in re.findall(r'\bid="([^"]*)"', text) if not name.startswith(("comment-", "bib-"))]
    assert len(own) > 8
    assert [name for name in own if re.search(r"\d", name)] == []


# What an answer answers


def test_an_answer_to_what_is_not_shown_says_so(write_tree: WriteTree, build_site: BuildSite) -> None:
    comments = {
        "1": said(date="2020-01-02", author="Hidden", status="spam"),
        "2": said(date="2020-01-03", author="Al", reply_to="1"),
    }
    page = built_of(build_site, write_tree(tree_of(comments))).pages["posts/a/"]
    (only,) = comments_on(page)
    assert "In reply to a comment that is not shown" in words_of(only)
    assert "Hidden" not in page.text


def test_a_comment_that_was_taken_down_keeps_its_place_and_nothing_else(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    comments = {
        "1": said("Secret", date="2020-01-02", author="Gone", url="https://gone.example", status="deleted"),
        "2": said(date="2020-01-03", author="Al", reply_to="1"),
        "3": said("Barren", date="2020-01-03", author="Away", status="deleted"),
    }
    built = built_of(build_site, write_tree(tree_of(comments)))
    tombstone, answer = comments_on(built.pages["posts/a/"])
    assert "This comment was taken down." in words_of(tombstone)
    assert not [each for each in elements_of(tombstone) if each.tag.endswith("svg")]
    assert "In reply to a comment that was taken down" in words_of(answer)
    texts = "".join(built.text(name) for name in built.files if name.endswith((".html", ".xml", ".json")))
    assert not re.search("Secret|Gone|gone.example|Barren|Away", texts)


# Pictures of names


@given(st.text(min_size=1, max_size=80), st.text(max_size=100))
def test_a_picture_of_a_name_is_mirrored_and_neither_dust_nor_a_block(name: str, key: str) -> None:
    face = face_of(name, key)
    assert face == face_of(name, key)
    grid = {
        (int(x) + step, int(y)) for x, y, width in re.findall(r"M(\d) (\d)h(\d)", face.path)
        for step in range(int(width))
    }  # fmt: skip
    assert grid == {(4 - x, y) for x, y in grid}
    assert 6 <= len(grid) <= 20
    assert re.fullmatch(r"(?:M\d \dh\d)+", face.path)


def test_names_and_sites_have_pictures_of_their_own_and_nobody_has_one_for_all() -> None:
    names = [f"Reader {number}" for number in range(200)]
    assert len({face_of(name, "a") for name in names}) > 195
    assert face_of("Moira", "a") != face_of("Moira", "b")
    assert face_of("", "a") == face_of("", "b") == NOBODY


def test_a_key_of_its_own_changes_a_sites_pictures(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(tree_of({"1": said(author="Al", date="2020-01-02")}))
    paths = []
    for key in (None, "Comeback", "secret"):
        _, output = build_site(content, output=f"o-{key}", REHAB_IDENTICON_KEY=key)
        page = Built(output, ORIGIN).pages["posts/a/"]
        paths.append(re.findall(r'stroke="var\(--\w+\)" aria-hidden="true"><path d="[^"]*"', page.text))
        assert len(paths[-1]) == 1
    assert paths[0] == paths[1] != paths[2]


# Feeds

HOSTILE = "\x00\x01\x0b\x1b\ufffe]]>&amp;<script>alert(1)</script> [x](javascript:alert(1)) <b>\u202e"


def entries_of(text: str) -> list[Element]:
    return ET.fromstring(text).findall(f"{ATOM}entry")  # noqa: S314 - our own file


def part(element: Element, name: str) -> Element:
    (found,) = element.findall(name)
    return found


def test_a_feed_says_what_each_comment_answers(write_tree: WriteTree, build_site: BuildSite) -> None:
    comments = {
        "1": said("*Yes*", author="Moira", date="2020-01-02 10:30"),
        "2": said("[Here](https://x.example/a)", date="2020-01-03", reply_to="1"),
    }
    built = built_of(build_site, write_tree(tree_of(comments)))
    newer, older = entries_of(built.text("posts/a/comments.atom.xml"))
    first = f"{ORIGIN}/posts/a/#comment-1"
    assert part(newer, f"{THREADING}in-reply-to").attrib == {"ref": first, "href": first, "type": "text/html"}
    post = entries_of(built.text("feeds/atom.xml"))[0]
    answered = part(older, f"{THREADING}in-reply-to").attrib
    assert answered["ref"] == post.findtext(f"{ATOM}id")
    assert answered["href"] == part(post, f"{ATOM}link").get("href")
    assert [each.findtext(f"{ATOM}published") for each in (newer, older)] == [
        "2020-01-03T00:00:00+00:00", "2020-01-02T10:30:00+00:00",
    ]  # fmt: skip
    assert [each.findtext(f"{ATOM}author/{ATOM}name") for each in (newer, older)] == ["Anonymous", "Moira"]
    assert (older.findtext(f"{ATOM}content") or "").strip() == "<p><em>Yes</em></p>"
    assert [each.findtext(f"{ATOM}id") for each in entries_of(built.text("feeds/comments.atom.xml"))] == [
        f"{ORIGIN}/posts/a/#comment-2", first,
    ]  # fmt: skip


def test_a_feed_leaves_out_what_has_no_day_and_what_was_taken_down(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    comments = {
        "1": said(author="Undated"),
        "2": said(author="Month", date="2020-01-01", date_precision="month"),
        "3": said(author="Gone", date="2020-01-02", status="deleted"),
        "4": said(author="Dated", date="2020-01-03", reply_to="3"),
        "5": said(author="Waits", date="2020-01-03", status="pending"),
    }
    built = built_of(build_site, write_tree(tree_of(comments)))
    for name in ("posts/a/comments.atom.xml", "feeds/comments.atom.xml"):
        assert [entry.author for entry in feedparser.parse(built.text(name)).entries] == ["Dated"]


def test_whatever_a_reader_wrote_a_strict_parser_takes_the_feed(write_tree: WriteTree, build_site: BuildSite) -> None:
    comments = {
        f"{number}": said(HOSTILE, author=f"A {HOSTILE}", date="2020-01-02", format=format_, url="javascript:alert(1)")
        for number, format_ in enumerate(("markdown", "html", "text"))
    }
    built = built_of(build_site, write_tree(tree_of(comments)))
    for name in ("posts/a/comments.atom.xml", "feeds/comments.atom.xml"):
        assert len(entries_of(built.text(name))) == 3
        contents = [entry.findtext(f"{ATOM}content") or "" for entry in entries_of(built.text(name))]
        assert not re.search(r"<script|href=\"(?!https?:|mailto:)", "".join(contents))


@pytest.fixture(scope="module")
def site_of_one(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Link a site of one post with one comment."""
    content = tmp_path_factory.mktemp("one") / "content"
    for name, text in tree_of({"1": said(author="Al", date="2020-01-02")}).items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(str(text), "utf-8")
    return compile_site(content)[0]


@given(html=st.text(st.characters(codec=None), max_size=60), name=st.text(st.characters(codec=None), max_size=60))
def test_a_feed_of_raw_text_is_still_well_formed(site_of_one: Site, html: str, name: str) -> None:
    """Also where cleaning had let something through: the feed does not rest on it."""
    thread = site_of_one.threads["a"]
    entry = replace(thread.entries[0], html=html, author=name)
    raw = dataclasses.replace(site_of_one, threads={"a": replace(thread, entries=(entry,))})
    for _, data in render_comment_feeds(raw):
        assert len(entries_of(data.decode())) == 1


def test_a_post_links_to_its_feed_where_anything_was_said_or_may_be(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    states = {"open": "open", "closed": "closed", "off": "off"}
    posts: dict[str, str | bytes] = {
        f"posts/{name}.md": f"---\ntitle: {name}\ndate: 2020-01-01\ncomments: {state}\n---\nText\n"
        for name, state in states.items()
    }
    built = built_of(build_site, write_tree(posts))
    feeds = {name for name in built.files if name.endswith("comments.atom.xml")}
    assert feeds == {"feeds/comments.atom.xml", "posts/open/comments.atom.xml"}
    for name in states:
        linked = [each.get("href", "") for each in built.pages[f"posts/{name}/"].all("link")]
        assert any(f"posts/{name}/comments.atom.xml" in href for href in linked) == (name == "open")
    empty = feedparser.parse(built.text("posts/open/comments.atom.xml"))
    assert (empty.bozo, empty.entries, empty.feed.updated) == (False, [], "1970-01-01T00:00:00+00:00")


@pytest.mark.browser
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_link_to_a_comment_far_down_leads_there_though_what_is_far_is_not_laid_out(
    browser: Browser, write_tree: WriteTree, build_site: BuildSite, motion: Literal["reduce", "no-preference"]
) -> None:
    comments = {f"c{number:03}": said("Words. " * (number % 50), date="2020-01-02") for number in range(150)}
    _, output = build_site(write_tree(tree_of(comments)))
    with serving(output) as address, browser.new_page(reduced_motion=motion) as page:
        page.goto(f"{address}/posts/a/#comment-c140")
        page.wait_for_timeout(500)
        box = page.locator("#comment-c140").bounding_box()
        assert box
        assert 0 <= box["y"] < 100
