"""Feeds, the sitemap and data of a built tree: well-formed, and leading to what is there.

In: a `Tree`, and what each of its files says. Out: findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rehab.publish.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.publish.feed import Feed
    from rehab.publish.told import Told
    from rehab.publish.tree import Tree


def check_machines(tree: Tree, told: Mapping[str, Told]) -> Iterator[Finding]:
    """Yield what is wrong with the files that machines read."""
    for path, file in told.items():
        if file.fault:
            yield Finding("broken-file", path, file.fault, hint="mend it where it comes from")
        elif file.feed:
            yield from _check_feed(tree, path, file.feed)


def _check_feed(tree: Tree, path: str, feed: Feed) -> Iterator[Finding]:
    for address in feed.addresses:
        if reason := tree.failure(address, path):
            yield Finding("broken-link", path, f"'{address}' {reason}", address, "correct it where the file comes from")
        elif feed.is_sitemap and tree.is_own(address) and _is_hidden(tree, address):
            yield Finding("broken-link", path, f"'{address}' is a page that is not for search", address, "take it out")


def _is_hidden(tree: Tree, address: str) -> bool:
    file = tree.file_at(urlsplit(address).path)
    return file is not None and file in tree.pages and tree.pages[file].hidden
