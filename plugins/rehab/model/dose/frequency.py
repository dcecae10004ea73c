"""The frequency clause: `3/week`, `3 times a week`, `twice daily`, `every other day`.

In: a cursor. Out: a `Dose` with the frequency alone, or None, with the cursor where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.model.dose.amounts import check_amount, read_measure
from rehab.model.dose.noun import Dose, Frequency
from rehab.model.dose.vocabulary import COUNTS, PERIODS

if TYPE_CHECKING:
    from rehab.model.dose.cursor import Cursor

_TIMES: Final = frozenset({"x", "times", "time", "sessions", "session", "days"})
_AFTER_EVERY: Final = frozenset({"day", "days", "week", "weeks", "month", "months", "other", "second", "third"})
_HOW_OFTEN: Final = "write daily, every other day, or times a week, as in '3/week'"


def parse_frequency(cursor: Cursor) -> Dose | None:
    """Read `3/week`, `3 times a week`, `twice daily`, `every other day`, `4 days a week`."""
    since = cursor.at
    once = cursor.take(COUNTS)
    measure = None if once else read_measure(cursor)
    times = cursor.take(_TIMES) if measure is not None and measure.unit is None else None
    _refuse_odd_period(cursor, since)
    per = cursor.take_phrase(PERIODS)
    if per is None or (measure is not None and measure.unit is not None):
        if once:
            raise cursor.refused("{} does not say in what time", _HOW_OFTEN, since)
        cursor.at = since
        return None
    if measure is None:
        return Dose(frequency=Frequency(COUNTS[once.key] if once else 1, per))
    limit = "days" if times is not None and times.key == "days" else per
    if limit == "days" and per != "week":
        raise cursor.refused("{} is not how often", _HOW_OFTEN, since)
    return Dose(frequency=Frequency(check_amount(cursor, measure, limit), per))


def _refuse_odd_period(cursor: Cursor, since: int) -> None:
    every, number, unit = (cursor.peek(ahead) for ahead in range(3))
    long = every.key in {"every", "per", "/", "a"}
    odd = number.key in {"month", "fortnight", "third"} or (number.kind == "number" and unit.key in _AFTER_EVERY)
    if not (long and odd) or (number.key in {"2", "two"} and unit.key == "days"):
        return
    cursor.step()
    cursor.step()
    cursor.take(_AFTER_EVERY)
    raise cursor.refused("{} is not a rhythm that a dose can have", _HOW_OFTEN, since)
