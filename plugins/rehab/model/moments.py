"""Written dates → moments in UTC.

Two forms, because both are beyond doubt: numbers from year to day (`2014-04-06 18:30`), and words for
the month (`6 April 2014`, as old Pelican headers have it). `4/6/2014` is refused: half of the world
reads it as June. Month names are English and ours, so no locale changes what is understood.
"""

from __future__ import annotations

import datetime as dt
import re

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_TIME = (
    r"(?:(?:[T ]|,? at |, ?)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        r"(?P<year>\d{4})(?P<gap>[-/.])(?P<month>\d{1,2})(?P=gap)(?P<day>\d{1,2})",
        rf"(?:[A-Za-z]{{3,9}},? )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?[ -](?P<year>\d{{4}})",
        rf"(?:[A-Za-z]{{3,9}},? )?{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})",
    )
)


def parse_moment(text: str) -> dt.datetime:
    """Return the moment that a text names, in UTC; a day alone is its midnight, a time without a zone is UTC.

    Raises ValueError where the text is no date, OverflowError where it is outside the calendar.
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        msg = "not a date"
        raise ValueError(msg)
    parts = match.group("year", "day", "hour", "minute", "second")
    year, day, hour, minute, second = (int(each or 0) for each in parts)
    zone = _zone(match["zone"])
    return dt.datetime(year, _month(match["month"]), day, hour, minute, second, tzinfo=zone).astimezone(dt.UTC)


def _month(text: str) -> int:
    """Return the number of a month; names may be cut to three letters. Raises ValueError."""
    if text.isdecimal():
        return int(text)
    found = [number for number, name in enumerate(MONTHS, start=1) if name.startswith(text.lower())]
    if len(found) != 1:
        msg = "not a month"
        raise ValueError(msg)
    return found[0]


def _zone(text: str | None) -> dt.timezone:
    if text is None or text in {"Z", "UTC", "GMT"}:
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    return dt.timezone(sign * dt.timedelta(hours=hours, minutes=minutes))
