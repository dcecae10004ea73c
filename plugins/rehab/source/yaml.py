"""YAML text → nodes that know their places. The only place that knows the YAML library.

YAML is composed, never constructed: every scalar stays the text that the author wrote. A block with
mistakes is read again field by field, so that each mistake is found and the rest is kept.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml_parts import Part, names_in, split_parts
from rehab.source.yaml_plain import may_slip, no_list, swallowed
from rehab.source.yaml_short import read_short
from rehab.source.yaml_words import explain, no_field

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_OPENINGS = ("[", "{", "- ", "-\n", "? ", ":\n")
"""What a level of nesting begins with."""
_STRANGE_BREAKS = re.compile("[\x85\u2028\u2029]")
"""What YAML counts as the end of a line and no editor does: the lines of all that follows would be wrong."""


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node, Problems]:
    """Return the nodes of a YAML text that begins on `first_line` of the file at `path`.

    A text without anything in it is an empty table. Never raises for what the text says.
    """
    place = Place(path, first_line)
    short = read_short(text, place)
    if short is not None:
        return short, ()
    if not text.isascii():
        text = _STRANGE_BREAKS.sub(" ", text)
    node, problems = _read(text, place, 0)
    return node or Table((), place, names_in(text) if problems else frozenset()), problems


def _read(text: str, place: Place, depth: int) -> tuple[Node | None, Problems]:
    """Read a text as a whole, or else part by part: good parts are kept, each bad one gives its own problem."""
    node, problems = _compose(text, place)
    parts = split_parts(text) if problems and depth < _DEEPEST else ()
    if not parts:
        return node, problems
    read = _read_items if parts[0].is_item else _read_fields
    node, found = read(parts, place, depth + 1)
    nothing_left = isinstance(node, Table) and not node.rows and depth
    return None if nothing_left else node, found or problems


def _read_items(parts: tuple[Part, ...], place: Place, depth: int) -> tuple[Node, Problems]:
    found = [_read(part.inside, _down(place, part), depth) for part in parts]
    items = tuple(node for node, _ in found if node is not None)
    start = Place(place.path, place.line + parts[0].line, parts[0].text.index("-") + 1)
    return Items(items, start), tuple(problem for _, problems in found for problem in problems)


def _read_fields(parts: tuple[Part, ...], place: Place, depth: int) -> tuple[Node, Problems]:
    rows: list[Row] = []
    lost: set[str] = set()
    problems: list[Problem] = []
    for part in parts:
        table, found = _read_field(part, _down(place, part), depth)
        rows += table.rows
        lost |= table.lost
        problems += found
    first = parts[0].text
    start = _down(place, parts[0]).right(len(first) - len(first.lstrip(" ")))
    return Table(tuple(rows), start, frozenset(lost)), tuple(problems)


def _read_field(part: Part, place: Place, depth: int) -> tuple[Table, Problems]:
    node, problems = _compose(part.text, place)
    lost = Table((), place, names_in(part.text))
    if not problems:
        return (node, ()) if isinstance(node, Table) else (lost, (no_field(part.text, place),))
    below = part.below()
    if below is None or not split_parts(below[2]):
        return lost, problems
    key, column, rest = below
    value, found = _read(rest, Place(place.path, place.line + 1), depth)
    if value is None:
        return lost, found
    name = Scalar(key, Place(place.path, place.line, column))
    return Table((Row(name, value),), name.place), found


def _down(place: Place, part: Part) -> Place:
    return Place(place.path, place.line + part.line)


def _is_deep(text: str) -> bool:
    """Return whether a text is nested more deeply than we read.

    Asked before composing, which calls itself for each level and takes the whole program with it where there are
    many. The events of a text come one after the other, however deep it is; most texts have too few openings to ask.
    """
    if sum(text.count(opening) for opening in _OPENINGS) <= _DEEPEST:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_FAST):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST + 1:
                return True
    except yaml.YAMLError:
        return False
    return False


def _compose(text: str, place: Place) -> tuple[Node | None, Problems]:
    if _is_deep(text):
        return None, (Problem("yaml-syntax", place, "this is nested too deeply", "write it flatter"),)
    try:
        root = yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError:
        return None, (_diagnose(text, place),)
    if root is None:
        return None, ()
    composer = _Composer(place, text)
    node = composer.node(root, 0)
    return (None if composer.problems else node), tuple(composer.problems)


def _diagnose(text: str, place: Place) -> Problem:
    """Return the problem of a text that does not compose, by the slower loader with the steadier words."""
    try:
        yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return explain(error, text, place)
    return Problem("yaml-syntax", place, "this cannot be understood", "check quotes, brackets and indentation")


class _Composer:
    """Turns the library's nodes into ours, for one text that begins at `base`."""

    def __init__(self, base: Place, text: str) -> None:
        self.base = base
        self.text = text
        self.anchors = "&" in text
        self.may_slip = may_slip(text)
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
            if self.may_slip or " - " in raw.value:
                self._check_plain(raw)
            return Scalar(raw.value, place)
        if isinstance(raw, yaml.SequenceNode):
            return Items(tuple(self.node(each, depth + 1) for each in raw.value), place)
        return Table(tuple(self._row(key, value, depth + 1) for key, value in raw.value), place)

    def _place(self, raw: Any) -> Place:  # noqa: ANN401 - as above
        quoted = 1 if getattr(raw, "style", None) in {"'", '"'} else 0
        return Place(self.base.path, self.base.line + raw.start_mark.line, raw.start_mark.column + 1 + quoted)

    def _refusal(self, raw: Any, depth: int) -> tuple[str, str, str] | None:  # noqa: ANN401 - as above
        """Return code, message and hint of what is wrong with a node itself, if anything is."""
        if id(raw) in self.seen or (self.anchors and self.text.startswith("&", raw.start_mark.index)):
            message = "anchors (&) and aliases (*) are not understood here"
            return "yaml-alias", message, "put the value in quotes, or write it again in full"
        if depth > _DEEPEST:
            return "yaml-syntax", "this is nested too deeply", "write it flatter"
        if not str(raw.tag).startswith("tag:yaml.org,2002:"):
            return "yaml-syntax", f"'{raw.tag}' begins with an exclamation mark", "put it in quotes"
        return None

    def _check_plain(self, raw: Any) -> None:  # noqa: ANN401 - as above
        if raw.style in {"'", '"'}:
            return
        slip = swallowed(self.text, raw.end_mark.index)
        if not slip and not raw.style:
            slip = no_list(self.text, raw.start_mark.index, raw.end_mark.index)
        if slip:
            index, message, hint = slip
            before = self.text[:index]
            place = Place(self.base.path, self.base.line + before.count("\n"), index - before.rfind("\n"))
            self.problems.append(Problem("yaml-syntax", place, message, hint))

    def _row(self, key: Any, value: Any, depth: int) -> Row:  # noqa: ANN401 - as above
        name = self.node(key, depth)
        if not isinstance(name, Scalar):
            hint = "write `name: value`"
            self.problems.append(Problem("yaml-syntax", name.place, "the name of a field is plain text", hint))
            name = Scalar("", name.place)
        return Row(name, self.node(value, depth))
