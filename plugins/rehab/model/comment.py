"""What readers say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.entry import Entry
from rehab.model.nouns import Mentions, Repair
from rehab.model.shapes import MOMENT, WORDS, YES_NO, Choice, ListOf, RecordOf, Reference
from rehab.model.spec import spec

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.refs import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Entry):
    """A reader's comment. `slug` is its id; `post` the slug of the folder it lies in; `body` is hostile."""

    post: str
    author: str = field(default="", metadata=spec(WORDS, "The reader's name or handle. Left out: Anonymous."))
    date: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was written."))
    date_precision: str = field(
        default="", metadata=spec(Choice(("second", "minute", "day", "month", "year")), "How exact the date is.")
    )
    reply_to: Ref | None = field(default=None, metadata=spec(Reference("comment"), "The id of what it answers."))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Its ids on older pages."))
    url: str = field(default="", metadata=spec(WORDS, "The reader's web address."))
    by_post_author: bool = field(default=False, metadata=spec(YES_NO, "Whether the post's author wrote it."))
    status: str = field(
        default="approved",
        metadata=spec(Choice(("approved", "pending", "spam", "deleted")), "Only approved ones are shown."),
    )
    format: str = field(
        default="markdown", metadata=spec(Choice(("markdown", "html", "text")), "What its body is written in.")
    )
    source: str = field(default="", metadata=spec(WORDS, "Where it was imported from."))
    mentions: Mentions | None = field(
        default=None, metadata=spec(RecordOf(Mentions), "Injuries and exercises it speaks of, as the editor reads it.")
    )
    repaired: tuple[Repair, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Repair)), "Damaged letters that were mended.")
    )
