"""What authors are told of a slip in the short ways of writing: what to write instead."""

from __future__ import annotations

import pytest

from rehab.model.nouns import Relation
from rehab.model.records import RecordOf
from rehab.model.shapes import MOMENT
from rehab.source.nodes import Scalar
from rehab.source.place import Place


@pytest.mark.parametrize(
    ("date", "hint"),
    [
        ("2020-02-31", "write a day that there is: February 2020 has 29 days"),
        ("31.02.2021", "write a day that there is: February 2021 has 28 days"),
        ("2020-13-01", "write year-month-day, such as 2014-04-06"),
        ("2020-01-99", "write year-month-day, such as 2014-04-06"),
        ("0000-01-01", "write year-month-day, such as 2014-04-06"),
        ("3/4/2020", "write year-month-day: 2020-03-04 or 2020-04-03"),
        ("31/12/2020", "write year-month-day: 2020-12-31"),
        ("2020-01-02 25:99", "write the time as hours and minutes, such as 2014-04-06 18:30"),
        ("yesterday", "write year-month-day, such as 2014-04-06"),
    ],
)
def test_a_date_that_is_none_says_what_is_wrong_with_it(date: str, hint: str) -> None:
    found, problems = MOMENT.parse(Scalar(date, Place("content/posts/a.md")))
    assert found is None
    assert [problem.hint for problem in problems] == [hint]


def test_a_name_where_fields_are_needed_says_which() -> None:
    found, problems = RecordOf(Relation).parse(Scalar("sore-knee", Place("content/exercises/a.md")))
    assert found is None
    assert [problem.hint for problem in problems] == [
        "write its fields below, one a line: `injury: …`, `relation: …`, `evidence: …`"
    ]
