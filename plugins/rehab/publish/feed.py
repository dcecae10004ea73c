"""Bytes that machines read → what they say: the addresses in XML, and whether either kind is well-formed.

In: the bytes of one file. Out: `Feed`, or why it is none. XML is read with expat; a file that declares a document type
is refused, for no file of ours has one and an entity in it may be a bomb.
"""

from __future__ import annotations

import json
from typing import Final
from xml.parsers import expat

from msgspec import Struct

from rehab.publish.facts import read_facts

FEEDS: Final = ".xml"
"""How the names of feeds and sitemaps end."""
DATA: Final = (".json", ".webmanifest")
_LINKS: Final = {"link", "loc", "guid", "url", "comments", "icon", "logo"}
"""Elements that hold an address. Atom's `id` is a name: that of a comment stays when it moves to another page."""
_BODIES: Final = {"content", "summary", "description", "encoded"}


class Feed(Struct, frozen=True):
    """The addresses in one file of XML, those in the HTML of feeds too, in order; and whether it is a sitemap."""

    addresses: tuple[str, ...]
    is_sitemap: bool


class _Refused(Exception):  # noqa: N818 - it is no fault of the program
    """The file has a document type."""


def read_data(data: bytes) -> str:
    """Return why some bytes are no JSON, or ""."""
    try:
        json.loads(data)
    except (ValueError, RecursionError) as wrong:
        return f"this is no JSON: {wrong}"
    return ""


def read_feed(data: bytes) -> tuple[Feed | None, str]:
    """Return what a file of XML says, or why it is none."""
    reader = _Reader()
    try:
        reader.read(data)
    except (expat.ExpatError, _Refused) as wrong:
        return None, f"this is no well-formed XML: {wrong}"
    return Feed(tuple(reader.addresses), reader.is_sitemap), ""


class _Reader:
    """Reads one XML file and keeps the addresses in it, those in the HTML of feeds too."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.addresses: dict[str, None] = {}
        self.is_sitemap = False
        self._text: list[str] = []

    def read(self, data: bytes) -> None:
        """Read a whole file. Raises ExpatError, or `_Refused`."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text.append
        parser.EndElementHandler = self._end
        parser.buffer_text = True
        parser.Parse(data, True)  # noqa: FBT003 - the library's own way to say that this is all

    def _refuse(self, *_: object) -> None:
        raise _Refused("it declares a document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text.clear()
        name = tag.rpartition(" ")[2]
        self.is_sitemap = self.is_sitemap or name in {"urlset", "sitemapindex"}
        if "href" in attributes and name == "link":
            self.addresses[attributes["href"]] = None

    def _end(self, tag: str) -> None:
        name, text = tag.rpartition(" ")[2], "".join(self._text).strip()
        if name in _LINKS and text.startswith(("http:", "https:")):
            self.addresses[text] = None
        if name in _BODIES and "<" in text:
            self.addresses.update(dict.fromkeys(each for each in read_facts(text).addresses if ":" in each))
        self._text.clear()
