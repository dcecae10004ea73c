"""A thread in which comments came, went or were changed → the site with the thread as it is now.

In: what the last whole build left, the name of a thread on a post, and the comments that were touched. Out: the site.
The thread is put together as in every build, once of the files as they were and once of those that are there: nothing
but the pages of a thread may tell the difference. What mentions an exercise or an injury stands on their pages, another
number of pages is another list of all pages, and a problem is told on the first page: then, and where anything is wrong
with a comment, the site is built whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rehab.adapter.edit.only_words import NotOnlyWords, read_text
from rehab.comments.clean import clean_body, is_clean
from rehab.comments.thread import Host, build_thread, count_pages
from rehab.model.comment import host_id
from rehab.model.entries import parse_comment
from rehab.model.post import Post
from rehab.site.new_entry import with_thread
from rehab.site.rules.whole import check_letters_of
from rehab.site.show.thread import has_feed
from rehab.site.thread_pages import comment_url
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.adapter.edit.snapshot import Snapshot
    from rehab.comments.clean import Format
    from rehab.comments.thread import Thread
    from rehab.model.comment import Comment
    from rehab.site.site import Site


def renew_thread(kept: Snapshot, site: Site, content: Path, name: str, touched: frozenset[str]) -> Site:
    """Return the site with a thread as it is now. Raises NotOnlyWords."""
    known = site.threads.get(name)
    if known is None or known.state == "off" or not isinstance(site.nouns.get(host_id(name)), Post):
        raise NotOnlyWords
    texts = kept.comments_in(name)
    fresh = {path: text for path in touched if (text := read_text(content, path)) is not None}
    _check_texts(kept, {**texts, **fresh}, fresh)
    before = _parsed(texts)
    now = _parsed({**{path: text for path, text in texts.items() if path not in touched}, **fresh})
    if any(each.mentions or each.silence for path in touched for each in _both(before, now, path)):
        raise NotOnlyWords
    thread = _thread(known, before, now)
    _check_pages(site, thread, [each for each in now.values() if each.mentions])
    return with_thread(site, thread, tuple(each for each in now.values() if each.status == "approved"))


def _check_texts(kept: Snapshot, texts: Mapping[str, str], fresh: Mapping[str, str]) -> None:
    """Refuse a thread with a problem in it: where it is shown, nobody here can tell."""
    if not kept.wrong.isdisjoint(texts) or any(any(check_letters_of(fresh[path], path)) for path in fresh):
        raise NotOnlyWords


def _parsed(texts: Mapping[str, str]) -> dict[str, Comment]:
    """Return the comments that texts are, in the order of their paths."""
    found = {path: parse_comment(texts[path], path) for path in sorted(texts)}
    if not all(found.values()):
        raise NotOnlyWords
    return cast("dict[str, Comment]", found)


def _both(before: Mapping[str, Comment], now: Mapping[str, Comment], path: str) -> Iterable[Comment]:
    return (comments[path] for comments in (before, now) if path in comments)


def _thread(known: Thread, before: Mapping[str, Comment], now: Mapping[str, Comment]) -> Thread:
    """Return the thread of the comments of now. What was cleaned for the thread as it was is not cleaned again."""
    where = Place("") if known.declared is not None else None
    host = Host(thread=known.name, declared=known.declared, declared_at=where, state=known.state)
    # Each comment's path in the place of its HTML says which entry is whose.
    paths, problems = build_thread(tuple(before.values()), {path: path for path in before}, host)
    cleaned = {
        path.html: entry.html for path, entry in zip(paths.entries, known.entries, strict=True) if before.get(path.html)
    }
    html = {
        path: cleaned[path] if before.get(path) == each else clean_body(each.body, cast("Format", each.format))
        for path, each in now.items()
        if each.status == "approved"
    }
    thread, found = build_thread(tuple(now.values()), html, host)
    if found != problems or not all(map(is_clean, html.values())):
        raise NotOnlyWords
    return thread


def _check_pages(site: Site, thread: Thread, mentioning: Iterable[Comment]) -> None:
    """Refuse another number of pages, a feed that comes or goes, and that what other pages show stands elsewhere."""
    known = site.threads[thread.name]
    if count_pages(known) != count_pages(thread) or has_feed(known) != has_feed(thread):
        raise NotOnlyWords
    before, now = ({entry.id: comment_url("", entry) for entry in each.entries} for each in (known, thread))
    if any(before.get(each.slug) != now.get(each.slug) for each in mentioning):
        raise NotOnlyWords
