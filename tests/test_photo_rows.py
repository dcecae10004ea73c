"""How a gallery's pictures are broken into rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rehab.site.photo_rows import RATIOS, rows_of
from rehab.site.views.picture import PictureView

if TYPE_CHECKING:
    from collections.abc import Iterable

EMPTY = PictureView(
    src="", full="", sources=(), width=0, height=0, alt="", decorative=False, caption="", credit_words="",
    credit_url="", credit_license="", credit_lost=False, original_name="", lost=False,
)  # fmt: skip
LETTERS = {"w": "2", "l": "1.5", "s": "1", "p": "0.75", "t": "0.56"}


def pictures(shapes: Iterable[str]) -> list[PictureView]:
    return [replace(EMPTY, width=round(900 * RATIOS[shape]), height=900) for shape in shapes]


@pytest.mark.parametrize(
    ("letters", "rows"),
    [
        ("", []),
        ("l", ["l…"]),
        ("ll", ["ll"]),
        ("lll", ["lll"]),
        ("llll", ["llll"]),
        ("lllll", ["ll", "lll"]),
        ("llllllll", ["lll", "lll", "ll"]),
        ("wwl", ["wwl"]),
        ("wws", ["wws"]),
        ("wwt", ["wwt"]),
        ("wwww", ["ww", "ww"]),
        ("ppppp", ["ppppp"]),
        ("lpplpl", ["lpp", "lpl"]),
    ],
)
def test_rows_are_about_equally_high_and_a_short_last_one_is_not_blown_up(letters: str, rows: list[str]) -> None:
    made = rows_of(pictures(LETTERS[letter] for letter in letters), 4)
    names = {shape: letter for letter, shape in LETTERS.items()}
    assert ["".join(names[view.shape] for view in row.pictures) + "…" * row.loose for row in made] == rows


@given(st.lists(st.sampled_from(list(RATIOS)), max_size=60), st.sampled_from([3.0, 4.0]))
def test_every_picture_stands_in_one_row_in_order_and_the_shares_fill_it(shapes: list[str], line: float) -> None:
    rows = rows_of(pictures(shapes), line)
    assert [view.shape for row in rows for view in row.pictures] == shapes
    for row in rows:
        filled = sum(row.shares)
        assert filled == pytest.approx(1) if not row.loose else filled < 0.75
        assert (
            len({round(share / RATIOS[view.shape], 6) for share, view in zip(row.shares, row.pictures, strict=True)})
            == 1
        )
        assert sum(RATIOS[view.shape] for view in row.pictures) <= 1.5 * line or len(row.pictures) == 1
    assert not any(row.loose for row in rows[:-1])
