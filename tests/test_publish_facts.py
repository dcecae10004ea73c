"""What the checks read of a page is what a browser reads: the same as a whole HTML parser finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from built import addresses_of, elements_of, parse_html
from rehab.publish.facts import read_facts
from rehab.publish.tree import Tree, list_files

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://knees.test.org/blog"


def test_on_every_page_of_the_demo_the_same_is_found_as_by_a_whole_parser(demo: Path) -> None:
    for file in demo.rglob("*.html"):
        text = file.read_text("utf-8")
        elements = tuple(elements_of(parse_html(text)))
        facts = read_facts(text)
        expected = {address for _, _, address in addresses_of(elements, "")}
        assert expected <= set(facts.addresses), file
        extra = set(facts.addresses) - expected
        assert all(address.startswith("http") for address in extra), (file, extra)
        assert facts.ids == {each.attrib["id"] for each in elements if "id" in each.attrib}, file


@pytest.mark.parametrize(
    ("html", "addresses", "ids"),
    [
        ("<a href='/x'>", ["/x"], []),
        ("<a href=/x>", ["/x"], []),
        ('<A HREF = "/x" ID=a>', ["/x"], ["a"]),
        ('<img alt="a > b" src="/x">', ["/x"], []),
        ("<img alt='href=\"/no\"' src='/x'>", ["/x"], []),
        ('<!-- <a href="/no"> --><a href="/x?a=1&amp;b=2">', ["/x?a=1&b=2"], []),
        ('<script>"<a href=/no>"</script><style>a[href="/no"]{}</style>', [], []),
        ('<script src="/x.js"></script>', ["/x.js"], []),
        ('<title><a href="/no"></title><textarea><a href="/no"></textarea>', [], []),
        ('<source srcset="/a 1x, /b 2x">', ["/a", "/b"], []),
        ('<a name="old" href="#new">', ["#new"], ["old"]),
        ('<meta http-equiv="refresh" content="0; url=/x">', ["/x"], []),
        ('<meta property="og:image" content="/x">', ["/x"], []),
        ('<a href="/first" href="/no">', ["/first"], []),
        ("<svg><use xlink:href='#icon'/></svg>", ["#icon"], []),
        ("<p>1 < 2 and <a href='/x'>", ["/x"], []),
    ],
)
def test_tags_are_read_as_browsers_read_them(html: str, addresses: list[str], ids: list[str]) -> None:
    facts = read_facts(html)
    assert list(facts.addresses) == addresses
    assert sorted(facts.ids) == ids


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/blog/posts/a/", ""),
        ("/blog/posts/a", ""),
        ("../a/", ""),
        ("#here", ""),
        ("", ""),
        (f"{URL}/posts/a/#here", ""),
        ("https://elsewhere.org/x", ""),
        ("mailto:x@y.org", ""),
        ("/other-site-on-this-host/", ""),
        ("//knees.test.org/blog/posts/a/", ""),
        ("/blog/posts/b/", "leads to no page or file"),
        ("../b/", "leads to no page or file"),
        ("#there", "leads to a page that has no 'there'"),
        ("/blog/posts/%61/", ""),
        ("http://[", "is no address"),
        ("/blog/posts/../etc/", "leads to no page or file"),
    ],
)
def test_addresses_lead_where_a_server_of_files_would_lead(tmp_path: Path, address: str, fault: str) -> None:
    (tmp_path / "posts/a").mkdir(parents=True)
    (tmp_path / "posts/a/index.html").write_text('<h1 id="here">')
    tree = Tree(tmp_path, URL, list_files(tmp_path))
    tree.pages["posts/a/index.html"] = read_facts('<h1 id="here">')
    assert tree.failure(address, "posts/a/index.html") == fault
