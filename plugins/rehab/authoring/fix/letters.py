"""Letters that look like what YAML wants and are not: odd spaces, curly quotes, long dashes.

In: text. Out: the plain text in their place. Word processors and phones put them in; a reader never notices.
"""

from __future__ import annotations

import re

_WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NARROW = "\u200b\u200e\u200f\u2060\ufeff"
ODD = f"{_WIDE}{_NARROW}"
"""Spaces that are none to YAML, some without any width, for use inside the brackets of a pattern."""

_OF_SOME_WIDTH = re.compile(f"[{_WIDE}]")
_OF_NO_WIDTH = re.compile(f"[{_NARROW}]")
_ODD = re.compile(f"[{ODD}]")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ALMOST_FENCE = re.compile(rf"[{_DASHES}]{{3,}}|[{_DASHES}]*[\u2013\u2014\u2015][{_DASHES}]*")
_SINGLE, _LOW = "\u2018\u2019", "\u201a"
_DOUBLE = "\u201c\u201d"
_CLOSING_OF = {
    "\u201c": _DOUBLE, "\u201d": _DOUBLE, "\u201e": _DOUBLE, "\u201f": _DOUBLE,
    "\u2018": _SINGLE, "\u2019": _SINGLE, _LOW: _SINGLE, "\u00ab": "\u00bb",
}  # fmt: skip
_OPENING, _CLOSING = "".join(_CLOSING_OF), f"{_DOUBLE}{_SINGLE}\u00bb"

CURLY_VALUE = re.compile(rf"[{_OPENING}][^\n]*?[{_CLOSING}]")
"""Text from a curly quote to the next one that may close it."""


def has_odd_space(text: str) -> bool:
    """Return whether a space stands here that is none to YAML."""
    return _ODD.search(text) is not None


def with_plain_spaces(text: str) -> str:
    """Return a text with plain spaces for odd ones, and nothing for those that have no width."""
    return _OF_SOME_WIDTH.sub(" ", _OF_NO_WIDTH.sub("", text))


def is_almost_fence(line: str) -> bool:
    """Return whether a line was meant as `---`: dashes of some kind, at least three or a long one, and spaces."""
    return _ALMOST_FENCE.fullmatch(with_plain_spaces(line).strip()) is not None


def without_curly_quotes(text: str) -> str | None:
    """Return what stands between two curly quotes that wrap the whole text, or None where none do.

    A text with a third curly quote inside is somebody's prose: `“A” and “B”`.
    """
    inner = text[1:-1]
    wrapped = len(text) > 1 and text[-1] in _CLOSING_OF.get(text[0], "")
    return inner if wrapped and inner and not any(letter in _OPENING + _CLOSING for letter in inner) else None


def without_quotes_and_odd_spaces(word: str) -> str:
    """Return a name without the curly quotes and odd spaces around and in it."""
    return with_plain_spaces(word).strip(f" {_OPENING}{_CLOSING}'\"")
