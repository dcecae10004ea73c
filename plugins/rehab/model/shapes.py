"""The shapes a value may have: text, number, day, one of a few words, a reference, a list, a record.

A shape turns a node into `(value, problems)`; the value is None where it could not be read, and then
there is at least one problem. A shape's `name` is what messages and docs call it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rehab.model.moments import parse_moment
from rehab.model.nearest import near, nearest_field, use
from rehab.model.refs import FileRef, Ref
from rehab.model.slips import date_hint, group_hint, list_as_text, short_form, text_hint
from rehab.model.spec import Result, Shape, specs
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")


def refuse(code: str, place: Place, message: str, hint: str = "", span: int = 1) -> tuple[None, Problems]:
    """Return no value and one problem."""
    return None, (Problem(code, place, message, hint, span),)


_LONGEST_SHOWN = 40


def describe(node: Node) -> str:
    """Return a node in a few plain words, for messages."""
    match node:
        case Scalar("", _):
            return "nothing"
        case Scalar(value, _):
            return f"'{value}'" if len(value) <= _LONGEST_SHOWN else f"'{value[: _LONGEST_SHOWN - 3]}…'"
        case Items():
            return "a list"
        case _:
            return "a group of fields"


@dataclass(frozen=True, slots=True)
class Words:
    """One piece of text that is not empty."""

    name: str = "text"

    def parse(self, node: Node) -> Result[str]:
        """Return the text with its outer white space gone."""
        if isinstance(node, Scalar) and node.value.strip():
            return node.value.strip(), ()
        message = f"this is {describe(node)}, not text" if describe(node) != "nothing" else "nothing is written here"
        return refuse("wrong-type", node.place, message, text_hint(node))


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """Text that a pattern must match whole, then turned into a value."""

    name: str
    pattern: re.Pattern[str]
    turn: Callable[[str], T]
    hint: str
    code: str = "wrong-type"

    def parse(self, node: Node) -> Result[T]:
        """Return the value, or a problem that says what was expected."""
        if isinstance(node, Scalar) and self.pattern.fullmatch(node.value.strip()):
            return self.turn(node.value.strip()), ()
        span = len(node.value) if isinstance(node, Scalar) else 1
        return refuse(self.code, node.place, f"{describe(node)} is not {self.name}", self.hint, max(span, 1))


WORDS = Words()
PROSE = Words("text, with Markdown")
WHOLE = Matching("a whole number", re.compile(r"\d{1,9}"), int, "write a number such as 3")
YES_NO = Matching("yes or no", re.compile(r"yes|no|true|false"), lambda t: t in {"yes", "true"}, "write yes or no")
URL = Matching(
    "a web address",
    re.compile(r"(https?://|mailto:)[^\s<>\"']{1,2000}"),
    str,
    "write the whole address, such as https://example.org/page",
    "bad-url",
)
SLUG = Matching(
    "a slug",
    re.compile(r"[^\W_A-Z]+(?:[-_.][^\W_A-Z]+)*"),
    str,
    "use small letters, digits and hyphens, such as side-plank",
    "bad-slug",
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a day with a time; see `rehab.model.moments` for the forms it may have."""

    name: str = "a date"

    def parse(self, node: Node) -> Result[dt.datetime]:
        """Return the moment in UTC; a day alone is its midnight."""
        text = " ".join(node.value.split()) if isinstance(node, Scalar) else ""
        try:
            return parse_moment(text), ()
        except (ValueError, OverflowError):
            message = f"{describe(node)} is not a date"
            return refuse("bad-date", node.place, message, date_hint(text), max(len(text), 1))


MOMENT = Moment()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the words it may be."""
        return " | ".join(self.options)

    def parse(self, node: Node) -> Result[str]:
        """Return the word, or a problem that offers the nearest one."""
        text = node.value.strip() if isinstance(node, Scalar) else ""
        if text in self.options:
            return text, ()
        hint = use(near(text, self.options).words) or f"use one of: {', '.join(self.options)}"
        message = f"{describe(node)} is not one of the words this field takes"
        return refuse("bad-choice", node.place, message, hint, max(len(text), 1))


@dataclass(frozen=True, slots=True)
class Reference:
    """The slug of something of one kind, such as an exercise or an injury."""

    kind: str

    @property
    def name(self) -> str:
        """Return what it points at."""
        article = "an" if self.kind[0] in "aeiou" else "a"
        return f"the slug of {article} {self.kind}"

    def parse(self, node: Node) -> Result[Ref]:
        """Return the reference with its place; whether it exists is found out when the site is linked."""
        if isinstance(node, Scalar) and node.value.strip():
            return Ref(self.kind, node.value.strip(), node.place), ()
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not {self.name}", f"write {self.name}")


@dataclass(frozen=True, slots=True)
class FileName:
    """The name of a file beside the one that names it."""

    name: str = "a file's name"

    def parse(self, node: Node) -> Result[FileRef]:
        """Return the file's name with its place; whether the file is there is found out later."""
        if isinstance(node, Scalar) and node.value.strip():
            return FileRef(node.value.strip(), node.place), ()
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not {self.name}", "write a file's name")


FILE = FileName()


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
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


@dataclass(frozen=True, slots=True)
class RecordOf(Generic[T]):
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


@dataclass(frozen=True, slots=True)
class Facts:
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


def parse_record(noun: type[T], node: Node, given: Mapping[str, Any] | None = None) -> Result[T]:
    """Read a table of fields into a noun by the noun's own field table.

    `given` are the values of fields that no author writes. Unknown keys, keys that stand twice and
    missing required fields are problems; everything that could be read is still read.
    """
    if not isinstance(node, Table):
        return refuse("wrong-type", node.place, f"this is {describe(node)}, not a group of fields", group_hint(node))
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
