"""Remark42's backup → a batch: a line of JSON on the site, then one for each comment."""

from __future__ import annotations

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.json import Record, parse_json, table, text
from rehab.comments.imports.values import parse_body, parse_stamp


def read_remark42(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of a backup."""
    items: list[Item] = []
    topics: dict[str, Topic] = {}
    for number, line in enumerate(pieces[0].data.splitlines()):
        if not line.strip():
            continue
        value, fault = parse_json(line)
        record = table(value)
        if number == 0 and "text" not in record and "locator" not in record:
            if fault or "version" not in record:
                return Batch(fault=fault or "the first line says no version: it is no backup of Remark42's")
            continue
        url = text(table(record.get("locator")).get("url"))
        topics[url] = Topic(url=url, title=text(record.get("title")))
        items.append(Item(fault=f"line {number + 1} is no record") if fault or not record else _item(record, url))
    return Batch(items=tuple(items), topics=topics)


def _item(record: Record, url: str) -> Item:
    user = table(record.get("user"))
    id_ = text(record.get("id"))
    body, format_ = text(record.get("orig")), "markdown"
    if not body:
        body, format_ = parse_body(text(record.get("text")))
    return Item(
        id=id_,
        thread=url,
        parent=text(record.get("pid")),
        author=text(user.get("name")),
        date=parse_stamp(text(record.get("time"))),
        precision="second",
        body=body,
        format=format_,
        status="deleted" if record.get("delete") is True else "approved",
        alias=f"remark42__comment-{id_}" if id_ else "",
        hidden=(text(user.get("ip")), text(user.get("email"))),
    )
