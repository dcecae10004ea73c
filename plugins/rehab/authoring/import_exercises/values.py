"""Values of a free-exercise-db record → text that is safe to keep, or the reason why it is not.

In: any JSON. Out: `Found`. A stranger's file may hold control characters, letters that turn the direction of a line,
numbers where text should be, and texts without an end; none of these gets past here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

LONGEST_NAME, LONGEST_STEP, MOST_STEPS, MOST_MUSCLES = 200, 4000, 100, 50
"""In letters, letters, items, items. The catalogue's own longest are 58, 744, 24 and 10."""

_ID = re.compile(r"[0-9a-zA-Z_-]{1,200}")
_JOINERS = frozenset("\u200c\u200d")
"""Letters of several scripts, and emoji, are joined with these; the other unseen letters only hide something."""

Found: TypeAlias = tuple[Any, str]
"""A value and the empty string, or nothing and a reason."""


def parse_id(value: object) -> Found:
    """Return an id: letters, digits, hyphens and underscores, as the catalogue's schema has it."""
    if not isinstance(value, str):
        return None, "is no text"
    return (value, "") if _ID.fullmatch(value) else (None, "holds more than letters, digits, hyphens and underscores")


def parse_name(value: object) -> Found:
    """Return a name that is not empty."""
    found, reason = _parse_text(value, LONGEST_NAME)
    return (found, reason) if reason or found else (None, "is empty")


def parse_word(value: object) -> Found:
    """Return a word of one of the catalogue's lists; null and an empty text are None."""
    if value is None:
        return None, ""
    found, reason = _parse_text(value, LONGEST_NAME)
    return found or None, reason


def parse_words(value: object) -> Found:
    """Return a list of such words."""
    return _parse_list(value, LONGEST_NAME, MOST_MUSCLES)


def parse_steps(value: object) -> Found:
    """Return instructions, the empty ones too."""
    return _parse_list(value, LONGEST_STEP, MOST_STEPS)


def _parse_list(value: object, longest: int, most: int) -> Found:
    if not isinstance(value, list):
        return None, "is no list"
    if len(value) > most:
        return None, f"has more than {most} items"
    found = [_parse_text(each, longest) for each in value]
    reason = next((reason for _, reason in found if reason), "")
    return tuple(text for text, _ in found), reason


def _parse_text(value: object, longest: int) -> Found:
    """Return a text on one line with single spaces, or what is wrong with it."""
    if not isinstance(value, str):
        return None, "is no text"
    if len(value) > longest:
        return None, f"is longer than {longest} letters"
    bad = next((letter for letter in value if is_unsafe(letter)), "")
    if bad:
        return None, f"holds a letter that cannot be seen or written (U+{ord(bad):04X})"
    return unicodedata.normalize("NFC", " ".join(value.split())), ""


def is_unsafe(letter: str) -> bool:
    """Return whether a letter is a control character, turns the direction of text, or is none that YAML allows."""
    if letter in "\t\r\n" or letter in _JOINERS:
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} or letter in "\ufffe\uffff"
