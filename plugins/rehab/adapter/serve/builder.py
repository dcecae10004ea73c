"""The building process as the server has it: started, told of changes, heard, and ended with all that it started."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import deque
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

PROGRAM = "from rehab.adapter.serve.worker import main; main()"
"""What a building process runs."""
PATIENCE = 2
"""Seconds that a process may take to end by itself."""
_LAST_LINES = 12


class Builder:
    """At most one building process, and while it starts the one before, which shows pages and builds nothing.

    `hear` is called, from other threads, with each thing that the building one says.
    """

    def __init__(self, settings_file: Path, hear: Callable[[str, Any], None]) -> None:
        """Take the settings file; nothing is started yet."""
        self._settings_file, self._hear = settings_file, hear
        self._process: subprocess.Popen[str] | None = None
        self._former: subprocess.Popen[str] | None = None

    @property
    def runs(self) -> bool:
        """Return whether a process is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start a process, in a group of its own: Ctrl-C is for the server, which ends it."""
        words = [sys.executable, "-c", PROGRAM, str(self._settings_file)]
        process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            errors="backslashreplace", start_new_session=True,
        )  # fmt: skip
        self._process = process
        Thread(target=self._listen, args=(process,), daemon=True).start()

    def renew(self, changed: Iterable[Path], looked_at: Iterable[Path]) -> None:
        """Start a process for changed settings. Until `retire`, the one that has built shows open pages by them."""
        starting, self._process = self._process, None
        if self._former is None:
            self._former = starting
        else:
            _end(starting)
        _send(self._former, _batch(changed, looked_at))
        self.start()

    def retire(self) -> None:
        """End the process before the running one, if it is there."""
        former, self._former = self._former, None
        _end(former)

    def send(self, changed: Iterable[Path], looked_at: Iterable[Path]) -> None:
        """Tell the process of changed files, and of those of the pages that are open."""
        _send(self._process, _batch(changed, looked_at))

    def ask(self, page: Path) -> None:
        """Tell the process of the file of a page that somebody has just asked for."""
        _send(self._process, {"asked": str(page)})

    def stop(self) -> None:
        """End all processes and everything that they started. What they still say is not heard."""
        self.retire()
        process, self._process = self._process, None
        _end(process)

    def _listen(self, process: subprocess.Popen[str]) -> None:
        last: deque[str] = deque(maxlen=_LAST_LINES)
        errors = Thread(target=_relay, args=(process.stderr, last), daemon=True)
        errors.start()
        told = False
        for line in process.stdout or ():
            said = json.loads(line)
            told = said["kind"] == "failed"
            if process is self._process or (process is self._former and said["kind"] == "pages"):
                self._hear(said.pop("kind"), said)
        process.wait()
        errors.join(PATIENCE)
        if process is self._process and not told:
            self._hear("ended", "the building process has ended:\n" + "".join(last).strip())


def _batch(changed: Iterable[Path], looked_at: Iterable[Path]) -> dict[str, Any]:
    return {"changed": [*map(str, changed)], "open": [*map(str, looked_at)]}


def _send(process: subprocess.Popen[str] | None, said: dict[str, Any]) -> None:
    if process and process.stdin:
        with contextlib.suppress(OSError):  # it has just ended, and that is heard
            process.stdin.write(json.dumps(said) + "\n")
            process.stdin.flush()


def _end(process: subprocess.Popen[str] | None) -> None:
    """End a process and everything that it started."""
    if process is None:
        return
    if process.stdin:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.wait()


def _relay(stream: IO[str] | None, last: deque[str]) -> None:
    """Pass on what a process complains of, and remember the end of it."""
    for line in stream or ():
        last.append(line)
        sys.stderr.write(line)
        sys.stderr.flush()


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
