"""One dose field of the mapping form → a `Dose` with that field alone.

In: a cursor on the raw text of a field, `hold: 1:30`. Out: the part of a dose; what is left over is the caller's to
refuse. Raises `Refused` where the text is not what the field holds; a number never gets a unit it does not have.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rehab.model.dose.amounts import Measure, check_amount, read_measure, unit_missing
from rehab.model.dose.clauses import check_effort, check_time, parse_lead, parse_load, refuse_weight
from rehab.model.dose.frequency import parse_frequency
from rehab.model.dose.noun import Dose
from rehab.model.dose.tempo import read_code
from rehab.model.dose.vocabulary import AMRAP, ARTICLES, SIDE_FIELD, TIMED_TAILS
from rehab.model.dose.work import parse_distance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.model.dose.cursor import Cursor
    from rehab.model.dose.noun import Amount
    from rehab.model.dose.tokens import Refused


def _unreadable(cursor: Cursor, hint: str) -> Refused:
    cursor.at = len(cursor.tokens) - 1
    return cursor.refused("{} is not understood here", hint, 0)


def _measure(cursor: Cursor, hint: str) -> Measure:
    measure = read_measure(cursor)
    if measure is None:
        raise _unreadable(cursor, hint)
    return measure


def _count(cursor: Cursor, field: str, example: str) -> Amount:
    measure = _measure(cursor, f"write a number, as in '{example}'")
    if measure.unit not in {None, field}:
        raise unit_missing(cursor, measure, f"write a plain number, as in '{example}'")
    return check_amount(cursor, measure, field)


def _sets(cursor: Cursor) -> Dose:
    return Dose(sets=_count(cursor, "sets", "3"))


def _reps(cursor: Cursor) -> Dose:
    return Dose(reps="amrap" if cursor.take_phrase(AMRAP) else _count(cursor, "reps", "8-12"))


def _hold(cursor: Cursor) -> Dose:
    seconds, unit = check_time(cursor, _measure(cursor, "write a time, as in '5 s'"), "hold_s")
    cursor.take_phrase(TIMED_TAILS["hold"])
    return Dose(hold_s=seconds, hold_unit=unit)


def _rest(cursor: Cursor) -> Dose:
    seconds, unit = check_time(cursor, _measure(cursor, "write a time, as in '60 s'"), "rest_s")
    cursor.take_phrase(TIMED_TAILS["rest"])
    return Dose(rest_s=seconds, rest_unit=unit)


def _time(cursor: Cursor) -> Dose:
    seconds, unit = check_time(cursor, _measure(cursor, "write a time, as in '30 s' or '1:30'"), "duration_s")
    return Dose(duration_s=seconds, duration_unit=unit)


def _distance(cursor: Cursor) -> Dose:
    return parse_distance(cursor, _measure(cursor, "write a distance, as in '400 m'"))


def _side(cursor: Cursor) -> Dose:
    cursor.take({"on"})
    side = cursor.take_phrase(SIDE_FIELD)
    if side is None:
        raise _unreadable(cursor, "write each side, left, right or alternating")
    return Dose(side=side)


def _load(cursor: Cursor) -> Dose:
    parse_lead(cursor)
    cursor.take(ARTICLES)
    load = parse_load(cursor)
    if load is None:
        refuse_weight(cursor)
        raise _unreadable(cursor, "write a load, as in '10 lb', 'bodyweight' or 'red band'")
    return load


def _tempo(cursor: Cursor) -> Dose:
    return Dose(tempo=read_code(cursor, 0))


def _frequency(cursor: Cursor) -> Dose:
    frequency = parse_frequency(cursor)
    if frequency is None:
        raise _unreadable(cursor, "write how often, as in '3/week', 'daily' or 'every other day'")
    return frequency


def _rpe(cursor: Cursor) -> Dose:
    cursor.take({"rpe"})
    return check_effort(cursor, "rpe", _measure(cursor, "write a number from 1 to 10"))


def _rir(cursor: Cursor) -> Dose:
    cursor.take({"rir"})
    return check_effort(cursor, "rir", _measure(cursor, "write the number of reps in reserve"))


FIELD_PARSERS: Final[Mapping[str, Callable[[Cursor], Dose]]] = MappingProxyType(
    {
        "sets": _sets, "reps": _reps, "hold": _hold, "time": _time, "distance": _distance, "side": _side,
        "load": _load, "tempo": _tempo, "rest": _rest, "frequency": _frequency, "rpe": _rpe, "rir": _rir,
    }
)  # fmt: skip
