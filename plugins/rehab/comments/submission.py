"""What a reader sent in → a comment that waits for the author, or the sentence that says why not.

In: the fields of a form, or a `Submission` made of a mail; and what is known of each thread. Out: a pending comment
with the same id for the same message every time. Nothing here reads a clock, a file or the network.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rehab.comments.addresses import clean_url
from rehab.comments.imports.dates import fit_date
from rehab.comments.imports.mend import drop_controls
from rehab.comments.letters import clean_name, remove_unseen
from rehab.comments.numbers import find_numbered
from rehab.comments.private import drop_addresses, private_name
from rehab.comments.same import id_of, in_utc, is_same, unix_lines
from rehab.comments.submitted import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_NUMBER,
    LONGEST_URL,
    TRAP,
    Refusal,
    Submission,
    Taken,
    ThreadKnown,
)
from rehab.model.comment import Comment
from rehab.model.refs import Ref
from rehab.source.place import Place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

PLACE: Final = Place("submission")
"""Where a comment stands that has no file yet."""


def parse_submission(
    fields: Mapping[str, str], threads: Mapping[str, ThreadKnown], date: dt.datetime | None, *, source: str = ""
) -> Comment | Refusal:
    """Return the pending comment of a form that was just sent, or why there is none. `date` is when it was sent."""
    read = read_fields(fields, threads, date, source=source)
    taken = read if isinstance(read, Refusal) else take_submission(read, threads)
    return taken.comment if isinstance(taken, Taken) else taken


def read_fields(
    fields: Mapping[str, str], threads: Mapping[str, ThreadKnown], date: dt.datetime | None, *, source: str = ""
) -> Submission | Refusal:
    """Return a form's fields as a submission: whose trap is filled is no person, and the number becomes an id."""
    if fields.get(TRAP, "").strip():
        return Refusal("trap", "A field that people never see was filled in, so a program sent this.")
    thread = fields.get("thread", "").strip()
    known = threads.get(thread)
    number = fields.get("number", "").strip().lstrip("#")
    found = _find(number, fields.get("numbered", "").strip(), known) if known else None
    return Submission(
        thread=thread,
        name=fields.get("name", ""),
        url=fields.get("url", "").strip(),
        message=fields.get("message", ""),
        date=date,
        reply_to=found or "",
        source=source,
        unanswered=bool(number) and found is None,
    )


def _find(number: str, numbered: str, known: ThreadKnown) -> str | None:
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return find_numbered(int(number), numbered, known.shown) if is_number else None


def take_submission(given: Submission, threads: Mapping[str, ThreadKnown], *, lenient: bool = False) -> Taken | Refusal:
    """Return a submission as a pending comment, or why it cannot be one.

    `lenient` is for what its writer cannot correct any more, in mails and exports: what is too long, an address that
    is none, and a thread that was closed meanwhile are remarked and left to the moderator.
    """
    known = threads.get(given.thread)
    refusal = _check_thread(known) or _check_words(given)
    if known is None or (refusal and not (lenient and refusal.code in _LENIENT)):
        return refusal or _UNKNOWN
    comment = _comment(given)
    if any(is_same(comment.slug, id_) for id_ in known.taken):
        return Refusal("again", "This message is here already.")
    linked, lost = _link(comment, known.shown.get(given.reply_to))
    return Taken(linked, _remarks(given, comment, known, lost=lost))


_UNKNOWN: Final = Refusal("thread", "There is no such thread on this site.")
_LENIENT: Final = frozenset({"closed", "long", "name", "url"})


def _check_thread(known: ThreadKnown | None) -> Refusal | None:
    if known is None:
        return _UNKNOWN
    if known.state == "off":
        return Refusal("off", "This page takes no comments.")
    return None if known.state == "open" else Refusal("closed", "Comments on this page are closed.")


def _check_words(given: Submission) -> Refusal | None:
    """Return what is wrong with the words; the first of the sentences is enough, for a form shows one at a time."""
    message = len(unix_lines(given.message))
    if not _is_said(given.message):
        return Refusal("empty", "The comment has no words. Write something under \u201cYour comment\u201d.")
    if message > LONGEST_MESSAGE:
        return Refusal("long", f"The comment has {message:,} characters. Shorten it to {LONGEST_MESSAGE:,}.")
    if len(given.name.strip()) > LONGEST_NAME:
        return Refusal("name", f"The name is longer than {LONGEST_NAME} characters. Shorten it.")
    if given.url and (len(given.url) > LONGEST_URL or clean_url(given.url) is None):
        return Refusal("url", "The web address cannot be linked. Begin it with https://, or leave it empty.")
    return None


def _is_said(message: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in remove_unseen(message))


def _comment(given: Submission) -> Comment:
    body = drop_addresses(drop_controls(unix_lines(given.message)), given.hidden).strip()
    url = clean_url(given.url) or "" if len(given.url) <= LONGEST_URL else ""
    date = in_utc(given.date) if given.date else None
    return Comment(
        slug=id_of(given, date),
        path="",
        place=PLACE,
        thread=given.thread,
        body=f"{body}\n",
        author=clean_name(_name(given)),
        date=date,
        url=url if drop_addresses(url, given.hidden) == url else "",
        status=given.status,
        format=given.format,
        source=given.source,
    )


def _name(given: Submission) -> str:
    return private_name(drop_controls(given.name), given.hidden)


def _lost_address(given: Submission) -> bool:
    """Tell whether a name or a message held an address of a person."""
    message = drop_controls(unix_lines(given.message))
    return _name(given) != drop_controls(given.name) or drop_addresses(message, given.hidden) != message


def _link(comment: Comment, parent: Comment | None) -> tuple[Comment, str]:
    """Return the comment below the one that it answers, as far as its date allows, and what was lost."""
    if parent is None:
        return comment, ""
    fitted = fit_date(comment, parent)
    if fitted is None:
        return comment, "it is dated in a year before what it answers: it stands alone"
    lost = "" if fitted.date == comment.date else "it is dated before what it answers: its date is named less exactly"
    return replace(fitted, reply_to=Ref("comment", parent.slug, PLACE)), lost


def _remarks(given: Submission, comment: Comment, known: ThreadKnown, *, lost: str) -> tuple[str, ...]:
    unfound = given.unanswered or bool(given.reply_to and given.reply_to not in known.shown)
    said = {
        "the comment that it answers cannot be found: it stands alone": unfound,
        lost: bool(lost),
        "its thread is closed": known.state == "closed",
        "its text or name held an address of a person, which was taken out": _lost_address(given),
        f"its name is longer than {LONGEST_NAME} characters and was cut": len(given.name.strip()) > LONGEST_NAME,
        f"it has more than {LONGEST_MESSAGE:,} characters, and a page shows the first of them": (
            len(comment.body) > LONGEST_MESSAGE
        ),
        "the web address of its writer is none that can be linked": bool(given.url) and not comment.url,
        "it has no date": comment.date is None,
    }
    return tuple(remark for remark, is_so in said.items() if is_so)
