"""YAML text → nodes that know their places. The only place that knows the YAML library.

YAML is composed, never constructed: every scalar stays the text that the author wrote. A block with
mistakes is read again field by field, so that each mistake is found and the rest is kept.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml_words import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY_AT_LEFT = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
_DEEPEST = 40


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node, Problems]:
    """Return the nodes of a YAML text that begins on `first_line` of the file at `path`.

    A text without anything in it is an empty table. Never raises for what the text says.
    """
    place = Place(path, first_line)
    node, problems = _compose(text, place)
    if not problems:
        return node or Table((), place), ()
    chunks = list(_chunks(text, first_line))
    if len(chunks) < 2:
        return node or Table((), place), problems
    return _field_by_field(chunks, path, problems)


def _field_by_field(chunks: list[tuple[int, str]], path: str, whole: Problems) -> tuple[Node, Problems]:
    """Read each top-level field alone: the good ones are kept, each bad one gives its own problem."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, chunk in chunks:
        node, found = _compose(chunk, Place(path, line))
        problems += found
        if isinstance(node, Table):
            rows += node.rows
    return Table(tuple(rows), Place(path, chunks[0][0])), tuple(problems) or whole


def _chunks(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    starts = [match.start() for match in _KEY_AT_LEFT.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        yield first_line + text.count("\n", 0, start), text[start:end]


def _compose(text: str, place: Place) -> tuple[Node | None, Problems]:
    try:
        root = yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError:
        return None, (_diagnose(text, place),)
    except RecursionError:
        return None, (Problem("yaml-syntax", place, "this is nested too deeply", "write it flatter"),)
    if root is None:
        return None, ()
    problems: list[Problem] = []
    node = _node(root, place, problems, set(), 0)
    return (None if problems else node), tuple(problems)


def _diagnose(text: str, place: Place) -> Problem:
    """Return the problem of a text that does not compose, by the slower loader with the steadier words."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return explain(error, text, place)
    return Problem("yaml-syntax", place, "this cannot be read as YAML", "check quotes, brackets and indentation")


def _node(raw: Any, base: Place, problems: list[Problem], seen: set[int], depth: int) -> Node:  # noqa: ANN401 - the library has no types for its nodes
    """Return our node for one of the library's. Twice the same node means an alias, which is refused."""
    quoted = 1 if getattr(raw, "style", None) in ("'", '"') else 0
    place = Place(base.path, base.line + raw.start_mark.line, raw.start_mark.column + 1 + quoted)
    if id(raw) in seen:
        hint = "write the value again in full"
        problems.append(Problem("yaml-alias", place, "anchors (&) and aliases (*) are not understood here", hint))
        return Scalar("", place)
    seen.add(id(raw))
    if depth > _DEEPEST:
        problems.append(Problem("yaml-syntax", place, "this is nested too deeply", "write it flatter"))
        return Scalar("", place)
    if not str(raw.tag).startswith("tag:yaml.org,2002:"):
        problems.append(Problem("yaml-syntax", place, f"'{raw.tag}' begins with an exclamation mark", "put it in quotes"))
    if isinstance(raw, yaml.ScalarNode):
        return Scalar(raw.value, place)
    if isinstance(raw, yaml.SequenceNode):
        return Items(tuple(_node(each, base, problems, seen, depth + 1) for each in raw.value), place)
    rows = (_row(key, value, base, problems, seen, depth + 1) for key, value in raw.value)
    return Table(tuple(rows), place)


def _row(key: Any, value: Any, base: Place, problems: list[Problem], seen: set[int], depth: int) -> Row:  # noqa: ANN401 - as above
    name = _node(key, base, problems, seen, depth)
    if not isinstance(name, Scalar):
        problems.append(Problem("yaml-syntax", name.place, "the name of a field is plain text", "write `name: value`"))
        name = Scalar("", name.place)
    return Row(name, _node(value, base, problems, seen, depth))
