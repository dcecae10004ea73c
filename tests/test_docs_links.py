"""Every relative link in the project's Markdown files leads somewhere: to a file, a folder or a heading."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})[^\n]*\n.*?^ {0,3}\2[ \t]*$", re.MULTILINE | re.DOTALL)
INDENTED_FENCE = re.compile(r"^ +```[^\n]*\n.*?^ +```[ \t]*$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"(?<!\\)!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
DOCS = sorted(chain(ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md")))
PAGES = [page for page in DOCS if page.parent != ROOT / "docs" and page.parent.parent == ROOT / "docs"]


def without_code(text: str) -> str:
    """Return the text without code blocks and code spans, in which a bracket is no link."""
    return CODE_SPAN.sub("", INDENTED_FENCE.sub("", FENCE.sub("", text)))


def links_of(text: str) -> list[str]:
    """Return the targets of a page's links that are no web addresses."""
    return [target for target in LINK.findall(without_code(text)) if not urlsplit(target).scheme]


def anchor_of(heading: str) -> str:
    """Return the fragment that code hosts give a heading: letters, digits, hyphens for spaces."""
    words = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().casefold()
    kept = (letter for letter in words if letter in " -_" or unicodedata.category(letter)[0] in "LN")
    return "".join(kept).replace(" ", "-")


@cache
def anchors_in(page: Path) -> frozenset[str]:
    """Return the fragments of a Markdown file."""
    text = INDENTED_FENCE.sub("", FENCE.sub("", page.read_text("utf-8")))
    return frozenset(map(anchor_of, HEADING.findall(text)))


def lost_links(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere."""
    return [target for target in links_of(page.read_text("utf-8")) if not leads_somewhere(page, target)]


def leads_somewhere(page: Path, target: str) -> bool:
    """Return whether a relative link's file is in the project, and has the heading that the link names."""
    path, _, fragment = unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    if not (file.is_relative_to(ROOT) and file.exists()):
        return False
    return not fragment or (file.suffix == ".md" and fragment in anchors_in(file))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert not lost_links(page)


def test_the_index_lists_every_page_of_the_docs() -> None:
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / unquote(target)).resolve() for target in links_of(index.read_text("utf-8"))}
    assert not [page.name for page in PAGES if page not in linked]


def test_a_link_to_a_missing_file_or_heading_is_lost(tmp_path: Path) -> None:
    page = ROOT / "docs" / "index.md"
    assert not leads_somewhere(page, "no-such-page.md")
    assert not leads_somewhere(page, "index.md#no-such-heading")
    assert not leads_somewhere(page, str(tmp_path))


def test_links_in_code_are_not_links() -> None:
    text = "`[a](b.md)` and\n\n```\n[c](d.md)\n```\n\n[e](f.md#g) [h](https://example.org/)\n"
    assert links_of(text) == ["f.md#g"]


def test_a_picture_is_a_link_too() -> None:
    assert links_of('![A bib: "3 × 10"](images/bib.png)') == ["images/bib.png"]
