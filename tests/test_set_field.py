"""One field changes, every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.source.header import split_text
from rehab.source.set_field import drop_body, remembered, set_field

PLAIN = "---\nauthor: Ann\nstatus: pending\n---\nHi\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN, "---\nauthor: Ann\nstatus: approved\n---\nHi\n"),
        ("---\nauthor: Ann\n---\nHi", "---\nauthor: Ann\nstatus: approved\n---\nHi"),
        ("---\n---\nstatus: x\n", "---\nstatus: approved\n---\nstatus: x\n"),
        ("---\r\nstatus: pending\r\n...\r\nHi\r\n", "---\r\nstatus: approved\r\n...\r\nHi\r\n"),
        ("\ufeff---\nstatus:   'pending'  # look\n---\n", "\ufeff---\nstatus: approved  # look\n---\n"),
        ('---\nstatus: "a # b"   # c\nx: 1\n---\n', "---\nstatus: approved   # c\nx: 1\n---\n"),
        ("---\nstatus: >-\n  pen\n  ding\nx: 1\n---\n", "---\nstatus: approved\nx: 1\n---\n"),
        ("---\n'status': pending\n---\n", "---\nstatus: approved\n---\n"),
    ],
)
def test_one_line_changes_and_the_rest_stays(before: str, after: str) -> None:
    assert set_field(before, "status", "approved") == after


@pytest.mark.parametrize(
    "text",
    [
        "no front matter\n",
        "---\nstatus: pending\n",
        "---\nstatus: spam\nstatus: pending\n---\n",
        "---\n{status: pending, author: Ann}\n---\n",
        "---\n- status\n---\n",
        "\n---\nstatus: pending\n---\n",
    ],
)
def test_what_cannot_be_changed_with_certainty_is_left(text: str) -> None:
    assert set_field(text, "status", "approved") is None


def test_a_field_can_be_removed_with_all_of_its_lines() -> None:
    text = "---\nrepaired:\n  - {from: a, to: b, rule: c}\nauthor: Ann\n---\nHi\n"
    assert set_field(text, "repaired", None) == "---\nauthor: Ann\n---\nHi\n"
    assert set_field(text, "url", None) == text


def test_the_former_value_is_remembered_unless_the_author_has_a_note_there() -> None:
    deleted = set_field(PLAIN, "status", "deleted", "pending")
    assert deleted == PLAIN.replace("pending", "deleted  # was pending")
    assert remembered(deleted, "status") == "pending"
    assert set_field(deleted, "status", "pending") == PLAIN
    noted = PLAIN.replace("pending", "pending # mine")
    assert set_field(noted, "status", "deleted", "pending") == noted.replace("pending", "deleted")


def test_nothing_in_the_text_is_taken_for_a_memory() -> None:
    assert remembered("---\nauthor: A\n---\nstatus: spam  # was approved\n", "status") == ""


def test_the_text_below_goes_and_the_front_matter_stays() -> None:
    assert drop_body(PLAIN) == "---\nauthor: Ann\nstatus: pending\n---\n"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), st.sampled_from(["\n", "\r\n", "\r"]))
def test_whatever_stands_in_a_file_only_the_field_changes(inside: str, end: str) -> None:
    text = f"---\nstatus: pending\nauthor: {inside}\n---\n{inside}".replace("\n", end)
    after = set_field(text, "status", "spam")
    if after is not None:
        assert after.replace("status: spam", "status: pending", 1) == text
        assert split_text(after.replace("\r\n", "\n").replace("\r", "\n"), "x")[0].body_line >= 1
