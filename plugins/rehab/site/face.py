"""A reader's name → a small picture, the same for the same name, made here and asked of nobody.

In: a name as it is shown, and the site's key. Out: squares in a grid of five by five, the left half mirrored, and one
of the theme's colours. The key keeps the pictures of two sites from being compared.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from msgspec import Struct

SIDE = 5
TONES = ("accent", "ink", "quiet", "eases")
"""The theme's colours for pictures; those that stand for harm and care are left to what is said."""

_HALF = SIDE // 2 + 1
_FEWEST, _MOST = 6, 10
"""How many of the fifteen squares on the left are filled: fewer are dust, more are a block."""


class Face(Struct, frozen=True):
    """`path` is SVG path data: strokes one wide along the middle of each row of five; `tone` is a colour of the theme.

    A stroke takes half the bytes of a rectangle, and a page has as many pictures as comments.
    """

    path: str
    tone: str


NOBODY = Face("M1 1h3M1 2h1M3 2h1M1 3h3", "line")
"""The picture of all who gave no name: a ring in the colour of hairlines."""


@lru_cache(maxsize=4096)
def face_of(name: str, key: str) -> Face:
    """Return the picture of a name; that of nobody for an empty one."""
    if not name:
        return NOBODY
    digest = hmac.new(key.encode("utf-8", "replace"), name.encode("utf-8", "replace"), hashlib.sha256).digest()
    return Face(_path(_cells(digest)), TONES[digest[-1] % len(TONES)])


def _cells(digest: bytes) -> int:
    """Return fifteen bits, a row of three after the other: the first in the digest that make a figure."""
    words = [int.from_bytes(digest[at : at + 2], "big") >> 1 for at in range(0, len(digest) - 2, 2)]
    return next((word for word in words if _FEWEST <= word.bit_count() <= _MOST), words[0])


def _path(cells: int) -> str:
    return "".join(_row_path(_row(cells >> (row * _HALF)), row) for row in range(SIDE))


def _row(bits: int) -> str:
    """Return a mirrored row as text, one letter for each square."""
    left = f"{bits & (1 << _HALF) - 1:0{_HALF}b}"
    return left + left[-2::-1]


def _row_path(row: str, y: int) -> str:
    """Return one stroke for each run of filled squares."""
    runs = [
        (x, len(row[x:]) - len(row[x:].lstrip("1"))) for x in range(SIDE) if row[x] == "1" and row[x - 1 : x] != "1"
    ]
    return "".join(f"M{x} {y}h{width}" for x, width in runs)
