"""Markdown text → the pictures of ours in it, `![alt](file.jpg "caption")`, with their places.

In: a text and where it begins. Out: each picture outside code that names a file beside the text. Exists so that a
missing file or missing words are found before any page is made; turning them into HTML is done elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from rehab.site.text.code import mask_code
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.entry import Entry

_IMAGE = re.compile(r"(?<!\\)!\[(?P<alt>[^\[\]\n]*)\]\(\s*<?(?P<src>[^\s()<>]+)>?(?:\s+[\"'][^\n]*?[\"'])?\s*\)")

_PLACEHOLDER = re.compile(r"[{|](?:static|attach|filename)[|}]")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OF_A_MACHINE = re.compile(r"[a-z]:[\\/]|file:", re.IGNORECASE)
_AT_ROOT = re.compile(r"[{|]\w+[|}]/")


class FoundImage(Struct, frozen=True):
    """A picture in a text. `path` is its file's, from the project's root, or None where it leaves the content."""

    src: str
    alt: str
    path: str | None
    place: Place
    alt_place: Place


def find_text_images(text: str, path: str, line: int = 1) -> tuple[FoundImage, ...]:
    """Return the pictures of a text that begins on a line of a file, in order. Addresses on the web are not ours."""
    return tuple(
        FoundImage(src := match["src"], match["alt"].strip(), resolve(src, path), *_places(match, path, number))
        for number, match in _matches(text, line)
        if is_own_file(match["src"])
    )


def find_remote_images(text: str, path: str, line: int = 1) -> Iterator[tuple[str, Place]]:
    """Yield the address of each picture that lies on the web, and its place."""
    for number, match in _matches(text, line):
        if _REMOTE.match(match["src"]):
            yield match["src"], next(_places(match, path, number))


def _matches(text: str, line: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield what looks like a picture outside code, each with the number of its line."""
    if "![" in text:
        for number, words in enumerate(mask_code(text).split("\n"), start=line):
            if "![" in words:
                yield from ((number, match) for match in _IMAGE.finditer(words))


def _places(match: re.Match[str], path: str, number: int) -> Iterator[Place]:
    return (Place(path, number, match.start(part) + 1) for part in ("src", "alt"))


def is_own_file(src: str) -> bool:
    """Return whether an address names a file: a relative path, Pelican's placeholders, or a place on a machine."""
    if _OF_A_MACHINE.match(src):
        return True
    src = _without_placeholder(src)
    try:
        parts = urlsplit(src)
    except ValueError:
        return False
    return bool(parts.path) and not parts.scheme and not parts.netloc and src[:1] not in {"/", "{", "|", "#"}


def resolve(src: str, path: str) -> str | None:
    """Return the path of a file that a text at `path` names, or None where it leaves the content folder.

    A relative path begins beside the text; `{static}/…` and `{attach}/…` begin at the content folder. `C:/…` and
    `file:…` are on somebody's machine.
    """
    if _OF_A_MACHINE.match(src):
        return None
    content = path.partition("/")[0]
    name = unquote(urlsplit(_without_placeholder(src)).path)
    folder = content if _PLACEHOLDER.match(src) and _AT_ROOT.match(src) else posixpath.dirname(path)
    found = posixpath.normpath(posixpath.join(folder, name))
    return found if found.partition("/")[0] == content else None


def _without_placeholder(src: str) -> str:
    """Return what follows Pelican's `{static}` or `{attach}`, without the slash that means the content folder."""
    match = _PLACEHOLDER.match(src)
    return src[match.end() :].removeprefix("/") if match else src


def images_of(entry: Entry) -> tuple[FoundImage, ...]:
    """Return the pictures in an entry's body."""
    return find_text_images(entry.body, entry.path, entry.body_line)
