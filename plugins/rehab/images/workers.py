"""Work on many pictures in processes of their own: a picture that kills its worker costs itself and no other.

In: pictures and a function that works on one. Out: what it said of each, by key. Processes, because one Pillow image
saved from several threads gives wrong bytes, and because a damaged file may take its decoder with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from multiprocessing.connection import wait
from types import ModuleType
from typing import TYPE_CHECKING, Final

from rehab.images.refused import SMALLER, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from rehab.images.plan import Picture

    Work = Callable[[Picture], Refused | None]
    Told = Callable[[], None]

# Spawned, not forked: a fork copies locks that threads of the caller may hold.
_CONTEXT: Final = multiprocessing.get_context("spawn")
_DIED: Final = ("takes more time or memory than a picture may", SMALLER)
# Of the wall clock. A photo takes two seconds; nothing that passes the limits of `opened` takes a minute.
PATIENCE: Final = 300.0
_MAIN: Final = "__main__"


def in_processes(
    pictures: Sequence[Picture], work: Work, workers: int, told: Told, patience: float = PATIENCE
) -> dict[str, Refused | None]:
    """Return what `work` says of each picture, by key; `told` is called after each.

    A picture whose worker dies, or is not done after `patience` seconds, is refused. Raise what `work` raises.
    """
    said: dict[str, Refused | None] = {}
    waiting = [list(pictures)]
    while waiting:
        some = waiting.pop()
        broken = not _pooled(some, work, workers, told, patience, said)
        rest = [each for each in some if each.key not in said]
        if broken and not said and not workers_live():
            # No worker lives here at all, as where the system ends each of them.
            return {each.key: work(each) for each in pictures}
        if rest == some and len(some) == 1:
            said[some[0].key] = Refused(*_DIED, lasting=False)
        else:
            # Some picture killed its worker, and the others' with it: by halves it ends up alone.
            middle = len(rest) // 2
            waiting += [part for part in (rest[:middle], rest[middle:]) if part]
    return said


def _pooled(  # noqa: PLR0913 - the parts of one call, split for its length
    pictures: Sequence[Picture],
    work: Work,
    workers: int,
    told: Told,
    patience: float,
    said: dict[str, Refused | None],
) -> bool:
    """Add to `said` what is said of each picture until a worker dies; return whether none did."""
    with ProcessPoolExecutor(min(workers, len(pictures)), mp_context=_CONTEXT, initializer=_begin) as pool:
        with _apart():
            jobs: dict[Future[Refused | None], Picture] = {
                pool.submit(_watched, work, each, patience): each for each in pictures
            }
        try:
            for job in as_completed(jobs):
                said[jobs[job].key] = job.result()
                told()
        except BrokenExecutor:
            return False
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return True


@contextlib.contextmanager
def _apart() -> Iterator[None]:
    """Have workers started that know nothing of who calls: neither its program nor, before they begin, its Ctrl-C.

    A worker would load the file that Python was started with, for the functions that it defines. Ours are in modules,
    and that file may be a script that builds the site as soon as it is loaded. Windows keeps no signals back.
    """
    masked = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masked else set()
    main, sys.modules[_MAIN] = sys.modules[_MAIN], ModuleType(_MAIN)
    try:
        yield
    finally:
        sys.modules[_MAIN] = main
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Begin a worker: Ctrl-C is its parent's to hear, and without that parent it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    with contextlib.suppress(OSError):
        wait([sentinel])
    os._exit(1)


def _watched(work: Work, picture: Picture, patience: float) -> Refused | None:
    """Work on a picture in this worker, which ends at once when that takes too long.

    Nothing but the end of its process stops a decoder that never returns to Python.
    """
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - the name of a device, no path
        faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)
        try:
            return work(picture)
        finally:
            faulthandler.cancel_dump_traceback_later()


def workers_live() -> bool:
    """Tell whether a process can be started here at all."""
    try:
        with ProcessPoolExecutor(1, mp_context=_CONTEXT) as pool:
            with _apart():
                job = pool.submit(os.getpid)
            return job.result() != os.getpid()
    except BrokenExecutor:
        return False
