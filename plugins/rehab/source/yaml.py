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
    if not chunks[1:]:
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
    composer = _Composer(place)
    node = composer.node(root, 0)
    return (None if composer.problems else node), tuple(composer.problems)


def _diagnose(text: str, place: Place) -> Problem:
    """Return the problem of a text that does not compose, by the slower loader with the steadier words."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return explain(error, text, place)
    return Problem("yaml-syntax", place, "this cannot be read as YAML", "check quotes, brackets and indentation")


class _Composer:
    """Turns the library's nodes into ours, for one text that begins at `base`."""

    def __init__(self, base: Place) -> None:
        self.base = base
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def node(self, raw: Any, depth: int) -> Node:  # noqa: ANN401 - the library has no types for its nodes
        """Return our node for one of the library's. Twice the same node means an alias, which is refused."""
        place = self._place(raw)
        refusal = self._refusal(raw, depth)
        if refusal:
            self.problems.append(Problem(refusal[0], place, *refusal[1:]))
            return Scalar("", place)
        self.seen.add(id(raw))
        if isinstance(raw, yaml.ScalarNode):
            return Scalar(raw.value, place)
        if isinstance(raw, yaml.SequenceNode):
            return Items(tuple(self.node(each, depth + 1) for each in raw.value), place)
        return Table(tuple(self._row(key, value, depth + 1) for key, value in raw.value), place)

    def _place(self, raw: Any) -> Place:  # noqa: ANN401 - as above
        quoted = 1 if getattr(raw, "style", None) in {"'", '"'} else 0
        return Place(self.base.path, self.base.line + raw.start_mark.line, raw.start_mark.column + 1 + quoted)

    def _refusal(self, raw: Any, depth: int) -> tuple[str, str, str] | None:  # noqa: ANN401 - as above
        """Return code, message and hint of what is wrong with a node itself, if anything is."""
        if id(raw) in self.seen:
            return "yaml-alias", "anchors (&) and aliases (*) are not understood here", "write the value again in full"
        if depth > _DEEPEST:
            return "yaml-syntax", "this is nested too deeply", "write it flatter"
        if not str(raw.tag).startswith("tag:yaml.org,2002:"):
            return "yaml-syntax", f"'{raw.tag}' begins with an exclamation mark", "put it in quotes"
        return None

    def _row(self, key: Any, value: Any, depth: int) -> Row:  # noqa: ANN401 - as above
        name = self.node(key, depth)
        if not isinstance(name, Scalar):
            hint = "write `name: value`"
            self.problems.append(Problem("yaml-syntax", name.place, "the name of a field is plain text", hint))
            name = Scalar("", name.place)
        return Row(name, self.node(value, depth))
