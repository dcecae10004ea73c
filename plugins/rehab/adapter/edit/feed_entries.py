"""A feed with new words in one of its entries, where all else of it stays as it is.

In: the feed's file, and the entry's id. Out: the file with other content in that entry. Raises NotOnlyWords where there
is not exactly one such entry.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from rehab.adapter.edit.only_words import NotOnlyWords
from rehab.adapter.feeds.items import FeedItem
from rehab.adapter.saved import save_calmly
from rehab.adapter.words import FEED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings

_ENTRY: Final = "<entry>"
_CONTENT: Final = re.compile(r'(<content type="html">).*?(</content>)', re.DOTALL)


def reword_feeds(
    feeds: Mapping[str, Collection[str]], article: Any, id_: str, build: Build, settings: Settings  # noqa: ANN401 - Pelican has no types
) -> None:  # fmt: skip
    """Write the words of an article into each feed of posts that has an entry of it, under the id `id_`."""
    path = build.path_of_content(article)
    html = FeedItem(article, settings["SITEURL"]).get_content(settings["SITEURL"])
    for name, paths in feeds.items():
        if path in paths:
            _reword(name, f"<id>{escape(id_)}</id>", html, build)


def _reword(name: str, id_: str, html: str, build: Build) -> None:
    parts = Path(build.output, name).read_text("utf-8").split(_ENTRY)
    found = [at for at, part in enumerate(parts) if id_ in part]
    if len(found) != 1:
        raise NotOnlyWords
    new, count = _CONTENT.subn(lambda match: f"{match[1]}{escape(html)}{match[2]}", parts[found[0]])
    if count != 1:
        raise NotOnlyWords
    parts[found[0]] = new
    build.written.discard(name)
    save_calmly(name, _ENTRY.join(parts).encode(), build, FEED)
