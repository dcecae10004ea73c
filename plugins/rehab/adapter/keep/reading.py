"""What builds have read of the content, kept in the cache between processes.

In: the cache folder. Out: a `Known` that reads only what differs, and the file as the next process should find it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.source.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rehab.source.known import Kept

NAME: Final = "read.bin"
_FEW: Final = 20
"""Files that are read again rather than that all be written again."""
_TOGETHER: Final = 100
"""Files of which what was read is kept as one value: what they share is kept once, and few are in hand at a time."""


def known_before(cache: Path) -> Known:
    """Return what earlier processes read; nothing where that is damaged or of another version of the program."""
    parts = read_parts(cache / NAME)
    kept: dict[str, Any] = {}
    try:
        for name in parts.names() if parts else ():
            kept |= parts.read(name) if parts else {}
        return Known(kept)
    except (TypeError, ValueError, AttributeError, IndexError):
        return Known()  # it has our form, and something else in it


def save_known(cache: Path, known: Known, paths: Iterable[str], began: int) -> None:
    """Keep what was read of files that are still there, unless nearly all of it is kept already."""
    if known.fresh > _FEW or (known.fresh and not (cache / NAME).is_file()):
        known.keep(paths)
        save_parts(cache / NAME, _together(known.settled(began)))


def _together(kept: Kept) -> Iterator[tuple[str, object]]:
    """Yield what was read, a hundred files at a time."""
    left = iter(kept.items())
    while some := dict(islice(left, _TOGETHER)):
        yield next(iter(some)), some
