"""One field of a file's front matter, set to another value, while every other byte stays.

In: the text of a Markdown file as it is on disk, with its own line ends, and a field's name and new value. Out: the
new text, or None where that cannot be done with certainty. Exists so that a moderator's decision is one changed line
in a file that an author may have written by hand, with notes and quotes of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from rehab.source.fences import find_opening
from rehab.source.header import Split, split_text
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.yaml_text import render_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.source.yaml_text import Value

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_LINE_END = re.compile(r"[\r\n]*\Z")
_VALUE = re.compile(
    r"(?P<key>[ \t]*[^:\r\n]+:[ \t]*)"
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:(?![ \t]#)[^\r\n])*)"""
    r"(?P<note>[ \t]+#[^\r\n]*)?"
)
_REMEMBERED = re.compile(r"[ \t]+#[ \t]*was[ \t]+(?P<value>[\w-]+)[ \t]*")


def set_field(text: str, key: str, value: Value | None, was: str = "") -> str | None:
    """Return the text with a field set, or without it where the value is None.

    A field that is not there is added as the last one. An author's note after the value stays; where there is none,
    `was` is remembered as one (`status: deleted  # was approved`). None where the front matter has mistakes around
    the field, or is written in a way that one changed line cannot serve.
    """
    split = _read(text)
    if split is None or not isinstance(split.root, Table):
        return None
    rows = [row for row in split.root if row.key.value == key]
    if len(rows) > 1:
        return None
    if not rows and value is None:
        return text
    tried = _changed(text, split, rows[0], value, was) if rows else iter([_added(text, split, key, value, was)])
    return next((new for new in tried if _is_right(new, key, value, split)), None)


def drop_body(text: str) -> str | None:
    """Return the text without all that stands below its front matter, or None where it is not clear where that is."""
    split = _read(text)
    return None if split is None else "".join(_LINE.findall(text)[: split.body_line - 1])


def remembered(text: str, key: str) -> str:
    """Return what `set_field` remembered of a field's former value, or the empty string."""
    split = _read(text)
    if split is None or not isinstance(split.root, Table):
        return ""
    row = next((row for row in split.root if row.key.value == key), None)
    found = _VALUE.match(_LINE.findall(text)[row.key.place.line - 1]) if row else None
    note = _REMEMBERED.fullmatch(found["note"] or "") if found else None
    return note["value"] if note else ""


def _read(text: str) -> Split | None:
    """Return a text cut in two, or None where its first line does not open front matter that ends."""
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    opening = find_opening(unix, "")
    if opening is None or opening.problems or unix.count("\n", 0, opening.end) != 1:
        return None
    split, problems = split_text(unix, "")
    return None if any(each.code == "unclosed-front-matter" for each in problems) else split


def _added(text: str, split: Split, key: str, value: Value | None, was: str) -> str:
    lines = _LINE.findall(text)
    end = _end_of(lines[0])
    note = f"  # was {was}" if was else ""
    lines.insert(split.body_line - 2, _rendered(key, value, note, end))
    return "".join(lines)


def _changed(text: str, split: Split, row: Row, value: Value | None, was: str) -> Iterator[str]:
    """Yield the text with the field's first line replaced; then with all of its lines."""
    lines = _LINE.findall(text)
    at = row.key.place.line - 1
    found = _VALUE.match(lines[at])
    note = (found["note"] or "") if found else ""
    if not note or _REMEMBERED.fullmatch(note):
        note = f"  # was {was}" if was else ""
    new = _rendered(row.key.value, value, note, _end_of(lines[at]))
    yield "".join([*lines[:at], new, *lines[at + 1 :]])
    others = [each.key.place.line - 1 for each in _rows(split.root) if each.key.place.line - 1 > at]
    yield "".join([*lines[:at], new, *lines[min(others, default=split.body_line - 2) :]])


def _rows(node: Node) -> tuple[Row, ...]:
    return node.rows if isinstance(node, Table) else ()


def _end_of(line: str) -> str:
    found = _LINE_END.search(line)
    return (found[0] if found else "") or "\n"


def _rendered(key: str, value: Value | None, note: str, end: str) -> str:
    if value is None:
        return ""
    text = render_block({key: value}).removesuffix("\n")
    return (text if "\n" in text else f"{text}{note}").replace("\n", end) + end


def _is_right(new: str, key: str, value: Value | None, before: Split) -> bool:
    """Tell whether the new text says the same as before but for this one field. Nothing is taken on trust."""
    after = _read(new)
    if after is None or after.body != before.body:
        return False
    expected = _fields(before.root)
    expected.pop(key, None)
    fields = _fields(after.root)
    if value is not None:
        split = _read(f"---\n{render_block({key: value})}---\n")
        expected |= _fields(split.root) if split else {}
    return fields == expected and len(_rows(after.root)) == len(fields)


def _fields(node: Node) -> dict[str, Plain]:
    plain = _plain(node)
    return plain if isinstance(plain, dict) else {}


def _plain(node: Node) -> Plain:
    match node:
        case Scalar(value, _):
            return value
        case Items(items, _):
            return [_plain(each) for each in items]
        case Table(rows, _):
            return {row.key.value: _plain(row.value) for row in rows}
