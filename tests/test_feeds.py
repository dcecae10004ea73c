"""Feeds of an injury's posts and of a category's: valid, absolute, of the public alone, and linked from their pages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest

from built import Built

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree

ORIGIN = "https://example.org/blog"
ATOM = "{http://www.w3.org/2005/Atom}"
POST = "---\ntitle: {}\ndate: {}\ncategory: Hills\ninjuries: [sore-knee]\n{}---\nText of {}, see [[other-knee]].\n"
INJURY = "---\ntitle: {}\nregion: knee\nred_flags: []\n---\nText.\n"

FILES: dict[str, str | bytes] = {
    "injuries/sore-knee.md": INJURY.format("Sore <knee> & shin"),
    "injuries/other-knee.md": INJURY.format("Other knee"),
    "posts/one.md": POST.format("One", "2020-01-02", "", "one"),
    "posts/two.md": POST.format("Two", "2020-01-03", "", "two"),
    "posts/unknown.md": "---\ntitle: When\ndate_basis: unknown\ncategory: Hills\ninjuries: [sore-knee]\n---\nNo day.\n",
    "posts/draft.md": POST.format("Unfinished", "2020-01-04", "status: draft\n", "draft"),
    "posts/hidden.md": POST.format("Hidden", "2020-01-04", "status: hidden\n", "hidden"),
    "posts/later.md": POST.format("Later", "2120-01-04", "", "later"),
    "posts/flat.md": "---\ntitle: Flat\ndate: 2020-01-01\ncategory: Plains\n---\nFlat.\n",
}
FEEDS = ("feeds/injuries/sore-knee.atom.xml", "feeds/categories/hills.atom.xml")


@pytest.fixture
def site(write_tree: WriteTree, build_site: BuildSite) -> Built:
    settings = {"SITEURL": ORIGIN, "FEED_DOMAIN": ORIGIN, "SITENAME": "Knees", "REHAB_TODAY": "2021-01-01"}
    return Built(build_site(write_tree(FILES), **settings)[1], ORIGIN)


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_the_public_dated_posts_newest_first(site: Built, name: str) -> None:
    feed = ET.fromstring(site.text(name))  # noqa: S314 - our own file
    assert [each.findtext(f"{ATOM}title") for each in feed.iter(f"{ATOM}entry")] == ["Two", "One"]
    assert not re.search("Unfinished|Hidden|Later|No day", site.text(name))


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_one_to_a_strict_reader_and_says_where_it_is(site: Built, name: str) -> None:
    read = feedparser.parse(site.text(name))
    assert not read.bozo
    feed = ET.fromstring(site.text(name))  # noqa: S314 - as above
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"{ORIGIN}/{name}"
    for needed in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{needed}")
    ids = [each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", FEEDS)
def test_every_address_in_a_feed_is_absolute_and_leads_somewhere(site: Built, name: str) -> None:
    text = site.text(name)
    found = re.findall(r'(?:href|src)=(?:"|&quot;)([^"&]+)', text)
    assert found
    for address in found:
        assert urlsplit(address).scheme == "https", address
        assert (
            not site.is_own(address)
            or site.file_of(address.rstrip("/") if address == ORIGIN else address)
            or address == f"{ORIGIN}/"
        )


def test_a_page_names_the_feed_of_its_own_posts(site: Built) -> None:
    for path, name, title in [
        ("injuries/sore-knee/", FEEDS[0], "Knees: Sore <knee> & shin"),
        ("categories/hills/", FEEDS[1], "Knees: Hills"),
    ]:
        named = {
            each.get("href"): each.get("title")
            for each in site.pages[path].all("link")
            if each.get("type") == "application/atom+xml"
        }
        assert named[f"/blog/{name}"] == title


def test_an_injury_without_posts_has_no_feed_and_names_none(site: Built) -> None:
    assert "feeds/injuries/other-knee.atom.xml" not in site.files
    assert "feeds/injuries" not in site.pages["injuries/other-knee/"].text
    assert {name for name in site.files if name.startswith("feeds/")} >= set(FEEDS)


def test_a_feed_is_the_same_whenever_it_is_made(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(FILES)
    one, two = (Built(build_site(content, name)[1], "http://localhost:8000") for name in ("one", "two"))
    assert [one.text(name) for name in FEEDS] == [two.text(name) for name in FEEDS]
