"""Tokens → measured amounts: a number or a range, its unit, and the limits it must keep.

In: a cursor. Out: a `Measure` as written, then an `Amount` in base units (seconds, metres, the author's lb or kg).
Reading and checking are two steps, since `3-1-1-0` is only a reversed range when it turns out not to be a tempo.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from rehab.model.dose.tokens import quoted, refused
from rehab.model.dose.vocabulary import FACTORS, LIMITS, UNIT_KINDS, UNITS

if TYPE_CHECKING:
    from rehab.model.dose.cursor import Cursor
    from rehab.model.dose.noun import Amount, Number
    from rehab.model.dose.tokens import Refused

_ONE: Final = frozenset({"a", "an"})
_TO: Final = frozenset({"-", "to"})
_SMALLER: Final = {"h": "min", "min": "s"}


class Measure(Struct, frozen=True):
    """An amount as written: `high` is None unless it is a range; `unit` is canonical ("min", "lb") or None."""

    low: Fraction
    high: Fraction | None
    unit: str | None
    start: int
    end: int

    @property
    def kind(self) -> str | None:
        """What the unit measures: sets, reps, time, distance, load; None for a bare number."""
        return UNIT_KINDS[self.unit] if self.unit else None


def exact_number(value: Fraction) -> Number:
    """Return a whole number as `int`, anything else as the nearest `float`."""
    return int(value) if value.denominator == 1 else float(value)


def read_measure(cursor: Cursor) -> Measure | None:
    """Move past a number or a range with its unit, if one stands here; raises `Refused` for mixed units."""
    low = _read_single(cursor)
    if low is None:
        return None
    if cursor.peek().key not in _TO or cursor.peek(1).kind not in {"number", "clock"}:
        return low
    cursor.step()
    high = _read_single(cursor)
    if high is None:
        return low
    return _join_range(cursor, low, high)


def _join_range(cursor: Cursor, low: Measure, high: Measure) -> Measure:
    both_clock = (low.unit == "clock") == (high.unit == "clock")
    if not both_clock or low.unit not in {None, high.unit}:
        shown = quoted(cursor.text, low.start, high.end)
        raise refused(f"{shown} mixes units", "write one unit after the range, as in '30-60 s'", low.start, high.end)
    return Measure(low.low, high.low, high.unit, low.start, high.end)


def _read_single(cursor: Cursor) -> Measure | None:
    token, after = cursor.peek(), cursor.peek(1)
    if token.key in _ONE and UNIT_KINDS.get(UNITS.get(after.key, "")) in {"time", "distance"}:
        cursor.step()
        return Measure(Fraction(1), None, _take_unit(cursor), token.start, after.end)
    if token.kind not in {"number", "clock"}:
        return None
    since = cursor.at
    cursor.step()
    unit = "clock" if token.kind == "clock" else _take_unit(cursor)
    single = Measure(token.value, None, unit, token.start, cursor.span(since)[1])
    return _read_compound(cursor, single)


def _take_unit(cursor: Cursor) -> str | None:
    hyphen, word = cursor.peek(), cursor.peek(1)
    touching = cursor.at > 0 and cursor.peek(-1).end == hyphen.start and hyphen.end == word.start
    if hyphen.key == "-" and touching and word.key in UNITS:
        cursor.step()
    unit = cursor.take(UNITS)
    return UNITS[unit.key] if unit else None


def _read_compound(cursor: Cursor, large: Measure) -> Measure:
    """Read on from `1 min` when `30 s` follows it, giving a clock time of 90 s."""
    number, unit = cursor.peek(), cursor.peek(1)
    if large.unit not in _SMALLER or number.kind != "number":
        return large
    smaller = _SMALLER[large.unit]
    whole = large.low.denominator == number.value.denominator == 1
    if UNITS.get(unit.key) != smaller or not whole or number.value >= 60:  # noqa: PLR2004 - seconds in a minute
        return large
    cursor.step()
    cursor.step()
    seconds = large.low * FACTORS[large.unit] + number.value * FACTORS[smaller]
    return replace(large, low=seconds, unit="clock", end=unit.end)


def check_amount(cursor: Cursor, measure: Measure, limit: str) -> Amount:
    """Return the amount in base units; raises `Refused` if it breaks the limit of that name or runs backwards."""
    factor = FACTORS.get(measure.unit or "", Fraction(1))
    low = _check_number(cursor, measure, measure.low * factor, limit)
    if measure.high is None:
        return low
    high = _check_number(cursor, measure, measure.high * factor, limit)
    shown = quoted(cursor.text, measure.start, measure.end)
    if measure.low > measure.high:
        raise refused(f"{shown} runs backwards", "write the smaller number first", measure.start, measure.end)
    if measure.low == measure.high:
        raise refused(f"{shown} is a range of one number", "write that number once", measure.start, measure.end)
    return low, high


def _check_number(cursor: Cursor, measure: Measure, value: Fraction, name: str) -> Number:
    limit = LIMITS[name]
    if value > limit.most:
        words = f"is more than {limit.noun.format(limit.most)}"
        raise _broken(cursor, measure, words, _TOO_MUCH.get(name, _CHECK_UNIT))
    if limit.whole and value.denominator != 1:
        raise _broken(cursor, measure, "is not a whole number", "write a whole number")
    if value == 0 and name not in _MAY_BE_ZERO:
        raise _broken(cursor, measure, "is none at all", _TOO_LITTLE.get(name, "write more than 0, or leave it out"))
    if value < limit.least:
        words = f"is less than {limit.noun.format(limit.least)}"
        raise _broken(cursor, measure, words, _TOO_LITTLE.get(name, _CHECK_UNIT))
    return exact_number(value)


_MAY_BE_ZERO: Final = frozenset({"rir", "tempo"})
_CHECK_UNIT: Final = "check the number and its unit"
_TOO_MUCH: Final = {
    "sets": "write the sets first and then the reps, as in '3 x 10'",
    "reps": "check the number, or write a time or a distance",
    "days": "write at most 7 days a week",
    "rpe": "write an RPE from 1 to 10",
    "rir": "write the reps in reserve from 0 to 10",
}
_TOO_LITTLE: Final = {"rpe": "write an RPE from 1 to 10", "lb": "write 'bodyweight'", "kg": "write 'bodyweight'"}


def _broken(cursor: Cursor, measure: Measure, words: str, hint: str) -> Refused:
    return refused(f"{quoted(cursor.text, measure.start, measure.end)} {words}", hint, measure.start, measure.end)


def refuse_slash(cursor: Cursor, measure: Measure) -> None:
    """Raise `Refused` if what was read is the upper half of `1/2`; otherwise do nothing."""
    slash, number = cursor.peek(), cursor.peek(1)
    if slash.key == "/" and number.kind == "number" and measure.low < number.value:
        shown = quoted(cursor.text, measure.start, number.end)
        hint = "write it with a point, as in 0.5"
        raise refused(f"{shown} is a fraction with a slash", hint, measure.start, number.end)


def unit_missing(cursor: Cursor, measure: Measure, hint: str) -> Refused:
    """Return the exception for a number that needs a unit, or that has the unit of something else."""
    shown = quoted(cursor.text, measure.start, measure.end)
    return refused(f"{shown} {_KIND_WORDS[measure.kind]}", hint, measure.start, measure.end)


_KIND_WORDS: Final = {
    None: "has no unit", "sets": "is a number of sets", "reps": "is a number of reps", "time": "is a time",
    "distance": "is a distance", "load": "is a load",
}  # fmt: skip
