"""One record of an export → an `Arrival`: the fields of our form, under whatever names they came.

E-mail addresses, internet addresses, browsers and referrers that a service kept are dropped here; what of them a reader
typed into the text is taken out of it as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from rehab.comments.arrivals import Arrival
from rehab.comments.imports.values import parse_seconds, parse_stamp
from rehab.comments.submission import read_fields
from rehab.comments.submitted import FIELDS, TRAP, Refusal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rehab.comments.pulls.records import Record
    from rehab.comments.submitted import ThreadKnown

FORMATS: Final[Mapping[str, str]] = {
    "netlify": "what Netlify's form page or its API gives",
    "formspree": "what Formspree's form page or its API gives",
    "form": "a table of any other service",
}
"""The names of the formats, which are also what a comment's `source` says."""

_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "thread": ("post", "slug"),
    "number": ("reply to comment number", "reply to"),
    "name": ("your name", "author"),
    "url": ("web address", "website", "site"),
    "message": ("your comment", "comment", "text", "body"),
    TRAP: ("leave this empty", "gotcha", "bot field"),
}
"""What a field may be called where an export has labels for names, or a table was made by hand."""
_DATES: Final = ("created at", "date", "submitted at", "received at", "timestamp", "time", "submission date")
_SPAM: Final[Mapping[str, frozenset[str]]] = {
    "state": frozenset({"spam"}),
    "status": frozenset({"spam"}),
    "spam": frozenset({"true", "1", "yes"}),
    "is spam": frozenset({"true", "1", "yes"}),
}
_TRAPPED: Final = "a field that people never see was filled in, as programs do"
_PRIVATE: Final = ("ip", "ip address", "remote ip", "email", "e mail", "replyto")
_SECONDS: Final = re.compile(r"\d{9,10}")
_MILLISECONDS: Final = re.compile(r"\d{12,13}")


def parse_record(
    record: Record, shown: str, source: str, threads: Mapping[str, ThreadKnown], *, spam: bool = False
) -> Arrival:
    """Return what a record says, or why it is no comment. `spam` says that all of the file is what a service held."""
    if record.fault:
        return Arrival(shown=shown, skip=record.fault)
    fields = {name: value for name in FIELDS if (value := _field(record.sent, name))}
    if "thread" not in fields:
        return Arrival(shown=shown, skip="it names no thread, so it is of another form")
    trapped = bool(fields.pop(TRAP, "").strip())
    read = read_fields(fields, threads, _date(record), source=source)
    if isinstance(read, Refusal):
        return Arrival(shown=shown, skip=read.sentence)
    is_spam = spam or trapped or any(record.said.get(name, "").lower() in values for name, values in _SPAM.items())
    given = replace(read, status="spam" if is_spam else "pending", hidden=_hidden(record))
    return Arrival(shown=shown, given=given, hold=_TRAPPED if trapped else "")


def _field(sent: Mapping[str, str], name: str) -> str:
    return next((sent[each] for each in (name, *_ALIASES.get(name, ())) if each in sent), "")


def _date(record: Record) -> dt.datetime | None:
    return next((date for name in _DATES if (date := _moment(record.said.get(name, "")))), None)


def _moment(given: str) -> dt.datetime | None:
    if _SECONDS.fullmatch(given) or _MILLISECONDS.fullmatch(given):
        return parse_seconds(int(given[:10]) if len(given) > 10 else int(given))  # noqa: PLR2004 - digits of seconds
    return parse_stamp(given)


def _hidden(record: Record) -> frozenset[str]:
    return frozenset(value.strip() for value in _private(record) if value.strip())


def _private(record: Record) -> Iterator[str]:
    for table in (record.sent, record.said):
        yield from (table[name] for name in _PRIVATE if name in table)
