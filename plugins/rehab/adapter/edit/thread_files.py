"""What is written of threads in which comments came, went or were changed, beside the pages that they stand on.

In: what the last whole build left, and the site with these threads. Out: their later pages, their feeds, that of all
comments, the graph, and the view of the first page, which shows what readers said last. All comments need not be read:
the newest stand in threads that are known, or in these. NotOnlyWords where that is no longer so.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from rehab.adapter.edit.only_words import NotOnlyWords
from rehab.adapter.saved import save_calmly
from rehab.adapter.threads import ALL_COMMENTS, find_newest, render_all, render_thread_feed
from rehab.adapter.words import NONE, OWN
from rehab.comments.clean import is_clean
from rehab.model.comment import host_id
from rehab.site.edges import comment_id
from rehab.site.graph import with_comments
from rehab.site.show.home import VOICES, newest_voices, voice_lines
from rehab.site.show.host import host_of, thread_page_views
from rehab.site.show.thread import has_feed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.build import Build
    from rehab.adapter.edit.reworded import Reworded
    from rehab.adapter.edit.snapshot import Snapshot
    from rehab.adapter.generator import RehabGenerator
    from rehab.adapter.writer import CalmWriter
    from rehab.site.show.host import Hosted
    from rehab.site.site import Site
    from rehab.site.views.map import HomeView

_GRAPH: Final = "rehab.json"


def write_threads(ours: RehabGenerator, writer: CalmWriter, build: Build, new: Reworded) -> None:
    """Write the later pages and the feeds of threads."""
    for host in _hosts(new.site, new.threads):
        for view in thread_page_views(new.site, host):
            ours.write_thread_page(writer, view)
        if has_feed(new.site.threads[host.thread]):
            name, feed = render_thread_feed(new.site, host)
            save_calmly(name, feed, build, OWN)


def save_newest(build: Build, kept: Snapshot, new: Reworded) -> HomeView:
    """Write the feed of all comments and the graph, and return the first page."""
    after, lively = kept.lively
    names = sorted({*lively, *new.threads})
    newest = find_newest(new.site, _hosts(new.site, names), after)
    if newest is None or not all(is_clean(each.reply.html) for each in newest):
        raise NotOnlyWords
    graph: str | None = Path(build.output, _GRAPH).read_text("utf-8")
    for thread in new.threads:
        graph = with_comments(graph, new.site, thread) if graph else None
    if not graph:
        raise NotOnlyWords
    save_calmly(ALL_COMMENTS, render_all(new.site, newest), build, OWN)
    save_calmly(_GRAPH, graph.encode(), build, NONE)
    return _home(kept.home, new.site, names, after)


def _hosts(site: Site, threads: Iterable[str]) -> list[Hosted]:
    hosts = [host_of(site, site.nouns[host_id(name)]) for name in threads]
    if not all(hosts):
        raise NotOnlyWords
    return [each for each in hosts if each]


def _home(view: HomeView, site: Site, threads: Iterable[str], after: dt.datetime | None) -> HomeView:
    """Return the first page with what was said last in some threads; all after a moment was said there."""
    replies = {comment_id(name, each.id): each for name in threads for each in site.threads[name].entries}
    there = dataclasses.replace(site, replies=replies)
    moments = [each.date.replace(tzinfo=each.date.tzinfo or dt.UTC) for _, each in newest_voices(there) if each.date]
    if after is not None and (len(moments) < VOICES or min(moments) <= after):
        raise NotOnlyWords
    return structs.replace(view, voices=tuple(voice_lines(there)))
