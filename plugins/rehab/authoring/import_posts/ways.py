"""Where the links of an old text lead now."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from rehab.authoring.import_posts.file import urlsplit_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def address_key(address: str) -> str:
    """Return what two spellings of one old address share: its path, and the query where that names the page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    path = unquote(parts.path).removesuffix("index.html").strip("/").casefold()
    query = parts.query if parts.query.startswith(("p=", "page_id=")) else ""
    return f"{path}?{query}" if query else path


class Addresses(Struct, frozen=True):
    """Old addresses (as `address_key`) with `kind:slug` of what they are now, the hosts they are on, and the base."""

    known: Mapping[str, str]
    hosts: frozenset[str]
    base: str

    @staticmethod
    def of(known: Mapping[str, str], base: str, urls: Iterable[str]) -> Addresses:
        """Return the addresses of a blog whose own hosts are those of its items."""
        all_ = tuple(each for each in (base, *urls) if urlsplit_host(each))
        return Addresses(known, frozenset(map(urlsplit_host, all_)), next(iter(all_), ""))

    def ours(self, href: str, folder: str = "") -> str:
        """Return `kind:slug` of what a link leads to, or nothing. `folder` is where the text's own file lies."""
        try:
            parts = urlsplit(href.strip())
        except ValueError:
            return ""
        if parts.netloc and urlsplit_host(href) not in self.hosts:
            return ""
        if parts.scheme not in {"", "http", "https"} or not (parts.path.strip("/") or parts.query):
            return ""
        if parts.netloc or not folder:
            return self.known.get(address_key(href), "")
        beside = posixpath.normpath(posixpath.join(folder, parts.path)) if not parts.path.startswith("/") else ""
        tries = (beside, address_key(href), address_key(posixpath.join(folder, href)))
        return next((self.known[each.casefold()] for each in tries if each.casefold() in self.known), "")

    def whole(self, href: str) -> str:
        """Return a complete address; nothing for what is relative to a page or a file that nobody knows any more."""
        if not re.match(r"/|https?://|mailto:|tel:", href, re.IGNORECASE):
            return ""
        try:
            full = urljoin(self.base, href) if self.base else href
        except ValueError:
            return ""
        return f"https:{full}" if full.startswith("//") else full
