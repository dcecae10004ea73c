"""The id that a reader's message will have, and whether two ids are of one message.

In: a submission. Out: the id of its comment, the same for the same message every time. A comment's id is its moment and
a hash of its words, so nothing else must be kept to know a message again, even one that was edited or rejected.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from rehab.comments.letters import clean_name
from rehab.comments.private import drop_addresses
from rehab.comments.store import comment_id
from rehab.comments.submitted import SAME_WITHIN

if TYPE_CHECKING:
    from rehab.comments.submitted import Submission

_MOMENT: Final = re.compile(r"(\d{8}T\d{6}Z|undated)-(.+)")


def id_of(given: Submission, date: dt.datetime | None) -> str:
    """Return the id of a submission's comment. No address is in it, for a hash of one tells who guesses it."""
    said = map(drop_addresses, (clean_name(given.name), unix_lines(given.message).strip()))
    return comment_id(date, given.thread, *said)


def tail_of(id_: str) -> str:
    """Return the part of an id that does not tell its moment: two of one message share it."""
    return id_.rpartition("-")[2]


def tail_of_submission(given: Submission) -> str:
    """Return the tail of the id that a submission will have."""
    return tail_of(id_of(given, None))


def in_utc(date: dt.datetime) -> dt.datetime:
    """Return a moment in UTC and whole seconds; one without a zone is in UTC, whatever zone the machine is in."""
    moment = date.astimezone(dt.UTC) if date.tzinfo else date.replace(tzinfo=dt.UTC)
    return moment.replace(microsecond=0)


def unix_lines(text: str) -> str:
    """Return a text with the line ends of Unix: browsers count one character where they send two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_same(new: str, old: str) -> bool:
    """Tell whether two ids are of one message: the same name and words, sent within the hour."""
    first, second = _MOMENT.fullmatch(new), _MOMENT.fullmatch(old)
    if first is None or second is None or first[2] != second[2]:
        return new == old
    if "undated" in {first[1], second[1]}:
        return True
    try:
        return abs(_moment(first[1]) - _moment(second[1])) <= SAME_WITHIN
    except ValueError:
        return False


def _moment(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
