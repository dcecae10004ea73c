"""One source file as the core reads it, and whether a change to it kept everything else.

In: a path and a text. Out: a `Reading`: its fields, its body, and what is wrong with it. Repairs are proposed by
rules that look at a reading, and accepted only by comparing the readings before and after: the parser itself says
whether something is mended, so nothing here has a second idea of what a field may hold.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from rehab.model.entries import parse_entries
from rehab.model.folders import VOCABULARY, folder_of
from rehab.model.vocabulary import read_vocabulary
from rehab.site.references import refs_of
from rehab.source.document import Document, Tree
from rehab.source.header import split_text
from rehab.source.nodes import Items, Node, Row, Scalar, Table
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.source.place import Place
    from rehab.source.problem import Problems

Plain: TypeAlias = "str | tuple[object, ...]"
YAML = (".yml", ".yaml")


class Change(Struct, frozen=True):
    """Characters `start` to `end` of a text become `new`, for a reason. The text has the line ends of Unix."""

    start: int
    end: int
    new: str
    reason: str

    def apply(self, text: str) -> str:
        """Return the text with this change."""
        return text[: self.start] + self.new + text[self.end :]


class Reading(Struct, frozen=True):
    """A file's text and what the core makes of it: `slips` keep it from being read, `faults` are in its fields.

    `lines` are those of the text; that of number n (from 1) is at n - 1. `front` are the numbers of the lines between
    the fences; there are none in an old header.
    """

    text: str
    document: Document
    slips: Problems
    faults: Problems
    lines: tuple[str, ...]
    front: range

    @property
    def path(self) -> str:
        """Return the path, as in `Place`."""
        return self.document.path

    @property
    def root(self) -> Node:
        """Return the front matter."""
        return self.document.root

    @property
    def problems(self) -> Problems:
        """Return everything that is wrong with this file alone."""
        return (*self.slips, *self.faults)

    @property
    def is_data(self) -> bool:
        """Return whether the file is all YAML, without a text."""
        return self.path.lower().endswith(YAML)

    def offset(self, line: int, column: int = 1) -> int:
        """Return where a line and column (from 1) are among the text's characters."""
        return sum(len(each) + 1 for each in self.lines[: line - 1]) + column - 1

    def field_at(self, line: int) -> range:
        """Return the lines of the top-level field that a line of the front matter belongs to."""
        starts = [number for number in self.front if self._begins(number)]
        first = max((number for number in starts if number <= line), default=self.front.start)
        after = min((number for number in starts if number > line), default=self.front.stop)
        return range(first, max(after, first + 1))

    def _begins(self, number: int) -> bool:
        letter = self.lines[number - 1][:1]
        return bool(letter) and not letter.isspace() and letter not in ("#" if self.is_data else "#-")

    @property
    def errors(self) -> int:
        """Return how many errors this file has by itself."""
        return sum(problem.severity == "error" for problem in self.problems)


@lru_cache(maxsize=1 << 12)
def read_source(text: str, path: str) -> Reading:
    """Read one text as the core does, alone. `text` has the line ends of Unix and no byte-order mark.

    Remembered, because each step of a repair and the search for names ask for the same texts again.
    """
    if path.lower().endswith(YAML):
        root, slips = parse_yaml(text, path)
        document = Document(path, root, "", text.count("\n") + 1, "")
    else:
        split, slips = split_text(text, path)
        document = Document(path, split.root, split.body, split.body_line, "", split.legacy)
    tree = Tree((document,), (), {path: text})
    faults = read_vocabulary(tree)[1] if folder_of(path) == VOCABULARY else parse_entries(tree)[1]
    lines = tuple(text.split("\n"))
    return Reading(text, document, slips, faults, lines, _front(document, lines, {slip.code for slip in slips}))


def _front(document: Document, lines: tuple[str, ...], slips: set[str]) -> range:
    if document.path.lower().endswith(YAML):
        return range(1, len(lines) + 1)
    if document.legacy or "no-front-matter" in slips or document.body_line == 1:
        return range(0)
    if "unclosed-front-matter" not in slips:
        return range(2, document.body_line - 1)
    above = lines[: document.body_line - 1]
    return range(2, max((line for line, words in enumerate(above, start=1) if words.strip()), default=1) + 1)


def plain(node: Node) -> Plain:
    """Return a node without its places, to compare with."""
    match node:
        case Scalar(value, _):
            return value
        case Items(items, _):
            return ("list", *(plain(item) for item in items))
        case Table(rows, _):
            return ("table", *((row.key.value, plain(row.value)) for row in rows))


def fields(reading: Reading, without: range = range(0)) -> tuple[Plain, ...]:
    """Return the top-level fields as plain values, but for those that begin on some lines."""
    match reading.root:
        case Table(rows, _):
            kept = (row for row in rows if row.key.place.line not in without)
            return tuple((row.key.value, plain(row.value)) for row in kept)
        case Items(items, _):
            return tuple(plain(item) for item in items if item.place.line not in without)
        case _:
            return (plain(reading.root),)


def rows_of(node: Node) -> Iterator[Row]:
    """Yield every `key: value` inside a node, at any depth, in order."""
    if isinstance(node, Table):
        for row in node:
            yield row
            yield from rows_of(row.value)
    elif isinstance(node, Items):
        for item in node:
            yield from rows_of(item)


def scalars_of(node: Node) -> Iterator[Scalar]:
    """Yield every value that is text, at any depth, in order."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node:
            yield from scalars_of(item)
    else:
        for row in node:
            yield from scalars_of(row.value)


def references(reading: Reading) -> frozenset[tuple[Place, str]]:
    """Return the places at which this file names another thing, each with the name: a slug, never prose."""
    entries, _ = parse_entries(Tree((reading.document,), (), {}))
    kinds = (getattr(entries, name) for name in entries.__struct_fields__)
    return frozenset((ref.place, ref.slug) for kind in kinds for noun in kind for ref in refs_of(noun))


def keeps_the_rest(before: Reading, after: Reading, touched: range) -> bool:
    """Return whether a change inside some lines left every other field and the body as they were.

    A field that could not be read before may be there now; none may be lost.
    """
    grown = len(after.lines) - len(before.lines)
    old = fields(before, touched)
    new = iter(fields(after, range(touched.start, touched.stop + grown)))
    return after.document.body == before.document.body and all(each in new for each in old)


def mends(before: Reading, after: Reading, touched: range) -> bool:
    """Return whether a change left fewer errors, and everything else as it was."""
    return after.errors < before.errors and keeps_the_rest(before, after, touched)
