"""A mapping with some other values in it, of which only that is read which somebody asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Over(Mapping[str, V]):
    """What a mapping says, but for some keys that have other values, and some that are gone."""

    def __init__(self, below: Mapping[str, V], values: Mapping[str, V], gone: Collection[str] = ()) -> None:
        """Take the mapping, the other values, and the keys that are gone unless they have one."""
        self._below, self._values, self._gone = below, values, gone

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        if key in self._values:
            return self._values[key]
        if key in self._gone:
            raise KeyError(key)
        return self._below[key]

    def __iter__(self) -> Iterator[str]:
        """Go through all keys."""
        yield from self._values
        yield from (key for key in self._below if key not in self._values and key not in self._gone)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)
