"""Feeds, the sitemap and data of a built tree: well-formed, and leading to what is there.

In: a `Tree`. Out: findings. XML is read with expat; a file that declares a document type is refused, for no file of
ours has one and an entity in it may be a bomb.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.parsers import expat

from rehab.publish.facts import read_facts
from rehab.publish.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.publish.tree import Tree

_DATA: Final = (".json", ".webmanifest")
_LINKS: Final = {"link", "loc", "guid", "url", "comments", "icon", "logo"}
"""Elements that hold an address. Atom's `id` is a name: that of a comment stays when it moves to another page."""
_BODIES: Final = {"content", "summary", "description", "encoded"}


class _Refused(Exception):  # noqa: N818 - it is no fault of the program
    """The file has a document type."""


def check_machines(tree: Tree) -> Iterator[Finding]:
    """Yield what is wrong with the files that machines read."""
    for path in tree.public():
        if path.endswith(".xml"):
            yield from _check_xml(tree, path)
        elif path.endswith(_DATA):
            yield from _check_json(tree, path)


def _check_json(tree: Tree, path: str) -> Iterator[Finding]:
    try:
        json.loads(tree.files[path].read_bytes())
    except (ValueError, RecursionError) as wrong:
        yield Finding("broken-file", path, f"this is no JSON: {wrong}", hint="mend it where it comes from")


def _check_xml(tree: Tree, path: str) -> Iterator[Finding]:
    reader = _Reader()
    try:
        reader.read(tree.files[path].read_bytes())
    except (expat.ExpatError, _Refused) as wrong:
        yield Finding("broken-file", path, f"this is no well-formed XML: {wrong}", hint="mend it where it comes from")
        return
    for address in reader.addresses:
        if reason := tree.failure(address, path):
            yield Finding("broken-link", path, f"'{address}' {reason}", address, "correct it where the file comes from")
        elif reader.is_sitemap and tree.is_own(address) and _is_hidden(tree, address):
            yield Finding("broken-link", path, f"'{address}' is a page that is not for search", address, "take it out")


def _is_hidden(tree: Tree, address: str) -> bool:
    file = tree.file_at(urlsplit(address).path)
    return file is not None and file in tree.pages and tree.pages[file].hidden


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
