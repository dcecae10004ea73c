"""Markdown text → the `[[references]]` in it, with their places.

In: a text and where it begins. Out: each reference outside code, as `FoundRef`. Exists so that links in text are
checked, and counted as links both ways, before any page is made; turning them into HTML is done elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.model.refs import TextRef, parse_text_ref
from rehab.site.text.code import mask_code
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_REF = re.compile(r"(?<!\\)(!?)\[\[([^\[\]\n]+)\]\]")


class FoundRef(Struct, frozen=True):
    """A reference in a text. `placed` says that it stands alone on its line with a `!`: a card belongs there."""

    ref: TextRef
    place: Place
    placed: bool


def find_text_refs(text: str, path: str, line: int = 1) -> tuple[FoundRef, ...]:
    """Return the references of a text that begins on a line of a file, in order."""
    if "[[" not in text:
        return ()
    masked = mask_code(text)
    return tuple(
        found
        for number, words in enumerate(masked.split("\n"), start=line)
        if "[[" in words
        for found in _in_line(words, path, number)
    )


def _in_line(words: str, path: str, number: int) -> Iterator[FoundRef]:
    for match in _REF.finditer(words):
        ref = parse_text_ref(match[2])
        if ref is not None:
            placed = bool(match[1]) and words.strip() == match[0]
            yield FoundRef(ref, Place(path, number, match.start(2) + 1), placed)
