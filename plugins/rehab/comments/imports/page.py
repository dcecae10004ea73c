"""The text of an old page, as copied from a browser → a batch.

What stands before the first comment is the post. A comment begins with its number (`3.`) or a bullet and its date
(`4.7.14`); then comes `Karen said:`, or no name at all; then its words, until the next one or until the text is not
indented any more. A comment that stands deeper than one before it answers that one. Nothing is guessed: the order
of the dates is told by whoever imports, and a comment without a name has none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.comments.imports.batch import Batch, Item, Options, Piece, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

ORDERS = ("mdy", "dmy", "ymd")

_DECLARED = re.compile(
    r"^[ \t]*(\d{1,6})[ \t]+(?:comments?|responses?|replies|thoughts?)\b.*$", re.IGNORECASE | re.MULTILINE
)
_START = re.compile(
    r"^(?P<indent>\s*)(?:(?P<number>\d{1,6})[.)]|[•*◦▪‣·○-])\s+(?P<date>\d{1,4}([./-])\d{1,2}\4\d{1,4})[ \t]*$"
)
_AUTHOR = re.compile(r"^\s*(?P<name>\S.{0,200}?) (?:said|says|wrote|writes)\s*:\s*$")
_PIVOT = 69
"""Of years with two digits, 69 and later are of the last century: POSIX, `strptime`, `%y`."""


@dataclass(slots=True)
class _Found:
    """A comment while its lines are being read."""

    indent: int
    date: str
    parent: str
    lines: list[str] = field(default_factory=list)


def read_page(pieces: tuple[Piece, ...], options: Options) -> Batch:
    """Return the comments of a page's text. `options` must tell the order of the dates and the post."""
    if options.dates not in ORDERS:
        return Batch(fault="4.6.14 is April or June: say which with --dates mdy, dmy or ymd")
    if not options.thread:
        return Batch(fault="a page's text does not say whose comments these are: name the post with --post")
    text = pieces[0].data.decode("utf-8-sig", "replace")
    found, outside = _split(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    dates = [_date(each.date, options.dates) for each in found]
    wrong = next((each.date for each, date in zip(found, dates, strict=True) if date is None), "")
    if wrong:
        return Batch(fault=f"'{wrong}' is no date in the order {options.dates}: name another with --dates")
    items = tuple(_item(each, str(at), date) for at, (each, date) in enumerate(zip(found, dates, strict=True), 1))
    notes = (*_missing(text, len(found)), *_outside(outside))
    return Batch(items=items, topics={"page": Topic(slug=options.thread)}, notes=notes)


def find_first(lines: Sequence[str]) -> int | None:
    """Return the index of the line on which a page's first comment begins, or None where it has none."""
    return next((at for at, line in enumerate(lines) if _START.match(line)), None)


def find_declared(text: str) -> tuple[int, int] | None:
    """Return how many comments a page says it has, and the index of the line that says so; None where none does."""
    declared = _DECLARED.search(text)
    return (int(declared[1]), text.count("\n", 0, declared.start())) if declared else None


def _split(lines: list[str]) -> tuple[list[_Found], int]:
    """Return the comments, and how many lines after the first comment belong to none."""
    found: list[_Found] = []
    above: list[tuple[int, int]] = []
    is_open, outside = False, 0
    for line in lines:
        start = _START.match(line)
        if start:
            indent = len(start["indent"].expandtabs(4))
            while above and above[-1][0] >= indent:
                above.pop()
            found.append(_Found(indent, start["date"], str(above[-1][1]) if above else ""))
            above.append((indent, len(found)))
            is_open = True
        elif is_open and (not line.strip() or found[-1].indent == 0 or _indent(line) > 0):
            found[-1].lines.append(line)
        elif line.strip() and found:
            is_open, outside = False, outside + 1
    return found, outside


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _item(found: _Found, id_: str, date: dt.datetime | None) -> Item:
    lines = [line.strip() for line in found.lines]
    first = next((at for at, line in enumerate(lines) if line), len(lines))
    author = _AUTHOR.match(lines[first]) if first < len(lines) else None
    body = "\n".join(lines[first + 1 :] if author else lines).strip()
    return Item(
        id=id_,
        thread="page",
        parent=found.parent,
        author=author["name"] if author else "",
        date=date,
        precision="day",
        body=body,
        format="text",
        numbered=True,
    )


def _date(text: str, order: str) -> dt.datetime | None:
    numbers = dict(zip(order, (int(each) for each in re.split(r"\D", text)), strict=True))
    year = numbers["y"]
    if year < 100:  # noqa: PLR2004 - two digits
        year += 1900 if year >= _PIVOT else 2000
    try:
        return dt.datetime(year, numbers["m"], numbers["d"], tzinfo=dt.UTC)
    except ValueError:
        return None


def _missing(text: str, found: int) -> tuple[str, ...]:
    declared = _DECLARED.search(text)
    if declared is None or int(declared[1]) == found:
        return ()
    number = int(declared[1])
    advice = f"write comments_declared: {number} into the post" if number > found else "look at them"
    return (f"the page says {number} comments and the text has {found}: {advice}",)


def _outside(lines: int) -> tuple[str, ...]:
    return (f"{lines} lines after the comments belong to none of them and were left out",) if lines else ()
