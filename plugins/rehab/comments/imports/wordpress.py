"""WordPress's export (WXR 1.0 to 1.2) → a batch. Pingbacks and trackbacks are marked as what they are.

Source of the elements' meaning: `wp-admin/includes/export.php` of WordPress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.values import parse_body, parse_stamp
from rehab.comments.imports.xml import Element, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUSES = {"1": "approved", "approve": "approved", "approved": "approved", "spam": "spam"}
_BINNED = {"trash", "post-trashed"}
_PINGS = {"pingback", "trackback"}


def read_wordpress(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of a WXR file."""
    records = read_records(pieces[0].data, frozenset({"item", "author"}), 2)
    authors = {each.get("author_id"): each.get("author_login") for each in records.found if each.name == "author"}
    items: list[Item] = []
    topics: dict[str, Topic] = {}
    for number, element in enumerate(each for each in records.found if each.name == "item"):
        key = str(number)
        topics[key] = Topic(url=element.get("link"), slug=element.get("post_name"), title=element.get("title"))
        owner = element.get("creator")
        items += [_item(comment, key, owner, authors) for comment in element.all("comment")]
    return Batch(items=tuple(items), topics=topics, fault=records.fault, notes=records.notes)


def _item(element: Element, thread: str, owner: str, authors: Mapping[str, str]) -> Item:
    def get(name: str) -> str:
        return element.get(f"comment_{name}")

    exact = parse_stamp(get("date_gmt"))
    body, format_ = parse_body(get("content"))
    parent = get("parent")
    return Item(
        id=get("id"),
        thread=thread,
        parent="" if parent == "0" else parent,
        author=get("author"),
        date=exact or parse_stamp(get("date")),
        precision="second" if exact else "day",
        url=get("author_url"),
        body=body,
        format=format_,
        status="deleted" if get("approved") in _BINNED else _STATUSES.get(get("approved"), "pending"),
        alias=f"comment-{get('id')}" if get("id") else "",
        by_post_author=bool(owner) and authors.get(get("user_id")) == owner,
        ping=get("type") in _PINGS,
        fault="" if element.whole else "the file breaks off in it",
        hidden=(get("author_email"), get("author_IP")),
    )
