"""What a page weighs before it can be read: no page of the demo may grow past what one round trip brings."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST = 14_600
"""Bytes of a page and its styles, packed: ten packets of 1,460, the first flight of a connection (RFC 6928)."""
MOST_SCRIPT = 5_120
LEVEL = 6
"""How hard servers pack while they send; a level of 9 would flatter us."""

_ASKED = re.compile(r'<link rel="stylesheet" href="/?([^"]+)"')


def packed(data: bytes) -> int:
    return len(gzip.compress(data, LEVEL))


def weights(site: Path) -> dict[str, int]:
    """Return the packed bytes of each page and of the stylesheets that it waits for, by the page's path."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        sheets = sum(packed((site / name).read_bytes()) for name in _ASKED.findall(text))
        found[file.relative_to(site).as_posix()] = packed(text.encode()) + sheets
    return found


def test_every_page_comes_with_its_styles_in_the_first_flight(demo: Path) -> None:
    found = weights(demo)
    assert len(found) > 50
    assert {page: weight for page, weight in found.items() if weight > MOST} == {}


def test_all_scripts_together_are_few_bytes(demo: Path) -> None:
    assert sum(packed(file.read_bytes()) for file in demo.rglob("*.js")) <= MOST_SCRIPT


def test_no_page_asks_for_a_stylesheet_or_a_font(demo: Path) -> None:
    for file in demo.rglob("*.html"):
        assert not re.search(r'rel="(?:stylesheet|preload)"|@import|@font-face', file.read_text("utf-8")), file
