"""Slips in the short ways of writing: a list typed as text, hyphens left out, fields beside a short form.

In: a node that a field table cannot make sense of. Out: the one problem that its author would recognise, or None.
Exists because the tables alone would say three true things there, and none of them helpful.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import TYPE_CHECKING

from rehab.model.moments import MONTHS
from rehab.model.nearest import nearest_field
from rehab.source.nodes import Items, Node, Scalar, Table
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

_BETWEEN = re.compile(r"\s*[,;]\s*")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DAY_AND_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ].+")
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})")


def list_as_text(node: Node) -> Problem | None:
    """`injuries: glute-pain, sore-knee`: names with commas between them are no list yet."""
    if not isinstance(node, Scalar):
        return None
    names = [name for name in _BETWEEN.split(node.value.strip()) if name]
    if not names[1:]:
        return None
    hint = f"write a list: [{', '.join(names)}]"
    if any(" " in name for name in names):
        hint += f', or ["{node.value.strip()}"] if it is one'
    message = f"this is one text with {'a comma' if ',' in node.value else 'a semicolon'} in it, not a list"
    return Problem("wrong-type", node.place, message, hint, len(node.value))


def short_form(node: Node, pair: tuple[str, str], known: Collection[str]) -> Problem | None:
    """`squat: 3 x 10` with another such line below it, or with a field: one needs a hyphen, the other its long form."""
    if not isinstance(node, Table) or not node.rows[1:] or node.rows[0].key.value in known:
        return None
    first, *others = (row.key.value for row in node)
    if pair[0] in others or nearest_field(first, tuple(known)):
        return None
    span = len(first)
    if all(each in known for each in others):
        message = f"'{first}: …' stands beside `{others[0]}`, where only fields can stand"
        hint = f"write `{pair[0]}: {first}` and `{pair[1]}: …`, each on a line of its own"
        return Problem("wrong-type", node.place, message, hint, span)
    if any(each in known for each in others):
        return None
    return Problem(
        "wrong-type", node.place, "this list has no hyphens", f"begin each item with one: - {first}: …", span
    )


def group_hint(node: Node, needed: Collection[str] = ()) -> str:
    """Return what to do where a group of fields is meant and something else is written; `needed` cannot be left out."""
    if isinstance(node, Items) and all(isinstance(item, Table) for item in node):
        return "take the hyphens away: its fields stand below it, one `name: value` a line"
    fields = ", ".join(f"`{name}: …`" for name in needed)
    return f"write its fields below, one a line: {fields}" if fields else "write its fields below, one a line"


def text_hint(node: Node) -> str:
    """Return what to do where text is meant and something else is written."""
    if isinstance(node, Items) and any(isinstance(item, Items) for item in node):
        return 'put it in quotes, because it begins with a bracket: "[[…]]"'
    if isinstance(node, Scalar):
        return "write some text here"
    return "write one text here, in quotes if it holds brackets, braces or a colon"


def date_hint(text: str) -> str:
    """Return how to write a date; where numbers stand in another order, with these numbers."""
    match = _NUMBERS.fullmatch(text)
    first, second, year = (int(part) for part in match.groups()) if match else (0, 0, 0)
    found = [day for day in (_day(year, first, second), _day(year, second, first)) if day]
    if _DAY_AND_TIME.fullmatch(text):
        return "write the time as hours and minutes, such as 2014-04-06 18:30"
    days = " or ".join(dict.fromkeys(found))
    return f"write year-month-day: {days}" if days else _no_such_day(text) or "write year-month-day, such as 2014-04-06"


def _no_such_day(text: str) -> str:
    """Return how long the month is where a date has the right form and a day that its month has not."""
    match = _YEAR_FIRST.fullmatch(text)
    year, month, day = (int(part) for part in match.groups()) if match else (0, 0, 0)
    if not match and (other := _NUMBERS.fullmatch(text)):
        day, month, year = (int(part) for part in other.groups())
    if not year or month not in range(1, 13) or day not in range(1, 32):
        return ""
    return (
        f"write a day that there is: {MONTHS[month - 1].title()} {year} has {calendar.monthrange(year, month)[1]} days"
    )


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""
