"""What the last look read of each file, kept in the cache: a file of the same bytes need not be read a second time.

In: a file of the cache. Out: `Remembered`, and the file as the next publication should find it. Nothing is remembered
of a file but under the hash of all its bytes, which are read each time. A memory that is damaged, or of another version
of what reads files, is as good as none.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import msgspec
from msgspec import Struct

from rehab.publish.told import Told  # noqa: TC001 - msgspec reads the types of fields

if TYPE_CHECKING:
    from collections.abc import Iterable


class Remembered(Struct, frozen=True):
    """What files said, by their paths, and the marks of the secrets that none of them holds."""

    told: dict[str, Told] = {}
    unsaid: frozenset[str] = frozenset()

    def of(self, path: str, digest: str) -> Told | None:
        """Return what a file said, if its bytes had this hash then."""
        told = self.told.get(path)
        return told if told and told.digest == digest else None


def memory_file(cache: Path, output: Path) -> Path:
    """Return the file that holds what was read of a published folder."""
    return cache / f"looked-{hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]}.bin"


def read_remembered(file: Path) -> Remembered:
    """Return what was remembered; nothing where that is damaged, or this program did not write it."""
    try:
        head, data = _cut(file.read_bytes())
        return msgspec.msgpack.decode(data, type=Remembered) if head == _head_of(data) else Remembered()
    except (OSError, msgspec.MsgspecError, RecursionError):
        return Remembered()


def save_remembered(file: Path, told: Iterable[tuple[str, Told]], unsaid: frozenset[str]) -> None:
    """Remember what files say, whole or not at all. That it cannot be kept is no reason not to publish."""
    data = msgspec.msgpack.encode(Remembered(dict(told), unsaid))
    fresh = file.with_name(f".{file.name}.new")
    with suppress(OSError):
        try:
            fresh.write_bytes(_head_of(data) + data)
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)


def _cut(data: bytes) -> tuple[bytes, bytes]:
    length = hashlib.sha256().digest_size
    return data[:length], data[length:]


def _head_of(data: bytes) -> bytes:
    digest = hashlib.sha256(_program())
    digest.update(data)
    return digest.digest()


@cache
def _program() -> bytes:
    """Return a hash of what reads files: every module of this room, and what of Python they lean on."""
    digest = hashlib.sha256(f"{sys.version} {expat.EXPAT_VERSION}".encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(f"\0{file.name}\0".encode())
        digest.update(file.read_bytes())
    return digest.digest()
