"""A decision of the owner → the state of a comment, its file and its commit; taken up again after a crash.

An approval is written down before anything is done (`approving`), then the file is placed (`written`), then it is
committed (`approved`). Each step can be done twice without harm, so whatever stopped in between, by a kill, a full
disk or a busy git, goes on from there: at the next start, and every half minute.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct

from rehab.comments.moves import Step, write_steps
from rehab.comments.store import comment_file, render_comment
from rehab.intake.git import GitError, commit_file
from rehab.intake.notices import drop_reader, parse_text, tell_readers
from rehab.source.set_field import set_field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.intake.database import Row
    from rehab.intake.desk import Desk

Action: TypeAlias = Literal["approve", "reject", "spam", "restore"]

ALLOWED: Final[Mapping[Action, tuple[str, ...]]] = {
    "approve": ("pending", "spam"),
    "reject": ("pending", "spam"),
    "spam": ("pending",),
    "restore": ("spam", "rejected"),
}
"""In which states a comment can be for a decision."""
_NEXT: Final[Mapping[Action, str]] = {
    "approve": "approving",
    "reject": "rejected",
    "spam": "spam",
    "restore": "pending",
}
_DONE: Final[Mapping[Action, str]] = {
    "approve": "Approved.",
    "reject": "Rejected.",
    "spam": "Marked as spam.",
    "restore": "It waits again.",
}
WORDS: Final[Mapping[str, str]] = {
    "pending": "is waiting",
    "spam": "is spam",
    "approving": "is approved, and its file is not written yet",
    "written": "is approved, and its file is not committed yet",
    "approved": "is approved",
    "rejected": "is rejected",
    "pulled": "was moved to the inbox of the blog's folder",
}
"""What each state is called."""


class Outcome(Struct, frozen=True):
    """Whether a decision changed anything, and a sentence for the owner."""

    done: bool
    sentence: str


def find(desk: Desk, number: int) -> Row | None:
    """Return what is known of a submission, or None."""
    return desk.database.row("SELECT * FROM submission WHERE number = ?", (number,))


def decide(desk: Desk, number: int, action: Action) -> Outcome:
    """Carry out a decision, once. Whoever comes second changes nothing, and is told what it is."""
    row = find(desk, number)
    if row is None:
        return Outcome(done=False, sentence="This comment is not here any more.")
    text = str(row["text"])
    if action == "approve":
        fault = _fault(desk, row)
        if fault:
            return Outcome(done=False, sentence=fault)
        text = _approved(desk, row)
    if not _move(desk, number, action, text):
        now = find(desk, number)
        return Outcome(done=False, sentence=f"Nothing was changed: it {WORDS[now['state'] if now else 'rejected']}.")
    if action == "approve":
        return finish(desk, number)
    return Outcome(done=True, sentence=_DONE[action])


def _fault(desk: Desk, row: Row) -> str:
    """Return why a comment cannot be approved, or nothing."""
    if row["state"] in ALLOWED["approve"] and desk.threads.find(row["thread"]) is None:
        return f"The page '{row['thread']}' is not there any more: the comment has no place."
    return ""


def _approved(desk: Desk, row: Row) -> str:
    """Return the text of an approved comment's file. Where the file of what it answers is gone, it stands alone."""
    text = str(row["text"])
    parent = comment_file(desk.settings.content, row["thread"], row["parent"]) if row["parent"] else None
    if parent is None or parent.is_file():
        return set_field(text, "status", "approved") or text
    return render_comment(replace(parse_text(row["thread"], row["id"], text), reply_to=None, status="approved"))


def _move(desk: Desk, number: int, action: Action, text: str) -> bool:
    """Write a decision down, and tell whether it was still to be taken."""
    able = ALLOWED[action]
    marks = ", ".join("?" for _ in able)
    with desk.database.writing() as connection:
        moved = connection.execute(
            f"UPDATE submission SET state = ?, text = ?, decided = ?, fault = ''"  # noqa: S608 - marks alone
            f" WHERE number = ? AND state IN ({marks})",
            (_NEXT[action], text, desk.now, number, *able),
        ).rowcount
        if moved and action in {"reject", "spam"}:
            drop_reader(connection, number)
    return bool(moved)


def finish(desk: Desk, number: int) -> Outcome:
    """Bring an approval to its end from wherever it is: place the file, commit it, tell who wants to know."""
    with desk.publishing:
        row = find(desk, number)
        state = row["state"] if row else "rejected"
        if row is None or state not in {"approving", "written"}:
            done = state == "approved"  # by the errands, in between
            return Outcome(done=done, sentence=_DONE["approve"] if done else f"Nothing was changed: it {WORDS[state]}.")
        fault = _write(desk, row) if row["state"] == "approving" else ""
        return _wait(desk, number, fault) if fault else _commit(desk, row)


def _write(desk: Desk, row: Row) -> str:
    """Place the file of a comment, safe from a loss of power, and say why where that fails."""
    content = desk.settings.content
    file = comment_file(content, row["thread"], row["id"])
    path = f"{content.name}/{file.relative_to(content).as_posix()}"
    _, fault = write_steps(content, (Step(None, None, path, str(row["text"]).encode()),))
    if fault:
        return fault
    _settle(file)
    _settle(file.parent)
    with desk.database.writing() as connection:
        connection.execute("UPDATE submission SET state = 'written', fault = '' WHERE number = ?", (row["number"],))
    return ""


def _settle(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk, where the system can tell."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _commit(desk: Desk, row: Row) -> Outcome:
    file = comment_file(desk.settings.content, row["thread"], row["id"])
    if file.exists():  # who removed it meanwhile has decided otherwise
        try:
            commit_file(desk.settings, file)
        except GitError as wrong:
            return _wait(desk, row["number"], str(wrong))
    with desk.database.writing() as connection:
        connection.execute(
            "UPDATE submission SET state = 'approved', text = '', fault = '' WHERE number = ?", (row["number"],)
        )
        tell_readers(desk, connection, row["number"])
    desk.work.set()
    return Outcome(done=True, sentence=_DONE["approve"])


def _wait(desk: Desk, number: int, fault: str) -> Outcome:
    """Write down why an approval is not at its end; it is tried again by itself."""
    with desk.database.writing() as connection:
        connection.execute("UPDATE submission SET fault = ? WHERE number = ?", (fault, number))
    return Outcome(done=True, sentence=f"Approved, but not finished: {fault}. It is tried again by itself.")


def repair(desk: Desk) -> int:
    """Bring every approval to its end that was stopped, and return how many there were."""
    rows = desk.database.rows("SELECT number FROM submission WHERE state IN ('approving', 'written') ORDER BY number")
    for row in rows:
        finish(desk, row["number"])
    return len(rows)
