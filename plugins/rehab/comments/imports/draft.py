"""One item of an export on its way to a comment: what can be kept of it, without damage and without addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from rehab.comments.addresses import clean_url
from rehab.comments.imports.mend import drop_controls, mend_letters
from rehab.comments.letters import CAP, clean_name, is_cut
from rehab.comments.private import drop_addresses, private_name
from rehab.comments.store import comment_id
from rehab.model.comment import Comment
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from rehab.comments.imports.batch import Item

Verdict: TypeAlias = Literal["imported", "held", "skipped"]
VERDICTS: tuple[Verdict, ...] = ("imported", "held", "skipped")
PLACE = Place("import")
"""Where a comment stands that has no file yet."""


@dataclass(slots=True)
class Draft:
    """An item on its way: its thread, its comment, what is decided of it."""

    number: int
    item: Item
    thread: str
    comment: Comment
    verdict: Verdict = "imported"
    reason: str = ""
    detail: str = ""
    remarks: tuple[str, ...] = ()
    parent: Draft | None = None
    first: Draft | None = None
    """Where the same comment stands twice in a file, the one that stands first."""

    def decide(self, verdict: Verdict, reason: str, detail: str = "") -> None:
        """Settle what becomes of it."""
        self.verdict, self.reason, self.detail = verdict, reason, detail


def id_parts(item: Item, thread: str) -> tuple[str, ...]:
    """Return what makes a comment the one it is, for its id; no address, for a hash confirms a guess."""
    parts = (item.author, item.body, "" if item.numbered else item.id)
    return (thread, *map(drop_addresses, parts))


def make_draft(number: int, item: Item, thread: str, source: str, hidden: AbstractSet[str]) -> Draft:
    """Return an item as a comment of a thread, with its id; what could not be kept of it is remarked."""
    named = drop_controls(item.author)
    author = private_name(named, hidden)
    body, repaired = mend_letters(drop_controls(item.body))
    mended, more = mend_letters(author)
    kept = drop_addresses(body, hidden)
    deleted = item.status == "deleted"
    comment = Comment(
        slug=comment_id(item.date, *id_parts(item, thread)),
        path="",
        place=PLACE,
        thread=thread,
        body="" if deleted else kept,
        author="" if deleted else clean_name(mended),
        date=item.date,
        date_precision=item.precision if item.date else "",
        aliases=(item.alias,) if item.alias and drop_addresses(item.alias, hidden) == item.alias else (),
        url="" if deleted else _url(item, hidden),
        by_post_author=item.by_post_author and not deleted,
        status=_status(item),
        format=item.format,
        source=f"{source} pingback" if item.ping else source,
        repaired=() if deleted else tuple(dict.fromkeys((*repaired, *more))),
    )
    remarks = _remarks(item, comment, lost_address=kept != body or author != named)
    return Draft(number, item, thread, comment, remarks=remarks)


def _status(item: Item) -> str:
    return "pending" if item.ping and item.status == "approved" else item.status


def _url(item: Item, hidden: AbstractSet[str]) -> str:
    url = clean_url(item.url) or ""
    return url if drop_addresses(url, hidden) == url and not any(each in url for each in item.hidden if each) else ""


def _remarks(item: Item, comment: Comment, *, lost_address: bool) -> tuple[str, ...]:
    if comment.status == "deleted":
        return ()
    said = {
        "its text or name held an address of a person, which was taken out": lost_address,
        "damaged letters in it were mended": bool(comment.repaired),
        f"it has more than {CAP:,} characters, and a page shows the first of them": is_cut(comment.body),
        "the address its writer gave is none that can be linked": bool(item.url.strip()) and not comment.url,
        "it has no date": comment.date is None,
    }
    return tuple(remark for remark, is_so in said.items() if is_so)
