"""Hostile words in every field: no file then holds a tag, an attribute or an address that polite words would not."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from built import Built, Page, addresses_of, elements_of, parse_html, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from conftest import BuildSite, WriteTree

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases" / "injection.yml").read_text("utf-8"))
ORIGIN = "https://comeback.example"
FORMATS = ("markdown", "html", "text")
COMMENT_TAGS = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
REL = "ugc nofollow noopener noreferrer"
UNSEEN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
EVERY_TAG = "*a* **b** ~~c~~ `d` [e](https://ok.example/)\n\n> f\n\n```\ng\n```\n\n- h\n\n1. i\n\nj\nk"


def front(fields: Mapping[str, Any], body: str = "") -> bytes:
    """Return a content file. JSON is YAML, and quotes whatever it is given."""
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}\n".encode("utf-8", "surrogatepass")


def comment(said: str, format_: str, number: int) -> bytes:
    day = f"2020-01-{2 + number % 28:02}"
    return front({"author": said, "url": said, "date": day, "format": format_, "source": said}, said)


def reader_tree(comments: Iterable[tuple[str, str]]) -> dict[str, str | bytes]:
    """Return a blog of one post, one exercise and a thread."""
    post = {"title": "Post", "date": "2020-01-01", "author": "Al", "exercises": [{"name": "Squat", "dose": "3 x 10"}]}
    told = enumerate(comments)
    files = {f"comments/a/c{number:03}.md": comment(said, format_, number) for number, (said, format_) in told}
    return {"posts/a.md": front(post, "Text"), **files}


def author_tree(*pairs: tuple[str, str]) -> dict[str, str | bytes]:
    """Return a blog with one thing of each kind for each pair: words of plain text, words of Markdown."""
    files: dict[str, str | bytes] = {}
    for number, (words, markdown) in enumerate(pairs):
        for name, fields in CASES["author_blog"].items():
            header = filled(fields, {"WORDS": words, "MARKDOWN": markdown, "N": f"{number}"})
            files[name.replace("N", f"{number}")] = front(header, header.pop("body", ""))
        for folder in ("posts/a", "galleries/g"):
            files[f"{folder}{number}/s.svg"] = SQUARE.replace("4 3", f"4 {3 + len(folder)}")
    return files


def filled(value: Any, words: Mapping[str, str]) -> Any:
    """Return parsed YAML with each stand-in replaced, in keys too."""
    if isinstance(value, dict):
        return {filled(key, words): filled(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, words) for each in value]
    return re.sub("WORDS|MARKDOWN|N", lambda found: words[found[0]], str(value))


def build(write_tree: WriteTree, build_site: BuildSite, tree: dict[str, str | bytes], name: str) -> Built:
    """Build a blog with our address, beside a file that nobody may publish."""
    content = write_tree(tree)
    (content.parent / "publishconf.py").write_text("x = 'SECRET-OF-PUBLISHCONF'")
    result, output = build_site(content, name, SITEURL=ORIGIN, FEED_DOMAIN=ORIGIN)
    assert result.exit_code == 0
    return Built(output, ORIGIN)


# What is read in the output


def vocabulary_of(elements: Iterable[Element]) -> set[tuple[str, str]]:
    """Return every element's name, alone and with each of its attributes."""
    return {(tag_of(each), name) for each in elements for name in ("", *each.attrib)}


def feed_bodies(built: Built) -> list[Element]:
    """Return the HTML in the feed, each parsed as a feed reader would."""
    feed = ET.fromstring(built.text("feeds/atom.xml"))  # noqa: S314 - strictness is the point
    assert not [each for each in feed.iter() if not str(each.tag).startswith("{http://www.w3.org/2005/Atom}")]
    return [parse_html(each.text or "") for each in feed.iter() if each.get("type") == "html"]


def assert_as_harmless_as(built: Built, twin: Built) -> None:
    """Find nothing in any file that the same blog with harmless words does not have, and no data broken."""
    allowed = {pair for page in twin.pages.values() for pair in vocabulary_of(page.elements)}
    in_feed = {pair for body in feed_bodies(twin) for pair in vocabulary_of(elements_of(body))}
    for page in built.pages.values():
        assert vocabulary_of(page.elements) - allowed == set(), page.file
        assert_harmless_page(built, page)
    for body in feed_bodies(built):
        assert vocabulary_of(elements_of(body)) - in_feed - {("html", ""), ("head", ""), ("body", "")} == set()
        assert_harmless_addresses(elements_of(body), f"{ORIGIN}/")
    assert_machine_files(built)


def assert_harmless_page(built: Built, page: Page) -> None:
    assert page.faults == (), (page.file, page.faults)
    assert len(page.ids) == len(set(page.ids)), page.file
    assert all(re.fullmatch(r"[\w.:-]+", name) for name in page.ids), page.file
    assert_data_is_whole(page)
    assert_harmless_addresses(page.elements, page.url)
    fetched = [each for each in page.elements if tag_of(each) in {"img", "source", "link", "script"}]
    assert all(built.is_own(address) for _, _, address in addresses_of(fetched, page.url)), page.file


def assert_data_is_whole(page: Page) -> None:
    scripts = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script", page.text, re.DOTALL)
    assert len(scripts) == 1, page.file
    for script in scripts:
        assert "<" not in script, page.file
        json.loads(script)


def assert_harmless_addresses(elements: Iterable[Element], base: str) -> None:
    for _, _, address in addresses_of(elements, base):
        parts = urlsplit(address)
        assert parts.scheme in {"http", "https", "mailto"}, address
        assert parts.hostname != "evil.example" or parts.scheme == "https", address
        assert "@" not in parts.netloc, address


def assert_machine_files(built: Built) -> None:
    nodes = json.loads(built.text("rehab.json"))["nodes"]
    sitemap = ET.fromstring(built.text("sitemap.xml"))  # noqa: S314 - as above
    assert {tag_of(each) for each in sitemap.iter()} <= {"urlset", "url", "loc", "lastmod"}
    assert [name for name in built.files if "publishconf.py" in name] == []
    for name in built.files:
        if name.endswith((".html", ".xml", ".json", ".txt")):
            text = built.text(name)
            assert [word for word in CASES["evaluated"] if word in text] == [], name
            assert re.findall(UNSEEN, text) == [], name
    assert [node for node in nodes if re.search(UNSEEN, str(node["title"]))] == []


def assert_comments_are_clean(built: Built, count: int) -> None:
    """Find every comment, in order, with only a comment's tags in its text."""
    page = built.pages["posts/a/"]
    texts = [each for each in page.elements if "comment-text" in each.get("class", "").split()]
    assert len(texts) == count
    for text in texts:
        inside = [each for each in elements_of(text) if each is not text]
        assert {tag_of(each) for each in inside} <= COMMENT_TAGS
        assert all(each.get("rel") == REL and set(each.attrib) == {"href", "rel"} for each in inside if each.tag == "a")
        assert not [each.attrib for each in inside if each.attrib and each.tag != "a"]
    names = [each for each in page.all("h3") if "comment-name" in each.get("class", "")]
    assert len(names) == count
    assert {tag_of(inner) for each in names for inner in elements_of(each)} <= {"h3", "span", "bdi", "a"}


# Readers


def test_a_hostile_reader_gets_no_further_than_a_polite_one(write_tree: WriteTree, build_site: BuildSite) -> None:
    payloads = [*CASES["readers"], *CASES["engines"]]
    assert len(payloads) >= 40
    polite = [(EVERY_TAG, format_) for format_ in FORMATS for _ in payloads]
    twin = build(write_tree, build_site, reader_tree(polite), "twin")
    hostile = [(said, format_) for format_ in FORMATS for said in payloads]
    built = build(write_tree, build_site, reader_tree(hostile), "output")
    assert built.lasting == twin.lasting
    assert_comments_are_clean(built, len(hostile))
    assert_as_harmless_as(built, twin)


def test_a_sample_of_known_attacks_gets_no_further(write_tree: WriteTree, build_site: BuildSite, shared: Path) -> None:
    file = shared / "data" / "xss" / "payloads.jsonl"
    if not file.is_file():
        pytest.skip("the list of known attacks is not beside this checkout")
    payloads = [str(json.loads(line)["payload"]) for line in file.read_text("utf-8").splitlines()]
    sample = payloads[:: max(1, len(payloads) // 60)][:60]
    assert len(sample) == 60
    twin = build(write_tree, build_site, reader_tree([(EVERY_TAG, "markdown")] * 60), "twin")
    hostile = [(said, FORMATS[number % 3]) for number, said in enumerate(sample)]
    built = build(write_tree, build_site, reader_tree(hostile), "output")
    assert built.lasting == twin.lasting
    assert_comments_are_clean(built, len(hostile))
    assert_as_harmless_as(built, twin)


def test_a_reader_publishes_no_file_and_no_template_is_run(write_tree: WriteTree, build_site: BuildSite) -> None:
    comments = [(said, format_) for said in CASES["engines"] for format_ in FORMATS]
    built = build(write_tree, build_site, reader_tree(comments), "output")
    assert built.pages["posts/a/"].words.count("7193*7211") > 20, "what a reader typed is shown as it was typed"
    assert_machine_files(built)


# Authors


def test_what_an_author_types_into_a_field_is_letters(write_tree: WriteTree, build_site: BuildSite) -> None:
    harmless = [(f"Harmless{number}", "Harmless") for number, _ in enumerate(CASES["authors"])]
    twin = build(write_tree, build_site, author_tree(*harmless), "twin")
    hostile = [(words, "Harmless") for words in CASES["authors"]]
    built = build(write_tree, build_site, author_tree(*hostile), "output")
    assert_as_harmless_as(built, twin)


def test_markup_in_a_markdown_field_breaks_no_file_for_machines(write_tree: WriteTree, build_site: BuildSite) -> None:
    """An author's own HTML is shown there, as in the text of a post; data about the page is words all the same."""
    hostile = [(f"Harmless{number}", words) for number, words in enumerate(CASES["authors"])]
    built = build(write_tree, build_site, author_tree(*hostile), "output")
    assert_machine_files(built)
    assert feed_bodies(built)
    for page in built.pages.values():
        assert_data_is_whole(page)
        assert not re.search(r"<|onerror=", page.meta("description")), page.file


def test_a_title_of_markup_is_shown_as_it_was_typed(write_tree: WriteTree, build_site: BuildSite) -> None:
    words = CASES["authors"][0]
    built = build(write_tree, build_site, author_tree((words, "Harmless")), "output")
    page = built.pages["posts/a0/"]
    assert "".join(page.all("h1")[0].itertext()).strip() == words
    assert "".join(page.all("title")[0].itertext()).startswith(words)
    (posting, *_) = page.data
    assert posting["headline"] == words
    titles = [node["title"] for node in json.loads(built.text("rehab.json"))["nodes"]]
    assert titles.count(words) >= 2
    feed = ET.fromstring(built.text("feeds/atom.xml"))  # noqa: S314 - as above
    assert [each.text for each in feed.iter("{http://www.w3.org/2005/Atom}title")][1] == words
