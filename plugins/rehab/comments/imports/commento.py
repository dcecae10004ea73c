"""Commento's JSON → a batch. A comment names its writer by a number; `commenters` say who that is."""

from __future__ import annotations

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.json import Record, parse_json, records_in, table, text
from rehab.comments.imports.values import parse_body, parse_stamp

_STATUSES = {"approved": "approved", "flagged": "spam", "spam": "spam"}


def read_commento(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of a Commento file."""
    value, fault = parse_json(pieces[0].data)
    if fault:
        return Batch(fault=fault)
    export = table(value)
    if not isinstance(export.get("comments"), list):
        return Batch(fault="the file has no list of comments: it is no export of Commento's")
    writers = {text(each.get("commenterHex")): each for each in records_in(export.get("commenters"))}
    items = tuple(_item(each, writers) for each in records_in(export["comments"]))
    return Batch(items=items, topics={item.thread: Topic(url=item.thread) for item in items})


def _item(record: Record, writers: dict[str, Record]) -> Item:
    writer = writers.get(text(record.get("commenterHex")), {})
    parent = text(record.get("parentHex"))
    id_ = text(record.get("commentHex"))
    body, format_ = text(record.get("markdown")), "markdown"
    if not body:
        body, format_ = parse_body(text(record.get("html")))
    return Item(
        id=id_,
        thread=text(record.get("url")),
        parent="" if parent == "root" else parent,
        author=text(writer.get("name")),
        date=parse_stamp(text(record.get("creationDate"))),
        precision="second",
        url=text(writer.get("link")),
        body=body,
        format=format_,
        status="deleted" if record.get("deleted") is True else _STATUSES.get(text(record.get("state")), "pending"),
        alias=f"commento-{id_}" if id_ else "",
        fault="" if record else "it is not a record",
        hidden=(text(writer.get("email")),),
    )
