"""What an author calls a new thing → a title that a file can hold, and the slug for its name.

In: words from a command line. Out: the title in one normal form, or the sentence that refuses it; a slug of a sane
length that every system takes for a file's name.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from rehab.model.shapes import SLUG
from rehab.model.slug import slugify
from rehab.source.report import visible

LONGEST_SLUG = 60
"""In characters. At four bytes each, a name with its ending is still shorter than the 255 bytes of a file system."""

DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})
"""Names that Windows keeps for devices, also before an ending.

Source: Microsoft, "Naming Files, Paths, and Namespaces".
"""

_NO_BREAK = re.compile(r"[\u00a0\u202f]")
_REFUSED = {"Cc": "a control character", "Cs": "a letter that is not Unicode", "Zl": "a line end", "Zp": "a line end"}
_MARKS = frozenset("\ufeff\ufffe\uffff")
"""Marks of an encoding: YAML does not allow them in a text."""


class Refusal(Struct, frozen=True):
    """Why no file is made, as a sentence that says what to do."""

    sentence: str


def clean_title(title: str) -> str | Refusal:
    """Return a title composed (NFC), without outer white space, its no-break spaces as ordinary ones."""
    found = next((letter for letter in title.strip(" \t\r\n") if _what_is(letter)), None)
    if found is not None:
        return Refusal(f"{_what_is(found)} (U+{ord(found):04X}) is in the title: type the title without it")
    cleaned = _NO_BREAK.sub(" ", unicodedata.normalize("NFC", title)).strip()
    return cleaned or Refusal("the title is empty: write one, such as 'Sore knee after hills'")


def _what_is(letter: str) -> str:
    if letter in _MARKS:
        return "a mark of an encoding"
    return _REFUSED.get(unicodedata.category(letter), "")


def slug_for(title: str, kind: str) -> str:
    """Return the slug of a title: cut between two words where it is long, and never the name of a device.

    `CON` becomes `con-post` for a post. Read back from the file's name it is the same slug.
    """
    slug = _stable(slugify(title))
    if len(slug) > LONGEST_SLUG:
        slug = _cut(slug)
    return f"{slug}-{kind}" if slug in DEVICES else slug


def _stable(slug: str) -> str:
    """Return the slug that a file of this name gives: for a few letters, the small form has a form of its own."""
    again = slugify(slug)
    return slug if again in {slug, ""} else _stable(again)


def _cut(slug: str) -> str:
    head = slug[: LONGEST_SLUG + 1]
    whole, hyphen, _ = head.rpartition("-")
    return whole if hyphen and len(whole) > LONGEST_SLUG // 2 else slug[:LONGEST_SLUG]


def check_slug(slug: str) -> Refusal | None:
    """Return why a slug that the author chose cannot be a file's name, or None."""
    if not SLUG.pattern.fullmatch(slug) or slugify(slug) != slug:
        near = slug_for(slug, "page") if slug.isprintable() and slug.strip() else "side-plank"
        return Refusal(f"'{visible(slug)}' is no slug: write small letters, digits and hyphens, such as '{near}'")
    if slug in DEVICES:
        return Refusal(f"'{slug}' is the name of a device on Windows: add a word to the slug")
    if len(slug) > LONGEST_SLUG:
        return Refusal(f"the slug has {len(slug)} characters: write at most {LONGEST_SLUG}")
    return None
