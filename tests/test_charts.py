"""Charts: what is drawn of doses and courses says no more than the posts do."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.model.dose import Dose, DoseRefusal
from rehab.model.dose.grammar import parse_dose
from rehab.model.nouns import Moments
from rehab.site.charts.course import IN_ORDER, IN_TIME, course_chart, days_of, point_views
from rehab.site.charts.doses import HEIGHT, MOST_DOTS, WIDTH, Did, doses_charts, trend_words
from rehab.site.charts.scale import place, tick_step


def did(text: str, day: str = "", *, sure: bool = True) -> Did:
    dose = parse_dose(text)
    assert not isinstance(dose, DoseRefusal)
    return Did(dose, dt.date.fromisoformat(day) if day else None, sure)


def titles(*done: Did) -> list[str]:
    return [chart.title for chart in doses_charts(done)]


def test_one_dose_is_no_chart() -> None:
    assert doses_charts([]) == ()
    assert doses_charts([did("3 x 10 @ 10 lb", "2014-04-06")]) == ()


def test_two_doses_of_one_day_or_of_no_day_are_no_chart() -> None:
    assert doses_charts([did("3 x 10", "2014-04-06"), did("3 x 12", "2014-04-06")]) == ()
    assert doses_charts([did("3 x 10"), did("3 x 12")]) == ()
    assert doses_charts([did("3 x 10", "2014-04-06"), did("3 x 12")]) == ()


def test_load_and_repetitions_have_a_chart_each() -> None:
    done = did("3 x 10 each side @ 10 lb", "2014-04-06"), did("3 x 8 each side @ 15 lb", "2015-04-06")
    load, reps = doses_charts(done)
    assert (load.title, load.words) == ("Load in lb, each side", "It goes up from 10 lb to 15 lb.")
    assert (reps.title, reps.words) == ("Repetitions in all, each side", "It goes down from 60 to 48.")


@pytest.mark.parametrize(
    "other", ["3 x 10 each side @ 10 kg", "3 x 10 left side @ 12 lb", "3 x 10 each side @ 12 lb kettlebell"]
)
def test_units_sides_and_things_are_not_mixed(other: str) -> None:
    found = titles(did("3 x 10 each side @ 10 lb", "2014-01-01"), did(other, "2015-01-01"))
    assert not [title for title in found if title.startswith("Load")]


def test_a_range_is_a_bar_between_its_ends() -> None:
    done = did("3 x 10 @ 10-20 lb", "2014-01-01"), did("3 x 10 @ 20 lb", "2015-01-01")
    load = next(chart for chart in doses_charts(done) if chart.title.startswith("Load"))
    assert load.dots[0].top < load.dots[0].y
    assert load.dots[1].top == load.dots[1].y
    assert load.labels[0].words == "10–20"
    assert any("A bar" in note for note in load.notes)


def test_a_post_without_a_date_stands_apart_and_joins_no_line() -> None:
    (chart,) = doses_charts([did("3 x 10", "2014-01-01"), did("3 x 11", "2015-01-01"), did("3 x 12")])
    assert chart.apart
    assert chart.dots[-1].x > chart.apart > chart.dots[-2].x
    assert len(chart.line.split()) == 2
    assert chart.days[-1].words == "no date"
    assert chart.words == "It goes up from 30 to 33."


def test_an_inferred_date_is_marked_and_said() -> None:
    (chart,) = doses_charts([did("3 x 10", "2014-01-01", sure=False), did("3 x 11", "2015-01-01")])
    assert [dot.sure for dot in chart.dots] == [False, True]
    assert chart.days[0].words == "~ Jan 2014"
    assert any("hollow" in note for note in chart.notes)


def test_time_stands_to_scale() -> None:
    (chart,) = doses_charts([did("3 x 10", day) for day in ("2014-01-01", "2014-02-01", "2016-01-01")])
    first, second, third = (dot.x for dot in chart.dots)
    assert (second - first) * 10 < third - first


def test_a_long_history_is_cut_to_its_newest_and_says_so() -> None:
    days = [dt.date(2014, 1, 1) + dt.timedelta(days=number) for number in range(MOST_DOTS + 5)]
    (chart,) = doses_charts([did("3 x 10", day.isoformat()) for day in days])
    assert len(chart.dots) == MOST_DOTS
    assert any("newest" in note for note in chart.notes)


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([10, 10], "It stays at 10 lb."),
        ([10, 15, 15], "It goes up from 10 lb to 15 lb."),
        ([15, 12.5], "It goes down from 15 lb to 12.5 lb."),
        ([10, 20, 5], "It goes up and down between 5 lb and 20 lb, and is 5 lb in the end."),
        ([10, (15, 20)], "It goes up from 10 lb to 15–20 lb."),
    ],
)
def test_the_trend_is_said_in_words(amounts: list[int], words: str) -> None:
    assert trend_words(amounts, "lb") == words


@given(st.lists(st.tuples(st.integers(1, 999), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))), max_size=60))
def test_nothing_is_drawn_outside_its_frame(values: list[tuple[int, dt.date]]) -> None:
    for chart in doses_charts([Did(Dose(sets=1, reps=number), day) for number, day in values]):
        for dot in chart.dots:
            assert 0 < dot.x < WIDTH
            assert 0 < dot.top <= dot.y < HEIGHT
        for one, other in itertools.combinations(chart.labels, 2):
            assert abs(one.x - other.x) >= 42 or abs(one.y - other.y) >= 16
        days = sorted((day.x - {"start": 0, "middle": 35, "end": 70}[day.anchor], day.words) for day in chart.days)
        assert all(left[0] + 70 <= right[0] for left, right in itertools.pairwise(days))


@given(st.integers(1, 10**6))
def test_two_round_steps_reach_the_largest_value(largest: int) -> None:
    step = tick_step(largest)
    assert largest <= step * 2
    assert step <= largest
    assert place(Fraction(largest), step * 2, 100, 0) >= 0


def point(when: str, mark: str = "") -> Moments:
    return Moments(when=when, what=f"At {when}.", mark=mark)


def test_a_course_without_marks_is_a_list_and_no_chart() -> None:
    course = [point("in May"), point("in June", "began")]
    assert course_chart(course) is None
    assert [(each.number, each.when, each.words) for each in point_views(course)] == [
        (1, "in May", ""), (2, "in June", "it began"),
    ]  # fmt: skip


def test_a_course_that_is_not_dated_throughout_stands_in_order_and_says_so() -> None:
    chart = course_chart(
        [point("May 2014", "began"), point("after the race", "tried"), point("2 weeks later", "settled")]
    )
    assert chart is not None
    assert (chart.scaled, chart.note) == (False, IN_ORDER)
    first, second, third = (each.x for each in chart.stations)
    assert second - first == third - second


def test_a_course_that_is_dated_throughout_is_to_scale() -> None:
    chart = course_chart([point("May 2014", "began"), point("3 months later", "worse"), point("1 May 2016", "settled")])
    assert chart is not None
    assert (chart.scaled, chart.note) == (True, IN_TIME)
    first, second, third = (each.x for each in chart.stations)
    assert (second - first) * 3 < third - second


def test_better_is_above_worse_and_what_is_not_marked_is_between() -> None:
    chart = course_chart([point("1", "began"), point("2"), point("3", "tried"), point("4", "settled")])
    assert chart is not None
    worse, unmarked, tried, better = (each.y for each in chart.stations)
    assert better < tried == unmarked < worse
    assert chart.stations[1].tone == "quiet"
    assert chart.words == "1, 1: it began; 3, 3: something was tried; 4, 4: it settled."


@pytest.mark.parametrize(
    "whens",
    [
        ["3 months later", "May 2014"],
        ["May 2014", "last winter"],
        ["May 2014", "April 2014"],
        ["May 2014", "May 2014"],
        ["April 20", "May 2014"],
        ["May 2014", "99999999 years later"],
        [],
    ],
)
def test_no_date_is_made_up_for_a_course(whens: list[str]) -> None:
    assert days_of(whens) == ()


def test_words_of_a_course_reach_no_drawing_as_markup() -> None:
    chart = course_chart([point("<b>May</b>", "began"), point('"June"', "settled")])
    assert chart is not None
    assert not re.search(r"[<>\"]", chart.line)
