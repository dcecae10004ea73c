"""A plan → its report: counts that add up to the file's, then each reason and remark with the comments it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rehab.comments.imports.draft import VERDICTS
from rehab.comments.imports.plan import PRESENT
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rehab.comments.imports.plan import Outcome, Plan

_FEW = 10


def render_import(plan: Plan, *, written: bool, every: bool = False) -> str:
    """Return the report. `written` says that the files are there now; `every` names every comment, not only ten.

    No name and no word of a reader is in it: comments go by their number in the file and their old id.
    """
    total = len(plan.outcomes)
    counts = ", ".join(f"{plan.count(verdict)} {verdict}" for verdict in VERDICTS)
    head = f"{total} comment{'' if total == 1 else 's'}: {counts}"
    return render_groups(head, plan, _groups(plan), written=written, every=every)


class Told(Protocol):
    """What plans of all imports have to tell beside their items: notes, and why the file was not read to its end."""

    @property
    def notes(self) -> Sequence[str]:
        """Return what is to be known of the whole."""

    @property
    def fault(self) -> str:
        """Return the reason, or nothing."""


def render_groups(head: str, plan: Told, groups: Mapping[str, list[str]], *, written: bool, every: bool) -> str:
    """Return a report for a terminal: its first line, notes, and items by what is to be said of them."""
    lines = [head, *(f"note: {note}" for note in plan.notes)]
    for title, shown in sorted(groups.items()):
        lines.append(f"{title} ({len(shown)})")
        lines += [f"  {each}" for each in _named(shown, title, every=every)]
    if plan.fault:
        lines.append(f"the file was not read to its end: {plan.fault}")
    if not written:
        lines.append("nothing was written")
    return "".join(f"{visible(line)}\n" for line in lines)


def _groups(plan: Plan) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for outcome in plan.outcomes:
        for title, said in _said(outcome):
            groups.setdefault(title, []).append(said)
    return groups


def _said(outcome: Outcome) -> Iterator[tuple[str, str]]:
    if outcome.reason:
        detail = f": {outcome.detail}" if outcome.detail else ""
        yield f"{outcome.verdict}: {outcome.reason}", f"{outcome.shown}{detail}"
    for remark in outcome.remarks:
        yield f"{outcome.verdict}, but {remark}", outcome.shown


def _named(shown: list[str], title: str, *, every: bool) -> list[str]:
    if every or len(shown) <= _FEW:
        return shown
    if title.endswith(PRESENT):
        return []
    return [*shown[:_FEW], f"and {len(shown) - _FEW} more: --all names them"]
