"""The learnt model in a file, so that it need not be learnt anew: a cache that can be thrown away at any time.

In: the decisions of a blog, and a folder. Out: the model that has learnt them, read, learnt on or learnt anew. The file
holds hashes and numbers; no name, address or word of a reader can be read out of it. A file that is damaged, of another
version or of other decisions is as good as none.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from rehab.comments.spam.decision import in_order
from rehab.comments.spam.model import Model, learn
from rehab.comments.spam.pack import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rehab.comments.spam.decision import Decision

LATEST: Final = "spam.model"
SETTLED: Final = "spam-settled.model"
"""A second file has learnt all but the last few hundred decisions: an old comment that is decided on late, and so
comes in between, makes only those be learnt again."""

MOST: Final = 5_000
"""Decisions that are learnt, the newest; up to `_BLOCK` more, so that not every new one makes an old one leave."""
_BLOCK: Final = 1_000
_STEP: Final = 250


def read_model(decisions: Iterable[Decision], folder: Path) -> Model:
    """Return the model that has learnt the newest of these decisions, and keep it in a folder.

    A folder that cannot be written is no fault: the model is learnt again the next time.
    """
    chosen = newest(decisions)
    digests = [decision.digest for decision in chosen]
    model = _read(folder / LATEST, digests) or _read(folder / SETTLED, digests) or Model()
    settled = max(0, len(chosen) // _STEP - 1) * _STEP
    for count, name in ((settled, SETTLED), (len(chosen), LATEST)):
        done = model.totals.ham + model.totals.spam
        if done < count:
            learn(chosen[done:count], model)
            _save(folder / name, model, digests[:count])
    return model


def newest(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the newest decisions in order of learning: all, or between 5,000 and 6,000 where there are more."""
    ordered = in_order(decisions)
    return ordered[max(0, len(ordered) - MOST) // _BLOCK * _BLOCK :]


def _seal(digests: Sequence[bytes]) -> bytes:
    return hashlib.blake2b(b"".join(digests), digest_size=16).digest()


def _read(file: Path, digests: Sequence[bytes]) -> Model | None:
    """Return the model in a file where it has learnt the first of these decisions and no others."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    found = unpack(data)
    if found is None:
        return None
    model, seal = found
    done = model.totals.ham + model.totals.spam
    return model if done <= len(digests) and seal == _seal(digests[:done]) else None


def _save(file: Path, model: Model, digests: Sequence[bytes]) -> None:
    """Write a model whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(pack(model, _seal(digests)))
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
