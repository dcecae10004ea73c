"""What was read of a site, noted while a page is made of it.

What is read is a `Read`: a field of the site and a key in it, such as `targets post:my-knee`. `ALL` stands for all
keys, `SOME` for whether there is any. `rehab.site.noted` notes, `rehab.site.stamps` says whether what stands there is
what it was.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Read: TypeAlias = str

ALL: Final = "*"
SOME: Final = "?"
ANSWER: Final = "answer"
"""Stands for a field where what was read is what a question got for an answer (`rehab.site.memo.answer`)."""
ELSEWHERE: Final = "elsewhere *"
"""What a page has read that was given something from beside the site."""


class Notes:
    """What has been read since somebody last looked. `now` is what to add to, `said` what questions were answered."""

    __slots__ = ("now", "said")

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.now: set[Read] = set()
        self.said: dict[Read, object] = {}

    def take(self) -> set[Read]:
        """Return what was read since this was last asked."""
        read, self.now = self.now, set()
        return read

    @contextmanager
    def apart(self) -> Iterator[set[Read]]:
        """Note what is read from here on by itself: it is part of nothing until somebody adds it."""
        outside, self.now = self.now, set()
        try:
            yield self.now
        finally:
            self.now = outside
