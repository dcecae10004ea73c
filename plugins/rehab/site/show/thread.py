"""A thread → its view: who says what, in answer to whom, on which page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.thread import PAGE_LENGTH, count_pages, entries_on, page_of
from rehab.model.comment import host_id
from rehab.site.face import face_of
from rehab.site.show.form import form_view
from rehab.site.show.small import date_view
from rehab.site.thread_pages import comment_url, feed_url, page_url
from rehab.site.views.small import Crumb
from rehab.site.views.thread import CommentView, ThreadPage, ThreadView
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from rehab.comments.thread import Reply, Thread
    from rehab.site.options import Options
    from rehab.site.site import Site

TAKEN_DOWN = "a comment that was taken down"


class Where(Struct, frozen=True):
    """Where a thread is shown: its host's address and title, the page of it, and the key of the readers' pictures.

    Without `options` nobody can say anything in it.
    """

    url: str
    page: int = 1
    key: str = ""
    title: str = ""
    options: Options | None = None


def thread_on(site: Site, name: str, here: Crumb, page: int = 1) -> ThreadView | None:
    """Return a page of a thread by its name and a link to its host, or None where no comments are shown."""
    thread = site.threads.get(name)
    if thread is None or thread.state == "off":
        return None
    key = site.options.identicon_key or site.options.site_name
    return thread_view(thread, Where(here.url, page, key, here.title, site.options))


def thread_view(thread: Thread, where: Where) -> ThreadView:
    """Return a page of a thread. One that is closed and empty says nothing, not "0 comments"."""
    said = thread.entries or thread.declared
    entries = entries_on(thread, where.page)
    pages = thread_pages(thread, where)
    return ThreadView(
        state=thread.state,
        count=thread.shown,
        declared=thread.declared,
        heading=thread.words if said else "",
        flat=tuple(_comment(entry, thread, where) for entry in entries),
        pages=pages,
        previous=pages[where.page - 2] if where.page > 1 else None,
        next=pages[where.page] if where.page < len(pages) else None,
        form=form_view(thread, entries, where.title, where.options) if where.options else None,
        feed=feed_url(where.url) if has_feed(thread) else "",
    )


def has_feed(thread: Thread) -> bool:
    """Tell whether anything was said, or is awaited: a post asks to be answered, a page of reference does not."""
    return bool(thread.entries) or (thread.state == "open" and host_id(thread.name).startswith("post:"))


def thread_pages(thread: Thread, where: Where) -> tuple[ThreadPage, ...]:
    """Return the pages of a thread that has more than one."""
    count = count_pages(thread)
    return tuple(_page(thread, number, where) for number in range(1, count + 1)) if count > 1 else ()


def _page(thread: Thread, number: int, where: Where) -> ThreadPage:
    first, last = (number - 1) * PAGE_LENGTH + 1, min(number * PAGE_LENGTH, len(thread.entries))
    # Only the host itself is where older links lead, and what it shows has its anchors there already.
    away = thread.entries[first - 1 : last] if where.page == 1 < number else ()
    return ThreadPage(
        number=number,
        url=page_url(where.url, number),
        words=f"Comments {first} to {last}" if first < last else f"Comment {first}",
        here=number == where.page,
        anchors=tuple(name for entry in away for name in entry.aliases),
    )


def _comment(entry: Reply, thread: Thread, where: Where) -> CommentView:
    parent = thread.entries[entry.reply_to_number - 1] if entry.reply_to_number else None
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
        reply_to=_answered(parent, where) if parent else None,
        reply_to_hidden=entry.reply_to_hidden,
        aliases=entry.aliases,
        removed=entry.deleted,
        repaired=entry.repaired,
        opens=entry.opens,
        closes=entry.closes,
        face=face_of(entry.author, where.key),
    )


def _answered(parent: Reply, where: Where) -> Crumb:
    here = page_of(parent.number) == where.page
    url = f"#{parent.anchor}" if here else comment_url(where.url, parent)
    return Crumb(title=TAKEN_DOWN if parent.deleted else parent.author or ANONYMOUS, url=url, kind="comment")
