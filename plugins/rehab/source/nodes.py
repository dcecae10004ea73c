"""What a front matter is made of before any schema has looked at it.

Three shapes only: a scalar (always text), a list of items, a table of rows. Each knows its place.
Nothing is typed here: `yes`, `010` and `1:30` are the text that the author wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.source.place import Place


class Scalar(Struct, frozen=True):
    """One piece of text. `place` is its first character, after an opening quote if there is one."""

    value: str
    place: Place


class Items(Struct, frozen=True):
    """A list. `place` is its first character."""

    items: tuple[Node, ...]
    place: Place

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)


class Row(Struct, frozen=True):
    """One `key: value` of a table."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)  # no struct: `yaml_short` has one that makes its rows when they are asked for
class Table:
    """Rows in the author's order. A key that stands twice is two rows here; the schema refuses it.

    `lost` are the names of fields whose lines could not be read: they are there, so they are not missing as well.
    """

    rows: tuple[Row, ...]
    place: Place
    lost: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


Node: TypeAlias = Scalar | Items | Table
