"""All that is known of a comment weighed together: a chance from 0 to 1 that it is spam, learnt as decisions come.

In: decisions in order of time. Out: log-odds for a remark, and the part that each view of it has in them. Three
experts (the words of the table `linear`, the counts of `evidence`, the guesses of `signs`) give views; one more
logistic regression weighs them. Every expert has seen only earlier decisions when it is asked, so that a weight is
what the expert has earned.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehab.comments.spam.decision import in_order
from rehab.comments.spam.evidence import Memory, Totals, log_odds
from rehab.comments.spam.linear import Linear, chance
from rehab.comments.spam.reading import BITS, read_remark
from rehab.comments.spam.signs import SIGNS
from rehab.comments.spam.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rehab.comments.spam.decision import Decision, Remark
    from rehab.comments.spam.reading import Reading

START: Final[Mapping[str, float]] = {
    "wording": 1.0, "words": 0.3, "words-mean": 0.3, "letters-mean": 0.3,
    "name": 0.3, "host": 0.3, "domain": 0.2, "message": 0.4, "beginning": 0.2, "thread": 0.1, "links-to": 0.3,
    "sentences": 0.3, "topic": -1.0,
    **{sign.key: sign.weight for sign in SIGNS},
}  # fmt: skip
"""The weight that each view starts with. What is not here starts at 0."""

_RATE, _STRONGEST, _FARTHEST = 0.15, 60, 6.0
_FULL: Final = 65_535


def _counts() -> array[int]:
    return array("H", bytes(2 << BITS))


@dataclass(slots=True)
class Model:
    """What was learnt. It holds numbers and hashes, nothing that anybody wrote."""

    totals: Totals = field(default_factory=Totals)
    linear: Linear = field(default_factory=Linear)
    ham: array[int] = field(default_factory=_counts)
    spam: array[int] = field(default_factory=_counts)
    memory: Memory = field(default_factory=Memory)
    threads: Threads = field(default_factory=Threads)
    weights: dict[str, float] = field(default_factory=lambda: dict(START))
    squares: dict[str, float] = field(default_factory=dict)

    def odds(self, views: Mapping[str, float]) -> float:
        """Return the log-odds that views add up to."""
        weights = self.weights
        return sum(value * weights.get(key, 0.0) for key, value in views.items())

    def views(self, reading: Reading) -> dict[str, float]:
        """Return what each expert and each sign says of a remark."""
        totals, memory = self.totals, self.memory
        views = {"start": 1.0, **reading.signs, **self.threads.views(reading)}
        views.update((kind, memory.says(key, totals)) for kind, key in reading.keys.items())
        views["links-to"] = memory.worst(reading.linked, totals)
        views["sentences"] = memory.worst(reading.sentences, totals)
        views["words"], views["words-mean"] = _summed(self._known(reading.tokens))
        views["letters"], views["letters-mean"] = _summed(self._known(reading.letters))
        views["wording"] = _within(self.linear.odds(_groups(reading)))
        return views

    def _known(self, places: Iterable[int]) -> list[float]:
        """Return the log-odds of the features that were seen before."""
        ham, spam, totals = self.ham, self.spam, self.totals
        return [log_odds(ham[place], spam[place], totals) for place in places if ham[place] or spam[place]]

    def word_odds(self, reading: Reading) -> list[tuple[str, float]]:
        """Return each word and part of a remark with its log-odds."""
        ham, spam, totals = self.ham, self.spam, self.totals
        return [(word, log_odds(ham[place], spam[place], totals)) for place, word in reading.tokens.items()]

    def learn(self, reading: Reading, views: Mapping[str, float], spam: bool) -> None:  # noqa: FBT001 - the decision
        """Take in a decision on a remark that has just been looked at."""
        self._weigh(views, spam - chance(self.odds(views)))
        groups = _groups(reading)
        self.linear.learn(groups, spam - chance(self.linear.odds(groups)))
        counts = self.spam if spam else self.ham
        for place in (*reading.tokens, *reading.letters):
            counts[place] = min(_FULL, counts[place] + 1)
        self.memory.add((*reading.keys.values(), *reading.linked, *reading.sentences), spam)
        self.threads.learn(reading, spam)
        self.totals = self.totals.add(spam)

    def _weigh(self, views: Mapping[str, float], error: float) -> None:
        """Move the weight of each view towards what was decided, by AdaGrad steps."""
        for key, value in views.items():
            slope = error * value
            self.squares[key] = total = self.squares.get(key, 1.0) + slope * slope
            self.weights[key] = self.weights.get(key, 0.0) + _RATE * slope / math.sqrt(total)


def _groups(reading: Reading) -> tuple[Sequence[int], ...]:
    return reading.letters, reading.identity, tuple(reading.tokens)


def _summed(odds: list[float]) -> tuple[float, float]:
    """Return what the strongest words say together, and what all say on average; both are cautious with few."""
    strongest = sorted(odds, key=abs, reverse=True)[:_STRONGEST]
    together = sum(strongest) / math.sqrt(len(strongest) + 4)
    return max(-4.0, min(4.0, together)), sum(odds) / (len(odds) + 5)


def _within(odds: float) -> float:
    return max(-_FARTHEST, min(_FARTHEST, odds))


def learn(decisions: Iterable[Decision], model: Model | None = None) -> Model:
    """Return a model that has learnt decisions in order of time, whatever the order they come in.

    With a model, that one learns on: it must have learnt the earlier decisions, and it is changed.
    """
    model = model or Model()
    for decision in in_order(decisions):
        learn_one(model, decision)
    return model


def learn_one(model: Model, decision: Decision) -> float:
    """Return the log-odds of spam that the model gives a decision's remark, and then let it learn the decision."""
    reading = read_remark(decision.remark)
    views = model.views(reading)
    odds = model.odds(views)
    model.learn(reading, views, decision.spam)
    return odds


def score(model: Model, remark: Remark) -> float:
    """Return the chance, from 0 to 1, that a remark is spam. The model stays as it is."""
    return chance(model.odds(model.views(read_remark(remark))))
