"""A number that a reader types means the comment that had it on the reader's page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments.numbers import LETTERS, comment_code, find_coded, find_numbered, render_numbered

IDS = ("20140406T120000Z-k3f9", "20140407T120000Z-m2qa", "20140407T120100Z-w7dc")


def test_a_form_carries_the_first_number_and_four_letters_for_each_comment() -> None:
    assert render_numbered(201, IDS) == "201:j3gegi2twrvm"


def test_a_number_means_the_comment_that_had_it_on_the_page() -> None:
    numbered = render_numbered(201, IDS)
    moved = ("20140406T130000Z-new1", *IDS[::-1])
    assert [find_numbered(number, numbered, moved) for number in (201, 202, 203)] == list(IDS)


@pytest.mark.parametrize("number", [-1, 0, 200, 204, 10**9])
def test_a_number_that_was_not_on_the_page_means_nothing(number: int) -> None:
    assert find_numbered(number, render_numbered(201, IDS), IDS) is None


def test_a_comment_that_is_gone_is_not_found() -> None:
    assert find_numbered(2, render_numbered(1, IDS), (IDS[0], IDS[2])) is None


def test_where_two_comments_fit_none_is_meant() -> None:
    twin = next(f"twin-{at}" for at in range(10_000_000) if comment_code(f"twin-{at}") == comment_code(IDS[0]))
    assert find_numbered(1, render_numbered(1, IDS), (*IDS, twin)) is None


def test_an_id_given_twice_is_one_comment() -> None:
    assert find_coded(comment_code(IDS[0]), (IDS[0], IDS[0])) == IDS[0]


@pytest.mark.parametrize(
    "numbered",
    ["", ":", "1", "1:", "x:abcd", "1:ABCD", "1:abc", "1:abcd\n", "\uff11:abcd", "1:ab{d", f"1:{'abcd' * 2000}"],
)
def test_what_no_page_of_ours_carries_means_nothing(numbered: str) -> None:
    assert find_numbered(1, numbered, IDS) is None


@given(st.text(max_size=60), st.integers(-5, 500))
def test_nothing_that_comes_back_can_do_harm(numbered: str, number: int) -> None:
    assert find_numbered(number, numbered, IDS) in {None, *IDS}


@given(st.lists(st.text(max_size=20), max_size=30, unique_by=comment_code), st.integers(1, 999_000))
def test_every_number_of_a_page_leads_back_to_its_comment(ids: list[str], first: int) -> None:
    numbered = render_numbered(first, ids)
    assert len(numbered) == len(f"{first}:") + LETTERS * len(ids)
    assert [find_numbered(first + at, numbered, reversed(ids)) for at in range(len(ids))] == ids
