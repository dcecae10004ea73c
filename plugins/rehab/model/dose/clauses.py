"""The clauses of a dose, one function each: side, load, hold and rest, effort.

In: a cursor at the start of a clause. Out: a `Dose` with that clause's fields alone, or None, with the cursor where
it was, if this is another kind of clause. A clause that has begun and is then broken raises `Refused`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from rehab.model.dose.amounts import check_amount, read_measure, refuse_slash, unit_missing
from rehab.model.dose.noun import Dose, Load
from rehab.model.dose.vocabulary import (
    ARTICLES,
    BAND_NOUNS,
    BANDS,
    BODYWEIGHT,
    FOREIGN_UNITS,
    IMPLEMENTS,
    LEADS,
    SIDES,
    TIMED,
    TIMED_TAILS,
    UNIT_HINTS,
)

if TYPE_CHECKING:
    from rehab.model.dose.amounts import Measure
    from rehab.model.dose.cursor import Cursor
    from rehab.model.dose.noun import Amount, LoadUnit, TimeUnit

_COLON: Final = frozenset({":", "="})


def parse_side(cursor: Cursor) -> Dose | None:
    """Read `each side`, `on both legs`, `left leg`, `alternating`."""
    since = cursor.at
    if cursor.take({"on", "for"}):
        cursor.take({"the", "my"})
    side = cursor.take_phrase(SIDES)
    if side is None:
        cursor.at = since
        return None
    return Dose(side=side)


def parse_lead(cursor: Cursor) -> bool:
    """Move past `@` or `with a`, and say whether there was one."""
    lead = cursor.take(LEADS)
    if lead is None:
        return False
    if lead.key == "w":
        cursor.take({"/"})
    cursor.take(ARTICLES)
    return True


def parse_load(cursor: Cursor) -> Dose | None:
    """Read `10 lb`, `20 kg kettlebell`, `bodyweight` or `green band`."""
    if cursor.take_phrase(BODYWEIGHT):
        return Dose(load=Load(value=0, unit="bodyweight"))
    return _parse_band(cursor) or _parse_weight(cursor)


def _parse_band(cursor: Cursor) -> Dose | None:
    since = cursor.at
    colour = cursor.take(BANDS)
    kind = cursor.take_phrase(BAND_NOUNS)
    if colour is not None and kind is not None:
        return Dose(load=Load(band=colour.key, implement=kind or None))
    if colour is None and kind is not None:
        raise cursor.refused("{} has no colour", "write which band, as in 'red band'", since)
    cursor.at = since
    return None


def _parse_weight(cursor: Cursor) -> Dose | None:
    since = cursor.at
    measure = read_measure(cursor)
    if measure is None or measure.kind != "load":
        cursor.at = since
        return None
    value = check_amount(cursor, measure, measure.unit or "")
    implement = cursor.take_phrase(IMPLEMENTS)
    return Dose(load=Load(value=value, unit=cast("LoadUnit", measure.unit), implement=implement))


def refuse_weight(cursor: Cursor) -> None:
    """Raise `Refused` where a number stands after `@` and is no load; otherwise do nothing."""
    since = cursor.at
    measure = read_measure(cursor)
    if measure is None:
        return
    refuse_slash(cursor, measure)
    foreign = cursor.peek()
    if measure.kind is None and (foreign.kind == "word" or foreign.key in FOREIGN_UNITS):
        cursor.step()
        raise cursor.refused("{} is not a load", UNIT_HINTS["load"], since)
    raise unit_missing(cursor, measure, UNIT_HINTS["load"])


def parse_timed(cursor: Cursor) -> Dose | None:
    """Read `hold 5 s`, `5 second hold`, `rest 2 min between sets`, `60 s rest`."""
    since = cursor.at
    keyword = cursor.take(TIMED)
    if keyword is None:
        return _parse_time_first(cursor)
    cursor.take(_COLON)
    if TIMED[keyword.key] == "hold":
        cursor.take_phrase(TIMED_TAILS["hold"])
    cursor.take({"for", "of"})
    measure = read_measure(cursor)
    if measure is None:
        raise cursor.refused("{} says no time", f"write a time after it, as in '{keyword.key} 30 s'", since)
    return _timed(cursor, TIMED[keyword.key], measure)


def _parse_time_first(cursor: Cursor) -> Dose | None:
    since = cursor.at
    measure = read_measure(cursor)
    if measure is not None:
        cursor.take({"of", "-"})
        keyword = cursor.take(TIMED)
        if keyword is not None:
            return _timed(cursor, TIMED[keyword.key], measure)
    cursor.at = since
    return None


def _timed(cursor: Cursor, what: str, measure: Measure) -> Dose:
    seconds, unit = check_time(cursor, measure, f"{what}_s")
    cursor.take_phrase(TIMED_TAILS[what])
    if what == "hold":
        return Dose(hold_s=seconds, hold_unit=unit)
    return Dose(rest_s=seconds, rest_unit=unit)


def check_time(cursor: Cursor, measure: Measure, limit: str) -> tuple[Amount, TimeUnit]:
    """Return seconds and the unit they were written in; raises `Refused` if this is no time."""
    if measure.kind != "time":
        hint = "write min for minutes, as in '2 min'" if measure.unit == "m" else UNIT_HINTS["time"]
        raise unit_missing(cursor, measure, hint)
    return check_amount(cursor, measure, limit), cast("TimeUnit", measure.unit)


def parse_effort(cursor: Cursor) -> Dose | None:
    """Read `RPE 7`, `7-8 RPE`, `RPE 7/10`, `RIR 2` and `2 reps in reserve`."""
    since = cursor.at
    keyword = cursor.take({"rpe", "rir"})
    if keyword is not None:
        cursor.take(_COLON)
    measure = read_measure(cursor)
    if keyword is not None and measure is None:
        raise cursor.refused("{} says no number", f"write a number after it, as in '{keyword.key.upper()} 7'", since)
    effort = keyword.key if keyword else _effort_after(cursor, measure)
    if measure is None or effort is None:
        cursor.at = since
        return None
    return check_effort(cursor, effort, measure)


def _effort_after(cursor: Cursor, measure: Measure | None) -> str | None:
    if measure is not None and measure.unit == "reps":
        return cursor.take_phrase({("in", "reserve"): "rir"})
    keyword = cursor.take({"rpe", "rir"})
    return keyword.key if keyword else None


def check_effort(cursor: Cursor, effort: str, measure: Measure) -> Dose:
    """Return the dose of an RPE or RIR; raises `Refused` if it leaves its scale."""
    if measure.unit not in {None, "reps"}:
        raise unit_missing(cursor, measure, f"write {effort.upper()} and a plain number")
    amount = check_amount(cursor, measure, effort)
    if effort == "rir":
        return Dose(rir=amount)
    cursor.take_phrase({("/", "10"): "of ten"})
    return Dose(rpe=amount)
