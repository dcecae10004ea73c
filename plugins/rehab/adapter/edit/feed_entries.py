"""A feed with new words in one of its entries, where all else of it stays as it is.

In: the feed's file, and the entry's id. Out: the file with other content in that entry. Raises NotOnlyWords where there
is not exactly one such entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from rehab.adapter.edit.only_words import NotOnlyWords
from rehab.adapter.feeds.items import FeedItem
from rehab.adapter.saved import save_calmly
from rehab.adapter.threads import ALL_COMMENTS, entry_id, seen
from rehab.adapter.words import FEED
from rehab.site.show.thread import has_feed
from rehab.site.thread_pages import feed_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.comments.thread import Reply
    from rehab.site.show.host import Hosted

_ENTRY: Final = "<entry>"
_CONTENT: Final = re.compile(r'(<content type="html">).*?(</content>)', re.DOTALL)


def reword_feeds(
    output: Path, feeds: Mapping[str, Mapping[str, str]], article: Any, build: Build, settings: Settings  # noqa: ANN401 - Pelican has no types
) -> None:  # fmt: skip
    """Write the words of an article into each feed of posts that has an entry of it."""
    path = build.path_of_content(article)
    html = FeedItem(article, settings["SITEURL"], path).get_content(settings["SITEURL"])
    for name, ids in feeds.items():
        if path in ids:
            _reword(output / name, {ids[path]: html}, build)


def reword_comment_feeds(output: Path, host: Hosted, replies: Iterable[Reply], build: Build) -> None:
    """Write the words of replies into the feed of their thread and that of all, where these have entries of them."""
    words = {entry_id(build.site, host, each): seen(each.html) for each in replies}
    names = [ALL_COMMENTS, *([feed_url(host.here.url)] if has_feed(build.site.threads[host.thread]) else [])]
    for name in names:
        text = (output / name).read_text("utf-8")
        _reword(output / name, {id_: html for id_, html in words.items() if _id(id_) in text}, build)


def _id(words: str) -> str:
    return f"<id>{escape(words)}</id>"


def _reword(file: Path, words: Mapping[str, str], build: Build) -> None:
    parts = file.read_text("utf-8").split(_ENTRY)
    for id_, html in words.items():
        found = [at for at, part in enumerate(parts) if _id(id_) in part]
        if len(found) != 1:
            raise NotOnlyWords
        parts[found[0]], count = _CONTENT.subn(
            lambda match, html=html: f"{match[1]}{escape(html)}{match[2]}",  # type: ignore[misc]
            parts[found[0]],
        )
        if count != 1:
            raise NotOnlyWords
    build.written.discard(file)
    save_calmly(file, _ENTRY.join(parts).encode(), build, FEED)
