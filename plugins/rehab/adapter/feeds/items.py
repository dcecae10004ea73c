"""Posts as feeds show them, and feeds without a clock.

In: Pelican's articles. Out: what the library that writes feeds asks of them. A feed is read far from the site: every
address in it is whole, and what only our own pages can show is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import Markup

from rehab.adapter.feeds.quick_xml import QuickXml

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_ROOT = re.compile(r'="/(?!/)(?:(?<=\bhref="/)|(?<=\bsrc="/)|(?<=\bposter="/))')
_SRCSET = re.compile(r'srcset="(?<=\bsrcset=")([^"]*)"')
"""Both begin with letters: what stands before them is looked at only where these are found."""
_ONLY_HERE = re.compile(r'<svg class="tones".*?</svg>|<div class="moves-bar.*?</div>', re.DOTALL)
"""What waits for a picture, and what moves one with a script: neither means anything in a feed reader."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class FeedItem:
    """An article as a feed shows it: every link in it is absolute, for a feed is read far from the site."""

    def __init__(self, article: Any, site_url: str) -> None:  # noqa: ANN401 - Pelican has no types
        """Stand for an article."""
        self._article, self._site_url = article, site_url
        self._made: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return what the article has."""
        return getattr(self._article, name)

    @property
    def title(self) -> Markup:
        """Return the title escaped: Pelican strips what looks like a tag, and a title may speak of `<b>`."""
        return Markup.escape(self._article.title)

    def get_content(self, site_url: str) -> str:
        """Return the article's HTML with absolute links, and without what only our own pages can show."""
        if site_url not in self._made:
            html = self._article.get_content(site_url)
            self._article.get_content.cache.clear()  # Pelican's: it holds every text that was ever asked for
            self._made[site_url] = absolute_links(_ONLY_HERE.sub("", html), self._site_url)
        return self._made[site_url]

    @property
    def summary(self) -> str:
        """Return the summary that the author wrote, or nothing: readers have the whole text."""
        return str(self._article.metadata.get("summary", ""))


def absolute_links(html: str, site_url: str) -> str:
    """Return HTML in which addresses that begin at the root begin with the site's origin."""
    parts = urlsplit(site_url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    html = _AT_ROOT.sub(lambda _: f'="{origin}/', html)
    return _SRCSET.sub(lambda match: f'srcset="{_each_absolute(match[1], origin)}"', html)


def _each_absolute(srcset: str, origin: str) -> str:
    return ", ".join(origin + each if each.startswith("/") else each for each in srcset.split(", "))


class _Timeless:
    """A feed without posts says 1970, where the library would say now."""

    items: Sequence[dict[str, Any]]

    def latest_post_date(self) -> dt.datetime:
        """Return the date of the newest item, in UTC."""
        dates = [item.get("updateddate") or item.get("pubdate") for item in self.items]
        return max((date for date in dates if date is not None), default=EPOCH)


class TimelessAtom(_Timeless, Atom1Feed):  # type: ignore[misc] # the library has no types
    """An Atom feed without a clock."""

    def write(self, outfile: IO[str], encoding: str) -> None:
        """Write the feed as the library does, by the shorter way."""
        handler = QuickXml(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")


class TimelessRss(_Timeless, Rss201rev2Feed):  # type: ignore[misc] # the library has no types
    """An RSS feed without a clock."""
