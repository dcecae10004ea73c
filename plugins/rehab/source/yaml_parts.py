"""A YAML text that cannot be read as a whole → its parts, each of which may be read alone.

In: text. Out: the fields or the items on its outermost level, line by line. Knows indentation and nothing else of YAML;
exists so that one mistake in a list of twenty exercises costs one exercise.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_ITEM = re.compile(r"-(?=\s|$)")
_KEY = re.compile(r"(?P<indent>[ ]*)(?P<key>[^\s:#'\"\[{&*!|>%@`-][^:#\n]*?)[ ]*:[ \t]*(?:#[^\n]*)?\n")
_NAMES = re.compile(r"^[ \t]*(?:-[ ]+)*[\"'“”]?(?P<name>\w[\w-]*)[\"'“”]?[ \t]*(?=[:=\s]|$)", re.MULTILINE)


class Part(Struct, frozen=True):
    """A field or an item. `line` is how many lines stand above it; `is_item` whether a hyphen begins it."""

    line: int
    text: str
    is_item: bool

    @property
    def inside(self) -> str:
        """Return an item's text with a space in the hyphen's place, so that columns stay as they are."""
        return self.text.replace("-", " ", 1)

    def below(self) -> tuple[str, int, str] | None:
        """Return a field's name, its column, and what stands below its line; None where its value begins beside it."""
        match = _KEY.match(self.text)
        rest = self.text[match.end() :] if match else ""
        return (match["key"], len(match["indent"]) + 1, rest) if match and rest.strip() else None


def split_parts(text: str) -> tuple[Part, ...]:
    """Return the fields or items on the outermost level; nothing where the text has no plain levels."""
    lines = _LINES.findall(text)
    depths = [(number, _depth(line)) for number, line in enumerate(lines) if _says_something(line)]
    if not depths or min(depth for _, depth in depths) < depths[0][1]:
        return ()
    first, depth = depths[0]
    is_item = _ITEM.match(lines[first], depth) is not None
    starts = [
        number for number, found in depths if found == depth and (is_item or not _ITEM.match(lines[number], depth))
    ]
    if is_item and not all(_ITEM.match(lines[number], depth) for number in starts):
        return ()
    bounds = pairwise([*starts, len(lines)])
    return tuple(Part(start, "".join(lines[start:end]), is_item) for start, end in bounds)


def names_in(text: str) -> frozenset[str]:
    """Return all words of a text that may be names of fields: the first of each line."""
    return frozenset(match["name"] for match in _NAMES.finditer(text))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
