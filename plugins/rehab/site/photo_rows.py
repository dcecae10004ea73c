"""The pictures of a gallery → its rows: which of them stand side by side, and how wide each is drawn.

In: pictures in order. Out: rows in the same order, and for each picture the part of its row that is its own. Rows are
broken here and not by the browser, so that a page can say how wide a picture is drawn before anything is laid out, and
the browser chooses its file by that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rehab.site.views.picture import PictureView

RATIOS: Final = {"2": 2.0, "1.5": 1.5, "1.33": 4 / 3, "1": 1.0, "0.75": 0.75, "0.56": 0.5625}
"""The width that each shape of `PictureView` has where its height is 1, as in the stylesheet."""

# A row may be this many times as low or as high as it should be; a last one that would be higher is not filled.
_LOWEST: Final = 1.5
_LOOSE: Final = 0.75
# What an unfilled last row counts, in the same measure as a row that is 1.5 times too high or too low.
_UNFILLED: Final = math.log(1.5) ** 2


class RowView(Struct, frozen=True, kw_only=True):
    """Pictures that stand side by side, as high as each other. `loose` ones leave room at the end of their line.

    `shares` are the parts of the line that the pictures take, without what stands between them; of a row that is not
    loose they add up to 1.
    """

    pictures: tuple[PictureView, ...]
    shares: tuple[float, ...]
    loose: bool


def rows_of(pictures: Iterable[PictureView], line: float) -> tuple[RowView, ...]:
    """Return pictures in rows. `line` is the ratio of width to height that a row should have.

    Of all ways to break them, this is the one whose rows differ least from that, by the logarithm of their heights.
    """
    shown = list(pictures)
    ratios = [RATIOS[view.shape] for view in shown]
    return tuple(
        _row(shown[start:end], ratios[start:end], line, last=end == len(shown)) for start, end in _breaks(ratios, line)
    )


def _breaks(ratios: Sequence[float], line: float) -> list[tuple[int, int]]:
    """Return where each row begins and ends: the shortest way through all breaks (Knuth and Plass 1981)."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(ratios) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            total = sum(ratios[start:end])
            if total > line * _LOWEST and start < end - 1:
                break
            ways.append((best[start][0] + _cost(total, line, last=end == len(ratios)), start))
        best.append(min(ways))
    rows, end = [], len(ratios)
    while end:
        start = best[end][1]
        rows.append((start, end))
        end = start
    return rows[::-1]


def _cost(total: float, line: float, *, last: bool) -> float:
    return _UNFILLED if _is_loose(total, line, last=last) else math.log(total / line) ** 2


def _is_loose(total: float, line: float, *, last: bool) -> bool:
    return last and total < _LOOSE * line


def _row(pictures: Sequence[PictureView], ratios: Sequence[float], line: float, *, last: bool) -> RowView:
    total = sum(ratios)
    loose = _is_loose(total, line, last=last)
    shares = tuple(ratio / (line if loose else total) for ratio in ratios)
    return RowView(pictures=tuple(pictures), shares=shares, loose=loose)
