"""Disqus's export → a batch. Threads and posts are siblings there, tied by `dsq:id`."""

from __future__ import annotations

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.values import parse_body, parse_stamp
from rehab.comments.imports.xml import Element, read_records


def read_disqus(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of a Disqus file."""
    records = read_records(pieces[0].data, frozenset({"thread", "post"}), 1)
    topics = {
        each.attributes.get("id", ""): Topic(url=each.get("link"), title=each.get("title"))
        for each in records.found
        if each.name == "thread"
    }
    items = tuple(_item(each) for each in records.found if each.name == "post")
    return Batch(items=items, topics=topics, fault=records.fault, notes=records.notes)


def _item(element: Element) -> Item:
    id_ = element.attributes.get("id", "")
    body, format_ = parse_body(element.get("message"))
    return Item(
        id=id_,
        thread=_refers(element, "thread"),
        parent=_refers(element, "parent"),
        author=element.get("author", "name") or element.get("author", "username"),
        date=parse_stamp(element.get("createdAt")),
        precision="second",
        body=body,
        format=format_,
        status=_status(element),
        alias=f"comment-{id_}" if id_ else "",
        fault="" if element.whole else "the file breaks off in it",
        hidden=(element.get("author", "email"), element.get("ipAddress")),
    )


def _refers(element: Element, name: str) -> str:
    child = element.first(name)
    return child.attributes.get("id", "") if child else ""


def _status(element: Element) -> str:
    if element.get("isDeleted") == "true":
        return "deleted"
    if element.get("isSpam") == "true":
        return "spam"
    return "pending" if element.get("isApproved") == "false" else "approved"
