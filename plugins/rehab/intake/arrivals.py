"""A form post → a comment that waits, or what is wrong with it and where.

What a submission must be is said in `rehab.comments.submission`; here it meets the database: the same message within
the hour is one, a filled trap is kept as spam, and nobody sends more than the limit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.letters import clean_name
from rehab.comments.store import render_comment
from rehab.comments.submission import parse_submission
from rehab.comments.submitted import SAME_WITHIN, TRAP, Refusal
from rehab.intake.desk import stamp
from rehab.intake.notices import tell_owner
from rehab.intake.settings import is_address
from rehab.intake.visits import count_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.comments.submitted import Code
    from rehab.intake.database import Connection
    from rehab.intake.desk import Desk
    from rehab.model.comment import Comment

EMAIL: Final = "email"
ONE_LINE: Final = ("thread", "numbered", "number", "name", "url", EMAIL, TRAP)
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f]")
_NOT_FOUND, _BAD, _UNPROCESSABLE, _TOO_MANY, _FULL = 404, 400, 422, 429, 503
_ANSWERS: Final[Mapping[Code, tuple[int, str]]] = {
    "thread": (_NOT_FOUND, ""),
    "off": (_UNPROCESSABLE, ""),
    "closed": (_UNPROCESSABLE, ""),
    "empty": (_UNPROCESSABLE, "message"),
    "long": (_UNPROCESSABLE, "message"),
    "name": (_UNPROCESSABLE, "name"),
    "url": (_UNPROCESSABLE, "url"),
}


class Refused(Struct, frozen=True):
    """Why nothing was kept: the status of the answer, the field to mend (or none), and a sentence."""

    status: int
    field: str
    sentence: str


class Kept(Struct, frozen=True):
    """A message that waits. `fresh` is false for one that was here already."""

    thread: str
    fresh: bool


def take(desk: Desk, fields: Mapping[str, str], address: str) -> Kept | Refused:
    """Keep a form's message once, or say why not. `address` is counted and kept nowhere."""
    comment = _check_letters(fields) or _check_email(fields) or _read(desk, fields, desk.clock())
    with desk.database.writing() as connection:
        visits = count_visit(connection, desk.secret, "comment", address, desk.clock())
        if visits > desk.settings.limits.comments:
            return Refused(
                _TOO_MANY, "", "You sent many comments in a short time. Wait ten minutes, then send it again."
            )
        if isinstance(comment, Refused):
            return comment
        kept = _keep(desk, connection, comment, fields)
    desk.work.set()
    return kept


def _check_letters(fields: Mapping[str, str]) -> Refused | None:
    for name in ONE_LINE:
        if _CONTROLS.search(fields.get(name, "")):
            return Refused(_BAD, name, "This field is one line: it cannot hold a line break or a control character.")
    if "\0" in fields.get("message", ""):
        return Refused(_BAD, "message", "The comment holds a character that is no text. Take it out.")
    return None


def _check_email(fields: Mapping[str, str]) -> Refused | None:
    email = fields.get(EMAIL, "").strip()
    if not email or is_address(email):
        return None
    return Refused(_UNPROCESSABLE, EMAIL, "This is no e-mail address. Correct it, or leave it empty.")


def _read(desk: Desk, fields: Mapping[str, str], date: dt.datetime) -> Comment | Refused:
    """Return the comment of a form; the trap is not looked at here, for what fills it is kept too."""
    read = parse_submission({**fields, TRAP: ""}, desk.threads.known(fields.get("thread", "").strip()), date)
    if not isinstance(read, Refusal):
        return read
    status, field = _ANSWERS.get(read.code, (_UNPROCESSABLE, ""))
    return Refused(status, field, read.sentence)


def _keep(desk: Desk, connection: Connection, comment: Comment, fields: Mapping[str, str]) -> Kept | Refused:
    said = _hash(comment.thread, clean_name(fields.get("name", "")), fields.get("message", "").strip())
    since = desk.ago(SAME_WITHIN)
    if connection.execute("SELECT 1 FROM submission WHERE said = ? AND received >= ?", (said, since)).fetchone():
        return Kept(comment.thread, fresh=False)
    waiting = connection.execute("SELECT count(*) FROM submission WHERE state IN ('pending', 'spam')").fetchone()[0]
    if waiting >= desk.settings.limits.waiting:
        return Refused(_FULL, "", "Too many comments wait already. Keep your text, and send it another day.")
    free = _with_free_id(desk, connection, comment, fields)
    parent = free.reply_to.slug if free.reply_to else ""
    state = "spam" if fields.get(TRAP, "").strip() else "pending"
    number = connection.execute(
        "INSERT INTO submission (thread, id, parent, said, text, received, state) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (free.thread, free.slug, parent, said, render_comment(free), desk.now, state),
    ).lastrowid
    if state == "pending" and number:
        _keep_email(desk, connection, number, fields)
        tell_owner(desk, connection, number)
    return Kept(comment.thread, fresh=True)


def _with_free_id(desk: Desk, connection: Connection, comment: Comment, fields: Mapping[str, str]) -> Comment:
    """Return the comment, dated seconds later where another of its second has the same six letters."""
    date, read = desk.clock(), comment
    while connection.execute(
        "SELECT 1 FROM submission WHERE thread = ? AND id = ?", (read.thread, read.slug)
    ).fetchone():
        date += dt.timedelta(seconds=1)
        again = _read(desk, fields, date)
        read = read if isinstance(again, Refused) else again
    return read


def _keep_email(desk: Desk, connection: Connection, number: int, fields: Mapping[str, str]) -> None:
    """Keep the address for answers, where mails go out at all."""
    email = fields.get(EMAIL, "").strip()
    if email and desk.settings.mail:
        connection.execute(
            "INSERT INTO reader (submission, email, state, since) VALUES (?, ?, 'asked', ?)",
            (number, email, stamp(desk.clock())),
        )


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
