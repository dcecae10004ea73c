"""Steps on comments' files: what stands where before and after, and the one place that carries them out.

In: steps, as plans make them. Out: files moved, changed or removed, or the sentence that says why not. Whatever a step
says, only files `<thread>/<id>.md` below `content/comments`, `inbox` and `inbox/.undo` are touched, never through a
link, never one that has changed since it was read, and never one over another.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.inbox import INBOX, UNDO
from rehab.comments.store import FOLDER
from rehab.model.comment import THREAD_FOLDERS
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSAFE = frozenset("/\\:\0\r\n")


class Step(Struct, frozen=True):
    """A file's path and bytes before and after; both None where there is no file then. Paths as in `Held`."""

    source: str | None
    before: bytes | None
    target: str | None
    after: bytes | None

    @property
    def back(self) -> Step:
        """Return the step that undoes this one."""
        return Step(self.target, self.after, self.source, self.before)


def write_steps(content: Path, steps: Sequence[Step]) -> tuple[int, str]:
    """Carry out steps in order; return how many are done, and why it stopped before the end, or nothing."""
    for done, step in enumerate(steps):
        try:
            _write(content, step)
        except _RefusedError as refused:
            return done, str(refused)
        except (OSError, ValueError) as wrong:
            named = visible(step.target or step.source or "")
            reason = str(getattr(wrong, "strerror", None) or "its name cannot be used").lower()
            return done, f"'{named}' could not be written: {reason}"
    return len(steps), ""


class _RefusedError(Exception):
    """A step that would do harm; its text is the sentence to show."""


def _write(content: Path, step: Step) -> None:
    source = locate(content, step.source) if step.source is not None else None
    target = locate(content, step.target) if step.target is not None else None
    if source is not None and source.read_bytes() != step.before:
        raise _RefusedError(f"'{visible(step.source or '')}' has changed meanwhile and stays: run this again")
    if target is not None and step.after is not None:
        _save(target, step.after, over=target == source)
    if source is not None and target != source:
        source.unlink()


def locate(content: Path, path: str) -> Path:
    """Return where a path of a step is on disk. Raises for what is no comment's place, or lies behind a link."""
    parts = path.split("/")
    roots = ([content.name, FOLDER], [INBOX, UNDO], [INBOX])
    root = next((root for root in roots if parts[: len(root)] == root), None)
    inside = parts[len(root) :] if root else []
    depth = 3 if inside[:1] and inside[0] in THREAD_FOLDERS and len(inside) > 2 else 2  # noqa: PLR2004 - <thread>/<id>.md
    if len(inside) != depth or not all(_is_plain(part) for part in inside) or not path.endswith(".md"):
        raise _RefusedError(f"'{visible(path)}' is no place of a comment, and is left alone")
    file = content.parent
    for at, part in enumerate(parts):
        file /= part
        if file.is_symlink() and not (at == 0 and part == content.name):
            raise _RefusedError(f"'{visible(path)}' lies behind a link, and is left alone: remove the link")
    return content.joinpath(*parts[1:]) if parts[0] == content.name else file


def _is_plain(part: str) -> bool:
    return not part.startswith(".") and bool(part.removesuffix(".md")) and not _UNSAFE.intersection(part)


def _save(file: Path, data: bytes, *, over: bool) -> None:
    """Write a file whole or not at all; `over` its own former bytes, else only where nothing is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not over and file.exists():
        if file.read_bytes() == data:
            return  # a move that was broken off between its two halves
        raise _RefusedError(
            f"'{visible(f'{file.parent.name}/{file.name}')}' is there already: nothing was moved over it"
        )
    mode = stat.S_IMODE(file.stat().st_mode) if over else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=".comment.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        fresh.chmod(mode)
        if over:
            fresh.replace(file)
        else:
            _place(fresh, file, data)
    finally:
        fresh.unlink(missing_ok=True)


def _place(fresh: Path, file: Path, data: bytes) -> None:
    """Give a finished file its name unless that is taken, in one step where the disk knows hard links."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:
        with file.open("xb") as stream:
            stream.write(data)


def _umask() -> int:
    """Return which permissions new files do not get; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
