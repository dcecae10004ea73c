"""What open pages are told: which of them to load again, and what is wrong.

In: the output folder, and word of each build. Out: texts of server-sent events, one stream for each open page. A page
is loaded again when its file no longer looks as it did when it was sent; so nothing that a build says can be missed,
and a build that rewrites nothing reloads nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOTHING: Final = "nothing"
"""How a file looks that is not there."""
BEAT: Final = 15.0
"""Seconds after which a quiet stream says a word, so that a browser that is gone is noticed."""


def look_of(file: Path | int) -> str:
    """Return how a file looks: another after each time it has been written."""
    try:
        seen = os.stat(file)  # noqa: PTH116 - of an open file too, which no Path is
    except (OSError, ValueError):
        return NOTHING
    return f"{seen.st_mtime_ns}-{seen.st_size}-{seen.st_ino}"


@dataclass(eq=False, slots=True)
class Open:
    """A page that is open in a browser: its file, how that looked when it was sent, and what to tell it."""

    page: Path | None
    seen: str
    told: SimpleQueue[str | None] = field(default_factory=SimpleQueue)

    def look(self) -> None:
        """Have the page loaded again if its file has changed, once."""
        now = look_of(self.page) if self.page else NOTHING
        if now != self.seen:
            self.seen = now
            self.told.put(event("reload", {}))


class Hub:
    """All open pages. Every method may be called from any thread."""

    def __init__(self, output: Path, root: str = "", ask: Callable[[Path], object] = bool) -> None:
        """Begin without a page. `root` is the path of the site's address, as in `/blog`, or the empty string.

        `ask` is called with the file of each page that somebody asks for: it may be an old one.
        """
        self.output, self.root, self.ask = output.resolve(), root, ask
        self.is_first = True
        self._state = event("state", {"problems": [], "failed": ""})
        self._open: set[Open] = set()
        self._lock = Lock()
        self._closed = False

    def listen(self, page: Path | None, seen: str) -> Iterator[str]:
        """Yield the events for one page, until the hub is closed."""
        here = Open(page, seen)
        with self._lock:
            if self._closed:
                return
            self._open.add(here)
            state = self._state
        if page:
            self.ask(page)  # one that comes back from another tab is asked for as well
        try:
            yield f"retry: 300\n\n{state}"
            here.look()
            while (text := _next(here.told)) is not None:
                yield text
        finally:
            with self._lock:
                self._open.discard(here)

    def look(self) -> None:
        """Have every open page loaded again whose file has changed."""
        for each in self._all():
            each.look()

    @property
    def looked_at(self) -> tuple[Path, ...]:
        """Return the files of the pages that are open."""
        return tuple(dict.fromkeys(each.page for each in self._all() if each.page))

    def tell(self, state: dict[str, Any]) -> None:
        """Tell every open page, and each that is opened later, what is wrong."""
        with self._lock:
            self._state = event("state", state)
        for each in self._all():
            each.told.put(self._state)

    def reload(self) -> None:
        """Have every open page loaded again: something changed that pages load."""
        for each in self._all():
            each.told.put(event("reload", {}))

    def close(self) -> None:
        """End all streams, and begin none."""
        with self._lock:
            self._closed = True
        for each in self._all():
            each.told.put(None)

    def _all(self) -> tuple[Open, ...]:
        with self._lock:
            return tuple(self._open)


def _next(told: SimpleQueue[str | None]) -> str | None:
    try:
        return told.get(timeout=BEAT)
    except Empty:
        return ": still here\n\n"


def event(name: str, data: dict[str, Any]) -> str:
    """Return the text of a server-sent event. JSON has no line ends, so data can begin no other field."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
