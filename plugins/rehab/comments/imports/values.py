"""Values of exports: moments in UTC, and bodies as HTML or as text."""

from __future__ import annotations

import datetime as dt
import re

from rehab.model.moments import parse_moment

_EARLIEST = 1970
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>|&#?\w{2,8};")
_BLOCK = re.compile(r"<(?:p|br|div|li|pre|blockquote)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


def parse_stamp(text: str) -> dt.datetime | None:
    """Return the moment a text names, in UTC and whole seconds, or None; a time without a zone is UTC.

    Old databases write `0000-00-00 00:00:00` for "not known". Nobody commented on a web page before 1970.
    """
    try:
        moment = _parse(text.strip())
        moment = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=0) if moment.year >= _EARLIEST else None


def _parse(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return parse_moment(text)


def parse_seconds(number: object) -> dt.datetime | None:
    """Return the moment of a number of seconds since 1970, or None."""
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    try:
        return dt.datetime.fromtimestamp(number, dt.UTC).replace(microsecond=0)
    except (ValueError, OverflowError, OSError):
        return None


def parse_body(text: str) -> tuple[str, str]:
    """Return a body and its format: `text` where nothing in it is HTML.

    WordPress keeps line ends and makes paragraphs of them when it shows a comment; HTML would run them together.
    """
    body = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not _TAG.search(body):
        return body, "text"
    if _BLOCK.search(body):
        return body, "html"
    parts = (part.replace("\n", "<br>\n") for part in _PARAGRAPH.split(body))
    return "\n\n".join(f"<p>{part}</p>" for part in parts), "html"
