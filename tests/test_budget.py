"""What a page weighs before it can be read and used: no page of the demo may grow past what one round trip brings."""

from __future__ import annotations

import gzip
import re
import zlib
from typing import TYPE_CHECKING

from rehab.site.headers import FIELDS, OF_PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree

MOST = 14_600
"""Bytes of an answer with a page and its styles, packed: ten packets of 1,460, the first flight (RFC 6928)."""
MOST_SCRIPT = 5_120
"""Bytes of all scripts that a page loads before anybody does anything, each as an answer."""
LEVEL = 6
"""How hard servers pack while they send; a level of 9 would flatter us."""
HEADER = 300
"""Bytes that servers say with any file: status, date, type, length, encoding, how long to keep it."""

_ASKED = re.compile(r'<link rel="stylesheet" href="/?([^"]+)"')
_SCRIPTS = re.compile(r'<script\b[^>]*? src="/?([^"]+)"')
_OURS = sum(len(f"{name}: {value}\r\n") for name, value in {**FIELDS, **OF_PAGES}.items())


def packed(data: bytes) -> int:
    return len(gzip.compress(data, LEVEL))


def pages(site: Path) -> dict[str, str]:
    return {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in sorted(site.rglob("*.html"))}


def answers(site: Path, names: list[str]) -> int:
    """Return the bytes of some files, each with its header."""
    return sum(packed((site / name).read_bytes()) + HEADER for name in names)


def test_every_page_comes_with_its_styles_in_the_first_flight(demo: Path) -> None:
    found = {}
    for page, text in pages(demo).items():
        found[page] = packed(text.encode()) + HEADER + _OURS + answers(demo, _ASKED.findall(text))
    assert len(found) > 50
    assert {page: weight for page, weight in found.items() if weight > MOST} == {}


def test_the_scripts_of_each_page_are_few_bytes(demo: Path) -> None:
    found = {page: answers(demo, _SCRIPTS.findall(text)) for page, text in pages(demo).items()}
    assert any(found.values())
    assert {page: weight for page, weight in found.items() if weight > MOST_SCRIPT} == {}


def test_no_page_asks_for_a_stylesheet_or_a_font(demo: Path) -> None:
    for page, text in pages(demo).items():
        assert not re.search(r'rel="(?:stylesheet|preload)"|@import|@font-face', text), page


# Large blogs

POST = """\
---
title: Post {0}
date: 2020-01-{1:02}
tags: [knee]
exercises:
  - squat: 3 x {0} each side @ 10 lb
---
Text.
"""
LONG = "---\ntitle: A long thread\ndate: 2021-01-01\n---\n" + "Some words of one’s own, and a number: {}.\n\n" * 40
COMMENT = """\
---
author: Runner {0}
date: 2022-01-01
{1}---
I had number {0} of these: worse when I sat, *less* when I ran {0} km.
"""


def test_a_list_of_many_posts_is_cut_into_pages_that_weigh_no_more(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    posts = {f"posts/post-{number}.md": POST.format(number, 1 + number % 28) for number in range(1, 31)}
    squat = "---\ntitle: Squat\nkind: strength\nlaterality: bilateral\n---\n"
    _, output = build_site(write_tree({**posts, "exercises/squat.md": squat}), DEFAULT_PAGINATION=12)
    found = {page: packed(text.encode()) + HEADER + _OURS for page, text in pages(output).items()}
    assert {"posts/index.html", "posts/index3.html", "tags/knee/index2.html"} <= set(found)
    assert "index2.html" not in found, "the first page is no list of posts"
    second = (output / "posts" / "index2.html").read_text("utf-8")
    assert "<title>Posts, page 2 · " in second
    assert '<link rel="canonical" href="http://localhost:8000/posts/index2.html">' in second
    assert second.count('"@type": "ListItem"') < 20, "what the structured data lists is on the page"
    assert "/posts/index2.html<" in (output / "sitemap.xml").read_text("utf-8")
    assert {page: weight for page, weight in found.items() if weight > MOST} == {}


def test_a_page_with_hundreds_of_comments_says_its_own_text_in_the_first_flight(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    tree: dict[str, str | bytes] = {"posts/long.md": LONG.format(*range(40))}
    for number in range(500):
        above = f"reply_to: c{number - 1}\n" if number % 10 else ""
        tree[f"comments/long/c{number}.md"] = COMMENT.format(number, above)
    _, output = build_site(write_tree(tree))
    data = gzip.compress((output / "posts/long/index.html").read_bytes(), LEVEL)
    assert MOST < len(data) < 2 * MOST
    seen = zlib.decompressobj(wbits=31).decompress(data[: MOST - HEADER - _OURS]).decode("utf-8", "ignore")
    assert 'id="comments"' in seen
    assert '<span class="unseen">Comment </span>10</span>' in seen


def test_the_page_of_an_injury_does_not_grow_with_the_posts_about_it(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    tree: dict[str, str | bytes] = {
        "injuries/knee.md": "---\ntitle: Knee\nregion: knee\nred_flags: []\n---\n",
        "treatments/ice.md": "---\ntitle: Ice\n---\n",
    }
    for number in range(150):
        tree[f"exercises/e{number}.md"] = f"---\ntitle: Exercise {number} of many\n---\n"
        tree[f"posts/p{number}.md"] = (
            f"---\ntitle: What I did in week {number}\ndate: 2020-01-{1 + number % 28:02}\ninjuries: [knee]\n"
            f"exercises: [e{number}]\ntreatments: [ice: helped]\ntags: [t{number}]\n---\nWords.\n"
        )
    _, output = build_site(write_tree(tree))
    found = {page: packed(text.encode()) + HEADER + _OURS for page, text in pages(output).items()}
    assert {"injuries/knee/index.html", "injuries/knee/posts/page/13/index.html", "tags/index.html"} <= set(found)
    assert {page: weight for page, weight in found.items() if weight > MOST} == {}
    sitemap = (output / "sitemap.xml").read_text("utf-8")
    assert "/injuries/knee/posts/<" in sitemap
    assert "/injuries/knee/posts/page/13/<" in sitemap
    tags = (output / "tags/index.html").read_text("utf-8")
    assert tags.count('"@type": "ListItem"') == 150 + 3, "the tags, and the way there"
    assert "What I did" not in tags
