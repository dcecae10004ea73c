"""What a reader sent in, before anything is made of it: the limits, the fields of the form, the records.

One place holds them, so that the form, the services' exports, mail and our own intake agree. Nothing here reads a
clock, a file or the network.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from rehab.comments.inbox import Held
    from rehab.model.comment import Comment

LONGEST_NAME: Final = 80
LONGEST_URL: Final = 500
LONGEST_MESSAGE: Final = 10_000
"""Characters of a message; what `rehab.comments.clean` shows of one."""
LONGEST_NUMBER: Final = 7
"""Digits of a comment's number."""
FIELDS: Final = ("thread", "numbered", "number", "name", "url", "message", "website2")
"""The names of the form's fields, the same for every endpoint; `website2` is the trap for programs."""
TRAP: Final = "website2"
SAME_WITHIN: Final = dt.timedelta(hours=1)
"""The same name and words within this time are one message: who is not sure that it went sends it again."""

Format: TypeAlias = Literal["markdown", "html", "text"]
Code: TypeAlias = Literal["trap", "thread", "off", "closed", "empty", "long", "name", "url", "again"]


class ThreadKnown(Struct, frozen=True, kw_only=True):
    """What is known of a thread: open, closed or off; the comments it shows, by id; and every id that is taken.

    `taken` also has what waits in the inbox and what was rejected, so that nothing comes in a second time.
    """

    state: str = "open"
    shown: Mapping[str, Comment] = field(default_factory=dict)
    taken: AbstractSet[str] = frozenset()


class Submission(Struct, frozen=True, kw_only=True):
    """One message of a reader. `reply_to` is the id of the comment it answers.

    `source` says by which way it came, `received` what that way calls it (for reports only, it goes into no file).
    `hidden` are addresses of its writer, which must not go on. `unanswered` tells that it names a comment to
    answer which nobody can find.
    """

    thread: str
    name: str
    url: str
    message: str
    date: dt.datetime | None
    reply_to: str = ""
    source: str = ""
    received: str = ""
    status: Literal["pending", "spam"] = "pending"
    format: Format = "markdown"
    hidden: AbstractSet[str] = frozenset()
    unanswered: bool = False


class Refusal(Struct, frozen=True):
    """Why a message becomes no comment: a code for programs, a sentence for whoever sent it."""

    code: Code
    sentence: str


class Taken(Struct, frozen=True):
    """A message that became a comment, and what of it could not be kept."""

    comment: Comment
    remarks: tuple[str, ...] = ()


def know_threads(states: Mapping[str, str], held: Iterable[Held]) -> Mapping[str, ThreadKnown]:
    """Return what is known of each thread of a site.

    `states` gives the name of every thread with its state, `held` all files of comments, wherever they lie.
    """
    shown: dict[str, dict[str, Comment]] = {name: {} for name in states}
    taken: dict[str, set[str]] = {name: set() for name in states}
    for each in held:
        name = each.comment.thread
        if name in states:
            taken[name].add(each.comment.slug)
            if each.state == "approved":
                shown[name][each.comment.slug] = each.comment
    known = {
        name: ThreadKnown(state=state, shown=shown[name], taken=frozenset(taken[name]))
        for name, state in states.items()
    }
    return MappingProxyType(known)
