"""Which files the program reads while a build runs, told by Python itself.

In: nothing. Out: every file that was opened to be read and every folder that was listed, whoever asked for it: a
settings file is a program and may read anything. What asks other programs or the network cannot be known afterwards.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Final

_LISTS: Final = {"os.listdir", "os.scandir"}
_ELSEWHERE: Final = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "socket.", "urllib.")
_NO_FILES: Final = ("/proc/", "/dev/", "/sys/")
_WRITES: Final = os.O_WRONLY | os.O_RDWR


class Witness:
    """What has been read since `watch` was called, as absolute paths. `elsewhere` says that not all can be known."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self.elsewhere = False
        self._apart: tuple[str, ...] = ()

    def watch(self) -> None:
        """Begin to listen."""
        if not _listening:
            sys.addaudithook(_hear)
        _listening[:] = [self]

    def rest(self) -> None:
        """Listen no longer."""
        _listening[:] = [None]

    def hear(self, event: str, said: tuple[Any, ...]) -> None:
        """Keep what an event of Python's says of files."""
        if event == "open":
            if not said[2] & _WRITES:
                self._keep(self.files, said[0])
        elif event in _LISTS:
            self._keep(self.folders, said[0] if said[0] is not None else ".")
        elif event.startswith(_ELSEWHERE):
            self.elsewhere = True

    def leave_out(self, *folders: str) -> None:
        """Keep nothing of these folders, which are absolute, from now on: all that lies in them counts anyway."""
        self._apart = tuple(f"{folder}/" for folder in folders)

    def _keep(self, seen: set[str], path: object) -> None:
        if isinstance(path, str) and f"{path}/".startswith(self._apart) and "/." not in path:
            return
        if isinstance(path, str | bytes | os.PathLike):
            full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - heard for each of thousands of files
            if not full.startswith(_NO_FILES):
                seen.add(full)


_listening: list[Witness | None] = []
"""Who listens. Python never lets go of a hook, so a process has one, however many builds it runs."""


def _hear(event: str, said: tuple[Any, ...]) -> None:
    if _listening[0] is not None:
        _listening[0].hear(event, said)


def leave_out(*folders: str) -> None:
    """Tell whoever listens that all in these folders counts, whether it is read or not."""
    if _listening and _listening[0] is not None:
        _listening[0].leave_out(*folders)
