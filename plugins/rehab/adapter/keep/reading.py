"""What builds have read of the content, kept in the cache between processes.

In: the cache folder. Out: a `Known` that reads only what differs, and the file as the next process should find it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.source.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rehab.source.known import Kept

NAME: Final = "read.bin"
_FEW: Final = 20
"""Files that are read again rather than that all be written again."""
_TOGETHER: Final = 1_000
"""Files of which what was read is kept as one value: what they share is kept once, and not all are in hand at once."""


def known_before(cache: Path) -> Known:
    """Return what earlier processes read; nothing where that is damaged or of another version of the program."""
    parts, known = read_parts(cache / NAME), Known()
    try:
        for name in parts.names() if parts else ():
            made, _, read = parts.read(name) if parts else ({}, (), {})
            known.add(read, made)
    except (TypeError, ValueError, AttributeError, LookupError):
        return Known()  # it has our form, and something else in it
    return known


def save_known(cache: Path, known: Known, paths: Iterable[str], began: int) -> None:
    """Keep what was read of files that are still there, unless nearly all of it is kept already."""
    if known.fresh > _FEW or (known.fresh and not (cache / NAME).is_file()):
        known.keep(paths)
        save_parts(cache / NAME, _together(known.settled(began)))


def _together(kept: Kept) -> Iterator[tuple[str, object]]:
    """Yield what was read, some files at a time, in the order in which it is let go of again, the last first.

    Who reads it has it in memory in this order: what is let go leaves whole pieces of it, for whatever comes.
    """
    left = iter(kept.items())
    while some := dict(islice(left, _TOGETHER)):
        made = {path: each for path, (_, _, each) in some.items()}
        texts = [text for _, (_, text, _), _ in some.values()]
        yield next(iter(some)), (made, texts, {path: (look, read) for path, (look, read, _) in some.items()})
