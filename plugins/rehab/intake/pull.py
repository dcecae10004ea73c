"""What waits on the server → files of the blog's inbox, for whoever would rather decide with `rehab comments`.

A comment is either here or there: its row is closed in the transaction in which its file is placed. After a crash in
between the file is placed again, with the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.comments.inbox import INBOX
from rehab.comments.moves import Step, write_steps
from rehab.comments.store import FOLDER, comment_file
from rehab.intake.notices import drop_reader
from rehab.source.set_field import set_field

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.intake.database import Database, Row


def pull(database: Database, content: Path) -> tuple[int, tuple[str, ...]]:
    """Move everything that waits into the inbox; return how many comments, and why others stay.

    Addresses that came with them are deleted: files hold none.
    """
    moved, faults = 0, []
    for found in database.rows("SELECT number FROM submission WHERE state IN ('pending', 'spam') ORDER BY number"):
        fault = _pull_one(database, content, found["number"])
        moved += not fault
        if fault:
            faults.append(fault)
    return moved, tuple(faults)


def _pull_one(database: Database, content: Path, number: int) -> str:
    with database.writing() as connection:
        query = "SELECT * FROM submission WHERE number = ? AND state IN ('pending', 'spam')"
        row = connection.execute(query, (number,)).fetchone()
        if row is None:
            return ""
        _, fault = write_steps(content, (Step(None, None, _path(content, row), _text(row).encode()),))
        if not fault:
            connection.execute("UPDATE submission SET state = 'pulled', text = '' WHERE number = ?", (number,))
            drop_reader(connection, number)
        return fault


def _path(content: Path, row: Row) -> str:
    file = comment_file(content, row["thread"], row["id"])
    return f"{INBOX}/{file.relative_to(content / FOLDER).as_posix()}"


def _text(row: Row) -> str:
    text = str(row["text"])
    return text if row["state"] == "pending" else set_field(text, "status", "spam") or text
