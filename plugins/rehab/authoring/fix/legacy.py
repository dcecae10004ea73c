"""Pelican's own `Key: value` header → front matter between `---` lines.

In: a reading. Out: the change, or the reason why the header stays. It changes only where nothing is lost: every line
is a field that this kind of file has, and the fields mean the same afterwards. A field that only Pelican's templates
know (`Mood: fine`) would be refused in front matter, so such a header stays, and is read as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.authoring.fix.reading import Change, Reading, fields, read_source
from rehab.authoring.fix.spots import parse_scalar, quoted
from rehab.model.folders import FOLDERS, folder_of
from rehab.model.post import Post
from rehab.model.spec import specs
from rehab.source.nodes import Items, Scalar, Table

if TYPE_CHECKING:
    from rehab.source.nodes import Node, Row

REASON = "an old header becomes front matter"
_SIGNS_IN_LISTS = ",[]{}\"'"


def convert_header(reading: Reading) -> Change | None:
    """Write an old header as front matter, if it means the same then."""
    if not reading.document.legacy or why_header_stays(reading):
        return None
    return _converted(reading)


def why_header_stays(reading: Reading) -> str:
    """Return why an old header is left as it is, in a few words, or nothing where it can be converted."""
    if not reading.document.legacy or not isinstance(reading.root, Table):
        return ""
    keys = [row.key.value for row in reading.root]
    known = {spec.key for spec in specs(FOLDERS.get(folder_of(reading.path), Post))}
    foreign = [key for key in keys if key not in known]
    if foreign:
        return f"front matter has no field '{foreign[0]}'"
    if "title" not in keys:
        return "it has no title"
    change = _converted(reading)
    after = read_source(change.apply(reading.text), reading.path) if change else None
    if after is None or not _means_the_same(reading, after):
        return "it would not mean the same in front matter"
    return ""


def _converted(reading: Reading) -> Change | None:
    """Return the header as front matter. Its end is where the body begins, which may be the end of the file."""
    if not isinstance(reading.root, Table):
        return None
    lines = [_line(row) for row in reading.root]
    end = len(reading.text) - len(reading.document.body)
    written = [line for line in lines if line is not None]
    if len(written) < len(lines):
        return None
    return Change(0, end, "\n".join(["---", *written, "---", ""]), REASON)


def _means_the_same(before: Reading, after: Reading) -> bool:
    same = fields(before) == fields(after) and before.document.body.strip("\n") == after.document.body.strip("\n")
    return same and after.errors <= before.errors and not after.slips


def _line(row: Row) -> str | None:
    """Return a field of an old header as a line of front matter, or None where it cannot be written on one."""
    value = _value(row.value)
    return None if value is None else f"{row.key.value}: {value}".rstrip(" ")


def _value(node: Node) -> str | None:
    if isinstance(node, Scalar):
        return _scalar(node.value) if node.value else ""
    if not isinstance(node, Items):
        return None
    parts = [_scalar(item.value, _SIGNS_IN_LISTS) for item in node if isinstance(item, Scalar)]
    return f"[{', '.join(part for part in parts if part)}]" if all(parts) else None


def _scalar(value: str, signs: str = "") -> str | None:
    """Return a value as it is where that means the same, else in quotes. `signs` need quotes where it stands."""
    plain = not any(sign in value for sign in signs) and parse_scalar(value) == value
    return value if plain else quoted(value)
