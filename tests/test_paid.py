"""Links that somebody pays for say so, and none is missed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.site.paid import is_paid, mark_paid, plain_host

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree

BLOG: dict[str, str | bytes] = {
    "posts/shoes.md": """\
        ---
        title: Shoes
        date: 2020-01-01
        disclosure: Acme *gave* me a pair.
        paid_links: [shop.example]
        ---
        [New shoes](https://www.shop.example/a) and [old](https://old.example/).
        """,
    "posts/socks.md": """\
        ---
        title: Socks
        date: 2020-01-02
        ---
        [Socks](https://always.example/a), and [these](https://one.example/b){: rel="sponsored" }.
        """,
    "posts/none.md": "---\ntitle: None\ndate: 2020-01-03\n---\n[A page](https://old.example/).\n",
}


def test_a_post_says_at_its_top_and_beside_each_link_who_pays(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree(BLOG), REHAB_PAID_HOSTS=("always.example",), FEED_ALL_ATOM="feeds/atom.xml")
    words = {name: (output / f"posts/{name}/index.html").read_text("utf-8") for name in ("shoes", "socks", "none")}
    assert [text.count('class="ad"') for text in words.values()] == [2, 3, 0]
    assert "Acme <em>gave</em> me a pair." in words["shoes"]
    assert "Somebody pays for some of the links" in words["socks"]
    assert (output / "feeds/atom.xml").read_text("utf-8").count("Advertisement") == 3


MARK = ' <span class="ad">Advertisement</span>'


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/x?y=1",
        "https://www.shop.example/",
        "http://SHOP.example",
        "//shop.example/x",
        "https://shop.example.:443/",
        "https://me@go.shop.example/x",
    ],
)
def test_every_link_to_a_paid_host_is_marked(url: str) -> None:
    found = mark_paid(f'<p>A <a href="{url}">shoe</a>.</p>', ["https://www.Shop.example/"])
    assert found == f'<p>A <a href="{url}" rel="sponsored noopener">shoe</a>{MARK}.</p>'


@pytest.mark.parametrize(
    "url", ["https://workshop.example/", "https://shop.example.org/", "/shop.example", "#a", "http://[bad"]
)
def test_other_links_are_left_alone(url: str) -> None:
    html = f'<a href="{url}">x</a>'
    assert mark_paid(html, ["shop.example"]) == html


def test_a_link_that_its_author_marks_is_marked_without_any_host() -> None:
    assert mark_paid('<a rel="nofollow sponsored" href="/x">x</a>', []) == (
        f'<a href="/x" rel="nofollow sponsored noopener">x</a>{MARK}'
    )


def test_no_host_marks_nothing() -> None:
    html = '<a href="https://a.example/">x</a>'
    assert mark_paid(html, ["", "  ", "https://"]) == html


def test_an_escaped_address_is_read_as_a_browser_reads_it() -> None:
    assert MARK in mark_paid("<a href='https://shop&#46;example/?a=1&amp;b=2'>x</a>", ["shop.example"])


@given(st.text(max_size=40))
def test_any_host_and_any_address_can_be_asked_for(text: str) -> None:
    assert is_paid(text, [plain_host(text)]) in {True, False}


@given(st.text(alphabet="<>a href='\"/:.=sop", max_size=60))
def test_marking_adds_and_takes_nothing_else(html: str) -> None:
    found = mark_paid(html, ["s.o"]).replace(MARK, "")
    assert re.sub(r' rel="[^"]*"', "", found) == re.sub(r' rel="[^"]*"', "", html)


@pytest.mark.parametrize("text", ["<a ", "<a>", '<a x="', "<a href='https://s.o'>", "</a>"])
def test_work_grows_with_the_text_alone(text: str) -> None:
    assert mark_paid(text * 50_000, ["s.o"]).count("<a") <= 50_000
