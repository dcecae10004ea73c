"""A table of plain fields → a noun, field by field and without nodes: what ten thousand comments have.

In: the table as `rehab.source.yaml_short` reads it. Out: the same noun that `parse_record` makes of its rows, or None
where that is not beyond doubt: a field that nobody knows, that stands twice, or whose value is anything but right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from rehab.model.moments import parse_moment
from rehab.model.records import ListOf
from rehab.model.refs import Ref
from rehab.model.shapes import WORDS, Choice, Matching, Moment, Reference, Words
from rehab.model.spec import specs
from rehab.source.place import Place

if TYPE_CHECKING:
    from rehab.model.entry import Entry
    from rehab.source.yaml_short import PlainTable

E = TypeVar("E", bound="Entry")
Value: TypeAlias = str | tuple[str, ...]
Spot: TypeAlias = tuple[str, int, int]
Reader: TypeAlias = "Callable[[Any, Spot], Any]"
"""Returns a value, or None where it is not right. Takes a text or words, and what makes their place."""


@dataclass(frozen=True, slots=True)
class Spots(Mapping[str, Place]):
    """The places of a table's values, made when one is asked for. `columns` are of one line after the other."""

    path: str
    line: int
    columns: tuple[tuple[str, int], ...]

    def __getitem__(self, key: str) -> Place:
        """Return the place of a value."""
        for line, (name, column) in enumerate(self.columns, self.line):
            if name == key:
                return Place(self.path, line, column)
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in order."""
        return (name for name, _ in self.columns)

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.columns)


def parse_short(noun: type[E], table: PlainTable, given: Mapping[str, Any]) -> E | None:
    """Return a noun with `at`, the places of its fields. `given` are the values of fields that no author writes."""
    readers, start = _readers(noun), table.place
    values: dict[str, Any] = dict(given)
    columns: list[tuple[str, int]] = []
    for line, (key, text, column) in enumerate(table.fields(), start.line):
        name, read = readers.get(key, ("", _refuse))
        value = read(text, (start.path, line, column))
        if value is None or name in values:
            return None
        values[name] = value
        columns.append((key, column))
    return noun(at=Spots(start.path, start.line, _shared(tuple(columns))), **values)


@lru_cache(maxsize=1024)
def _shared(columns: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Return the same value for all tables that are alike, as most are."""
    return columns


_KNOWN: Final[dict[type[Any], Mapping[str, tuple[str, Reader]]]] = {}


def _readers(noun: type[Any]) -> Mapping[str, tuple[str, Reader]]:
    """Return the fields of a noun that can be read here, with their names. It has none that is required."""
    if noun not in _KNOWN:
        table = () if any(spec.required for spec in specs(noun)) else specs(noun)
        found = ((spec, _READERS[type(spec.shape)](spec.shape)) for spec in table if type(spec.shape) in _READERS)
        _KNOWN[noun] = {spec.key: (spec.name, read) for spec, read in found}
    return _KNOWN[noun]


def _read_words(text: Value, _: Spot) -> Value | None:
    """Return a text in which something stands and that is as it was written."""
    return text if isinstance(text, str) and text and text == text.strip() else None


def _read_list(words: Value, _: Spot) -> Value | None:
    return words if isinstance(words, tuple) else None


def _read_moment(text: Value, _: Spot) -> Any:  # noqa: ANN401 - a date
    try:
        return parse_moment(text) if isinstance(text, str) else None
    except (ValueError, OverflowError):
        return None


def _reference(shape: Reference) -> Reader:
    return lambda text, spot: Ref(shape.kind, text, Place(*spot)) if _read_words(text, spot) else None


def _choice(shape: Choice) -> Reader:
    return lambda text, _: text if text in shape.options else None


def _matching(shape: Matching[Any]) -> Reader:
    return lambda text, _: shape.turn(text) if isinstance(text, str) and shape.pattern.fullmatch(text) else None


def _refuse(*_: object) -> None:
    """Read nothing."""


_READERS: Final[Mapping[type[Any], Callable[[Any], Reader]]] = {
    Words: lambda _: _read_words,
    Moment: lambda _: _read_moment,
    ListOf: lambda shape: _read_list if shape.item is WORDS else _refuse,
    Reference: _reference,
    Choice: _choice,
    Matching: _matching,
}
"""What reads each shape as plainly as this."""
