"""What builds have read of the content, kept in the cache between processes.

In: the cache folder. Out: a `Known` that reads only what differs, and the file as the next process should find it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.adapter.keep.stored import read_value, save_value
from rehab.source.known import Known

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME: Final = "read.bin"
_FEW: Final = 20
"""Files that are read again rather than that all be written again."""


def known_before(cache: Path) -> Known:
    """Return what earlier processes read; nothing where that is damaged or of another version of the program."""
    try:
        return Known(read_value(cache / NAME))
    except (TypeError, ValueError, AttributeError, IndexError):
        return Known()  # it has our form, and something else in it


def save_known(cache: Path, known: Known, paths: Iterable[str], began: int) -> None:
    """Keep what was read of files that are still there, unless nearly all of it is kept already."""
    if known.fresh > _FEW or (known.fresh and not (cache / NAME).is_file()):
        known.keep(paths)
        save_value(cache / NAME, known.settled(began))
