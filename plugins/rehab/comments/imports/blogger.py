"""Blogger's exports → a batch: the classic Atom file, and the one of Google Takeout since 2018.

In the classic file a comment's parent is the last part of its `link rel="related"`; in the newer it is
`blogger:inReplyTo`. Blogger calls nameless readers "Anonymous" and "Unknown": both mean that there is no name.
"""

from __future__ import annotations

import re

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.values import parse_body, parse_stamp
from rehab.comments.imports.xml import Element, read_records

_NAMELESS = {"Anonymous", "Unknown"}
_NUMBER = re.compile(r"post-(\d+)$")
_LAST = re.compile(r"(\d+)/?$")
_STATUSES = {"": "approved", "LIVE": "approved", "SPAM_COMMENT": "spam", "EMPTIED": "deleted"}
_PROFILE = re.compile(r"https?://(?:www|draft)\.blogger\.com/profile/", re.IGNORECASE)


def read_blogger(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of a classic or Takeout file."""
    records = read_records(pieces[0].data, frozenset({"entry"}), 1)
    topics: dict[str, Topic] = {}
    items: list[Item] = []
    for entry in records.found:
        if _kind(entry) == "post":
            url = _link(entry, "alternate") or entry.get("filename")
            topics[_number(entry.get("id"))] = Topic(url=url, title=entry.get("title"))
        elif _kind(entry) == "comment" or not entry.whole:
            items.append(_item(entry))
            reply = entry.first("in-reply-to")
            if reply:
                topics.setdefault(_number(reply.attributes.get("ref", "")), Topic(url=reply.attributes.get("href", "")))
    return Batch(items=tuple(items), topics=topics, fault=records.fault, notes=records.notes)


def _kind(entry: Element) -> str:
    terms = (each.attributes.get("term", "") for each in entry.all("category"))
    classic = next((term.rpartition("#")[2] for term in terms if "/kind#" in term), "")
    return classic or entry.get("type").lower()


def _item(entry: Element) -> Item:
    number = _number(entry.get("id"))
    name, uri = entry.get("author", "name"), entry.get("author", "uri")
    reply = entry.first("in-reply-to")
    body, format_ = parse_body(entry.get("content"))
    return Item(
        id=number,
        thread=_number(reply.attributes.get("ref", "") if reply else entry.get("parent")),
        parent=_parent(entry),
        author="" if name in _NAMELESS else name,
        date=parse_stamp(entry.get("published")),
        precision="second",
        url="" if _PROFILE.match(uri) else uri,
        body=body,
        format=format_,
        status="deleted" if _is_removed(entry) else _STATUSES.get(entry.get("status"), "pending"),
        alias=f"c{number}" if number else "",
        fault="" if entry.whole else "the file breaks off in it",
        hidden=(entry.get("author", "email"),),
    )


def _parent(entry: Element) -> str:
    found = _LAST.search(_link(entry, "related"))
    return found[1] if found else _number(entry.get("inReplyTo"))


def _is_removed(entry: Element) -> bool:
    named = (each.attributes for each in entry.all("extendedProperty"))
    return any(each.get("name") == "blogger.contentRemoved" and each.get("value", "true") == "true" for each in named)


def _number(id_: str) -> str:
    found = _NUMBER.search(id_)
    return found[1] if found else id_


def _link(entry: Element, relation: str) -> str:
    links = (each.attributes for each in entry.all("link"))
    return next((each.get("href", "") for each in links if each.get("rel") == relation), "")
