"""What readers say, and what they say it on: posts, exercises, injuries."""

from __future__ import annotations

from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING, Final

from rehab.model.entry import Entry
from rehab.model.nouns import Mentions, Repair
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import MOMENT, WORDS, YES_NO, Choice, Reference
from rehab.model.spec import spec

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rehab.model.refs import Ref

THREAD_FOLDERS: Final[Mapping[str, str]] = {"exercises": "exercise", "injuries": "injury"}
"""Folders of threads that stand on no post, and the kind of what they stand on."""


def host_id(thread: str) -> str:
    """Return the id of what a thread stands on: `knee` → `post:knee`, `exercises/bridge` → `exercise:bridge`."""
    folder, _, slug = thread.partition("/")
    return intern(f"{THREAD_FOLDERS[folder]}:{slug}" if folder in THREAD_FOLDERS and slug else f"post:{thread}")


def thread_name(host: str) -> str:
    """Return the thread of what has an id: the other way round from `host_id`."""
    kind, _, slug = host.partition(":")
    folder = next((folder for folder, each in THREAD_FOLDERS.items() if each == kind), "")
    return f"{folder}/{slug}" if folder else slug


def thread_of(parts: Sequence[str]) -> str:
    """Return the thread of a comment's file from its path below the folder of comments, as parts.

    A file that lies deeper than any thread does is in the thread of its innermost folder, as it is for posts.
    """
    folders = parts[:-1]
    known = len(folders) > 1 and folders[-2] in THREAD_FOLDERS
    return intern("/".join(folders[-2:] if known else folders[-1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Entry):
    """A reader's comment. `slug` is its id; `body` is hostile.

    `thread` names what it stands on: a post's slug, `exercises/<slug>` or `injuries/<slug>`.
    """

    thread: str
    author: str = field(default="", metadata=spec(WORDS, "The reader's name or handle. Left out: Anonymous."))
    date: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was written."))
    date_precision: str = field(
        default="", metadata=spec(Choice(("second", "minute", "day", "month", "year")), "How exact the date is.")
    )
    reply_to: Ref | None = field(default=None, metadata=spec(Reference("comment"), "The id of what it answers."))
    reply_to_hidden: bool = field(
        default=False, metadata=spec(YES_NO, "Whether what it answers may be missing, because it is not published.")
    )
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
