"""The work clause: how many sets of how much, `3 x 10`, `3 sets of 30 s`, `10 reps x 3`, `400 m`, `2 x max`.

In: a cursor. Out: a `Dose` with sets, one amount of work and perhaps a side, or None. What stands on which side of
the times sign is settled by the units that were written; without any, sets come first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from rehab.model.dose.amounts import Measure, check_amount, read_measure, refuse_slash, unit_missing
from rehab.model.dose.clauses import check_time
from rehab.model.dose.noun import Dose
from rehab.model.dose.vocabulary import AMRAP, BODY_PARTS, FOREIGN_UNITS, LEADS, UNIT_HINTS

if TYPE_CHECKING:
    from rehab.model.dose.cursor import Cursor
    from rehab.model.dose.noun import Amount, DistanceUnit

Work: TypeAlias = Measure | Literal["amrap"]
_NO_UNIT: Final = "write what it counts, as in '10 reps', '30 s' or '400 m'"
_AMOUNT_HINT: Final = "write the amount after it, as in '3 x 10' or '3 x 30 s'"


def parse_work(cursor: Cursor) -> Dose | None:
    """Read sets and the amount of work in either order; raises `Refused` where a half is missing or unclear."""
    since = cursor.at
    cursor.take({"for"})
    left = _read_work(cursor)
    if left is None:
        _refuse_headless(cursor)
        cursor.at = since
        return None
    is_sets = isinstance(left, Measure) and left.unit == "sets"
    mark = cursor.take({"x", "times"}) or (cursor.take({"of"}) if is_sets else None)
    if mark is None and is_sets:
        return Dose(sets=_sets(cursor, left))
    if mark is None:
        return _work_alone(cursor, left)
    right = _read_work(cursor)
    if right is None:
        raise cursor.refused(f"nothing that can be counted follows '{mark.key}'", _AMOUNT_HINT, cursor.at - 1)
    return _sets_and_work(cursor, left, right, since)


def _read_work(cursor: Cursor) -> Work | None:
    if cursor.take_phrase(AMRAP):
        return "amrap"
    measure = read_measure(cursor)
    if measure is not None:
        refuse_slash(cursor, measure)
    return measure


def _refuse_headless(cursor: Cursor) -> None:
    since = cursor.at
    if cursor.take({"x"}):
        read_measure(cursor)
        raise cursor.refused(
            "{} does not say how many sets", "write the sets before x, as in '3 x 10' or '3 x 30 s'", since
        )


def _work_alone(cursor: Cursor, work: Work) -> Dose:
    if isinstance(work, Measure) and work.unit is None:
        since = cursor.at - 1
        if cursor.take(BODY_PARTS):
            raise cursor.refused("{} is not a number of reps", "write sets x reps, as in '3 x 10 each leg'", since)
        foreign = cursor.take(FOREIGN_UNITS)
        if foreign is not None:
            raise cursor.refused("{} has a unit that a dose does not use", FOREIGN_UNITS[foreign.key], since)
        raise unit_missing(cursor, work, _NO_UNIT)
    return _with_side(cursor, _work(cursor, work))


def _sets_and_work(cursor: Cursor, left: Work, right: Work, since: int) -> Dose:
    sets, work = (right, left) if _is_work(left) or _is_sets(right) else (left, right)
    if _is_work(sets) or _is_sets(work):
        raise cursor.refused("{} is not sets times work", "write sets x reps, as in '3 x 10'", since)
    if cursor.peek().key in {"x", "times"}:
        cursor.step()
        raise cursor.refused("{} multiplies more than twice", "write a time per rep as ', hold 5 s'", since)
    part = _work(cursor, work)
    if part.duration_s is not None:
        # "3 x 30 s hold" is thirty seconds of holding still, which is what a set of time means.
        cursor.take({"hold", "holds"})
    return _with_side(cursor, part, _sets(cursor, sets))


def _is_sets(work: Work) -> bool:
    return isinstance(work, Measure) and work.unit == "sets"


def _is_work(work: Work) -> bool:
    return work == "amrap" or (isinstance(work, Measure) and work.unit not in {None, "sets"})


def _sets(cursor: Cursor, sets: Work) -> Amount | None:
    return check_amount(cursor, sets, "sets") if isinstance(sets, Measure) else None


def _work(cursor: Cursor, work: Work) -> Dose:
    if not isinstance(work, Measure):
        return Dose(reps="amrap")
    match work.kind:
        case None | "reps":
            return Dose(reps=check_amount(cursor, work, "reps"))
        case "time":
            seconds, unit = check_time(cursor, work, "duration_s")
            return Dose(duration_s=seconds, duration_unit=unit)
        case "distance":
            return parse_distance(cursor, work)
        case _:
            raise unit_missing(cursor, work, "write the reps first and the load after @, as in '3 x 10 @ 10 lb'")


def parse_distance(cursor: Cursor, measure: Measure) -> Dose:
    """Return the dose of a distance; raises `Refused` if the measure is something else."""
    if measure.kind != "distance":
        raise unit_missing(cursor, measure, UNIT_HINTS["distance"])
    metres = check_amount(cursor, measure, "distance_m")
    return Dose(distance_m=metres, distance_unit=cast("DistanceUnit", measure.unit))


def _with_side(cursor: Cursor, part: Dose, sets: Amount | None = None) -> Dose:
    """Add the sets, and the bare `each` of `3 x 10 each`, which can only be a side right after the work."""
    after = cursor.peek(1)
    bare = after.kind != "word" or after.key in LEADS
    each = bare and after.key != "/" and cursor.take({"each", "ea"})
    return replace(part, sets=sets if sets is not None else part.sets, side="each" if each else None)
