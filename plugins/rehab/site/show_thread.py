"""A thread → its view: who says what, in answer to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.show_small import date_view
from rehab.site.views import Crumb
from rehab.site.views_post import CommentView, ThreadView
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.comments.thread import Reply, Thread


def thread_view(thread: Thread) -> ThreadView:
    """Return a thread for a page. One that is closed and empty says nothing, not "0 comments"."""
    by_number = {entry.number: entry for entry in thread.entries}
    said = thread.entries or thread.declared
    return ThreadView(
        state=thread.state,
        count=thread.shown,
        declared=thread.declared,
        heading=thread.words if said else "",
        flat=tuple(_comment(entry, by_number) for entry in thread.entries),
    )


def _comment(entry: Reply, by_number: Mapping[int, Reply]) -> CommentView:
    parent = by_number.get(entry.reply_to_number) if entry.reply_to_number else None
    answers = Crumb(title=parent.author or ANONYMOUS, url=f"#{parent.anchor}", kind="comment") if parent else None
    return CommentView(
        id=entry.id,
        anchor=entry.anchor,
        number=entry.number,
        author=entry.author or ANONYMOUS,
        anonymous=not entry.author,
        url=entry.url,
        when=date_view(entry.date, precision=entry.date_precision),
        html=entry.html,
        by_post_author=entry.by_post_author,
        depth=entry.depth,
        shown_depth=entry.shown_depth,
        reply_to=answers,
        reply_to_hidden=entry.reply_to_hidden,
        aliases=entry.aliases,
        removed=entry.deleted,
        repaired=entry.repaired,
        opens=entry.opens,
        closes=entry.closes,
    )
