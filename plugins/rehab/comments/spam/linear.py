"""Weights for hashed features, learnt one decision at a time: logistic regression with AdaGrad steps.

In: groups of places in a table, and how wrong the last score was. Out: log-odds. A group counts as a whole, however
many features it has: a long message speaks no louder than a short one. AdaGrad: Duchi, Hazan and Singer 2011.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehab.comments.spam.reading import BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RATE, _SHARE, _SOFT = 0.4, 0.7, 1e-4
_FARTHEST: Final = 30.0


def chance(odds: float) -> float:
    """Return log-odds as a chance from 0 to 1."""
    return 1.0 / (1.0 + math.exp(-max(-_FARTHEST, min(_FARTHEST, odds))))


def empty_table() -> array[float]:
    """Return a table of single-precision zeros, one for each hashed feature."""
    return array("f", bytes(4 << BITS))


@dataclass(slots=True)
class Linear:
    """A weight for each hashed feature, and the sum of squares of its steps so far."""

    weights: array[float] = field(default_factory=empty_table)
    squares: array[float] = field(default_factory=empty_table)

    def odds(self, groups: Iterable[Sequence[int]]) -> float:
        """Return the log-odds that the groups of features add up to."""
        weights = self.weights
        return sum(_scale(group) * sum([weights[place] for place in group]) for group in groups)

    def learn(self, groups: Iterable[Sequence[int]], error: float) -> None:
        """Move the weights of the features towards what was decided; `error` is decision minus chance."""
        weights, squares = self.weights, self.squares
        for group in groups:
            slope = error * _scale(group)
            square, step = slope * slope, _RATE * slope
            for place in group:
                squares[place] = total = squares[place] + square
                weights[place] += step / math.sqrt(total + _SOFT)


def _scale(group: Sequence[int]) -> float:
    return _SHARE / math.sqrt(len(group) + 1)
