"""Isso → a batch: its database (SQLite), or the generic JSON that it imports itself.

The database is opened in memory from its bytes: nothing beside the file is read, and nothing is written.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic
from rehab.comments.imports.json import Record, parse_json, records_in, text
from rehab.comments.imports.values import parse_seconds, parse_stamp

_MAGIC = b"SQLite format 3\0"
# Bytes 18 and 19 ask for a write-ahead log beside the file, which one in memory does not have.
_MODES = slice(18, 20)
_ROLLBACK = b"\x01\x01"
_STATUSES = {1: "approved", 2: "pending", 4: "deleted"}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_COLUMNS = ("id", "parent", "created", "mode", "remote_addr", "text", "author", "email", "website", "tid")
_MOST_STEPS = 2_000
"""Calls of the watcher, 100,000 steps of SQLite each: a hundred times what a million comments need."""


def read_isso(pieces: tuple[Piece, ...], _: Options) -> Batch:
    """Return the comments of an Isso database or of a generic JSON file."""
    data = pieces[0].data
    if not data.startswith(_MAGIC):
        return _read_generic(data)
    database = sqlite3.connect(":memory:")
    try:
        return _read_database(database, data)
    except (sqlite3.Error, OverflowError, ValueError) as error:
        return Batch(fault=f"the database cannot be read: {error}")
    finally:
        database.close()


def _read_database(database: sqlite3.Connection, data: bytes) -> Batch:
    notes = () if data[_MODES] == _ROLLBACK else ("the database was in use: what its -wal file holds is not in it",)
    database.deserialize(data[: _MODES.start] + _ROLLBACK + data[_MODES.stop :])
    database.text_factory = _decode
    kinds = dict(database.execute("SELECT name, type FROM sqlite_master WHERE name IN ('comments', 'threads')"))
    if kinds != {"comments": "table", "threads": "table"}:
        return Batch(fault="the database has no tables 'comments' and 'threads': it is not Isso's")
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, 100_000)
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    topics = {
        text(id_): Topic(url=text(uri), title=text(title))
        for id_, uri, title in database.execute("SELECT id, uri, title FROM threads ORDER BY id")
    }
    rows = database.execute(f"SELECT {', '.join(_COLUMNS)} FROM comments ORDER BY id")  # noqa: S608 - our own words
    return Batch(items=tuple(_row(dict(zip(_COLUMNS, row, strict=True))) for row in rows), topics=topics, notes=notes)


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _row(row: Record) -> Item:
    return _item(row, text(row["tid"]), parse_seconds(row["created"]), _STATUSES.get(_hashable(row["mode"]), "pending"))


def _hashable(value: object) -> int:
    return value if isinstance(value, int) else 0


def _item(record: Record, thread: str, date: Any, status: str) -> Item:  # noqa: ANN401 - a moment or None
    id_ = text(record.get("id"))
    return Item(
        id=id_,
        thread=thread,
        parent=text(record.get("parent")),
        author=text(record.get("author")),
        date=date,
        precision="second",
        url=text(record.get("website")),
        body=text(record.get("text")),
        format="markdown",
        status=status,
        alias=f"isso-{id_}" if id_ else "",
        fault="" if record else "it is not a record",
        hidden=(text(record.get("email")), text(record.get("remote_addr"))),
    )


def _read_generic(data: bytes) -> Batch:
    value, fault = parse_json(data)
    if fault:
        return Batch(fault=fault)
    if not isinstance(value, list):
        return Batch(fault="the file is no list of threads: it is no generic export of Isso's")
    topics: dict[str, Topic] = {}
    items: list[Item] = []
    for thread in records_in(value):
        key = text(thread.get("id"))
        topics[key] = Topic(url=key, title=text(thread.get("title")).replace("+", " "))
        items += [
            _item(each, key, parse_stamp(text(each.get("created"))), "approved")
            for each in records_in(thread.get("comments"))
        ]
    return Batch(items=tuple(items), topics=topics)
