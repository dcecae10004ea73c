"""Terms → shards, by how they begin, each small enough to be fetched for one word.

In: texts by their terms. Out: the terms of each shard, by the letters that all of them begin with. Where most shards
of an earlier time stay as they are, only how large they are need be known: the others are divided as if all were there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LARGEST: Final = 9_000
"""Letters of a shard before it is divided, as far as the beginnings of its terms differ."""
DEEPEST: Final = 8
"""Letters that tell shards apart at most."""
_FRAME: Final = 6
"""Letters that stand around a term and its text."""
Texts: TypeAlias = "Mapping[str, str]"


def divide(texts: Texts) -> dict[str, Texts]:
    """Return all terms in shards."""
    return {key: texts or {} for key, texts in _divide(dict(sorted(texts.items())), {}, lambda _: {}, 1)}


def redivide(
    sizes: Mapping[str, int], read: Callable[[str], Texts], changed: Texts
) -> dict[str, Texts | None]:  # fmt: skip
    """Return all shards when some terms have other texts, or none ("") any more; those that stay are None.

    `sizes` are those of the shards that were there, `read` returns the terms of one.
    """
    homes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for term, text in changed.items():
        homes[home_of(term, sizes)][term] = text
    texts: dict[str, str] = {}
    for home, new in homes.items():
        texts |= {**(read(home) if home in sizes else {}), **new}
    there = {term: text for term, text in sorted(texts.items()) if text}
    stay = {key: size for key, size in sizes.items() if key not in homes}
    return dict(sorted(_divide(there, stay, read, 1)))


def size_of(texts: Texts) -> int:
    """Return how many letters a shard has."""
    return sum(len(term) + len(text) + _FRAME for term, text in texts.items())


def home_of(term: str, keys: Mapping[str, int]) -> str:
    """Return the shard in which a term lies, or would if it were there: "" where none begins like it."""
    return next((term[:depth] for depth in range(min(len(term), DEEPEST), 0, -1) if term[:depth] in keys), "")


def _divide(
    texts: Texts, stay: Mapping[str, int], read: Callable[[str], Texts], depth: int
) -> Iterator[tuple[str, Texts | None]]:  # fmt: skip
    """Yield shards by their beginnings. A term that is shorter than its shard's beginning stands for itself alone."""
    groups: defaultdict[str, tuple[dict[str, str], dict[str, int]]] = defaultdict(lambda: ({}, {}))
    for term, text in texts.items():
        groups[term[:depth]][0][term] = text
    for key, size in stay.items():
        groups[key[:depth]][1][key] = size
    for key, (some, others) in groups.items():
        if size_of(some) + sum(others.values()) > LARGEST and depth < DEEPEST:
            yield from _divide(some, others, read, depth + 1)
        elif not some and others.keys() == {key}:
            yield key, None
        else:
            read_again = (row for each in others for row in read(each).items())
            yield key, dict(sorted((*some.items(), *read_again)))
