"""No text makes the cleaning work for long: calls are counted, no clock is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bench.bombs import BOMBS
from rehab.comments.clean import CAP, Format, clean_body

if TYPE_CHECKING:
    from types import FrameType

MOST = 4_000_000
"""Calls for one comment at the cap. An honest one takes 160,000; the worst bomb half of this, in 150 ms."""


def calls(text: str, form: Format) -> int:
    """Return how many functions of Python and of C are called while a text is cleaned."""
    count = 0

    def see(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        clean_body(text, form)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
@pytest.mark.parametrize("title", BOMBS)
def test_no_bomb_makes_the_cleaning_work_without_end(title: str, form: Format) -> None:
    assert calls(BOMBS[title][:CAP], form) <= MOST
