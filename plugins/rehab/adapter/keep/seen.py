"""How a hundred thousand files look, as rows of bytes: whether any was touched is told by comparing two rows.

In: a folder, or names of files below it. Out: names, and four numbers for each, those of `rehab.source.looks`. What is
not there, and what was touched so late that a later change might look the same, has four zeros, and so has a folder.
Which of two rows differ is looked for only where they do.
"""

from __future__ import annotations

import os
import struct
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.source.looks import SURELY, is_settled, look_of, look_of_stat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rehab.source.looks import Look

_ROW: Final = struct.Struct("=4q")
NOTHING: Final = bytes(_ROW.size)
"""The row of a file that is not there, or of which nothing is to be known."""
_LARGEST: Final = 2**63 - 1
"""Some disks give their files larger numbers than a row can hold."""
_BLOCK: Final = 256 * _ROW.size
"""Bytes that are compared at once where somewhere some differ."""
_BETWEEN: Final = "\0"
_TEXT: Final = ".md"
_STROKE, _LINK = "/", "/@"
"""What no name of a file ends with: a folder is named whole, with a stroke, before its files; a link is named twice."""


class Unsettled(Exception):  # noqa: N818 - no error: a build that cannot be remembered
    """Something was touched too late, or cannot be looked at, so that nothing can be said of the next build."""


class Seen(Struct, frozen=True):
    """The names in a folder, in an order that stays, and the numbers of each, one after the other."""

    names: bytes
    looks: bytes

    def touched(self, now: Seen, loose: str) -> tuple[str, ...] | None:
        """Return the paths of files that look otherwise now, in order, or None where not the same ones are there.

        In the folder `loose` texts may have come or gone.
        """
        if self.names != now.names:
            return self._came_and_went(now, loose)
        if self.looks == now.looks:
            return ()
        names = names_of(now.names)
        return tuple(_path(names, at) for at in _differing(self.looks, now.looks))

    def _came_and_went(self, now: Seen, loose: str) -> tuple[str, ...] | None:
        before, after = self._by_path(), now._by_path()
        if not all(_is_loose(path, loose) for path in before.keys() ^ after.keys()):
            return None
        paths = (path for path in before | after if before.get(path) != after.get(path))
        return tuple(sorted(path for path in paths if not path.endswith(_STROKE)))

    def _by_path(self) -> dict[str, bytes]:
        rows: dict[str, bytes] = {}
        folder = ""
        for name, row in zip(names_of(self.names), rows_of(self.looks), strict=True):
            folder = name if name.endswith(_STROKE) else folder
            rows[name if name is folder else f"{folder}{name}"] = row
        return rows


def _is_loose(path: str, loose: str) -> bool:
    """Return whether a path in a folder is that of a folder or of a text that is read: by its name, which is UTF-8."""
    name = path.removeprefix(loose)
    hidden = f"/{name}".find("/.") >= 0
    return name != path and not hidden and path.endswith((_TEXT, _STROKE)) and path.isprintable()


def see(folder: str) -> Seen:
    """Return how everything in a folder looks, hidden files too, but no compiled code.

    Raise Unsettled where a link leads to a folder: what lies in there Pelican may read and we do not.
    """
    names: list[bytes] = []
    rows: list[bytes] = []
    waiting = [folder]
    while waiting:
        here = _see_folder(waiting.pop(), waiting)
        names.append(here.names)
        rows.append(here.looks)
    return Seen(_BETWEEN.encode().join(names), b"".join(rows))


def _see_folder(folder: str, waiting: list[str]) -> Seen:
    """Return the same of what lies in the folder itself; folders in it are added to those that are `waiting`."""
    names, rows = [f"{folder}{_STROKE}"], [NOTHING]
    with os.scandir(folder) as entries:
        found = sorted(entries, key=attrgetter("name"))
    for entry in found:
        if entry.is_symlink():
            if entry.is_dir():
                raise Unsettled
            names += (f"{entry.name}{_LINK}", entry.name)
            rows += (_row(look_of_stat(entry.stat(follow_symlinks=False))), _row(look_of(entry.path)))
        elif not entry.is_dir():
            names.append(entry.name)
            rows.append(_row(look_of(entry.path)))
        elif entry.name != "__pycache__":
            waiting.append(entry.path)
    return Seen(spell_names(names), b"".join(rows))


def see_files(folder: str, names: Iterable[str], known: Mapping[str, bytes] | None = None) -> bytes:
    """Return the rows of files below a folder, some of which may be known."""
    known = known or {}
    return b"".join(known.get(name) or _row(look_of(f"{folder}/{name}")) for name in names)


def rows_of(looks: bytes) -> Iterator[bytes]:
    """Yield the row of each file."""
    return (looks[at : at + _ROW.size] for at in range(0, len(looks), _ROW.size))


def settled(looks: bytes, began: int) -> bytes:
    """Return rows as a later process may know them, of files that were read by one that began at a time."""
    numbers = memoryview(looks).cast("q")
    latest = max(max(numbers[place::4], default=0) for place in (1, 2))
    if latest + SURELY < began:
        return looks
    return b"".join(row if is_settled(_ROW.unpack(row), began) else NOTHING for row in rows_of(looks))


def folders_in(seen: Seen) -> Iterator[str]:
    """Yield the folders whose names were read."""
    return (name.removesuffix(_STROKE) for name in names_of(seen.names) if name.endswith(_STROKE))


def spell_names(names: Iterable[str]) -> bytes:
    """Return names as one row."""
    return os.fsencode(_BETWEEN.join(names))


def names_of(row: bytes) -> tuple[str, ...]:
    """Return the names of a row."""
    return tuple(os.fsdecode(row).split(_BETWEEN)) if row else ()


def _row(look: Look) -> bytes:
    if not look:
        return NOTHING
    size, modified, changed, number = look
    try:
        return _ROW.pack(size, modified, changed, number & _LARGEST)
    except struct.error:  # a time some hundred years from now
        raise Unsettled from None


def _differing(before: bytes, now: bytes) -> Iterator[int]:
    """Yield the places of rows that differ."""
    for start in range(0, len(now), _BLOCK):
        here, there = before[start : start + _BLOCK], now[start : start + _BLOCK]
        if here != there:
            first = start // _ROW.size
            pairs = zip(rows_of(here), rows_of(there), strict=True)
            yield from (first + at for at, (one, other) in enumerate(pairs) if one != other)


def _path(names: Sequence[str], at: int) -> str:
    """Return the path of a file: it lies in the folder that was named last before it."""
    folder = next(each for each in reversed(names[:at]) if each.endswith(_STROKE))
    return f"{folder}{names[at].removesuffix(_LINK)}"
