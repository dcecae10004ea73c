"""Which files a running server looks at, and what it makes of a change.

In: the folders that the settings name. Out: batches of changed files. Folders are watched, not files, so that editors
that write a new file and rename it over the old one are seen.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from watchfiles import Change, DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from threading import Event

STEP: Final = 10
"""Milliseconds in which nothing more may change before a batch is over."""
LONGEST: Final = 200
"""Milliseconds after which a batch is over, whatever goes on changing."""
MOMENT: Final = 100
"""Milliseconds after which the watcher looks whether it should end."""
SHOWN: Final = 5
"""Changed files that are named."""


class Watched(Struct, frozen=True, kw_only=True):
    """What is looked at: `folders` with all that is in them, and of `beside` only Python files right inside.

    `left` are folders in which a build writes; `code` those whose change needs a new process.
    """

    folders: tuple[Path, ...]
    beside: Path
    left: tuple[Path, ...]
    code: tuple[Path, ...]
    theme: Path

    def needs_new_process(self, changed: Path) -> bool:
        """Return whether a change is one of program or settings, which no process reads twice."""
        beside = changed.parent == self.beside and changed.suffix == ".py"
        return beside or any(changed.is_relative_to(folder) for folder in self.code)


def words_of_changed(files: Iterable[Path], beside: Path) -> str:
    """Return the files of a batch as an author knows them, by their paths from the folder of the settings.

    A folder is not named beside what lies in it, nor a file without an ending that is gone again: editors save so.
    """
    files = tuple(files)
    known = [file for file in files if file.is_file() or (file.suffix and not file.exists())] or files
    names = sorted({(file.relative_to(beside) if file.is_relative_to(beside) else file).as_posix() for file in known})
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


class _Sources(DefaultFilter):
    """Leaves out what editors, version control and builds write for themselves."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, ".cache")
    ignore_entity_patterns = (
        *DefaultFilter.ignore_entity_patterns,
        r"^4913$",
        r"^\.#",
        r"^#.*#$",
        r"\.tmp$",
        r"\.kate-swp$",
    )

    def __init__(self, left: tuple[Path, ...]) -> None:
        """Leave out these folders as well."""
        super().__init__(ignore_paths=[f"{folder}{os.sep}" for folder in left])


class _Settings(_Sources):
    """Sees only Python files."""

    def __call__(self, change: Change, path: str) -> bool:
        """Return whether a change matters."""
        return path.endswith(".py") and super().__call__(change, path)


def changes(watched: Watched, stop: Event, ready: Callable[[], None]) -> Iterator[tuple[Path, ...]]:
    """Yield batches of changed files below the folders. `ready` is called when what is saved from then on is seen."""
    return _watch(tuple(each for each in watched.folders if each.is_dir()), _Sources(watched.left), stop, ready)


def settings_changes(watched: Watched, stop: Event, ready: Callable[[], None]) -> Iterator[tuple[Path, ...]]:
    """Yield batches of changed settings files."""
    return _watch((watched.beside,), _Settings(watched.left), stop, ready, recursive=False)


def _watch(
    folders: tuple[Path, ...], wanted: _Sources, stop: Event, ready: Callable[[], None], *, recursive: bool = True
) -> Iterator[tuple[Path, ...]]:
    batches = watch(
        *folders, watch_filter=wanted, debounce=LONGEST, step=STEP, stop_event=stop, rust_timeout=MOMENT,
        yield_on_timeout=True, raise_interrupt=False, recursive=recursive,
    )  # fmt: skip
    next(batches, None)
    ready()
    for batch in batches:
        if batch:
            yield tuple(sorted({file for change, path in batch for file in _changed(change, path, wanted)}))


def _changed(change: Change, path: str, wanted: _Sources) -> Iterator[Path]:
    """Yield what changed, and of a folder that came its files: nobody was told of those that came with it."""
    yield Path(path)
    if change is Change.added:
        for folder, _, names in os.walk(path):
            yield from (Path(folder, name) for name in names if wanted(change, f"{folder}{os.sep}{name}"))
