"""Text without quotes that YAML takes for less, or for more, than its author wrote.

In: a YAML text and where a value without quotes stands in it. Out: where that goes wrong and in which words, or None.
YAML itself has no complaint about any of these; a reader of the page would.
"""

from __future__ import annotations

import re
from typing import TypeAlias

Slip: TypeAlias = tuple[int, str, str]
"""An index in the text, a message and a hint."""

_SWALLOWED = re.compile(r"[ \t]+#(?=\w)")
_DEEPER_ITEM = re.compile(r"^[ \t]*(?P<hyphen>-)[ \t]", re.MULTILINE)
_GLUED_LINE = re.compile(r"^[ \t]*-[^\W\d]", re.MULTILINE)
_GLUED_ITEM = re.compile(r"-[^\W\d]")


def may_slip(text: str) -> bool:
    """Return whether it is worth looking at each value: a quick look at the whole text, for it is mostly not."""
    return _SWALLOWED.search(text) is not None or _GLUED_LINE.search(text) is not None


def swallowed(text: str, end: int) -> Slip | None:
    """`title: Race #3` is `Race`: a number sign after a space begins a note, and what follows is lost."""
    match = _SWALLOWED.match(text, end)
    hint = "put the value in quotes, or a space after the # of a note"
    return (match.end() - 1, "everything from the # on is left out here", hint) if match else None


def no_list(text: str, start: int, end: int) -> Slip | None:
    """Items whose hyphens have no space after them, or stand deeper than the first, are one long text."""
    if _GLUED_ITEM.match(text, start) and not text[:start].rpartition("\n")[2].strip():
        return start, "a hyphen with no space after it begins no item", "write a space after each hyphen"
    second = text.find("\n", start, end) + 1
    deeper = _DEEPER_ITEM.search(text, second, end) if second else None
    if deeper:
        hint = "line its hyphen up with the others"
        return deeper.start("hyphen"), "this item stands deeper than the one above", hint
    return None
