"""The SQLite file of the intake: transactions for writing, plain queries for reading.

One connection for each thread. Writes are let in one after the other, first by a lock of this process and then by
SQLite's own, so that five hundred at once wait instead of failing. Raises `sqlite3.Error` where the file cannot be
used.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.intake.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Row: TypeAlias = sqlite3.Row
Connection: TypeAlias = sqlite3.Connection

BUSY_SECONDS = 10.0
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a reader who was told that a comment waits may rely on it, whatever happens to the power
    "foreign_keys = ON",
    "secure_delete = ON",  # a removed address is overwritten, not only forgotten
    "journal_size_limit = 0",
)


class NewerFileError(Exception):
    """The file was written by a later version of this program."""


class Database:
    """One SQLite file, open in as many threads as ask for it."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._mine = threading.local()
        self._all: list[Connection] = []
        if not file.exists():
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
        self._migrate()

    def _connection(self) -> Connection:
        found: Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = sqlite3.connect(self.file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            found.row_factory = sqlite3.Row
            for pragma in _PRAGMAS:
                found.execute(f"PRAGMA {pragma}")
            self._mine.connection = found
            self._all.append(found)
        return found

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for one transaction; what raises inside it leaves nothing behind."""
        connection = self._connection()
        with self._lock:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return self._connection().execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        found: Row | None = self._connection().execute(query, values).fetchone()
        return found

    def forget(self) -> None:
        """Empty the log of writes, in which removed rows may still stand; who reads meanwhile is not disturbed."""
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection. No thread may be using one."""
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._mine = threading.local()

    def _migrate(self) -> None:
        with self.writing() as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(MIGRATIONS):
                raise NewerFileError(f"'{self.file.name}' was written by a later version: upgrade this one")
            for step in MIGRATIONS[version:]:
                for statement in _statements(step):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would end the transaction they belong in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
