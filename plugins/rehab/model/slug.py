"""Slugs: the part of an address that a title becomes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[^\w\s-]|_")
_GAP = re.compile(r"[-\s]+")


@lru_cache(maxsize=8192)
def slugify(title: str) -> str:
    """Return the slug of a title: its letters without accents, small, with hyphens between words.

    A title without any Latin letter keeps its own letters (`膝の痛み`), so that no two become one; one
    without letters at all (`🏃`) is named by its code points. An empty title has an empty slug.
    """
    folded = unicodedata.normalize("NFKD", title)
    latin = _hyphenate(folded.encode("ascii", "ignore").decode("ascii"))
    own = _hyphenate(unicodedata.normalize("NFKC", title))
    return latin or own or "-".join(f"u{ord(letter):x}" for letter in title.strip())


def _hyphenate(text: str) -> str:
    return _GAP.sub("-", _NOT_WORD.sub("", text.lower()).strip()).strip("-")
