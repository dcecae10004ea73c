"""One file of a built site → what the last look asks of it, whatever else the site holds or hides.

In: the bytes of a file, and its path, which says how they are read. Out: `Told`, which is the same as long as the bytes
and this program are. What needs the whole site (whether an address leads anywhere, whether an e-mail address is one of
the author's) is asked of it afterwards, each time.
"""

from __future__ import annotations

from msgspec import Struct

from rehab.publish.contacts import find_local, find_mails
from rehab.publish.facts import Facts, read_facts
from rehab.publish.feed import DATA, FEEDS, Feed, read_data, read_feed
from rehab.publish.tree import PAGES, is_text


class Told(Struct, frozen=True, array_like=True):
    """What one file says. `digest` is the SHA-256 of its bytes; a page has facts, a file of XML is a feed.

    `fault` is why a machine cannot read it, or "". `local` are addresses of machines that no reader reaches, `mails`
    those of people.
    """

    digest: str
    page: Facts | None = None
    feed: Feed | None = None
    fault: str = ""
    local: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()


def read_told(path: str, data: bytes, digest: str) -> Told:
    """Return what the bytes of a file say, which have this digest."""
    if not is_text(path):
        return Told(digest)
    page = read_facts(data.decode("utf-8", "replace")) if path.endswith(PAGES) else None
    feed, fault = read_feed(data) if path.endswith(FEEDS) else (None, read_data(data) if path.endswith(DATA) else "")
    return Told(digest, page, feed, fault, find_local(data), find_mails(data))
