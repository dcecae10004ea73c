"""What a reader of an export gives: its comments as they stand in it, before this site has looked at them.

One `Item` for each comment of the file, also for those that cannot become one, so that a report adds up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

LARGEST = 200 * 1024 * 1024
"""Bytes of an export; WordPress splits its own long before."""


class Item(Struct, frozen=True, kw_only=True):
    """One comment of an export. `id`, `parent` and `thread` are the old system's; empty where it gives none.

    `status` is approved, pending, spam or deleted. `ping` tells that a program wrote it to say that another page
    links here, `numbered` that its id is only its place in the file. `fault` says why it cannot be read. `hidden` are
    addresses of its writer, which must not go on.
    """

    id: str = ""
    thread: str = ""
    parent: str = ""
    author: str = ""
    date: dt.datetime | None = None
    precision: str = ""
    url: str = ""
    body: str = ""
    format: str = "html"
    status: str = "approved"
    alias: str = ""
    by_post_author: bool = False
    ping: bool = False
    numbered: bool = False
    fault: str = ""
    hidden: tuple[str, ...] = ()


class Topic(Struct, frozen=True, kw_only=True):
    """What an export says of the page under which comments stand: its address, slug and title, as far as it does."""

    url: str = ""
    slug: str = ""
    title: str = ""


class Batch(Struct, frozen=True, kw_only=True):
    """All comments of an export. `fault` says why it could not be read to its end; `notes` what was done to read it."""

    items: tuple[Item, ...] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    fault: str = ""
    notes: tuple[str, ...] = ()


class Piece(Struct, frozen=True):
    """One file of an export: its path below what was named, and its bytes."""

    name: str
    data: bytes


class Options(Struct, frozen=True, kw_only=True):
    """What a page's text does not say of itself: the order of its dates (mdy, dmy or ymd), and its thread."""

    dates: str = ""
    thread: str = ""


Read: TypeAlias = Callable[[tuple[Piece, ...], Options], Batch]
