"""Staticman's files → a batch: one file for each comment, in a folder with the name of its thread.

`replying_to` is the number of a comment on the first level, counted from 1 in the order of the dates, as the themes
that come with Staticman write it; `_parent` is the `_id` of one. `_id` (or `id`) is its name where it has one; `email`
is a hash, and is dropped.
"""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.json import parse_json, table, text
from rehab.comments.imports.values import parse_seconds, parse_stamp
from rehab.model.comment import thread_of
from rehab.source.nodes import Scalar, Table
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

_LATEST = dt.datetime.max.replace(tzinfo=dt.UTC)
_LARGEST = 100_000
_MOST_NESTED = 2_000
"""Bytes, and signs that may open a level of YAML: a comment has a few. Tens of thousands crash the library's parser."""
_FORMATS, _STATUSES = ("html", "text"), ("pending", "spam", "deleted")
"""What our own export says of a comment that is neither Markdown nor on the site."""
_BODIES = ("message", "comment", "body", "text")


def read_staticman(pieces: tuple[Piece, ...], options: Options) -> Batch:
    """Return the comments of a folder of Staticman's, or of one file of it."""
    found = [_item(piece, options) for piece in sorted(pieces, key=lambda piece: piece.name)]
    threads: dict[str, list[Item]] = {}
    for item in found:
        threads.setdefault(item.thread, []).append(item)
    items = tuple(item for thread in threads.values() for item in _with_parents(thread))
    return Batch(items=items, topics={key: Topic(slug=key) for key in threads if key})


def _item(piece: Piece, options: Options) -> Item:
    path = PurePosixPath(piece.name)
    thread = options.thread or thread_of(path.parts)
    fields = _fields(piece)
    if not fields:
        return Item(id=path.name, thread=thread, fault=f"'{path.name}' cannot be read")
    date = fields.get("date", "")
    return Item(
        id=fields.get("_id") or fields.get("id") or path.stem,
        thread=thread,
        parent=fields.get("replying_to", fields.get("reply_to", fields.get("_parent", ""))).strip(),
        author=fields.get("name", "").strip(),
        date=parse_stamp(date) or (parse_seconds(int(date)) if date.isdecimal() and len(date) < 12 else None),  # noqa: PLR2004
        precision="second",
        url=fields.get("url", "") or fields.get("website", ""),
        body=next((fields[name] for name in _BODIES if fields.get(name)), "").replace("\\r\\n", "\n"),
        format=fields["format"] if fields.get("format") in _FORMATS else "markdown",
        status=fields["status"] if fields.get("status") in _STATUSES else "approved",
        hidden=(fields.get("email", ""), fields.get("ip", "")),
    )


def _fields(piece: Piece) -> dict[str, str]:
    """Return a file's texts by name. Nothing in it is taken for anything but text, so `yes` stays a name."""
    if len(piece.data) > _LARGEST or sum(piece.data.count(sign) for sign in (b"[", b"{", b"- ", b"? ")) > _MOST_NESTED:
        return {}
    if piece.name.endswith(".json"):
        return {str(key): text(value) for key, value in table(parse_json(piece.data)[0]).items()}
    node, problems = parse_yaml(piece.data.decode("utf-8", "replace"), piece.name)
    if problems or not isinstance(node, Table):
        return {}
    return {row.key.value: row.value.value for row in node if isinstance(row.value, Scalar)}


def _with_parents(items: Iterable[Item]) -> Iterable[Item]:
    ordered = sorted(items, key=lambda item: (item.date or _LATEST, item.id))
    ids = {item.id for item in ordered}
    roots = [item.id for item in ordered if not item.parent]
    for item in ordered:
        at = int(item.parent) if item.parent.isdecimal() and len(item.parent) < 6 else 0  # noqa: PLR2004
        parent = roots[at - 1] if 0 < at <= len(roots) else item.parent and f"number {item.parent}"
        yield replace(item, parent=item.parent if item.parent in ids else parent)
