"""A mail → a submission for the thread that its subject names.

In: the bytes of one message, and the key. Out: an `Arrival`. Mail is hostile: its size, its parts and their depth
are bounded before it is parsed, and whatever is damaged costs a remark and never the run. Of its head only the subject,
the sender's display name and the date are used; no address, no host and no id of it goes on.
"""

from __future__ import annotations

import codecs
import datetime as dt
import email
import email.header
import email.policy
import email.utils
import re
from email.errors import MessageError
from email.message import Message
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.arrivals import Arrival
from rehab.comments.mail_text import LONGEST, parse_html, strip_mail, unflow
from rehab.comments.numbers import find_coded
from rehab.comments.submitted import Submission
from rehab.comments.tokens import Token, is_signed, parse_token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.comments.submitted import ThreadKnown

LARGEST: Final = 25 * 1024 * 1024
"""Bytes of a message; mail servers refuse longer ones at about this size."""
LARGEST_PART: Final = 1024 * 1024
"""Bytes of a part that is read for words."""
_MOST_PARTS: Final = 100
"""Parts, and messages within messages; the parser's time grows with their product."""
_MOST_HTML: Final = 3
"""Parts of HTML that are read for words where there is no plain text."""
_LONGEST_HEADER: Final = 10_000
_SLACK: Final = dt.timedelta(days=1)
_OLDEST_ON_THE_WAY: Final = dt.timedelta(days=30)
_FIRST_MAIL: Final = 1971

_CHARSET: Final = re.compile(
    r"utf[_-]?8(?:_sig)?|utf_?16(?:_[bl]e)?|ascii|(?:iso8859-|latin|cp|koi8-|mac-|mac_)\w+|gb\w+|hz|big5\w*"
    r"|(?:shift_jis|iso2022_|euc_)\w*|johab|tis_620",
    re.IGNORECASE,
)
"""Encodings that are letters; others are programs in disguise, or take a second for each kilobyte."""
_NESTING: Final = re.compile(rb"boundary|message/", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}")
_HEADER_FAULTS: Final = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


class Reading(Struct, frozen=True):
    """What a mail is read against: the threads, the secret key or "", and the moment of reading."""

    threads: Mapping[str, ThreadKnown]
    key: str
    now: dt.datetime


def parse_mail(data: bytes, shown: str, reading: Reading) -> Arrival:
    """Return what a message says, or why it is no comment. `shown` names it in the report."""
    fault = _too_much(data)
    if fault:
        return Arrival(shown=shown, skip=fault)
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        skip = _no_person(message)
        token = parse_token(_header(message, "Subject"))
        if skip or token is None:
            return Arrival(shown=shown, skip=skip or "its subject names no thread, so it is no comment")
        return _arrival(message, token, shown, reading)
    except _HEADER_FAULTS:
        return Arrival(shown=shown, skip="it is damaged, and no mail program would show it")


def _too_much(data: bytes) -> str:
    if len(data) > LARGEST:
        return f"it has more than {LARGEST >> 20} MB"
    if sum(1 for _ in _NESTING.finditer(data)) > _MOST_PARTS:
        return "it has more parts inside parts than any mail of a reader"
    return "" if data.strip() else "it is empty"


def _arrival(message: Message, token: Token, shown: str, reading: Reading) -> Arrival:
    known = reading.threads.get(token.thread)
    if known is None:
        return Arrival(shown=shown, skip="no thread of this site has the name in its subject")
    body, remarks = _words(message)
    date, doubt = _date(message, reading.now)
    answered = find_coded(token.code, known.shown) if token.code else None
    given = Submission(
        thread=token.thread,
        name=_name(message),
        url="",
        message=body,
        date=date,
        reply_to=answered or "",
        source="mail",
        hidden=frozenset(_hosts(message)),
        unanswered=bool(token.code) and answered is None,
    )
    return Arrival(shown=shown, given=given, hold=_doubt(token, reading.key), remarks=(*remarks, *doubt))


def _doubt(token: Token, key: str) -> str:
    if not key:
        return "signatures are not checked without the key, so anybody may have written its subject"
    if not token.signature:
        return "its subject bears no signature: it did not come from a page of ours as it is now"
    return "" if is_signed(token, key) else "the signature in its subject is not ours"


def _header(message: Message, name: str) -> str:
    """Return a header as text on one line: encoded words read, folds undone, what cannot be read left out."""
    raw = str(message.get(name) or "")[:_LONGEST_HEADER]
    unfolded = re.sub(r"[\r\n]+[ \t]*", " ", raw)
    try:
        parts = email.header.decode_header(unfolded)
    except _HEADER_FAULTS:
        return unfolded
    return "".join(_decode(part, charset or "ascii")[0] if isinstance(part, bytes) else part for part, charset in parts)


def _no_person(message: Message) -> str:
    """Return why a program sent a message, or the empty string (RFC 3834 and what went before it)."""
    automatic = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    if automatic not in {"", "no"} or message.get("X-Autoreply") or message.get("X-Autorespond"):
        return "a program answered by itself"
    if message.get_content_type() == "multipart/report" or str(message.get("Return-Path") or "").strip() == "<>":
        return "a mail system reports that something could not be delivered"
    if _header(message, "Precedence").strip().lower() in {"bulk", "list", "junk"}:
        return "a mailing list sent it"
    return ""


def _name(message: Message) -> str:
    """Return the sender's display name: never the address, nor a part of it."""
    raw = re.sub(r"[\r\n]+[ \t]*", " ", str(message.get("From") or "")[:_LONGEST_HEADER])
    name = email.utils.parseaddr(raw)[0]
    try:
        parts = email.header.decode_header(name)
    except _HEADER_FAULTS:
        return ""
    return "".join(_decode(part, charset or "ascii")[0] if isinstance(part, bytes) else part for part, charset in parts)


def _hosts(message: Message) -> Iterator[str]:
    """Yield the internet addresses in a head, which a mail program may have put into the text as well."""
    for name, value in message.items():
        if name.lower() in {"received", "x-originating-ip", "x-sender-ip"}:
            yield from _ADDRESS.findall(str(value)[:_LONGEST_HEADER])


def _date(message: Message, now: dt.datetime) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """Return when a mail was written, in UTC; None, with the reason, where its own clock cannot be believed."""
    written = _moment(_header(message, "Date"))
    if written is None:
        return None, () if message.get("Date") is None else ("its date cannot be read",)
    came = _moment(str((message.get_all("Received") or [""])[0])[:_LONGEST_HEADER].rpartition(";")[2])
    if written > min(came or now, now) + _SLACK:
        return None, ("it is dated in the future",)
    if came is not None and written < came - _OLDEST_ON_THE_WAY:
        return None, ("it is dated more than a month before it came",)
    return written, ()


def _moment(text: str) -> dt.datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(text.strip())
        found = found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return found if found.year >= _FIRST_MAIL else None


def _words(message: Message) -> tuple[str, tuple[str, ...]]:
    """Return what a mail says, and what was left out of it or had to be mended."""
    plain: list[str] = []
    marked: list[str] = []
    remarks: list[str] = []
    attached = False
    for part in _parts(message):
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
            attached = True
            continue
        text, damage = _text(part)
        remarks += damage
        (marked if kind == "text/html" else plain).append(text)
    body, cut = strip_mail(_joined(plain, marked))
    if attached:
        remarks.append("what is attached to it was left out")
    if not any(text.strip() for text in plain) and body:
        remarks.append("it came as HTML only, and its words were kept without their looks")
    return body, (*dict.fromkeys(remarks), *cut)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a mail in order; a mail that is attached to it is one part."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(inside, list) and part.get_content_disposition() != "attachment":
            waiting += [each for each in reversed(inside) if isinstance(each, Message)]
        else:
            yield part


def _joined(plain: list[str], marked: list[str]) -> str:
    """Return the plain parts, or the words of the HTML parts where nothing else says anything."""
    said = [text.strip("\n") for text in plain if text.strip()]
    return "\n\n".join(said or [parse_html(text) for text in marked[:_MOST_HTML]])


def _text(part: Message) -> tuple[str, list[str]]:
    data = part.get_payload(decode=True)
    raw = data if isinstance(data, bytes) else b""
    text, damaged = _decode(raw[:LARGEST_PART], part.get_content_charset("ascii"))
    remarks = ["letters of it were damaged on the way"] if damaged or part.defects else []
    if len(raw) > LARGEST_PART or len(text) > LONGEST:
        remarks.append("it is longer than a comment can be, and only its beginning was read")
    text = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        text = unflow(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    return text, remarks


def _decode(data: bytes, charset: str) -> tuple[str, bool]:
    """Return bytes as text, and whether some were of no such encoding: then they are read as UTF-8 or Windows-1252."""
    for name in (_known(charset), "utf-8"):
        try:
            return data.decode(name), False
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace"), True


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip("\"' ")).name
    except (LookupError, ValueError):
        return "utf-8"
    return name if _CHARSET.fullmatch(name) else "utf-8"
