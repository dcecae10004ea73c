"""Where front matter ends and text begins: fenced YAML, or Pelican's own `Key: value` lines."""

from __future__ import annotations

import re

from msgspec import Struct

from rehab.source.fences import CLOSING, FIELDS, Opening, find_opening, no_front_matter, second_front_matter
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml import parse_yaml
from rehab.source.yaml_parts import names_in

_CLOSED = re.compile(r"---[ \t]*(?:\n|\Z)")
_OLD_KEY = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")
_CAPITAL = re.compile(r"^[A-Z]", re.MULTILINE)
_YAML_ONLY = re.compile(r"^[ \t]*-[ ]|^[\w-]+:[ \t]+[\[{]", re.MULTILINE)
_OLD_LISTS = {"tags": ",", "authors": ";"}


class Split(Struct, frozen=True):
    """A text cut in two: its front matter as nodes, its body, and the line on which the body begins."""

    root: Node
    body: str
    body_line: int
    legacy: bool = False


def split_text(text: str, path: str) -> tuple[Split, Problems]:
    """Cut a Markdown file into front matter and body. `text` has the line ends of Unix."""
    opening = find_opening(text, path)
    if opening is not None:
        split, problems = _fenced(text, path, opening)
        return split, (*opening.problems, *problems)
    if _OLD_KEY.match(text.split("\n", 1)[0]):
        return _unfenced(text, path) or (_old_header(text, path), ())
    return Split(Table((), Place(path)), text, 1), (no_front_matter(text, path),)


def _fenced(text: str, path: str, opening: Opening) -> tuple[Split, Problems]:
    start, line = opening.end, text.count("\n", 0, opening.end) + 1
    end = opening.closing.search(text, start)
    if end is None:
        return _unclosed(text[start:], Place(path, line))
    root, problems = parse_yaml(text[start : end.start()], path, line)
    if not isinstance(root, Table):
        hint = "write `name: value`, one a line, without hyphens"
        found = Problem("yaml-syntax", root.place, "front matter is made of fields", hint)
        root, problems = Table((), Place(path, line), names_in(text[start : end.start()])), (*problems, found)
    body_line = text.count("\n", 0, end.end()) + 2
    body = text[end.end() + 1 :]
    return Split(root, body, body_line), (*problems, *second_front_matter(body, Place(path, body_line)))


def _unclosed(rest: str, place: Place) -> tuple[Split, Problems]:
    """Take the front matter to end at the first line that is none of it, so that the page can still be shown.

    `rest` is what follows the opening line, `place` its first line.
    """
    header = FIELDS.match(rest)
    end = header.end() if header else 0
    hint = "add a line --- where the fields end and the text begins"
    message = "the front matter that begins here does not end"
    unclosed = Problem("unclosed-front-matter", Place(place.path, place.line - 1), message, hint, 3)
    root, problems = parse_yaml(rest[:end], place.path, place.line)
    table = root if isinstance(root, Table) else Table((), place)
    body = rest[end:]
    text = body.lstrip("\n")
    line = place.line + rest.count("\n", 0, end) + len(body) - len(text)
    return Split(table, text, line), (unclosed, *problems)


def _unfenced(text: str, path: str) -> tuple[Split, Problems] | None:
    """Read fields that YAML was meant for and that stand without a line --- above them, or return None.

    Pelican's own header has capitals (`Title:`) and plain values; lists and brackets are YAML's.
    """
    header = FIELDS.match(text)
    end = header.end() if header else 0
    closed = _CLOSED.match(text, end)
    if not header or _CAPITAL.search(header[0]) or not (closed or _YAML_ONLY.search(header[0])):
        return None
    root, problems = parse_yaml(header[0], path)
    hint = "write a line --- above the first field" + ("" if closed else ", and one below the last")
    found = Problem("no-front-matter", Place(path), "no line --- stands above these fields", hint)
    body = text[closed.end() if closed else end :]
    table = root if isinstance(root, Table) else Table((), Place(path))
    return Split(table, body, text.count("\n", 0, len(text) - len(body)) + 1), (found, *problems)


def _old_header(text: str, path: str) -> Split:
    """Read `Key: value` lines up to the first empty line; indented lines continue the value above."""
    lines = text.split("\n")
    rows: list[Row] = []
    line = 0
    while line < len(lines) and lines[line].strip():
        match = _OLD_KEY.fullmatch(lines[line])
        if match:
            rows.append(_old_row(match, Place(path, line + 1)))
        elif lines[line].startswith((" ", "\t")) and rows:
            rows[-1] = _continued(rows[-1], lines[line].strip())
        else:
            break
        line += 1
    if line < len(lines) and CLOSING.match(lines[line]):
        line += 1
    body = "\n".join(lines[line:])
    return Split(Table(tuple(rows), Place(path)), body, line + 1, legacy=True)


def _old_row(match: re.Match[str], start: Place) -> Row:
    key = Scalar(match["key"].lower(), start.right(match.start("key")))
    place = start.right(match.start("value"))
    separator = _OLD_LISTS.get(key.value)
    if separator is None:
        return Row(key, Scalar(match["value"].strip(), place))
    if separator not in match["value"]:
        separator = ","
    parts = [part.strip() for part in match["value"].split(separator)]
    return Row(key, Items(tuple(Scalar(part, place) for part in parts if part), place))


def _continued(row: Row, more: str) -> Row:
    value = row.value
    if isinstance(value, Items):
        return Row(row.key, Items((*value.items, Scalar(more, value.place)), value.place))
    text = value.value if isinstance(value, Scalar) else ""
    return Row(row.key, Scalar(f"{text} {more}".strip(), value.place))
