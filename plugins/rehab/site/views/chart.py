"""What the macros of `parts/chart.html` draw: a few numbers in the units of a small drawing, and the words beside them.

All coordinates are whole units of an SVG `viewBox` of `width` by `height`, with y downwards. Nothing in them depends on
a page, so that a chart is the same everywhere.
"""

from __future__ import annotations

from msgspec import Struct


class Label(Struct, frozen=True):
    """Words at a place. `anchor` is start|middle|end, as SVG has it."""

    x: int
    y: int
    words: str
    anchor: str = "middle"


class Dot(Struct, frozen=True):
    """One value. `top` is the upper end of a range, the same as `y` without one. `sure` says that its day is known."""

    x: int
    y: int
    top: int
    sure: bool


class DosesChart(Struct, frozen=True, kw_only=True):
    """One measure of an exercise's doses over time. `title` names it with its unit; `words` say the trend.

    `ticks` are the values on the left, `labels` the values at their dots, `days` the dates below. `line` joins the
    dots whose dates are known, as SVG's `points`. `apart` is where the dots without a date begin, 0 without any.
    `notes` say what a reader must know of how it is drawn.
    """

    title: str
    words: str
    width: int
    height: int
    ticks: tuple[Label, ...]
    dots: tuple[Dot, ...]
    labels: tuple[Label, ...]
    days: tuple[Label, ...]
    line: str
    apart: int
    notes: tuple[str, ...]


class Station(Struct, frozen=True):
    """One point of a course: its number, which the list beside the chart has too, and its tone."""

    x: int
    y: int
    number: int
    tone: str


class CourseChart(Struct, frozen=True, kw_only=True):
    """An injury's course: three lanes from worse (below) to better (above), and the points on them, in order.

    `scaled` says that distances from left to right are time; else they are order alone, and `note` says so.
    """

    words: str
    note: str
    width: int
    height: int
    lanes: tuple[Label, ...]
    stations: tuple[Station, ...]
    line: str
    scaled: bool


class PointView(Struct, frozen=True):
    """A point of a course. `what` is Markdown. `shape`, `words` and `tone` are of its mark, or ""."""

    number: int
    when: str
    what: str
    shape: str
    words: str
    tone: str
