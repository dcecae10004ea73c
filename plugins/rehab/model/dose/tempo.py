"""The tempo clause: `tempo 3-1-1-0`, `3-0-1 tempo`, `tempo 31X0`.

In: a cursor. Out: a `Dose` with the tempo alone, in one spelling ("3-1-1-0", "3-1-X-0"), or None. The parts are the
seconds of lowering, pause, lifting and (if there are four) the pause before the next rep; X is "as fast as you can".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.model.dose.noun import Dose
from rehab.model.dose.vocabulary import LIMITS

if TYPE_CHECKING:
    from rehab.model.dose.cursor import Cursor
    from rehab.model.dose.tokens import Token

_LENGTHS: Final = (3, 4)
_HINT: Final = "write three or four parts, as in 'tempo 3-1-1-0'"


def parse_tempo(cursor: Cursor) -> Dose | None:
    """Read a tempo with its keyword before or after it; raises `Refused` for parts that are no tempo."""
    since = cursor.at
    keyword = cursor.take({"tempo"})
    if keyword is not None:
        cursor.take({":", "="})
        return Dose(tempo=read_code(cursor, since))
    parts = _take_hyphenated(cursor)
    if len(parts) < min(_LENGTHS):
        cursor.at = since
        return None
    if not cursor.take({"tempo"}):
        raise cursor.refused("{} stands alone", "write 'tempo' before it", since)
    return Dose(tempo=_check_parts(cursor, parts, since))


def read_code(cursor: Cursor, since: int) -> str:
    """Return the tempo that stands here; raises `Refused`, pointing from `since`, if none does."""
    parts = _take_hyphenated(cursor)
    if len(parts) == 1 and parts[0].isalnum():
        parts = [*parts[0], *_take_tight(cursor)]
    return _check_parts(cursor, parts, since)


def _take_hyphenated(cursor: Cursor) -> list[str]:
    parts: list[str] = []
    while _is_part(cursor.peek()):
        parts.append(cursor.step().key)
        if cursor.peek().key != "-" or not _is_part(cursor.peek(1)):
            break
        cursor.step()
    return parts


def _take_tight(cursor: Cursor) -> str:
    """Return the rest of `31X0`, whose X splits it into tokens."""
    letters = ""
    while _is_part(cursor.peek()) and cursor.peek(-1).end == cursor.peek().start:
        letters += cursor.step().key
    return letters


def _is_part(token: Token) -> bool:
    return token.key == "x" or (token.kind == "number" and token.key.isdecimal())


def _check_parts(cursor: Cursor, parts: list[str], since: int) -> str:
    longest = LIMITS["tempo"].most
    slow = any(part != "x" and int(part) > longest for part in parts)
    if len(parts) not in _LENGTHS or slow or not any(part == "x" or int(part) for part in parts):
        raise cursor.refused("{} is not a tempo", _HINT, since)
    return "-".join("X" if part == "x" else str(int(part)) for part in parts)
