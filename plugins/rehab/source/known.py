"""What was read of files before: a file that looks as it did is neither opened nor parsed.

In: files, and how they look. Out: the same values as before. A file that looks otherwise is read, and parsed only where
its bytes differ: a branch that was switched back and forth is not parsed anew. Two changes within one tick of a disk's
clock look alike: a process that stays is told of changed files (`forget`), and one that ends keeps no look that is
too young (`settled`).
"""

from __future__ import annotations

import os
from struct import Struct, error
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from rehab.source.document import Document
from rehab.source.looks import is_settled, look_of
from rehab.source.nodes import Table
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.source.looks import Look

T = TypeVar("T")
_FORGOTTEN: Final = Table((), Place(""))
_LOOK: Final = Struct("=4q")
"""A look as a row of bytes: a third of what its numbers take."""
_LARGEST: Final = 2**63 - 1
"""Some disks give their files larger numbers than a row can hold."""
Kept: TypeAlias = "Mapping[str, tuple[bytes, Any, Any]]"
"""By path: how a file looked, what was read of it, what was made of that. No bytes are no look."""


class Known:
    """The values that were made of files and documents, by path. `fresh` counts those that were not known."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._read: dict[str, tuple[bytes, Any]] = {}
        self._parsed: dict[str, tuple[object, Any]] = {}
        self.fresh = 0

    def add(self, read: Mapping[str, tuple[bytes, Any]], made: Mapping[str, Any]) -> None:
        """Know what an earlier process kept of some files: how they looked, what was read, and what was made of it."""
        self._parsed |= {path: (read[path][1][0], each) for path, each in made.items()}
        self._read |= read

    def read(self, file: str, path: str, read: Callable[[str, str, Any], T]) -> T:
        """Return `read(file, path, before)`, or what it returned when the file looked the same."""
        look = _row(look_of(file))
        known = self._read.get(path)
        if known is None or known[0] != look or not look:
            self.fresh += 1
            known = self._read[path] = (look, read(file, path, known[1] if known else None))
        value: T = known[1]
        return value

    def parse(self, path: str, document: object, parse: Callable[[Any], T]) -> T:
        """Return `parse(document)`, or what it returned of this very document."""
        known = self._parsed.get(path)
        if known is None or known[0] is not document:
            known = self._parsed[path] = (document, parse(document))
            self._forget_nodes(path)
        value: T = known[1]
        return value

    def _forget_nodes(self, path: str) -> None:
        """Let go of the nodes of a document that was parsed: they are most of it, and nobody asks for them again."""
        look, read = self._read.get(path, (b"", None))
        document, parsed = self._parsed[path]
        if isinstance(read, tuple) and read[0] is document and isinstance(document, Document):
            bare = Document(
                document.path, _FORGOTTEN, document.body, document.body_line, document.digest, document.legacy
            )
            self._read[path], self._parsed[path] = (look, (bare, *read[1:])), (bare, parsed)

    def latest(self, document: Document) -> Document:
        """Return a document that was parsed as it is kept: without its nodes."""
        found = self._parsed.get(document.path, (document, None))[0]
        return found if isinstance(found, Document) else document

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

    def let_go(self) -> None:
        """Forget everything: of what was read and parsed, others hold what they need."""
        self._read, self._parsed = {}, {}

    def settled(self, began: int) -> Kept:
        """Return what a later process may know, by one that began at a time in nanoseconds.

        A file that was touched late is to be read again.
        """
        return {
            path: (look if look and is_settled(_LOOK.unpack(look), began) else b"", value, self._parsed[path][1])
            for path, (look, value) in self._read.items()
            if path in self._parsed and self._parsed[path][0] is value[0]
        }


def _row(look: Look) -> bytes:
    """Return a look as bytes; none of a file that is not there, or whose times are hundreds of years from now."""
    try:
        return _LOOK.pack(*look[:-1], look[-1] & _LARGEST) if look else b""
    except error:
        return b""
