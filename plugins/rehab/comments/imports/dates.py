"""Two dates that contradict who answers whom → a date that says no more than can be true.

Clocks of old servers were wrong and databases moved between time zones, so exports hold answers that are older than
what they answer. Who answers whom is what readers need; so the answer's date is named less exactly, never changed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rehab.comments.answers import EXACTNESS, moment

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.comment import Comment

_COARSER = ("day", "month", "year")


def fit_date(child: Comment, parent: Comment) -> Comment | None:
    """Return the answer with a date that may be after its parent's, or None where even the year contradicts it."""
    first, second = moment(child), moment(parent)
    if first is None or second is None or not _is_older(first, second, child.date_precision):
        return child
    for precision in _COARSER[_COARSER.index(child.date_precision) + 1 if child.date_precision in _COARSER else 0 :]:
        date = _floor(first, precision)
        if not _is_older(date, second, precision):
            return replace(child, date=date, date_precision=precision)
    return None


def _is_older(first: dt.datetime, second: dt.datetime, precision: str) -> bool:
    return second - first >= EXACTNESS[precision or "second"]


def _floor(date: dt.datetime, precision: str) -> dt.datetime:
    day = date.replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == "day":
        return day
    return day.replace(day=1) if precision == "month" else day.replace(day=1, month=1)
