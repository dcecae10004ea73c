"""Where decisions come from: the lines of a moderation history, or the comments of a blog.

In: lines with one JSON object each, from any system and of any quality; or the files of a blog, read. Out: decisions,
and a sentence for each line that holds none.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from rehab.comments.spam.decision import Decision, Remark
from rehab.comments.spam.evidence import Totals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.comments.inbox import Held

_MILLISECONDS: Final = 1e11
"""A number from here on counts milliseconds since 1970: as seconds it would lie beyond the year 5000."""
_YES: Final = frozenset({"1", "true", "yes", "approved"})
_NO: Final = frozenset({"0", "false", "no", "spam"})


def parse_history(lines: Iterable[str | bytes]) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return the decisions of a history, in its order, and a sentence for each line that has none."""
    decisions: list[Decision] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = _parse_line(line, number)
            if isinstance(found, str):
                faults.append(found)
            else:
                decisions.append(found)
    return tuple(decisions), tuple(faults)


def _parse_line(line: str | bytes, number: int) -> Decision | str:
    text = line.decode("utf-8", "replace") if isinstance(line, bytes) else line
    try:
        fields = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return f"line {number}: this is not JSON"
    if not isinstance(fields, dict):
        return f"line {number}: this is not an object with names and values"
    accepted = _parse_verdict(fields.get("accepted"))
    if accepted is None:
        return f"line {number}: 'accepted' is neither true nor false"
    slug, name, url, message = (_text(fields.get(key)) for key in ("slug", "name", "url", "message"))
    remark = Remark(slug, name, url, message, parse_seconds(fields.get("date")))
    return Decision(remark, not accepted, f"{number:09}")


def _parse_verdict(value: Any) -> bool | None:  # noqa: ANN401 - whatever JSON holds
    word = str(value).strip().lower().removesuffix(".0")
    return True if word in _YES else False if word in _NO else None


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    return "" if value is None or isinstance(value, (dict, list)) else str(value)


def parse_seconds(value: Any) -> float | None:  # noqa: ANN401 - as above
    """Return a date as seconds since 1970, or None: a number, or a text as ISO 8601 or mail has it; no zone is UTC."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        return _parse_date(str(value).strip())
    return None if not math.isfinite(seconds) else seconds / 1000 if abs(seconds) >= _MILLISECONDS else seconds


def _parse_date(text: str) -> float | None:
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return to_seconds(parse(text.removesuffix(" UTC")))
        except (TypeError, ValueError, OverflowError, IndexError):
            continue
    return None


def to_seconds(moment: dt.datetime | None) -> float | None:
    """Return a moment as seconds since 1970, or None; without a zone it is UTC."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return (aware - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).total_seconds()


def remark_of(held: Held) -> Remark:
    """Return what a comment of the blog says, as the score reads it."""
    comment = held.comment
    return Remark(comment.thread, comment.author, comment.url, comment.body, to_seconds(comment.date))


def decisions_of(held: Iterable[Held]) -> tuple[Decision, ...]:
    """Return the decisions that stand in a blog's files.

    Accepted is what is on the site, unless the post's author wrote it; spam is what is marked so, wherever it lies.
    Other rejections and deletions teach nothing: a comment can be unwanted without being spam.
    """
    return tuple(
        Decision(remark_of(each), each.comment.status == "spam", each.id) for each in held if _is_decided(each)
    )


def count(decisions: Iterable[Decision]) -> Totals:
    """Return how many decisions there are of each kind."""
    spam = [decision.spam for decision in decisions]
    return Totals(spam.count(False), spam.count(True))


def _is_decided(held: Held) -> bool:
    accepted = held.room == "content" and held.state == "approved" and not held.comment.by_post_author
    return accepted or held.comment.status == "spam"
