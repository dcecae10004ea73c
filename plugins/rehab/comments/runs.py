"""The words of one paragraph: runs of text, each with the inline tags it stands in.

Runs come in as a parser meets them; one canonical piece of HTML goes out: unseen characters gone, no
white space at either end, equal neighbours joined, tags properly inside each other.
"""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from rehab.comments.letters import settle

if TYPE_CHECKING:
    from collections.abc import Iterable

Mark: TypeAlias = tuple[str, str]
"""An inline tag and, for a link, its address."""

Run: TypeAlias = tuple[tuple[Mark, ...], str]
"""Text and its marks, the outermost first."""

LINE_BREAK = "\ufdd0"
"""Stands for `<br>` in a run. Readers cannot write it: `remove_unseen` takes non-characters out."""

_WHITE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + LINE_BREAK


def settle_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs in canonical form; none where there is nothing to see."""
    joined = [(marks, settle("".join(text for _, text in group))) for marks, group in groupby(runs, lambda run: run[0])]
    return tuple(_trim_end(_trim_start([run for run in joined if run[1]])))


def render_runs(runs: Iterable[Run]) -> str:
    """Return the HTML of settled runs."""
    out: list[str] = []
    open_marks: tuple[Mark, ...] = ()
    for marks, text in (*runs, ((), "")):
        kept = _common(open_marks, marks)
        out += [f"</{tag}>" for tag, _ in reversed(open_marks[kept:])]
        out += [_opening(mark) for mark in marks[kept:]]
        out.append(html.escape(text, quote=False).replace(LINE_BREAK, "<br>"))
        open_marks = marks
    return "".join(out)


def _opening(mark: Mark) -> str:
    tag, address = mark
    return f'<{tag} href="{html.escape(address)}">' if address else f"<{tag}>"


def _common(first: tuple[Mark, ...], second: tuple[Mark, ...]) -> int:
    """Return how many marks both begin with."""
    same = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        same += 1
    return same


def _trim_start(runs: list[Run]) -> list[Run]:
    for at, (marks, text) in enumerate(runs):
        if seen := text.lstrip(_WHITE):
            return [(marks, seen), *runs[at + 1 :]]
    return []


def _trim_end(runs: list[Run]) -> list[Run]:
    for at in range(len(runs) - 1, -1, -1):
        marks, text = runs[at]
        if seen := text.rstrip(_WHITE):
            return [*runs[:at], (marks, seen)]
    return []
