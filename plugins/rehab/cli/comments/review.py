"""`rehab comments review`: one waiting comment at a time, one key for each decision."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from rehab.cli.comments.chances import read_chances
from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.show import complain, counted, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rehab.comments.inbox import Held
    from rehab.comments.moderation import Action
    from rehab.comments.moves import Step

DECISIONS: Mapping[str, Action] = {"a": "approve", "r": "reject", "s": "spam", "d": "delete"}
MOVES: Mapping[str, int] = {"k": 1, "\x1b[C": 1, "\x1b[B": 1, "\x1b[D": -1, "\x1b[A": -1}
"""Keys that only go on or back: k, and the arrows as terminals send them."""
LEAVING = frozenset({"q", "\x1b", "\x03", "\x04"})
KEYS = "[a]pprove  [r]eject  [s]pam  [d]elete  s[k]ip  [u]ndo  [q]uit  (arrows: on, back)"


@dataclass(slots=True)
class Review:
    """Where a review stands: what waited at its beginning, the position in it, and what was decided so far.

    `heads` has what is shown above a comment, by the path of its file.
    """

    content: Path
    queue: tuple[Held, ...]
    at: int = 0
    done: dict[int, tuple[Step, ...]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    heads: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """Return the comment at the position as it stands in its file, below what is known of it."""
        from rehab.comments.moderation import render_whole  # noqa: PLC0415 - as below

        held = self.queue[self.at]
        return f"{self.heads.get(held.path, '')}{render_whole(held)}"

    def press(self, key: str) -> str:
        """Do what a key says, and return the sentence to show."""
        if key == "u":
            return self._undo()
        if key in MOVES:
            self.at = self._next(MOVES[key])
            return ""
        action = DECISIONS.get(key)
        return self._decide(action) if action else KEYS

    def _decide(self, action: Action) -> str:
        from rehab.comments.inbox import read_held  # noqa: PLC0415 - `--help` needs none of it
        from rehab.comments.moderation import add_notes, decide_one  # noqa: PLC0415 - as above
        from rehab.comments.moves import write_steps  # noqa: PLC0415 - as above

        held, _ = read_held(self.content)
        decided = decide_one(action, self.queue[self.at], held, self.content.name)
        if isinstance(decided, str):
            return decided
        _, fault = write_steps(self.content, decided.steps)
        if fault:
            return fault
        self.done[self.at] = decided.steps
        self.order.append(self.at)
        self.at = self._next(1)
        note = add_notes(action, (decided,), held)[0].note
        return f"{decided.said}{f' ({note})' if note else ''}"

    def _undo(self) -> str:
        from rehab.comments.moves import write_steps  # noqa: PLC0415 - as above

        if not self.order:
            return "there is nothing to undo"
        last = self.order[-1]
        _, fault = write_steps(self.content, [step.back for step in reversed(self.done[last])])
        if fault:
            return fault
        self.order.pop()
        del self.done[last]
        self.at = last
        return "taken back"

    def _next(self, way: int) -> int:
        """Return the next position in that direction that waits; the end where there is none further on."""
        ahead = range(self.at + 1, len(self.queue)) if way > 0 else range(self.at - 1, -1, -1)
        stay = len(self.queue) if way > 0 else self.at
        return next((at for at in ahead if at not in self.done), stay)


@click.command()
@click.option("--oldest", is_flag=True, help="Begin with the oldest, whatever its chance of spam.")
def review(oldest: bool) -> int:  # noqa: FBT001 - click passes names
    """Decide on what waits, one comment at a time, with single keys. Needs a terminal."""
    from rehab.comments.moderation import in_state  # noqa: PLC0415 - as above
    from rehab.comments.spam.ranking import rank  # noqa: PLC0415 - as above

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return complain("a review needs a terminal: use 'rehab comments queue' and 'approve'", ENVIRONMENT)
    content = find_content()
    if content is None:
        return CONFIGURATION
    held = read_all(content)
    model = None if oldest else read_chances(content, held)
    ranked = rank(in_state("pending", held), model)
    heads = {each.held.path: f"{each.head}\n" for each in ranked if each.head}
    sitting = Review(content, tuple(each.held for each in ranked), heads=heads)
    run(sitting, click.getchar)
    say(f"{counted(len(sitting.done), 'comment')} decided, {len(sitting.queue) - len(sitting.done)} left")
    return OK


def run(review: Review, read_key: Callable[[], str]) -> None:
    """Show and ask until the queue is at its end or the moderator leaves. At the end, undo still works."""
    while review.queue:
        if review.at < len(review.queue):
            say(f"\n{review.at + 1} of {len(review.queue)}\n{review.shown}\n{KEYS}")
        else:
            say("\nthat was all: [u]ndo, or any other key to leave")
        try:
            key = read_key()
        except (EOFError, KeyboardInterrupt):
            return
        if key in LEAVING or (review.at == len(review.queue) and key != "u" and MOVES.get(key) != -1):
            return
        if sentence := review.press(key if len(key) > 1 else key.lower()):
            say(sentence)
