"""What waits in the order of its chance of spam, learnt from what the owner has decided: on the site and here.

What the trap caught teaches nothing: nobody has decided on it. The score orders the queue, and decides nothing. Until
it has been learnt, the oldest comes first.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from rehab.comments.inbox import parse_held, read_held
from rehab.comments.spam.history import decisions_of
from rehab.comments.spam.ranking import percent, rank
from rehab.comments.spam.store import read_model
from rehab.source.set_field import set_field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rehab.comments.inbox import Held
    from rehab.comments.spam.model import Model
    from rehab.intake.database import Database, Row

PAUSE: Final = 600.0
"""Seconds for which what was learnt is good enough: reading 25,000 comments takes some."""


class Chances:
    """Learns beside the requests, after somebody has looked at the queue, and not more often than every few minutes."""

    def __init__(self, content: Path, database: Database, pause: float = PAUSE) -> None:
        self._content, self._database, self._pause = content, database, pause
        self._model: Model | None = None
        self._asked = False
        self._next = 0.0

    def rank(self, rows: Sequence[Row]) -> list[tuple[Row, str]]:
        """Return rows with the lowest chance of spam first, each with its chance in words, or nothing."""
        self._asked = True
        held = {_path(row): row for row in rows}
        ranked = rank((_held(row) for row in rows), self._model)
        words = ((each.held.path, "" if each.chance is None else f"{percent(each.chance)} %") for each in ranked)
        return [(held[path], chance) for path, chance in words]

    def learn(self) -> None:
        """Learn what has been decided, where somebody has asked for it since."""
        if self._asked and time.monotonic() >= self._next:
            self._asked = False
            decisions = decisions_of((*read_held(self._content)[0], *self._decided()))
            self._model = read_model(decisions, self._database.file.parent)
            self._next = time.monotonic() + self._pause

    def _decided(self) -> list[Held]:
        rows = self._database.rows("SELECT * FROM submission WHERE state = 'spam' AND decided <> '' ORDER BY number")
        return [_held(row, set_field(row["text"], "status", "spam") or row["text"]) for row in rows]


def _held(row: Row, text: str = "") -> Held:
    return parse_held("inbox", _path(row), (text or row["text"]).encode())


def _path(row: Row) -> str:
    return f"inbox/{row['thread']}/{row['id']}.md"
