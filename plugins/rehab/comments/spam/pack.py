"""A model ↔ bytes: a line that names the format, a checksum, and numbers.

In: a model and the seal of the decisions it stands on. Out: the same back, to the last bit; None for bytes that are
damaged, of another version, or no model at all. Numbers are little-endian on every machine.
"""

from __future__ import annotations

import hashlib
import json
import math
import struct
import sys
import zlib
from array import array
from typing import TYPE_CHECKING, Any, Final

from rehab.comments.spam.evidence import Memory, Totals
from rehab.comments.spam.linear import Linear
from rehab.comments.spam.model import Model
from rehab.comments.spam.reading import BITS, TOPIC_BITS
from rehab.comments.spam.threads import Thread, Threads

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = b"rehab spam model 1\n"
"""The number changes with anything that changes what a number in the file means."""
_SUM, _LENGTH = 16, struct.Struct("<I")
_LARGEST: Final = 64 << 20
_TOPIC: Final = TOPIC_BITS // 8


def pack(model: Model, seal: bytes) -> bytes:
    """Return a model as bytes."""
    head = json.dumps(_head(model, seal), sort_keys=True).encode("ascii")
    topics = b"".join(thread.topic.to_bytes(_TOPIC, "little") for thread in model.threads.known.values())
    parts = (_LENGTH.pack(len(head)), head, *map(_bytes, _arrays(model)), topics)
    body = zlib.compress(b"".join(parts), 1)
    return _HEAD + hashlib.blake2b(body, digest_size=_SUM).digest() + body


def unpack(data: bytes) -> tuple[Model, bytes] | None:
    """Return a model and the seal it was packed with, or None where the bytes do not hold one."""
    body = data[len(_HEAD) + _SUM :]
    if not data.startswith(_HEAD) or data[len(_HEAD) : len(_HEAD) + _SUM] != _digest(body):
        return None
    try:
        return _unpack(zlib.decompressobj().decompress(body, _LARGEST))
    except (zlib.error, struct.error, ValueError, KeyError, TypeError, EOFError):
        return None


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_SUM).digest()


def _head(model: Model, seal: bytes) -> dict[str, Any]:
    threads = model.threads
    return {
        "seal": seal.hex(),
        "totals": [model.totals.ham, model.totals.spam],
        "weights": model.weights,
        "squares": model.squares,
        "moods": [threads.quick, threads.slow, threads.last],
        "keys": len(model.memory.counts),
        "threads": len(threads.known),
    }


def _arrays(model: Model) -> Iterator[array[Any]]:
    """Yield a model's tables in the order of the file."""
    yield from (model.linear.weights, model.linear.squares, model.ham, model.spam)
    counts, known = model.memory.counts, model.threads.known.values()
    yield from (array("I", counts), array("I", [ham for ham, _ in counts.values()]))
    yield array("I", [spam for _, spam in counts.values()])
    yield array("I", model.threads.known)
    yield array("d", [_number(thread.first) for thread in known])
    yield array("d", [_number(thread.last) for thread in known])
    yield array("d", [thread.mood for thread in known])


def _unpack(raw: bytes) -> tuple[Model, bytes]:
    start = _LENGTH.size + _LENGTH.unpack_from(raw)[0]
    head = json.loads(raw[_LENGTH.size : start])
    cut = _Cut(raw, start)
    linear = Linear(cut.array("f", 1 << BITS), cut.array("f", 1 << BITS))
    ham, spam = cut.array("H", 1 << BITS), cut.array("H", 1 << BITS)
    keys, accepted, refused = (cut.array("I", head["keys"]) for _ in range(3))
    memory = Memory(dict(zip(keys, zip(accepted, refused, strict=True), strict=True)))
    threads = Threads(_threads(cut, head["threads"]), *head["moods"])
    model = Model(Totals(*head["totals"]), linear, ham, spam, memory, threads, head["weights"], head["squares"])
    return model, bytes.fromhex(head["seal"])


def _threads(cut: _Cut, count: int) -> dict[int, Thread]:
    keys = cut.array("I", count)
    first, last, mood = (cut.array("d", count) for _ in range(3))
    topics = [int.from_bytes(cut.bytes(_TOPIC), "little") for _ in range(count)]
    rows = zip(keys, first, last, mood, topics, strict=True)
    return {key: Thread(_moment(one), _moment(two), three, four) for key, one, two, three, four in rows}


class _Cut:
    """Bytes of which one table after the other is taken; ValueError where they are too few."""

    def __init__(self, raw: bytes, start: int) -> None:
        self._raw, self._at = raw, start

    def bytes(self, length: int) -> bytes:
        part = self._raw[self._at : self._at + length]
        self._at += length
        if len(part) != length:
            raise ValueError("the file ends early")
        return part

    def array(self, kind: str, count: int) -> array[Any]:
        table: array[Any] = array(kind)
        table.frombytes(self.bytes(table.itemsize * count))
        return _swapped(table)


def _bytes(table: array[Any]) -> bytes:
    return _swapped(table[:]).tobytes()


def _swapped(table: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        table.byteswap()
    return table


def _number(moment: float | None) -> float:
    return math.nan if moment is None else moment


def _moment(number: float) -> float | None:
    return None if math.isnan(number) else number
