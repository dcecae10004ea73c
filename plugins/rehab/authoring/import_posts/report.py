"""A plan → its report: as words, as Markdown and as JSON, with counts that add up to what is in the file.

No word of a protected text is in it, and no reader's name. `comments` is the report of the comments of the same file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rehab.authoring.import_posts.letters import escape_text
from rehab.authoring.import_posts.outcomes import VERDICTS
from rehab.comments.imports.draft import VERDICTS as OF_COMMENTS
from rehab.comments.imports.plan import PRESENT
from rehab.comments.imports.report import render_groups
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.authoring.import_posts.outcomes import Outcome, Plan
    from rehab.comments.imports.plan import Plan as Comments


def render_plan(plan: Plan, *, written: bool, every: bool = False) -> str:
    """Return the report for a terminal: counts, then each reason and remark with the items it is about."""
    return render_groups(_sum(plan), plan, _groups(plan), written=written, every=every)


def _sum(plan: Plan) -> str:
    counts = ", ".join(f"{plan.count(verdict)} {verdict}" for verdict in VERDICTS)
    drafts = sum("\nstatus: draft\n" in each.text for each in plan.outcomes if each.verdict == "imported")
    total = len(plan.outcomes)
    more = f" ({drafts} of them {'a draft' if drafts == 1 else 'drafts'})" if drafts else ""
    return f"{total} item{'' if total == 1 else 's'} ({plan.format}): " + counts.replace(
        " imported", f" imported{more}"
    )


def _groups(plan: Plan) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for outcome in plan.outcomes:
        who = f"line {outcome.line}, {outcome.what} '{outcome.shown}'"
        if outcome.reason:
            key, _, detail = (
                outcome.reason.partition(": ") if outcome.reason.startswith(PRESENT) else (outcome.reason, "", "")
            )
            groups.setdefault(f"{outcome.verdict}: {key}", []).append(f"{who}: {detail}" if detail else who)
        elif outcome.path:
            groups.setdefault(outcome.verdict, []).append(f"{who}: {outcome.path}")
        for remark in outcome.remarks if outcome.path else ():
            groups.setdefault(f"{outcome.verdict}, but {_general(remark)}", []).append(f"{who}{_special(remark)}")
    return groups


def _general(remark: str) -> str:
    """Return what remarks of many items share: without a line, a number or words of their own."""
    if remark.startswith("line "):
        return "see these lines of the text"
    head, colon, _ = remark.partition(": ")
    if remark.startswith("suggested"):
        return "with suggestions for you to confirm"
    if remark.startswith("its name '"):
        return "its name was taken"
    return head.partition(" (")[0] if colon or "(" in remark else remark


def _special(remark: str) -> str:
    return f": {remark}" if _general(remark) != remark else ""


def render_report(plan: Plan, comments: Comments | None) -> str:
    """Return the report as Markdown: every item with its line, verdict, file and remarks."""
    lines = ["# Report of an import", "", _sum(plan) + ".", ""]
    lines += [f"- {_words(note)}" for note in plan.notes]
    lines += [f"- The file was not read to its end: {_words(plan.fault)}"] if plan.fault else []
    lines += ["", "| item | line | kind | title | verdict | file or reason |", "|---|---|---|---|---|---|"]
    lines += [_row(outcome) for outcome in plan.outcomes]
    for outcome in plan.outcomes:
        if outcome.remarks:
            lines += ["", f"## Item {outcome.number}: {_words(outcome.shown)}", ""]
            lines += [f"- {_words(remark)}" for remark in outcome.remarks]
    if comments is not None:
        lines += ["", "## Comments", "", *_comments(comments)]
    return "\n".join(lines) + "\n"


def _row(outcome: Outcome) -> str:
    cells = (
        str(outcome.number),
        str(outcome.line),
        outcome.what,
        outcome.shown,
        outcome.verdict,
        "; ".join(each for each in (outcome.path, outcome.reason) if each),
    )
    return "| " + " | ".join(_words(cell).replace("|", "\\|") for cell in cells) + " |"


def _comments(comments: Comments) -> Iterator[str]:
    counts = ", ".join(f"{comments.count(verdict)} {verdict}" for verdict in OF_COMMENTS)
    yield f"{len(comments.outcomes)} comments: {counts}."
    yield ""
    for note in comments.notes:
        yield f"- {_words(note)}"
    for each in comments.outcomes:
        said = "; ".join(part for part in (each.reason, each.detail, *each.remarks) if part)
        yield f"- {_words(each.shown)}: {each.verdict}" + (f" — {_words(said)}" if said else "")


def _words(text: str) -> str:
    return escape_text(" ".join(visible(text).split()))


def render_json(plan: Plan, comments: Comments | None) -> str:
    """Return the report as JSON, for machines."""
    value: dict[str, Any] = {
        "version": 1,
        "format": plan.format,
        "fault": plan.fault,
        "notes": list(plan.notes),
        "total": len(plan.outcomes),
        "counts": {verdict: plan.count(verdict) for verdict in VERDICTS},
        "items": [_record(outcome) for outcome in plan.outcomes],
        "comments": _comment_record(comments) if comments is not None else None,
    }
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _record(outcome: Outcome) -> dict[str, Any]:
    return {
        "number": outcome.number,
        "line": outcome.line,
        "kind": outcome.what,
        "title": outcome.shown,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "path": outcome.path,
        "pictures": [target for _, target in outcome.files],
        "remarks": list(outcome.remarks),
    }


def _comment_record(comments: Comments) -> dict[str, Any]:
    return {
        "total": len(comments.outcomes),
        "counts": {verdict: comments.count(verdict) for verdict in OF_COMMENTS},
        "fault": comments.fault,
        "notes": list(comments.notes),
        "items": [
            {
                "number": each.number,
                "verdict": each.verdict,
                "reason": each.reason,
                "detail": each.detail,
                "id": each.comment.slug if each.comment else "",
                "thread": each.comment.thread if each.comment else "",
                "remarks": list(each.remarks),
            }
            for each in comments.outcomes
        ],
    }
