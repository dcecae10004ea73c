"""The course of an author's injury → its points in words, and a small chart of three lanes.

In: the points that a post's front matter gives, each with the source's own words for when and perhaps with what it was:
it began, it got worse, something was tried, it got better, it settled. Out: points, and a chart where at least two of
them are marked so. Only where each point says a month or a date, or how long after the one before, are distances time;
otherwise the points stand in their order, at equal distances, and the chart says so.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rehab.model.moments import parse_moment
from rehab.site.charts.scale import as_points, place
from rehab.site.views.chart import CourseChart, Label, PointView, Station
from rehab.site.wording import COURSE, MONTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.model.nouns import Moments

_LEAST = 2
_LEFT, _RIGHT = 26, 320
WIDTH, HEIGHT = 340, 150
_LANES = {"better": 38, "tried": 84, "worse": 130}
_LANE_WORDS = {"tried": "tried, and what else happened"}
_LANE_OF = {
    "began": "worse",
    "worse": "worse",
    "came-back": "worse",
    "tried": "tried",
    "better": "better",
    "settled": "better",
}

IN_ORDER = "From left to right is order, not time: the post does not date every point."
IN_TIME = "From left to right is time."

_MONTH = re.compile(rf"(?:in )?({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)
_LATER = re.compile(r"(\d+|an?|one|two|three|four|five|six) (day|week|month|year)s? later", re.IGNORECASE)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def point_views(course: Sequence[Moments]) -> tuple[PointView, ...]:
    """Return the points of a course, numbered from 1."""
    found = [(point, COURSE.get(point.mark)) for point in course]
    return tuple(
        PointView(number, point.when, point.what, *(sign or ("", "", "")))
        for number, (point, sign) in enumerate(found, 1)
    )


def course_chart(course: Sequence[Moments]) -> CourseChart | None:
    """Return the chart of a course, or None where fewer than two of its points are marked."""
    if sum(bool(point.mark) for point in course) < _LEAST:
        return None
    days = days_of([point.when for point in course])
    places = _places(days) if days else _evenly(len(course))
    stations = tuple(
        Station(
            x, _LANES[_LANE_OF.get(point.mark, "tried")], number, COURSE[point.mark].tone if point.mark else "quiet"
        )
        for number, (x, point) in enumerate(zip(places, course, strict=True), 1)
    )
    return CourseChart(
        words=_words(course),
        note=IN_TIME if days else IN_ORDER,
        width=WIDTH,
        height=HEIGHT,
        lanes=tuple(Label(2, y - 16, _LANE_WORDS.get(name, name), "start") for name, y in _LANES.items()),
        stations=stations,
        line=as_points([(each.x, each.y) for each in stations]),
        scaled=bool(days),
    )


def _words(course: Sequence[Moments]) -> str:
    said = [
        f"{number}, {point.when}: {COURSE[point.mark].words}" for number, point in enumerate(course, 1) if point.mark
    ]
    return f"{'; '.join(said)}."


def _evenly(count: int) -> list[int]:
    return [place(at, count - 1, _LEFT, _RIGHT) for at in range(count)]


def _places(days: Sequence[dt.date]) -> list[int]:
    whole = (days[-1] - days[0]).days
    return [place((day - days[0]).days, whole, _LEFT, _RIGHT) for day in days]


def days_of(whens: Sequence[str]) -> tuple[dt.date, ...]:
    """Return the day of each point, or nothing unless all are known, in order, and not all the same."""
    days: list[dt.date] = []
    for when in whens:
        day = _day(when, days[-1] if days else None)
        if day is None or (days and day < days[-1]):
            return ()
        days.append(day)
    return tuple(days) if len(set(days)) > 1 else ()


def _day(when: str, before: dt.date | None) -> dt.date | None:
    month, later = _MONTH.fullmatch(when.strip()), _LATER.fullmatch(when.strip())
    try:
        if month:
            names = [each.casefold() for each in MONTHS]
            return dt.date(int(month[2]), names.index(month[1].casefold()) + 1, 1)
        if later and before:
            count = _NUMBERS.get(later[1].casefold()) or int(later[1])
            return before + dt.timedelta(days=count * _DAYS[later[2].casefold()])
        return parse_moment(when.strip()).date()
    except (ValueError, OverflowError):
        return None
