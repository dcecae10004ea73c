"""Mails as rows of the outbox: to the owner for each comment, to readers who want to know of answers.

They are written in the transaction that they tell of, so that each is sent because of something that is true, and
nothing is lost while a mail server is down. A reader is asked once, after the comment is approved, whether the address
is right; so nobody can have mails sent to strangers without the owner's doing. No mail to a reader quotes anybody.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.inbox import parse_held
from rehab.comments.letters import clean_name, remove_unseen

if TYPE_CHECKING:
    from rehab.intake.database import Connection
    from rehab.intake.desk import Desk
    from rehab.model.comment import Comment

MOST_MAILS: Final = 30
"""Mails to the owner in an hour; what comes beyond waits in the queue without one."""
DECIDE, CONFIRM, LEAVE = "decide", "confirm", "leave"
"""What signed links are for."""
LINK_DAYS: Final = dt.timedelta(days=30)
CONFIRM_DAYS: Final = dt.timedelta(days=14)
"""For how long a link decides, and for how long an address is kept that nobody confirmed."""
ACTIONS: Final = ("approve", "reject", "spam")

_TO_OWNER = """\
A comment waits on "{title}" ({page}).

From: {name}{url}

{words}

Nothing is done until you press a button on the page that a link opens.

Approve: {approve}
Reject:  {reject}
Spam:    {spam}

The links work for {days} days. All that waits: {queue}
"""
_TO_CONFIRM = """\
Somebody, probably you, wrote a comment on "{title}" and asked to be told of answers to it:
{page}

Is that right? Then confirm it here: {confirm}

If it was not you, do nothing: this address is deleted after {days} days, and no other mail comes.
Delete it now: {leave}
"""
_TO_READER = """\
Somebody answered your comment on "{title}":
{page}#comment-{id}

No more of these mails: {leave}
That also deletes this address here.
"""


class _Letter(Struct, frozen=True):
    """A mail that is to go out; `leave` is the address that stops such mails, for readers."""

    to: str
    subject: str
    body: str
    reader: int | None = None
    leave: str = ""


def parse_text(thread: str, id_: str, text: str) -> Comment:
    """Return the comment that a file's text says."""
    return parse_held("inbox", f"inbox/{thread}/{id_}.md", text.encode()).comment


def tell_owner(desk: Desk, connection: Connection, number: int) -> None:
    """Write the owner a mail about a comment that waits, unless there were many within the hour."""
    settings, hour = desk.settings, desk.ago(dt.timedelta(hours=1))
    recent = connection.execute("SELECT count(*) FROM submission WHERE received > ?", (hour,)).fetchone()[0]
    if not (settings.mail and settings.owner) or recent > MOST_MAILS:
        return
    row = connection.execute("SELECT * FROM submission WHERE number = ?", (number,)).fetchone()
    comment = parse_text(row["thread"], row["id"], row["text"])
    links = {action: decision_url(desk, number, row["id"], action) for action in ACTIONS}
    body = _TO_OWNER.format(
        title=title_of(desk, row["thread"]),
        page=settings.page_url(row["thread"]),
        name=clean_name(comment.author) or "Anonymous",
        url=f" <{comment.url}>" if comment.url else "",
        words="\n".join(f"> {line}" for line in remove_unseen(comment.body).strip().split("\n")),
        days=LINK_DAYS.days,
        queue=f"{settings.url}/queue",
        **links,
    )
    _post(desk, connection, _Letter(settings.owner, f"A comment waits: {row['thread']}", body))


def decision_url(desk: Desk, number: int, id_: str, action: str) -> str:
    """Return the signed address that leads to one decision on one comment."""
    token = desk.tokens.render(DECIDE, {"number": number, "id": id_, "action": action})
    return f"{desk.settings.url}/decide/{token}"


def tell_readers(desk: Desk, connection: Connection, number: int) -> None:
    """Write to whom an approval matters: its own writer, to confirm the address, and who is answered."""
    row = connection.execute("SELECT * FROM submission WHERE number = ?", (number,)).fetchone()
    _ask(desk, connection, row["number"], row["thread"])
    if row["parent"]:
        _tell_answered(desk, connection, row["thread"], row["id"], row["parent"])


def _ask(desk: Desk, connection: Connection, number: int, thread: str) -> None:
    found = connection.execute("SELECT * FROM reader WHERE submission = ? AND state = 'asked'", (number,)).fetchone()
    if found is None:
        return
    connection.execute("UPDATE reader SET state = 'sent', since = ? WHERE number = ?", (desk.now, found["number"]))
    confirm = desk.tokens.render(CONFIRM, {"reader": found["number"]})
    leave = leave_url(desk, found["number"])
    body = _TO_CONFIRM.format(
        title=title_of(desk, thread),
        page=desk.settings.page_url(thread),
        confirm=f"{desk.settings.url}/confirm/{confirm}",
        leave=leave,
        days=CONFIRM_DAYS.days,
    )
    _post(desk, connection, _Letter(found["email"], "Answers to your comment", body, found["number"], leave))


def _tell_answered(desk: Desk, connection: Connection, thread: str, id_: str, parent: str) -> None:
    found = connection.execute(
        "SELECT reader.* FROM reader JOIN submission ON submission.number = reader.submission"
        " WHERE submission.thread = ? AND submission.id = ? AND reader.state = 'confirmed'",
        (thread, parent),
    ).fetchone()
    if found is None:
        return
    leave = leave_url(desk, found["number"])
    page = desk.settings.page_url(thread)
    body = _TO_READER.format(title=title_of(desk, thread), page=page, id=id_, leave=leave)
    _post(desk, connection, _Letter(found["email"], "An answer to your comment", body, found["number"], leave))


def leave_url(desk: Desk, reader: int) -> str:
    """Return the signed address by which a reader's address is deleted."""
    return f"{desk.settings.url}/unsubscribe/{desk.tokens.render(LEAVE, {'reader': reader})}"


def title_of(desk: Desk, thread: str) -> str:
    """Return the title of a thread's page on one line, or the thread's name."""
    place = desk.threads.find(thread)
    return " ".join(remove_unseen(place.title).split()) if place else thread


def drop_reader(connection: Connection, submission: int) -> None:
    """Delete the address that came with a comment, and every mail to it that still waits."""
    connection.execute("DELETE FROM reader WHERE submission = ?", (submission,))


def _post(desk: Desk, connection: Connection, letter: _Letter) -> None:
    values = (letter.reader, letter.to, letter.subject, letter.body, letter.leave, desk.now, desk.now)
    connection.execute(
        "INSERT INTO outbox (reader, recipient, subject, body, unsubscribe, since, next) VALUES (?, ?, ?, ?, ?, ?, ?)",
        values,
    )
