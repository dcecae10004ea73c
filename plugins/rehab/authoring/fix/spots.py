"""Where values stand on a line, and how they are written in quotes.

In: a reading and a line; or a value. Out: the spots that may be one value each; the value in quotes. Nothing here
decides whether a value needs them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rehab.authoring.fix.reading import Reading, rows_of
from rehab.source.nodes import Scalar
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"(?P<lead> *(?:- +)+)(?P<value>[^\s-].*?)[ \t]*")
_ROW = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[A-Za-z_-]+) *:[ \t]+(?P<value>\S.*?)[ \t]*")
_COMMENT = re.compile(r"[ \t]+#[ \t].*")
_LIKE_A_FIELD = re.compile(r"[ \t]*(?:- |-$|[\w-]+[ \t]*:(?:[ \t]|$))")


class Spot(NamedTuple):
    """A value on a line (from 1), where it begins in the text, and its field; no field in a bare list item."""

    line: int
    start: int
    value: str
    key: str


def spots_on(reading: Reading, line: int) -> Iterator[Spot]:
    """Yield what may be one value on a line: after its field, or the whole of a list item; longest first."""
    words = reading.lines[line - 1]
    for pattern in (_ROW, _ITEM):
        match = pattern.fullmatch(words)
        if match is None:
            continue
        start = reading.offset(line, match.start("value") + 1)
        key = (match.groupdict().get("key") or "").lower().replace("-", "_")
        values = dict.fromkeys((_COMMENT.sub("", match["value"]), match["value"]))
        for value in (_to_the_end(reading, line, match, value) for value in values):
            if not any(_LIKE_A_FIELD.match(more) for more in value.split("\n")[1:]):
                yield Spot(line, start, value, key)


def _to_the_end(reading: Reading, line: int, match: re.Match[str], value: str) -> str:
    """Return a value with the deeper lines below that go on with it."""
    if value != match["value"]:
        return value
    depth = len(match["lead"]) if "key" in match.groupdict() else match["lead"].index("-")
    start = reading.offset(line, match.start("value") + 1)
    end = start + len(value)
    for number in range(line + 1, reading.front.stop):
        more = reading.lines[number - 1]
        if not more.strip() or len(more) - len(more.lstrip(" ")) <= depth:
            break
        end = reading.offset(number) + len(more.rstrip())
    return reading.text[start:end]


def quoted(value: str) -> str | None:
    """Return a value in the quotes that need least escaping, or None where none keep it as it is."""
    forms = [f'"{value}"', f"'{value}'", "'" + value.replace("'", "''") + "'"]
    return next((form for form in forms if parse_scalar(form) == " ".join(value.split())), None)


def parse_scalar(form: str) -> str | None:
    """Return the text that a value in front matter means, its spaces run together, or None where it means no text."""
    root, problems = parse_yaml(f"k: {form}\n", "")
    found = [row.value for row in rows_of(root)]
    if problems or len(found) != 1 or not isinstance(found[0], Scalar):
        return None
    return " ".join(found[0].value.split())
