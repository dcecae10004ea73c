"""What a thread needs beside its host's page: later pages, and feeds of comments.

In: the linked site. Out: the views of pages to write, and feeds as bytes by their place in the output. A strict
parser of XML accepts a feed whatever a reader wrote, and no date in one is invented.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from heapq import nlargest
from typing import TYPE_CHECKING, Any, TypeAlias

from feedgenerator import Atom1Feed, get_tag_uri
from msgspec import Struct

from rehab.adapter.feeds.items import TimelessAtom
from rehab.site import pages
from rehab.site.show.thread import has_feed
from rehab.site.thread_pages import comment_url, feed_url
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rehab.comments.thread import Reply, Thread
    from rehab.site.show.host import Hosted
    from rehab.site.site import Site
    from rehab.site.views.thread import ThreadPageView

Stands: TypeAlias = "Callable[[str, str], bool]"
ALL_COMMENTS = "feeds/comments.atom.xml"
LIVELY = 70
"""Comments that are looked at where one is new, or gone: more than the feed of all has."""
NEWEST = 50
"""Comments in one feed: who asks more rarely than fifty are written reads the page."""
THREADING = "http://purl.org/syndication/thread/1.0"
"""The namespace of RFC 4685, Atom Threading Extensions."""

_COARSE = frozenset({"month", "year"})
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Said(Struct, frozen=True):
    """A dated comment on a page, with the comment that it answers."""

    host: Hosted
    reply: Reply
    parent: Reply | None
    date: dt.datetime


class CommentFeed(TimelessAtom):
    """An Atom feed whose entries say what they answer."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of the feed, the namespace of threads among them."""
        return {**super().root_attributes(), "xmlns:thr": THREADING}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:  # noqa: ANN401 - the library has no types
        """Write an entry, and what it answers."""
        super().add_item_elements(handler, item)
        ref, href = item["answers"]
        handler.addQuickElement("thr:in-reply-to", "", {"ref": ref, "href": href, "type": "text/html"})


def later_thread_pages(site: Site) -> Iterator[ThreadPageView]:
    """Yield the second and all later pages of every thread."""
    return (view for host in pages.hosts_on(site) for view in pages.thread_page_views(site, host))


def render_comment_feeds(site: Site, stands: Stands | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield every feed of comments with its place in the output: one of all, and one for each thread.

    `stands` is asked of a feed's place and its thread whether it can be left as it is.
    """
    newest: list[Said] = []
    for host in pages.hosts_on(site):
        thread = site.threads[host.thread]
        if has_feed(thread):
            url, told = host.here.url, _newest(_said(host, thread))
            newest = _newest((*newest, *told))
            if not stands or not stands(feed_url(url), host.thread):
                yield feed_url(url), _render(site, f"Comments on {host.here.title}", url, feed_url(url), told)
    yield ALL_COMMENTS, render_all(site, newest)


def render_all(site: Site, newest: Iterable[Said]) -> bytes:
    """Return the feed of all comments."""
    title = f"{site.options.site_name}: comments"
    return _render(site, title, site.options.url("home"), ALL_COMMENTS, newest)


def render_thread_feed(site: Site, host: Hosted) -> tuple[str, bytes]:
    """Return the place of the feed of a thread that has one, and the feed."""
    url = host.here.url
    told = _newest(_said(host, site.threads[host.thread]))
    return feed_url(url), _render(site, f"Comments on {host.here.title}", url, feed_url(url), told)


def find_newest(site: Site, hosts: Iterable[Hosted], after: dt.datetime | None) -> list[Said] | None:
    """Return the newest of all comments, where those after a moment stand on some pages; None if they are too few."""
    newest = _newest(each for host in hosts for each in _said(host, site.threads[host.thread]))
    enough = after is None or (len(newest) == NEWEST and newest[-1].date > after)
    return newest if enough else None


def lively_threads(site: Site) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """Return the threads in which the newest comments stand, and the moment after which none stands elsewhere."""
    dated = (
        (_in_zone(reply.date), host.thread)
        for host in pages.hosts_on(site)
        for reply in site.threads[host.thread].entries
        if reply.date and not reply.deleted
    )
    newest = nlargest(LIVELY + 1, dated)
    return newest[-1][0] if len(newest) > LIVELY else None, tuple(sorted({name for _, name in newest[:LIVELY]}))


def _said(host: Hosted, thread: Thread) -> Iterator[Said]:
    """Yield the comments whose day is known: a feed cannot say that one is not, and must not invent it."""
    for reply in thread.entries:
        if reply.date is not None and reply.date_precision not in _COARSE and not reply.deleted:
            parent = thread.entries[reply.reply_to_number - 1] if reply.reply_to_number else None
            yield Said(host, reply, parent, _in_zone(reply.date))


def _in_zone(date: dt.datetime) -> dt.datetime:
    return date if date.tzinfo else date.replace(tzinfo=dt.UTC)


def _newest(told: Iterable[Said]) -> list[Said]:
    """Return the newest, newest first."""
    return sorted(told, key=lambda each: (each.date, each.host.thread, each.reply.number), reverse=True)[:NEWEST]


def _render(site: Site, title: str, url: str, feed: str, told: Iterable[Said]) -> bytes:
    absolute = site.options.absolute
    atom = CommentFeed(
        seen(title), absolute(url), None, language=site.options.language, feed_url=absolute(feed),
        feed_guid=absolute(feed),
    )  # fmt: skip
    for each in told:
        _add(atom, site, each)
    file = io.StringIO()
    atom.write(file, "utf-8")
    return file.getvalue().encode("utf-8")


def _add(atom: Atom1Feed, site: Site, said: Said) -> None:
    author = said.reply.author or ANONYMOUS
    atom.add_item(
        title=seen(f"{author} on {said.host.here.title}"),
        link=_link(site, said.host, said.reply),
        description=None,
        unique_id=entry_id(site, said.host, said.reply),
        author_name=seen(author),
        pubdate=said.date,
        content=seen(said.reply.html),
        answers=_answers(site, said),
    )


def _answers(site: Site, said: Said) -> tuple[str, str]:
    """Return the name and the address of what it answers: a comment, or the host; a post as its own feed names it."""
    if said.parent is not None:
        return entry_id(site, said.host, said.parent), _link(site, said.host, said.parent)
    url = site.options.absolute(said.host.here.url)
    return (get_tag_uri(url, said.host.date) if said.host.date else url), url


def _link(site: Site, host: Hosted, reply: Reply) -> str:
    return seen(site.options.absolute(comment_url(host.here.url, reply)))


def entry_id(site: Site, host: Hosted, reply: Reply) -> str:
    """Return a comment's name, which stays when the thread grows and the comment moves to another page."""
    return seen(f"{site.options.absolute(host.here.url)}#{reply.anchor}")


def seen(text: str) -> str:
    """Return the text without characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
