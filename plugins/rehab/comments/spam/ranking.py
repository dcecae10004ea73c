"""Waiting comments in the order of their chance of spam: what is most likely honest first.

In: comments and a model that has learnt enough. Out: each with its chance, and sentences for a moderator. Nothing is
decided here, and nothing is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.moderation import render_line
from rehab.comments.spam.evidence import ENOUGH
from rehab.comments.spam.history import remark_of
from rehab.comments.spam.model import score
from rehab.comments.spam.reasons import explain
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.comments.inbox import Held
    from rehab.comments.spam.evidence import Totals
    from rehab.comments.spam.model import Model


class Ranked(Struct, frozen=True):
    """A waiting comment and its chance of being spam, from 0 to 1; None where too little is learnt to say."""

    held: Held
    chance: float | None = None

    @property
    def line(self) -> str:
        """Return the comment on one line, behind its chance where there is one."""
        line = render_line(self.held)
        return line if self.chance is None else f"{percent(self.chance):>2} %  {line}"

    @property
    def head(self) -> str:
        """Return the chance as a line of its own; empty where there is none."""
        return "" if self.chance is None else f"chance of spam: {percent(self.chance)} %"


def percent(chance: float) -> int:
    """Return a chance in whole percent, never 0 or 100: no score is certain."""
    return max(1, min(99, round(100 * chance)))


def rank(waiting: Iterable[Held], model: Model | None) -> tuple[Ranked, ...]:
    """Return comments with the lowest chance of spam first; without a model, or of one chance, as they came."""
    if model is None or not model.totals.is_enough:
        return tuple(Ranked(each) for each in waiting)
    ranked = (Ranked(each, score(model, remark_of(each))) for each in waiting)
    return tuple(sorted(ranked, key=lambda each: each.chance or 0.0))


def render_reasons(held: Held, model: Model) -> str:
    """Return the chance of a comment, what it stands on, and the signs that weighed most, one a line."""
    remark = remark_of(held)
    head = f"chance of spam: {percent(score(model, remark))} %, going by {render_totals(model.totals)}"
    return "\n".join([head, *(f"  {visible(reason)}" for reason in explain(model, remark))])


def render_totals(totals: Totals) -> str:
    """Return what a model stands on."""
    return f"{totals.ham} accepted and {totals.spam} spam"


def render_standing(totals: Totals) -> str:
    """Return what the score stands on, or what it waits for."""
    if totals.is_enough:
        return f"the chance of spam goes by {render_totals(totals)}"
    return f"no chance of spam is shown before there are {ENOUGH} of each: so far {render_totals(totals)}"
