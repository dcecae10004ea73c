"""What the building process is told: changed files, in batches, and which pages are open.

In: JSON lines on a stream. Out: batches, those that wait joined to one; the pages that somebody asked for since the
last of them; and word that the stream has ended, for then nobody is there any more to build for.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
QUIET: Final = 20.0
"""Seconds without a save after which its author is taken to read or to be away: what comes then may take a while."""


class Batch(NamedTuple):
    """Files that changed, and the files of the pages that are open."""

    changed: tuple[Path, ...]
    looked_at: tuple[Path, ...]


class Inbox:
    """The batches that the server has sent and nobody has taken."""

    def __init__(self, stream: TextIO, end: Callable[[], None], quiet: float = QUIET) -> None:
        """Read from a stream, and call `end` when it ends. After so many seconds without a batch it is `quiet`."""
        self._end, self._quiet = end, quiet
        self._batches: SimpleQueue[Batch] = SimpleQueue()
        self._held: list[Batch] = []
        self._asked: SimpleQueue[Path] = SimpleQueue()
        Thread(target=self._read, args=(stream,), daemon=True).start()

    @property
    def waiting(self) -> bool:
        """Return whether a batch is there."""
        return bool(self._held) or not self._batches.empty()

    def quiet(self) -> bool:
        """Return whether no batch comes for a while."""
        if not self._held:
            with contextlib.suppress(Empty):
                self._held.append(self._batches.get(timeout=self._quiet))
        return not self._held

    def take(self) -> Batch:
        """Wait for a batch and return it, joined with all others that are there; the last one knows what is open."""
        found, self._held = self._held or [self._batches.get()], []
        found += _all_of(self._batches)
        changed = dict.fromkeys(file for batch in found for file in batch.changed)
        return Batch(tuple(changed), found[-1].looked_at)

    def asked(self) -> tuple[Path, ...]:
        """Return the files of the pages that were asked for, each once. A page that is open is in a batch as well."""
        return tuple(dict.fromkeys(_all_of(self._asked)))

    def _read(self, stream: TextIO) -> None:
        for line in stream:
            said = json.loads(line)
            if "asked" in said:
                self._asked.put(Path(said["asked"]))
            else:
                _all_of(self._asked)  # they were asked for before, and those that are still open are here
                self._batches.put(Batch(tuple(map(Path, said["changed"])), tuple(map(Path, said["open"]))))
        self._end()


def _all_of(queue: SimpleQueue[T]) -> list[T]:
    """Take all that a queue has."""
    found: list[T] = []
    with contextlib.suppress(Empty):
        while True:
            found.append(queue.get_nowait())
    return found


def end_all() -> None:
    """End this process: the server is gone, and so must be all that was started for it, whatever it is doing."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)
