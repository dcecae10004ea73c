"""What an export gives, item by item, as it stands there: before this site has looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct, field

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

LARGEST = 200 * 1024 * 1024
"""Bytes of an export; WordPress splits its own long before."""
LONGEST_TEXT = 1_000_000
"""Characters of one post's text: eight times the longest that we met."""

Kind: TypeAlias = Literal["post", "page", "picture", "other", "unknown"]
Status: TypeAlias = Literal["published", "draft", "locked", "gone"]
Form: TypeAlias = Literal["html", "wordpress", "markdown", "text", "none"]


class Old(Struct, frozen=True, kw_only=True):
    """One item of an export.

    `number` counts from 1 in the file's order, `line` is where it begins. `what` is the old system's word for its
    kind, `why` the reason where it becomes nothing here. `locked` means protected or private. `day` says that the time
    of `date` is not known. `url` and `urls` are its old addresses. `folder` is where its own file lies, for pictures.
    """

    number: int
    line: int = 1
    kind: Kind = "post"
    what: str = "post"
    why: str = ""
    id: str = ""
    title: str = ""
    body: str = ""
    form: Form = "html"
    date: dt.datetime | None = None
    day: bool = False
    modified: dt.datetime | None = None
    status: Status = "published"
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    slug: str = ""
    url: str = ""
    urls: tuple[str, ...] = ()
    lang: str = ""
    folder: str = ""
    featured: str = ""
    comments: str = ""
    declared: int | None = None
    lost_links: tuple[tuple[str, str], ...] = ()
    question: str = ""
    remarks: tuple[str, ...] = ()
    thread: str = ""


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that an export lists as an item of its own: its address and the words that belong to it."""

    url: str
    alt: str = ""
    caption: str = ""
    title: str = ""


class Export(Struct, frozen=True, kw_only=True):
    """All items of an export. `fault` says why it could not be read to its end, `notes` what was done to read it.

    `pictures` are those listed as items, by the old id. `base` is the old blog's address, for what is relative to it.
    """

    format: str
    items: tuple[Old, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    base: str = ""
    fault: str = ""
    notes: tuple[str, ...] = ()
