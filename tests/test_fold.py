"""The same mistake in many files is read once, and nothing is lost by it."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.source.fold import Group, fold, others_in_words
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.report import render_report


def unknown(
    path: str, line: int = 4, message: str = "no exercise called 'squatt'", hint: str = "use 'squat'"
) -> Problem:
    return Problem("unknown-slug", Place(path, line, 5), message, hint)


FORTY = [unknown(f"content/posts/{number:02}.md") for number in range(40)]


def test_one_cause_is_one_code_one_message_and_one_hint() -> None:
    same = [unknown(f"content/posts/{name}.md") for name in "abc"]
    assert fold(same) == (Group(same[0], tuple(same[1:])),)
    other_message = [*same[:2], unknown("content/posts/c.md", message="no exercise called 'lunj'")]
    assert [len(group.others) for group in fold(other_message)] == [0, 0, 0]
    other_hint = [*same[:2], unknown("content/posts/c.md", hint="use 'squats'")]
    assert [len(group.others) for group in fold(other_hint)] == [0, 0, 0]
    other_code = [*same[:2], Problem("bad-dose", *(Place("c.md"), same[0].message, same[0].hint))]
    assert [len(group.others) for group in fold(other_code)] == [0, 0, 0]


def test_what_is_said_of_whole_things_by_their_names_is_one_cause() -> None:
    code = "incomplete-exercise"
    said = [Problem(code, Place(f"content/exercises/{name}.md"), f"'{name}' leaves out too much") for name in "abc"]
    assert fold(said) == (Group(said[0], tuple(said[1:])),)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([("content/posts/a.md", 4)], ""),
        (
            [("content/posts/a.md", 4), ("content/posts/b.md", 4), ("content/posts/c.md", 9)],
            "and in 2 more posts: content/posts/b.md:4, content/posts/c.md:9",
        ),
        (
            [("content/injuries/a.md", 4), ("content/injuries/b.md", 4), ("content/posts/c.md", 9)],
            "and in 2 more files: content/injuries/b.md:4, content/posts/c.md:9",
        ),
        (
            [("content/posts/a.md", 4), ("content/posts/a.md", 5), ("content/posts/a.md", 6)],
            "and 2 more times in this file: content/posts/a.md:5, content/posts/a.md:6",
        ),
        (
            [("content/injuries/a.md", 4), ("content/injuries/a.md", 5), ("content/injuries/b.md", 6)],
            "and 2 more times, also in 1 more injury: content/injuries/a.md:5, content/injuries/b.md:6",
        ),
        (
            [(f"content/posts/{name}.md", 4) for name in "abcde"],
            "and in 4 more posts: content/posts/b.md:4, content/posts/c.md:4, content/posts/d.md:4, …",
        ),
        (
            [("content/x.md", 1), ("content/y.md", 1), ("content/z.md", 1)],
            "and in 2 more files: content/y.md:1, content/z.md:1",
        ),
    ],
)
def test_what_is_said_of_the_others(places: list[tuple[str, int]], words: str) -> None:
    (group,) = fold([unknown(path, line) for path, line in places])
    assert others_in_words(group) == words


def test_the_first_is_shown_in_full_and_the_others_are_counted() -> None:
    texts = {problem.place.path: "---\ntitle: A\nexercises:\n  - squatt\n---\n" for problem in FORTY}
    assert render_report(FORTY, texts, prefix="../") == (
        "../content/posts/00.md:4:5: error[unknown-slug]: no exercise called 'squatt'\n"
        "    4 |   - squatt\n"
        "      |     ^\n"
        "  help: use 'squat'\n"
        "  and in 39 more posts: ../content/posts/01.md:4, ../content/posts/02.md:4, ../content/posts/03.md:4, …\n"
        "\n"
    )


def test_the_concise_report_stays_one_line_a_cause() -> None:
    (line,) = render_report(FORTY, {}, "concise").splitlines()
    assert line.startswith("content/posts/00.md:4:5: error[unknown-slug]: ")
    assert line.endswith(
        "(and in 39 more posts: content/posts/01.md:4, content/posts/02.md:4, content/posts/03.md:4, …)"
    )


def test_reports_for_machines_keep_every_problem() -> None:
    assert len(json.loads(render_report(FORTY, {}, "json"))) == 40
    assert render_report(FORTY, {}, "github").count("\n") == 40
    assert render_report(FORTY, {}, "concise", folded=False).count("\n") == 40


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 5), st.sampled_from("xyz")), max_size=40))
def test_folding_loses_nothing_adds_nothing_and_keeps_the_order(drawn: list[tuple[str, int, str]]) -> None:
    problems = [unknown(f"content/posts/{name}.md", line, message) for name, line, message in drawn]
    groups = fold(problems)
    members = list(chain.from_iterable((group.first, *group.others) for group in groups))
    assert sorted(members, key=lambda each: each.order) == sorted(problems, key=lambda each: each.order)
    firsts = [group.first.order for group in groups]
    assert firsts == sorted(firsts)
    assert fold(reversed(problems)) == groups
