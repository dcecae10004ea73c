"""What was read of files before, for a process that stays: a file that looks as it did is neither opened nor parsed.

In: files, and how they look. Out: the same values as before. Nothing reaches the disk, for reading is what is saved.
Two changes within one tick of a disk's clock look alike, so who hears of changed files says so (`forget`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
Look: TypeAlias = tuple[int, ...]
"""How a file looks: its size, its times in nanoseconds, its number on the disk; nothing where there is none."""


class Known:
    """The values that were made of files and documents, by path."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._read: dict[str, tuple[Look, Any]] = {}
        self._parsed: dict[str, tuple[object, Any]] = {}

    def read(self, file: str, path: str, read: Callable[[str, str], T]) -> T:
        """Return `read(file, path)`, or what it returned when the file looked the same."""
        look = _look(file)
        known = self._read.get(path)
        if known is None or known[0] != look or not look:
            known = self._read[path] = (look, read(file, path))
        value: T = known[1]
        return value

    def parse(self, path: str, document: object, parse: Callable[[Any], T]) -> T:
        """Return `parse(document)`, or what it returned of this very document."""
        known = self._parsed.get(path)
        if known is None or known[0] is not document:
            known = self._parsed[path] = (document, parse(document))
        value: T = known[1]
        return value

    def forget(self, files: Iterable[str], folder: str) -> None:
        """Forget what was read of files. `folder` is the one in which the content folder lies."""
        for file in files:
            self._read.pop(os.path.relpath(file, folder).replace(os.sep, "/"), None)

    def keep(self, paths: Iterable[str]) -> None:
        """Forget everything but these paths: files come and go."""
        kept = set(paths)
        for known in (self._read, self._parsed):
            for path in known.keys() - kept:
                del known[path]


def _look(file: str) -> Look:
    try:
        seen = os.stat(file)  # noqa: PTH116 - a quarter of the time of Path.stat, for each of thousands of files
    except OSError:
        return ()
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)
