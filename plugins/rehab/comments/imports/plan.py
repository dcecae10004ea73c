"""A batch → what becomes of each of its comments: written, held for a decision, or left out, and why.

In: the batch, the threads of the site, and which comments are there already. Out: one `Outcome` for each item in the
file's order. What is approved goes into the content; what is not, and what a program wrote, into the inbox. A
comment whose page is not here is held and not written. Where an answer cannot be kept as it is (they answer each other
in a circle, or what it answers is left out) it stands on the first level, and that is told; an answer to what waits
says so in its file and finds its place later. A site that had no problems has none afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.imports.draft import Draft, Verdict, make_draft
from rehab.comments.imports.hosts import Hosts, advise, find_host
from rehab.comments.imports.links import link_drafts
from rehab.comments.letters import clean_name
from rehab.comments.private import drop_addresses

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from rehab.comments.imports.batch import Batch
    from rehab.model.comment import Comment

PRESENT = "it is here already"


class Present(Struct, frozen=True, kw_only=True):
    """What is there already, wherever it lies: thread and id of each comment, and thread and name of each older id.

    `shown` are thread and id of those on the site.
    """

    ids: AbstractSet[tuple[str, str]] = frozenset()
    names: AbstractSet[tuple[str, str]] = frozenset()
    shown: AbstractSet[tuple[str, str]] = frozenset()


class Outcome(Struct, frozen=True, kw_only=True):
    """What becomes of one item. `comment` is what is to be written: into the content if imported, else the inbox."""

    number: int
    shown: str
    verdict: Verdict
    reason: str = ""
    detail: str = ""
    comment: Comment | None = None
    remarks: tuple[str, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """An outcome for each item, in the file's order; and what the reader of the file had to say."""

    outcomes: tuple[Outcome, ...]
    fault: str = ""
    notes: tuple[str, ...] = ()

    def count(self, verdict: Verdict) -> int:
        """Return how many items have a verdict."""
        return sum(outcome.verdict == verdict for outcome in self.outcomes)


def plan_import(batch: Batch, source: str, hosts: Hosts, present: Present) -> Plan:
    """Return what becomes of each item."""
    found = {key: find_host(topic, hosts) for key, topic in batch.topics.items()}
    advice = {key: advise(topic, hosts) for key, topic in batch.topics.items() if not found[key]}
    hidden = frozenset(each.strip() for item in batch.items for each in item.hidden if each.strip())
    drafts = [
        make_draft(at, item, found.get(item.thread, ""), source, hidden) for at, item in enumerate(batch.items, 1)
    ]
    for draft in drafts:
        _judge(draft, advice.get(draft.item.thread, "the export does not say of which page it is"))
    link_drafts(drafts, present.names, present.shown)
    for draft in drafts:
        if draft.verdict != "skipped" and draft.thread and (draft.thread, draft.comment.slug) in present.ids:
            draft.decide("skipped", PRESENT)
    return Plan(outcomes=tuple(_outcome(draft) for draft in drafts), fault=batch.fault, notes=batch.notes)


def _outcome(draft: Draft) -> Outcome:
    id_ = clean_name(draft.item.id)
    return Outcome(
        number=draft.number,
        shown=f"comment {draft.number}" + (f" (id {id_})" if id_ and drop_addresses(id_) == id_ else ""),
        verdict=draft.verdict,
        reason=draft.reason,
        detail=draft.detail,
        comment=draft.comment if draft.verdict != "skipped" and draft.thread and not draft.item.fault else None,
        remarks=draft.remarks if draft.verdict != "skipped" else (),
    )


def _judge(draft: Draft, advice: str) -> None:
    """Decide on an item by itself."""
    item = draft.item
    if item.fault:
        draft.decide("skipped", "it cannot be read", item.fault)
    elif not draft.thread:
        draft.decide("held", "its page is no post of this site, so it was not written", advice)
    elif item.ping:
        draft.decide("held", "a pingback or trackback, which no reader wrote: in the inbox")
    elif item.status == "pending":
        draft.decide("held", "it was not approved: in the inbox")
    elif item.status == "spam":
        draft.decide("held", "it was marked as spam: in the inbox")
