"""How a file looks, without opening it.

In: a path. Out: size, times and number on the disk, which differ whenever the file does, unless it changed twice within
one tick of the disk's clock. Whoever compares looks of two moments asks whether the first was settled.
"""

from __future__ import annotations

import os
from typing import Final, TypeAlias

Look: TypeAlias = tuple[int, ...]
"""A file's size, its times in nanoseconds, its number on the disk; nothing where there is none."""

_TICK_NS: Final = 50_000_000
_SECOND_NS: Final = 1_000_000_000
SURELY: Final = 2 * _SECOND_NS
"""Nanoseconds after which a file that was left alone is settled on every disk."""


def look_of(file: str) -> Look:
    """Return how a file or a folder looks."""
    try:
        return look_of_stat(os.stat(file))  # noqa: PTH116 - a quarter of the time of Path.stat, for thousands of files
    except (OSError, ValueError):
        return ()


def look_of_stat(seen: os.stat_result) -> Look:
    """Return the look of what was seen already."""
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def is_settled(look: Look, before: int) -> bool:
    """Return whether a file was left alone for a moment before a time in nanoseconds: no later change looks the same.

    A disk that counts whole seconds needs more of it.
    """
    if not look:
        return False
    changed = max(look[1], look[2])
    return changed + (_TICK_NS if changed % _SECOND_NS else SURELY) < before
