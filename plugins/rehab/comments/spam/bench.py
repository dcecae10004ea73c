"""How well a score tells spam from what was accepted: two numbers that need no threshold.

In: a score for each comment and what became of it. Out: the area under the curve (AUC), and the share of spam that
is caught when at most one accepted comment in a hundred may be held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.spam.decision import in_order
from rehab.comments.spam.model import Model, learn_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rehab.comments.spam.decision import Decision

HELD: Final = 0.01
"""Share of accepted comments that may score as high as the spam that is caught."""


def area(scores: Sequence[float], spam: Sequence[bool]) -> float | None:
    """Return how often a random spam comment scores above a random accepted one; a tie counts half.

    That is Mann and Whitney's U over the number of pairs. None where one of the two kinds is missing.
    """
    bad = sum(spam)
    good = len(spam) - bad
    if not bad or not good:
        return None
    ranks = _mean_ranks(scores)
    above = sum(rank for rank, is_spam in zip(ranks, spam, strict=True) if is_spam) - bad * (bad + 1) / 2
    return above / (bad * good)


def _mean_ranks(scores: Sequence[float]) -> list[float]:
    """Return each score's rank from 1; equal scores share the mean of theirs."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks = [0.0] * len(scores)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and scores[order[end]] == scores[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        start = end
    return ranks


def recall(scores: Sequence[float], spam: Sequence[bool], held: float = HELD) -> float | None:
    """Return the share of spam above the lowest threshold at which at most `held` of the accepted are above it.

    "Above" is strictly above, so that spam that ties with the last accepted comment is not counted as caught.
    """
    good = sorted((score for score, is_spam in zip(scores, spam, strict=True) if not is_spam), reverse=True)
    bad = [score for score, is_spam in zip(scores, spam, strict=True) if is_spam]
    if not good or not bad:
        return None
    threshold = good[int(held * len(good))]
    return sum(score > threshold for score in bad) / len(bad)


class Marks(Struct, frozen=True):
    """How well a history was told apart: how many there were of each kind, and the two numbers."""

    ham: int
    spam: int
    area: float | None
    recall: float | None


def replay(decisions: Iterable[Decision]) -> Marks:
    """Return how well a model does that learns a history in order of time, from nothing.

    Each comment is scored before its decision is learnt, so no score has seen what it is measured by.
    """
    ordered = in_order(decisions)
    model = Model()
    scores = [learn_one(model, decision) for decision in ordered]
    spam = [decision.spam for decision in ordered]
    return Marks(model.totals.ham, model.totals.spam, area(scores, spam), recall(scores, spam))
