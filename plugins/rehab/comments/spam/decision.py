"""What a moderator decided on one comment: all that the spam score ever sees of it.

In: what somebody wrote, where and when, and whether it was accepted. Out: decisions in the order in which they are
learnt. A decision is a value; it keeps no more of a text than the score reads.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_READ = 10_000
"""Characters of a message that are read: as many as a comment may have."""
_NAME, _ADDRESS = 200, 500


class Remark(Struct, frozen=True):
    """What somebody wrote: the thread, the name, the web address, the message, and when (seconds since 1970)."""

    slug: str
    name: str
    url: str
    message: str
    seconds: float | None = None

    @property
    def short(self) -> Remark:
        """Return the same with no more of each text than is read."""
        return Remark(
            self.slug[:_ADDRESS], self.name[:_NAME], self.url[:_ADDRESS], self.message[:MOST_READ], self.seconds
        )


class Decision(Struct, frozen=True):
    """A remark and what became of it. `id` settles the order of two decisions of one moment."""

    remark: Remark
    spam: bool
    id: str = ""

    @property
    def digest(self) -> bytes:
        """Return 8 bytes that change with anything that is learnt from this decision."""
        remark = self.remark.short
        parts = (remark.slug, remark.name, remark.url, remark.message, repr(remark.seconds), str(self.spam), self.id)
        return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return decisions in the order of learning: by date, then id; what has no date comes first."""
    return tuple(sorted(decisions, key=_moment))


def _moment(decision: Decision) -> tuple[float, str, bytes]:
    seconds = decision.remark.seconds
    return (float("-inf") if seconds is None else seconds, decision.id, decision.digest)
