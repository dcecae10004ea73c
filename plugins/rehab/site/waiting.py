"""Posts and pages that readers do not see yet: drafts, and posts whose day has not come.

In: posts as their files say, and the day up to which posts are public. Out: the same posts, those of a later day
marked as scheduled; and, of a linked site, what waits. No clock is read here: the day is given.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.site.site import Site

Status: TypeAlias = Literal["draft", "scheduled"]

DRAFT: Status = "draft"
SCHEDULED: Status = "scheduled"
"""No author writes this status: a public post has it while its day has not come."""


class Waiting(Struct, frozen=True, kw_only=True):
    """A file that readers do not see yet. `path` as in `Place`; `date` is the day it gives itself, in UTC, if any."""

    path: str
    status: Status
    date: dt.date | None

    @property
    def words(self) -> str:
        """Return one line: `scheduled: content/posts/x.md on 2026-12-24`, `draft: content/posts/y.md`."""
        word = "on" if self.status == SCHEDULED else "dated"
        return f"{self.status}: {self.path}" + (f" {word} {self.date.isoformat()}" if self.date else "")


def schedule(posts: Iterable[Post], last_day: dt.date | None) -> tuple[Post, ...]:
    """Return the posts, those of a day after `last_day` as scheduled. None means that every day has come."""
    if last_day is None:
        return tuple(posts)
    return tuple(dataclasses.replace(post, status=SCHEDULED) if _is_later(post, last_day) else post for post in posts)


def _is_later(post: Post, last_day: dt.date) -> bool:
    day = _day_of(post)
    return day is not None and day > last_day and post.status != DRAFT


def waiting_of(site: Site) -> tuple[Waiting, ...]:
    """Return what waits: first what is scheduled, by its day, then drafts by their path."""
    unlisted: tuple[Post | Page, ...] = (*site.unlisted, *site.drafts)
    found = [_waiting(each) for each in unlisted if each.status in {DRAFT, SCHEDULED}]
    return tuple(sorted(found, key=_next_first))


def _waiting(noun: Post | Page) -> Waiting:
    status = SCHEDULED if noun.status == SCHEDULED else DRAFT
    return Waiting(path=noun.path, status=status, date=_day_of(noun))


def _next_first(each: Waiting) -> tuple[bool, str, str]:
    day = each.date.isoformat() if each.date and each.status == SCHEDULED else ""
    return each.status == DRAFT, day, each.path


def _day_of(noun: Post | Page) -> dt.date | None:
    """Return the day a file gives itself, in UTC; a date that nobody knows is none."""
    return noun.date.date() if noun.date and getattr(noun, "date_basis", "") != "unknown" else None


def render_waiting(waiting: Iterable[Waiting]) -> str:
    """Return how many sources readers do not see yet, then which, one a line; the empty string where there is none."""
    waiting = tuple(waiting)
    if not waiting:
        return ""
    scheduled = sum(each.status == SCHEDULED for each in waiting)
    drafts = len(waiting) - scheduled
    told = [f"{drafts} draft{'' if drafts == 1 else 's'}"] if drafts else []
    told += [f"{scheduled} scheduled"] if scheduled else []
    return "\n".join([f"not published yet: {', '.join(told)}", *(f"  {each.words}" for each in waiting), ""])
