"""A file's own characters ↔ the text that the core reads, without a byte-order mark and with the line ends of Unix.

In: a text as it is on disk. Out: a `View` of it, and edits counted in the file's own characters. Exists so that
repairs are found in plain text, and a file with the line ends of Windows keeps every one of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.authoring.fix.reading import read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.authoring.fix.reading import Change

_BREAK = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


class Edit(Struct, frozen=True):
    """Characters `start` to `end` of the file at `path` become `replacement`, because of `reason`.

    Counted in the file's own characters, a byte-order mark and both halves of Windows' line ends among them, after
    all edits that stand before this one. `line` is where it happens, from 1.
    """

    path: str
    start: int
    end: int
    replacement: str
    reason: str
    line: int


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return a file's text with its edits, one after the other. All else keeps every character."""
    for edit in edits:
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


class View(Struct, frozen=True):
    """A file's text as the core sees it, and where each of its characters is in the file."""

    text: str
    offsets: tuple[int, ...]
    line_end: str

    def edit(self, path: str, change: Change) -> Edit:
        """Return a change of this view as an edit of the file, with the line ends that the file has."""
        at = self.offsets or range(len(self.text) + 1)
        line = self.text.count("\n", 0, change.start) + 1
        new = change.new.replace("\n", self.line_end)
        return Edit(path, at[change.start], at[change.end], new, change.reason, line)


def view_text(raw: str) -> View:
    """Return what the core reads of a file's text."""
    if "\r" not in raw and not raw.startswith(_MARK):
        return View(raw, (), "\n")
    start = int(raw.startswith(_MARK))
    letters: list[str] = []
    offsets: list[int] = []
    at = start
    for match in _BREAK.finditer(raw, start):
        letters += (raw[at : match.start()], "\n")
        offsets += range(at, match.start() + 1)
        at = match.end()
    offsets += range(at, len(raw) + 1)
    return View("".join(letters) + raw[at:], tuple(offsets), _usual_break(raw))


def _usual_break(raw: str) -> str:
    found = _BREAK.findall(raw)
    return max(("\n", "\r\n", "\r"), key=found.count)


def fix_marks(path: str, raw: str) -> Iterator[Edit]:
    """Yield the edits that take away a byte-order mark, and line ends of another system in front matter."""
    if raw.startswith(_MARK):
        raw = raw[1:]
        yield Edit(path, 0, 1, "", "an invisible mark stands before the first line", 1)
    if "\r" not in raw:
        return
    view = view_text(raw)
    front = read_source(view.text, path).front
    moved = 0
    for line, match in enumerate(_BREAK.finditer(raw), start=1):
        if match[0] != view.line_end and line in range(front.start - 1, front.stop + 1) and front:
            start = match.start() + moved
            yield Edit(path, start, start + len(match[0]), view.line_end, "this line ends as on another system", line)
            moved += len(view.line_end) - len(match[0])
