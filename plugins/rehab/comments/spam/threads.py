"""Where and when a comment comes: how old its thread is, what came there last, what its accepted comments speak of.

In: remarks and decisions in order of time. Out: a small number for each sign of place and time. A bounded number of
threads is kept, those decided on last.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rehab.comments.spam.text import hashed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.comments.spam.reading import Reading

MOST_THREADS: Final = 2_000
_QUICK, _SLOW, _THREAD = 0.1, 0.02, 0.3
"""How much one decision moves the mood: of about the last ten, the last fifty, the last three of a thread."""


@dataclass(slots=True)
class Thread:
    """One thread: the moments of its first and last comment, its mood (-1 accepted, 1 spam), its words as bits."""

    first: float | None
    last: float | None
    mood: float = 0.0
    topic: int = 0


@dataclass(slots=True)
class Threads:
    """What is known of threads, by hashed slug, and the mood of the blog's last decisions."""

    known: dict[int, Thread] = field(default_factory=dict)
    quick: float = 0.0
    slow: float = 0.0
    last: float | None = None

    def views(self, reading: Reading) -> Mapping[str, float]:
        """Return the signs of place and time of a remark."""
        moment = reading.remark.seconds
        views = {"lately": self.quick, "of-late": self.slow, "pause": _hours(self.last, moment) / 5}
        thread = self.known.get(hashed("thread", reading.remark.slug))
        if thread is None:
            return {**views, "new-thread": 1.0}
        return {
            **views,
            "thread-age": _hours(thread.first, moment) / 10,
            "thread-pause": _hours(thread.last, moment) / 10,
            "thread-lately": thread.mood,
            "topic": (reading.topic & thread.topic).bit_count() / (reading.topic.bit_count() + 3),
        }

    def learn(self, reading: Reading, spam: bool) -> None:  # noqa: FBT001 - the decision itself
        """Take in a decision."""
        moment, verdict = reading.remark.seconds, 1.0 if spam else -1.0
        self.quick += _QUICK * (verdict - self.quick)
        self.slow += _SLOW * (verdict - self.slow)
        self.last = moment if moment is not None else self.last
        key = hashed("thread", reading.remark.slug)
        thread = self.known.pop(key, None) or Thread(moment, moment)
        self.known[key] = thread
        thread.last = moment if moment is not None else thread.last
        thread.mood += _THREAD * (verdict - thread.mood)
        if not spam:
            thread.topic |= reading.topic
        if len(self.known) > MOST_THREADS:
            del self.known[next(iter(self.known))]


def _hours(before: float | None, moment: float | None) -> float:
    """Return how long it was from one moment to the other: the logarithm of 1 + hours, 0 where it is not known."""
    if before is None or moment is None:
        return 0.0
    return math.log1p(max(0.0, moment - before) / 3600)
