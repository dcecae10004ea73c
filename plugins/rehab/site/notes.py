"""What was read of a site, noted while a page is made of it.

What is read is a key in a field of the site, such as `post:my-knee` in `targets`, and has a number. `ALL` stands for
all keys, `SOME` for whether there is any. `rehab.site.noted` notes, `rehab.site.stamps` says whether what stands there
is what it was.
"""

from __future__ import annotations

import hashlib
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL: Final = "*"
SOME: Final = "?"
ANSWER: Final = "answer"
"""Stands for a field where what was read is what a question got for an answer (`rehab.site.memo.answer`)."""
ELSEWHERE: Final = "elsewhere"
"""Stands for a field where a page was given something from beside the site."""


class Reads(dict[str, int]):
    """The numbers of what was read of one field, by its keys."""

    def __init__(self, notes: Notes) -> None:
        """Take the notes, which give each read of any field another number."""
        super().__init__()
        self._notes = notes

    def __missing__(self, key: str) -> int:
        """Return the number of what was not read before."""
        number = self[key] = self._notes.count
        self._notes.count += 1
        return number


class Notes:
    """What has been read since somebody last looked, by number. `now` is what to add to.

    `fields` are the numbers of all reads, `count` is above them all. `said` are digests of answers, by their questions.
    """

    __slots__ = ("count", "fields", "now", "said")

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.now: set[int] = set()
        self.fields: dict[str, Reads] = {}
        self.said: dict[str, bytes] = {}
        self.count = 0

    def of(self, field: str) -> Reads:
        """Return the reads of a field."""
        if field not in self.fields:
            self.fields[field] = Reads(self)
        return self.fields[field]

    def take(self) -> set[int]:
        """Return what was read since this was last asked."""
        read, self.now = self.now, set()
        return read

    def forget(self) -> None:
        """Let go of all numbers and answers: nobody is going to ask what was read."""
        for reads in self.fields.values():
            reads.clear()
        self.said.clear()

    @contextmanager
    def apart(self) -> Iterator[array[int]]:
        """Note what is read from here on by itself, and give it in the end: it is part of nothing until it is added."""
        outside, self.now = self.now, set()
        read = array("I")
        try:
            yield read
        finally:
            read.extend(self.now)
            self.now = outside


def digest_of(*parts: object) -> bytes:
    """Return a digest of how some values are written: equal values of ours are written alike."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=LENGTH).digest()


LENGTH: Final = 16
"""How many bytes a digest has."""
