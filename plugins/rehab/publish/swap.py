"""A new site in place of the old one, at one moment: whoever is served gets the one or the other, never a mixture.

In: an output folder. Out: a fresh folder beside it to build into, and the exchange of the two. Linux and macOS
exchange two names in one call; elsewhere the old folder is moved away and the new one in, and what a crash between
the two leaves is mended by the next command. Nothing here looks into a file.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NEW: Final = ".rehab-new"
OLD: Final = ".rehab-old"
LOCK: Final = "publish.lock"
_PICTURES: Final = "images/"
_AT_FDCWD, _EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
_SWAP: Final = 2  # RENAME_SWAP of macOS's sys/stdio.h
_CANNOT: Final = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP}


class BusyError(OSError):
    """Another command is publishing into the same folder."""


@contextmanager
def fresh_folder(place: Path, cache: Path) -> Iterator[Path]:
    """Give an empty folder beside `place`, on the same disk, and remove it at the end unless it was swapped in.

    What an earlier command left behind is mended first. `cache` holds a lock, so that only one command is at work.
    Raises BusyError, and OSError where the disk refuses.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(cache / LOCK):
        repair(place)
        fresh = place.with_name(f"{place.name}{NEW}")
        fresh.mkdir()
        try:
            yield fresh
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def repair(place: Path) -> None:
    """Mend what a command left that was killed: the old folder comes back if it is missing, half-built ones go."""
    old, new = (place.with_name(f"{place.name}{end}") for end in (OLD, NEW))
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (old, new):
        if left.exists():
            shutil.rmtree(left)


def swap(fresh: Path, place: Path) -> None:
    """Put the fresh folder in place; then `fresh` is the old one, or gone. Raises OSError; then nothing changed."""
    if not place.exists():
        fresh.rename(place)
    elif not _exchange(fresh, place):
        old = place.with_name(f"{place.name}{OLD}")
        place.rename(old)
        try:
            fresh.rename(place)
        except OSError:
            old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names at one moment, or return False where this system cannot."""
    libc = ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
    names = (os.fsencode(first), os.fsencode(second))
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        done = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE)  # type: ignore[union-attr]
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        done = libc.renamex_np(*names, _SWAP)
    else:
        return False
    if done == 0:
        return True
    if (number := ctypes.get_errno()) in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(second))


def seed(place: Path, fresh: Path, paths: Iterable[str]) -> list[str]:
    """Put copies of files that an earlier build wrote into the fresh folder, so that equal ones keep their times.

    Pictures, whose names change with their bytes, are linked; nothing that a build may write to is shared with what is
    being served. Returns the paths that were there.
    """
    inside, there = _Folders(place, fresh), []
    for path in sorted(paths):
        folder, _, _ = path.rpartition("/")
        file = f"{place}/{path}"
        if _is_file(file) and inside[folder]:
            (link_or_copy if path.startswith(_PICTURES) else shutil.copy2)(file, f"{fresh}/{path}")
            there.append(path)
    return there


class _Folders(dict[str, bool]):
    """Whether a folder below `place` really lies there; asked once of each, which is made in `fresh` then."""

    def __init__(self, place: Path, fresh: Path) -> None:
        """Know of none yet."""
        self._place, self._real, self._fresh = place, place.resolve(), fresh

    def __missing__(self, folder: str) -> bool:
        """Look where a folder is, links followed."""
        is_inside = self[folder] = (self._place / folder).resolve().is_relative_to(self._real)
        if is_inside:
            (self._fresh / folder).mkdir(parents=True, exist_ok=True)
        return is_inside


def _is_file(path: str) -> bool:
    """Tell whether there is a file and no link to one."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def foreign_files(place: Path, known: Iterable[str]) -> list[str]:
    """Return the files in a folder that no build of ours wrote, sorted, those of version control too."""
    ours = set(known)
    found = (file.relative_to(place).as_posix() for file in place.rglob("*") if file.is_symlink() or not file.is_dir())
    return sorted(path for path in found if path not in ours)


def carry(place: Path, fresh: Path, paths: Iterable[str]) -> list[str]:
    """Put files of others into the fresh folder too, unless the build wrote one of that name. Returns those put."""
    carried = []
    for path in paths:
        target = fresh / path
        if target.exists() or any(parent.is_file() for parent in target.parents if parent != fresh):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        if (place / path).is_symlink():
            target.symlink_to((place / path).readlink())
        else:
            link_or_copy(place / path, target)
        carried.append(path)
    return carried


def link_or_copy(file: Path | str, target: Path | str) -> None:
    """Give a file a second name, or make a copy where the disk has no such thing. Raises OSError."""
    try:
        os.link(file, target)
    except OSError as wrong:
        if wrong.errno == errno.ENOSPC:
            raise
        shutil.copy2(file, target)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends. Windows knows none of the kind and goes without."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        yield
        return
    with file.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(errno.EBUSY, "another command is publishing there") from None
        yield
