"""A mapping with some other values in it, of which only that is read which somebody asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

V = TypeVar("V")


class Over(Mapping[str, V]):
    """What a mapping says, but for some keys that have other values, and some that are gone."""

    below: Mapping[str, V]
    instead: Mapping[str, V]
    gone: Collection[str]

    def __init__(self, below: Mapping[str, V], values: Mapping[str, V], gone: Collection[str] = ()) -> None:
        """Take the mapping, the other values, and the keys that are gone unless they have one.

        Over another of these, it stands over what that one stands over: many saves are no slower to read than one.
        """
        if isinstance(below, Over):
            values = {**{key: value for key, value in below.instead.items() if key not in gone}, **values}
            gone = {*below.gone, *gone}
            below = below.below
        self.below, self.instead, self.gone = below, values, gone

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        if key in self.instead:
            return self.instead[key]
        if key in self.gone:
            raise KeyError(key)
        return self.below[key]

    def __iter__(self) -> Iterator[str]:
        """Go through all keys."""
        yield from self.instead
        yield from (key for key in self.below if key not in self.instead and key not in self.gone)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(1 for _ in self)
