"""The shapes of values with parts: a list, a record with the fields of a noun, free facts.

In: a node, and for a record the noun's own field table. Out: the values that could be read, and the problems of those
that could not: one mistake hides no other. An unknown key is answered with the field that was probably meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from rehab.model.nearest import nearest_field, use
from rehab.model.shapes import WORDS, FileName, Reference, describe, refuse
from rehab.model.slips import group_hint, list_as_text, short_form
from rehab.model.spec import Result, Shape, specs
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.source.place import Place

T = TypeVar("T")


class ListOf(Struct, Generic[T], frozen=True):
    """A list of one shape. A single value is a list of one; nothing is an empty list."""

    item: Shape[T]

    @property
    def name(self) -> str:
        """Return the name of its items, in brackets."""
        return f"[{self.item.name}]"

    def parse(self, node: Node) -> Result[tuple[T, ...]]:
        """Return the items that could be read, and the problems of those that could not."""
        if isinstance(node, Scalar) and not node.value.strip():
            return (), ()
        slip = list_as_text(node)
        if slip and _is_a_name(self.item):
            return (), (slip,)
        nodes = node.items if isinstance(node, Items) else (node,)
        parsed = [self.item.parse(each) for each in nodes]
        values = tuple(value for value, _ in parsed if value is not None)
        return values, tuple(problem for _, problems in parsed for problem in problems)


def _is_a_name(shape: Shape[Any]) -> bool:
    """Return whether what a shape reads is a name or a word, in which no comma stands, and no sentence."""
    if isinstance(shape, RecordOf):
        short = next((spec.shape for spec in specs(shape.noun) if spec.key == shape.short), None)
        return isinstance(short, Reference | FileName)
    return shape is WORDS or isinstance(shape, Reference) or getattr(shape, "is_a_name", False)


class RecordOf(Struct, Generic[T], frozen=True):
    """A group of fields that makes a small noun. `short` is the field that a bare scalar fills, if any.

    `pair` names two fields that `first: second` on one line fills (`acupuncture: helped`).
    """

    noun: type[T]
    short: str = ""
    pair: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        """Return its keys in braces."""
        return "{" + ", ".join(spec.key for spec in specs(self.noun)) + "}"

    def parse(self, node: Node) -> Result[T]:
        """Return the noun, or None with the reasons."""
        if self.pair and isinstance(node, Table):
            slip = short_form(node, self.pair, [spec.key for spec in specs(self.noun)])
            if slip:
                return None, (slip,)
        return parse_record(self.noun, self._long_form(node))

    def _long_form(self, node: Node) -> Node:
        keys = {spec.key for spec in specs(self.noun)}
        match node:
            case Scalar() if self.short and node.value.strip():
                return Table((Row(Scalar(self.short, node.place), node),), node.place)
            case Table((Row(key, value),), place) if self.pair and key.value not in keys:
                first, second = self.pair
                return Table((Row(Scalar(first, key.place), key), Row(Scalar(second, value.place), value)), place)
            case _:
                return node


class Facts(Struct, frozen=True):
    """Free `key: text` pairs, kept in order and never interpreted."""

    name: str = "{name: text}"

    def parse(self, node: Node) -> Result[tuple[tuple[str, str], ...]]:
        """Return the pairs; groups inside groups are joined with a dot."""
        if not isinstance(node, Table):
            message = f"this is {describe(node)}, not a group of names and texts"
            return refuse("wrong-type", node.place, message, "write `name: text`, one a line")
        return tuple(_flatten("", node)), ()


def _flatten(prefix: str, node: Node) -> list[tuple[str, str]]:
    match node:
        case Scalar(value, _):
            return [(prefix, value)]
        case Items(items, _):
            return [pair for item in items for pair in _flatten(prefix, item)]
        case Table(rows, _):
            return [pair for row in rows for pair in _flatten(f"{prefix}.{row.key.value}".strip("."), row.value)]


def places_of(table: Table) -> dict[str, Place]:
    """Return where the value of each field stands."""
    return {row.key.value: row.value.place for row in table}


def parse_record(noun: type[T], node: Node, given: Mapping[str, Any] | None = None) -> Result[T]:
    """Read a table of fields into a noun by the noun's own field table.

    `given` are the values of fields that no author writes. Unknown keys, keys that stand twice and
    missing required fields are problems; everything that could be read is still read.
    """
    if not isinstance(node, Table):
        hint = group_hint(node, [spec.key for spec in specs(noun) if spec.required])
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not a group of fields", hint)
    table = {spec.key: spec for spec in specs(noun)}
    rows, problems = unique_rows(node, tuple(table))
    values: dict[str, Any] = dict(given or {})
    if "place" in getattr(noun, "__slots__", ()):
        values.setdefault("place", node.place)
    for key, row in rows.items():
        value, found = _field(table[key].shape, row, required=table[key].required)
        problems += found
        if value is not None:
            values[table[key].name] = value
    there = {*rows, *node.lost, *_meant_by(node, rows, tuple(table))}
    absent = [spec for spec in table.values() if spec.required and spec.key not in there]
    problems += tuple(_missing(node.place, spec.key, spec.doc) for spec in absent)
    lost = [spec for spec in table.values() if spec.required and spec.name not in values]
    return (None if lost else noun(**values)), problems


def _meant_by(node: Table, rows: Mapping[str, Row], known: tuple[str, ...]) -> Iterator[str]:
    """Yield the fields that misspelt keys stand for: one that is misspelt is not missing as well."""
    for row in node:
        if row.key.value not in rows:
            yield from nearest_field(row.key.value, known)[:1]


def _field(shape: Shape[Any], row: Row, *, required: bool) -> Result[Any]:
    """Read one field. A field left empty says nothing: it is as if it were not there, unless it is required."""
    left_empty = isinstance(row.value, Scalar) and not row.value.value.strip()
    if left_empty and not required:
        return None, ()
    return shape.parse(row.value)


def _missing(place: Place, key: str, doc: str) -> Problem:
    return Problem("missing-field", place, f"'{key}' is missing", f"add `{key}:` — {doc[0].lower()}{doc[1:]}")


def unique_rows(table: Table, known: tuple[str, ...]) -> tuple[dict[str, Row], Problems]:
    """Return the rows by key, without those that are unknown or stand twice, and a problem for each of those."""
    rows: dict[str, Row] = {}
    problems: list[Problem] = []
    for row in table:
        key, place = row.key.value, row.key.place
        if key not in known:
            problems.append(unknown_key(row.key, known))
        elif key in rows:
            first = rows[key].key.place
            message, hint = f"'{key}' stands twice", f"keep one of the two; the first is on line {first.line}"
            problems.append(Problem("duplicate-key", place, message, hint, len(key), ((first, "first here"),)))
        else:
            rows[key] = row
    return rows, tuple(problems)


def unknown_key(key: Scalar, known: tuple[str, ...]) -> Problem:
    """Return the problem of a key that no field has, with the nearest field as help."""
    hint = use(nearest_field(key.value, known)) or f"use one of the fields here: {', '.join(known)}"
    return Problem("unknown-key", key.place, f"there is no field called '{key.value}'", hint, max(len(key.value), 1))
