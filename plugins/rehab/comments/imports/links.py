"""Who answers whom in an export, so that the site has no problem afterwards; what must change is remarked.

Drafts come in, in the file's order, and are changed in place. All walks are loops and pass each draft once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from rehab.comments.imports.dates import fit_date
from rehab.comments.imports.draft import PLACE, Draft, id_parts
from rehab.comments.store import comment_id
from rehab.model.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet


Names: TypeAlias = "AbstractSet[tuple[str, str]]"


def link_drafts(drafts: Sequence[Draft], taken: Names, shown: Names) -> None:
    """Find parents, cut circles, keep the tombstones that are needed, leave out doubles, fit contradicting dates.

    `taken` are thread and name of what older comments are called; no alias is given away twice. `shown` are thread
    and id of those that are on the site.
    """
    _link(drafts)
    _leave_doubles(drafts)
    _cut_circles(drafts)
    _judge_deleted(drafts)
    _give_aliases(drafts, taken)
    for draft in _deepest_first(drafts)[::-1]:
        _write_parent(draft, shown)


def _link(drafts: Sequence[Draft]) -> None:
    """Find each answer's parent."""
    by_id: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        by_id.setdefault((draft.item.thread, draft.item.id), draft)
    for draft in drafts:
        draft.parent = by_id.get((draft.item.thread, draft.item.parent)) if draft.item.parent else None
        if draft.item.parent and draft.parent is None:
            draft.remarks += ("what it answers is not in the file: it stands on the first level",)


def _cut_circles(drafts: Sequence[Draft]) -> None:
    """Let the first of those that answer each other answer nobody."""
    walked: dict[int, int] = {}
    for start in drafts:
        at: Draft | None = start
        while at is not None and at.number not in walked:
            walked[at.number] = start.number
            at = at.parent
        if at is not None and walked[at.number] == start.number and at.parent is not None:
            at.parent = None
            at.remarks += ("it answers itself, or one that answers it: it stands on the first level",)


def _judge_deleted(drafts: Sequence[Draft]) -> None:
    """Keep what has no words any more only where an answer to it is shown; the last first, for chains of them."""
    children: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.parent:
            children.setdefault(draft.parent.number, []).append(draft)
    for draft in _deepest_first(drafts):
        if draft.verdict != "imported" or (draft.item.status != "deleted" and draft.comment.body.strip()):
            continue
        if any(child.verdict == "imported" for child in children.get(draft.number, ())):
            draft.comment = replace(draft.comment, status="deleted", body="", author="", url="", repaired=())
        else:
            why = "it was deleted" if draft.item.status == "deleted" else "it has no text"
            draft.decide("skipped", f"{why}, and no answer to it is shown")


def _deepest_first(drafts: Sequence[Draft]) -> list[Draft]:
    waiting = Counter(draft.parent.number for draft in drafts if draft.parent)
    ready = [draft for draft in drafts if not waiting[draft.number]]
    for draft in ready:
        parent = draft.parent
        if parent:
            waiting[parent.number] -= 1
            if not waiting[parent.number]:
                ready.append(parent)
    return ready


def _leave_doubles(drafts: Sequence[Draft]) -> None:
    """Leave out what stands in the file twice; who answers a double answers the one that is kept."""
    seen: dict[tuple[str, str], tuple[str, ...]] = {}
    first: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        if draft.verdict == "skipped" or not draft.thread:
            continue
        parts = id_parts(draft.item, draft.thread)
        slug = draft.comment.slug
        # An id holds 30 bits of a hash: of 25,000 comments of one second, two different ones may share it.
        tries = count(2)
        while seen.get((draft.thread, slug), parts) != parts:
            slug = comment_id(draft.item.date, *parts, str(next(tries)))
        draft.comment = replace(draft.comment, slug=slug)
        key = (draft.thread, slug)
        if key in seen:
            draft.decide("skipped", "the same comment stands in the file before")
            draft.first = first[key]
            continue
        seen[key], first[key] = parts, draft
    for draft in drafts:
        if draft.parent:
            draft.parent = draft.parent.first or draft.parent


def _give_aliases(drafts: Sequence[Draft], taken: Names) -> None:
    """Give each old id to one comment."""
    aliases = set(taken)
    for draft in drafts:
        if draft.verdict == "skipped" or not draft.thread:
            continue
        own = tuple(alias for alias in draft.comment.aliases if (draft.thread, alias) not in aliases)
        aliases |= {(draft.thread, alias) for alias in own}
        draft.comment = replace(draft.comment, aliases=own)


def _write_parent(draft: Draft, shown: Names) -> None:
    """Write into an answer what it answers. Parents come first, for their dates may have become less exact."""
    parent = draft.parent
    if parent is None or draft.verdict == "skipped" or not draft.thread:
        return
    if parent.verdict == "skipped":
        draft.remarks += ("what it answers is not published: it stands on the first level",)
        return
    fitted = fit_date(draft.comment, parent.comment)
    if fitted is None:
        draft.remarks += ("it is dated in a year before what it answers: it stands on the first level",)
        return
    if fitted.date != draft.comment.date:
        draft.remarks += ("it is dated before what it answers, so its date is named less exactly",)
    waits = parent.verdict == "held" and (parent.thread, parent.comment.slug) not in shown
    if draft.verdict == "imported" and waits:
        draft.remarks += ("what it answers waits in the inbox: until then it stands on the first level",)
    draft.comment = replace(
        fitted,
        reply_to=Ref("comment", parent.comment.slug, PLACE),
        reply_to_hidden=waits and draft.verdict == "imported",
    )
