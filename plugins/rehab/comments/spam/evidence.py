"""What was decided before on the same thing: how often accepted, how often refused, and what that says.

In: hashed keys with decisions on them. Out: log-odds, 0 where nothing is known. Memory is bounded: what has not been
seen for longest is forgotten first.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_KEYS: Final = 50_000

ENOUGH: Final = 20
"""Decisions of each kind below which a chance is no more than a guess: nothing is shown or ordered by it."""


class Totals(Struct, frozen=True):
    """How many decisions there are of each kind."""

    ham: int = 0
    spam: int = 0

    @property
    def is_enough(self) -> bool:
        """Tell whether there are decisions enough of either kind to go by."""
        return min(self.ham, self.spam) >= ENOUGH

    def add(self, spam: bool) -> Totals:  # noqa: FBT001 - the decision itself
        """Return the totals with one decision more."""
        return Totals(self.ham + (not spam), self.spam + spam)


def log_odds(ham: float, spam: float, totals: Totals) -> float:
    """Return what `ham` accepted and `spam` refused comments with a feature say, in log-odds of spam.

    The feature's share among the refused over its share among the accepted, each drawn by one comment's weight to
    its share among all: what was seen once says little, and a blog with little spam does not suspect what is rare.
    """
    share = (ham + spam + 0.5) / (totals.ham + totals.spam + 1)
    return math.log((spam + share) / (totals.spam + 1)) - math.log((ham + share) / (totals.ham + 1))


@dataclass(slots=True)
class Memory:
    """Counts of accepted and refused comments for each key, newest use last."""

    counts: dict[int, tuple[int, int]] = field(default_factory=dict)

    def says(self, key: int | None, totals: Totals) -> float:
        """Return the log-odds of a key; 0 for none and for one that is not known."""
        seen = self.counts.get(key) if key is not None else None
        return log_odds(*seen, totals) if seen else 0.0

    def worst(self, keys: Iterable[int], totals: Totals) -> float:
        """Return the log-odds that is farthest from 0, the higher of two as far: one bad link makes it bad."""
        return max((self.says(key, totals) for key in keys), key=lambda odds: (abs(odds), odds), default=0.0)

    def add(self, keys: Iterable[int], spam: bool) -> None:  # noqa: FBT001 - the decision itself
        """Remember a decision on some keys."""
        for key in dict.fromkeys(keys):
            ham, refused = self.counts.pop(key, (0, 0))
            self.counts[key] = (ham + (not spam), refused + spam)
        while len(self.counts) > MOST_KEYS:
            del self.counts[next(iter(self.counts))]
