"""Values in a file of the cache, each under a name, of which a process reads those that it asks for.

In: names and values, one after the other, so that no two need be held as bytes at once. Out: a file, whole or not at
all, and the values again by their names. What is damaged, foreign or of another program is not there: each value has a
hash in the table at the end of the file, the table has one after it, and all are of the program too.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rehab.adapter.keep.kept import open_whole
from rehab.adapter.keep.program import program
from rehab.adapter.keep.stored import bytes_of, value_of
from rehab.adapter.memory import undisturbed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LENGTH: Final = 8
_DIGEST: Final = 64
Table: TypeAlias = "dict[str, tuple[int, int, str]]"
"""Where each value begins, how long it is, and its hash."""


class Parts:
    """A file that was kept. Each value is read anew when it is asked for."""

    def __init__(self, file: Path, table: Table) -> None:
        """Take the file and its table."""
        self._file, self._table = file, table

    def names(self) -> Iterable[str]:
        """Return the names of all values, in their order."""
        return self._table.keys()

    def read(self, name: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Return a value, or None where it is not there, or damaged."""
        begin, length, digest = self._table.get(name, (0, 0, ""))
        try:
            data = _read(self._file, begin, length)
            return value_of(data) if digest and digest_of(data) == digest else None
        except Exception:  # noqa: BLE001 - whatever a damaged or foreign file makes of itself, it is none of ours
            return None


def save_parts(file: Path, parts: Iterable[tuple[str, object]]) -> str:
    """Keep values under their names, and return the hash by which `read_parts` asks for them; "" where they cannot."""
    table: Table = {}
    try:
        with undisturbed(), open_whole(file) as out:
            for name, value in parts:
                data = bytes_of(value)
                table[name] = (out.tell(), len(data), digest_of(data))
                out.write(data)
            data = bytes_of(table)
            out.write(data)
            out.write(len(data).to_bytes(_LENGTH, "big"))
            out.write(digest_of(data).encode())
    except OSError:
        return ""
    return digest_of(data)


def read_parts(file: Path, digest: str = "") -> Parts | None:
    """Return what was kept in a file by this program, or None. With a hash, only what was kept under it."""
    try:
        size = file.stat().st_size
        end = _read(file, size - _LENGTH - _DIGEST, _LENGTH + _DIGEST)
        length, said = int.from_bytes(end[:_LENGTH], "big"), end[_LENGTH:].decode("ascii")
        data = _read(file, size - _LENGTH - _DIGEST - length, length)
        if said != digest_of(data) or (digest and said != digest):
            return None
        table = value_of(data)
    except (OSError, ValueError, OverflowError, EOFError, pickle.UnpicklingError):
        return None
    return Parts(file, table) if isinstance(table, dict) else None


def _read(file: Path, begin: int, length: int) -> bytes:
    with open(file, "rb") as stream:  # noqa: PTH123 - a Path for each of many values costs more
        stream.seek(begin, os.SEEK_SET)
        return stream.read(length)


def digest_of(data: bytes) -> str:
    """Return the hash of bytes that this program made."""
    digest = hashlib.sha256(program().encode())
    digest.update(data)
    return digest.hexdigest()
