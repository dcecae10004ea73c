"""What came by mail or from a form service → comments that wait, and a report whose totals equal what came.

In: one `Arrival` for each message, and what is known of the threads. Out: one `Settled` for each, in the same order:
taken, held (it waits too, but something about it is to be looked at) or skipped, always with the reason. A message
that is here already, wherever it lies, is skipped, so a second run changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from rehab.comments.same import tail_of, tail_of_submission
from rehab.comments.submission import take_submission
from rehab.comments.submitted import Refusal, Submission
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rehab.comments.submitted import Code, ThreadKnown
    from rehab.model.comment import Comment

Verdict: TypeAlias = Literal["taken", "held", "skipped"]
VERDICTS: Final[tuple[Verdict, ...]] = ("taken", "held", "skipped")
_FEW: Final = 10


class Arrival(Struct, frozen=True, kw_only=True):
    """One message as it came: what it says, or why it says nothing (`skip`).

    `shown` names it in the report, by its place and never by a word of its writer's. `hold` says what is to be looked
    at. `remarks` tell what was left out of it.
    """

    shown: str
    given: Submission | None = None
    skip: str = ""
    hold: str = ""
    remarks: tuple[str, ...] = ()


class Settled(Struct, frozen=True, kw_only=True):
    """What becomes of one message. `comment` is what is to be written into the inbox, or None."""

    shown: str
    verdict: Verdict
    reason: str = ""
    comment: Comment | None = None
    remarks: tuple[str, ...] = ()


_REASONS: Final[Mapping[Code, str]] = {
    "trap": "a field that people never see was filled in, so a program sent it",
    "thread": "no thread of this site has the name that it gives",
    "off": "its page takes no comments",
    "empty": "it has no words",
    "again": "it is here already",
}
"""Refusals as a report says them; those of a form speak to its writer."""


def settle(arrivals: Iterable[Arrival], threads: Mapping[str, ThreadKnown]) -> tuple[Settled, ...]:
    """Return what becomes of each message, each knowing those before it."""
    taken = _Taken(threads)
    settled: list[Settled] = []
    for arrival in arrivals:
        one = _settle(arrival, taken.beside(arrival.given) if arrival.given else {})
        settled.append(one)
        if one.comment is not None:
            taken.add(one.comment)
    return tuple(settled)


class _Taken:
    """The ids of each thread by their tails, so that ten thousand messages are not each compared with all others."""

    def __init__(self, threads: Mapping[str, ThreadKnown]) -> None:
        self.threads = threads
        self.ids: dict[str, dict[str, set[str]]] = {}

    def beside(self, given: Submission) -> Mapping[str, ThreadKnown]:
        """Return what is known of a submission's thread, with the ids alone that may be of the same message."""
        known = self.threads.get(given.thread)
        if known is None:
            return {}
        ids = self._tails(given.thread).get(tail_of_submission(given), set())
        return {given.thread: replace(known, taken=frozenset(ids))}

    def add(self, comment: Comment) -> None:
        """Take one more id."""
        self._tails(comment.thread).setdefault(tail_of(comment.slug), set()).add(comment.slug)

    def _tails(self, thread: str) -> dict[str, set[str]]:
        if thread not in self.ids:
            self.ids[thread] = {}
            for id_ in self.threads[thread].taken:
                self.ids[thread].setdefault(tail_of(id_), set()).add(id_)
        return self.ids[thread]


def _settle(arrival: Arrival, threads: Mapping[str, ThreadKnown]) -> Settled:
    if arrival.given is None:
        return Settled(shown=arrival.shown, verdict="skipped", reason=arrival.skip)
    taken = take_submission(arrival.given, threads, lenient=True)
    if isinstance(taken, Refusal):
        return Settled(
            shown=arrival.shown, verdict="skipped", reason=_REASONS.get(taken.code, taken.sentence.rstrip("."))
        )
    hold = arrival.hold or ("the service took it for spam" if taken.comment.status == "spam" else "")
    return Settled(
        shown=arrival.shown,
        verdict="held" if hold else "taken",
        reason=hold,
        comment=taken.comment,
        remarks=(*arrival.remarks, *taken.remarks),
    )


def render_arrivals(
    settled: Sequence[Settled], *, written: bool, every: bool = False, notes: Iterable[str] = ()
) -> str:
    """Return the report. `written` says that the files are there now; `every` names every message, not only ten.

    No name and no word of a reader is in it.
    """
    counts = ", ".join(f"{sum(each.verdict == verdict for each in settled)} {verdict}" for verdict in VERDICTS)
    lines = [f"{len(settled)} message{'' if len(settled) == 1 else 's'}: {counts}"]
    lines += [f"note: {note}" for note in notes]
    groups: dict[str, list[str]] = {}
    for title, shown in (said for each in settled for said in _said(each)):
        groups.setdefault(title, []).append(shown)
    for title, shown_ones in sorted(groups.items()):
        lines += [f"{title} ({len(shown_ones)})", *(f"  {each}" for each in _named(shown_ones, every=every))]
    waiting = sum(each.comment is not None for each in settled)
    if waiting and written:
        lines.append(f"{waiting} wait{'s' if waiting == 1 else ''} in the inbox: 'rehab comments queue' lists them")
    elif not written:
        lines.append("nothing was written")
    return "".join(f"{visible(line)}\n" for line in lines)


def _said(settled: Settled) -> Iterator[tuple[str, str]]:
    if settled.reason:
        yield f"{settled.verdict}: {settled.reason}", settled.shown
    for remark in settled.remarks:
        yield f"{settled.verdict}, but {remark}", settled.shown


def _named(shown: list[str], *, every: bool) -> list[str]:
    return shown if every or len(shown) <= _FEW else [*shown[:_FEW], f"and {len(shown) - _FEW} more: --all names them"]
