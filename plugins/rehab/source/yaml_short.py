"""Front matter of plain lines → nodes, without the library: what comments and most short files have.

In: a YAML text. Out: the same nodes that the library's way makes, or None where a line is anything but a field with a
plain or quoted text, or a list of words in brackets. It takes half of the time, and a fifth where a noun is made of
`fields` (`rehab.model.short_record`): the nodes themselves are made only where somebody asks for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehab.source.nodes import Items, Row, Scalar, Table
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehab.source.nodes import Node

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ÿ0-9"
_PLAIN: Final = rf"[{_LETTERS}](?:[{_LETTERS}.,;/()'!+=_?&%~-]| (?=[{_LETTERS}(])|:(?=[{_LETTERS}/]))*+"
_QUOTED: Final = r'"[ !#-\[\]-~À-ÖØ-öø-ÿ]*+"'
_WORD: Final = "[A-Za-z0-9][A-Za-z0-9_-]*+"
_LIST: Final = rf"\[{_WORD}(?:, {_WORD})*+\]"
_FIELD: Final = re.compile(rf"[a-z][a-z_]{{0,40}}: (?:{_PLAIN}|{_QUOTED}|{_LIST})")
_EACH_WORD: Final = re.compile(_WORD)


class PlainTable(Table):
    """A table of plain fields, one a line; `lines` are as they were written. Rows are made when they are asked for."""

    __slots__ = ("_rows", "lines")
    _rows: tuple[Row, ...]
    lines: Sequence[str]

    def __init__(self, lines: Sequence[str], place: Place) -> None:
        """Take lines of which every one is a field."""
        for name, value in (("lines", lines), ("place", place), ("lost", frozenset()), ("_rows", ())):
            object.__setattr__(self, name, value)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows in the author's order."""
        if not self._rows:
            path, first = self.place.path, self.place.line
            rows = tuple(_row(line, path, number) for number, line in enumerate(self.lines, first))
            object.__setattr__(self, "_rows", rows)
        return self._rows

    def __eq__(self, other: object) -> bool:
        """Tell whether a table says the same, whenever its rows are made."""
        same = isinstance(other, Table) and (self.rows, self.place, self.lost) == (other.rows, other.place, other.lost)
        return same if isinstance(other, Table) else NotImplemented

    __hash__ = Table.__hash__

    def fields(self) -> Iterator[tuple[str, str | tuple[str, ...], int]]:
        """Yield each key, its text or its words, and the column of the text: what the rows say, in order."""
        for line in self.lines:
            key, _, value = line.partition(": ")
            if value[0] == '"':
                yield key, value[1:-1], len(key) + 4
            elif value[0] == "[":
                yield key, tuple(_EACH_WORD.findall(value)), len(key) + 3
            else:
                yield key, value, len(key) + 3


def read_short(text: str, start: Place) -> PlainTable | None:
    """Return the nodes of a text that begins at a place, or None where the library must read it."""
    lines = text.removesuffix("\n").split("\n")
    return PlainTable(lines, start) if all(map(_FIELD.fullmatch, lines)) else None


def _row(line: str, path: str, number: int) -> Row:
    key, _, value = line.partition(": ")
    return Row(Scalar(key, Place(path, number)), _value(value, Place(path, number, len(key) + 3)))


def _value(value: str, place: Place) -> Node:
    if value.startswith('"'):
        return Scalar(value[1:-1], place.right(1))
    if value.startswith("["):
        words = _EACH_WORD.finditer(value)
        return Items(tuple(Scalar(each[0], place.right(each.start())) for each in words), place)
    return Scalar(value, place)
