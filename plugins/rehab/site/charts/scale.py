"""The arithmetic of the charts: values and days → whole units of a drawing. Pure numbers, no words."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehab.model.dose import Amount, Number

_STEPS = tuple(Fraction(each) for each in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))
"""What a distance between two ticks may begin with."""


def ends(amount: Amount) -> tuple[Number, Number]:
    """Return the lower and the upper end of an amount; a single number is both."""
    return amount if isinstance(amount, tuple) else (amount, amount)


def middle(amount: Amount) -> Fraction:
    """Return what stands for an amount where one number is needed: the middle of a range."""
    low, high = ends(amount)
    return (_exact(low) + _exact(high)) / 2


@lru_cache(maxsize=1_000)
def _exact(value: Fraction | Number) -> Fraction:
    """Return a number as the fraction that it is written as. Few are many: the same doses stand in many posts."""
    return Fraction(str(value))


def tick_step(largest: Number) -> Fraction:
    """Return a round distance between ticks, so that two of them reach the largest value. Zero gives one."""
    half = _exact(largest) / 2
    if half <= 0:
        return Fraction(1)
    power = Fraction(1)
    while power > half:
        power /= 10
    while power * 10 < half:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= half)


def place(value: Fraction | Number, whole: Fraction | Number, start: int, end: int) -> int:
    """Return where a value of 0 to `whole` lies between two ends, rounded half up. A whole of zero is in the middle."""
    share = _exact(value) / _exact(whole) if whole else Fraction(1, 2)
    return int(start + share * (end - start) + Fraction(1, 2))


def as_points(places: list[tuple[int, int]]) -> str:
    """Return places as the `points` of an SVG line, or nothing where there is nothing to join."""
    return " ".join(f"{x},{y}" for x, y in places) if len(places) > 1 else ""
