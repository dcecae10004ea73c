"""Where a comment stands: the addresses of a thread's pages and of its feed.

In: the address of its host (a post, an exercise, an injury) and a comment's number in its thread. Out:
site-relative addresses. All that links to a
comment asks here, so that a link to one on the third page leads to the third page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.comments.thread import page_of

if TYPE_CHECKING:
    from rehab.comments.thread import Reply


def page_url(host_url: str, page: int) -> str:
    """Return the address of a page of a thread, counted from 1; the first is the host itself."""
    return host_url if page == 1 else f"{folder_of(host_url)}comments/{page}/"


def comment_url(host_url: str, reply: Reply) -> str:
    """Return the address of a comment: its page and its place there."""
    return f"{page_url(host_url, page_of(reply.number))}#{reply.anchor}"


def feed_url(host_url: str) -> str:
    """Return the address of the feed of a host's comments."""
    return f"{folder_of(host_url)}comments.atom.xml"


def folder_of(host_url: str) -> str:
    """Return the folder of a page: its own address, with a slash at its end where that is a file."""
    return f"{host_url.removesuffix('.html').rstrip('/')}/"
