"""Where front matter ends and text begins: fenced YAML, or Pelican's own `Key: value` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml import parse_yaml

_FENCE = re.compile(r"---[ \t]*(?:\n|\Z)")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_OLD_KEY = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")
_OLD_LISTS = {"tags": ",", "authors": ";"}


@dataclass(frozen=True, slots=True)
class Split:
    """A text cut in two: its front matter as nodes, its body, and the line on which the body begins."""

    root: Node
    body: str
    body_line: int
    legacy: bool = False


def split_text(text: str, path: str) -> tuple[Split, Problems]:
    """Cut a Markdown file into front matter and body. `text` has the line ends of Unix."""
    if _FENCE.match(text):
        return _fenced(text, path)
    if _OLD_KEY.match(text.split("\n", 1)[0]):
        return _old_header(text, path), ()
    hint = "begin the file with a line ---, then `title: …`, then a line ---"
    problem = Problem("no-front-matter", Place(path), "this file does not begin with front matter", hint)
    return Split(Table((), Place(path)), text, 1), (problem,)


def _fenced(text: str, path: str) -> tuple[Split, Problems]:
    start = text.index("\n") + 1 if "\n" in text else len(text)
    end = _END.search(text, start)
    if end is None:
        return _unclosed(text[start:], path)
    root, problems = parse_yaml(text[start : end.start()], path, 2)
    if not isinstance(root, Table):
        found = Problem("yaml-syntax", root.place, "front matter is made of fields", "write `name: value`, one a line")
        root, problems = Table((), Place(path, 2)), (*problems, found)
    body_line = text.count("\n", 0, end.end()) + 2
    return Split(root, text[end.end() + 1 :], body_line), problems


def _unclosed(rest: str, path: str) -> tuple[Split, Problems]:
    """Take the front matter to end at the first empty line, so that the page can still be shown."""
    header, _, body = rest.partition("\n\n")
    hint = "add a line --- where the fields end and the text begins"
    unclosed = Problem("unclosed-front-matter", Place(path), "the front matter that begins here does not end", hint, 3)
    root, problems = parse_yaml(header, path, 2)
    table = root if isinstance(root, Table) else Table((), Place(path, 2))
    return Split(table, body, 2 + header.count("\n") + 2), (unclosed, *problems)


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
