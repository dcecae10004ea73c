"""A misspelt word → the known words that were meant, for every "did you mean" of the program.

In: a word and the known ones. Out: those that are equally near, at most three, best first. A word that is one slip of
the keyboard away (a letter left out, added, changed, or two swapped) wins over one that only looks alike. The
known words are indexed once by what is left of them without one letter, and by their pairs of letters, so that a
look-up among thousands compares a handful.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_MOST = 3
_ALIKE = 0.6
_LOOKED_AT = 100
_COMPARED = 14
_SHORTEST = 3
_SHORTEST_SLIP = 2
_LONGEST = 80
ONE_SLIP, SAME_WORDS = 2.0, 1.0
"""Scores that leave little doubt; what merely looks alike has less than the second."""
_JOINTS = re.compile(r"[\W_]+")

SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("title",),
    "headline": ("title",),
    "description": ("summary",),
    "excerpt": ("summary",),
    "published": ("date",),
    "updated": ("modified",),
    "lastmod": ("modified",),
    "draft": ("status",),
    "language": ("lang",),
    "keywords": ("tags",),
    "labels": ("tags",),
    "also_known_as": ("aliases",),
    "permalink": ("slug",),
    "image": ("images", "gallery"),
    "images": ("gallery",),
    "pictures": ("images", "gallery"),
    "photos": ("images", "gallery"),
    "file": ("src",),
    "path": ("src",),
    "licence": ("license",),
    "weight": ("load",),
    "repetitions": ("reps",),
    "duration": ("time",),
    "result": ("outcome",),
    "type": ("kind",),
    "body_part": ("region",),
    "warning_signs": ("red_flags",),
    "how_to": ("steps",),
    "instructions": ("steps",),
    "reviewer": ("reviewed_by",),
}
"""What other programs and plain speech call a field: tried before anything that merely looks like it."""


class Near(NamedTuple):
    """How near the nearest words are (more is nearer), and which they are."""

    score: float
    words: tuple[str, ...]


NOTHING = Near(0.0, ())


class _Index(Struct, frozen=True):
    """Known words by their small form, by what is left without one letter, by word and by pair of letters."""

    plain: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[str, ...]]


def near(word: str, known: tuple[str, ...]) -> Near:
    """Return the known words nearest to a misspelt one: those one slip away, else with its words, else alike.

    Capitals, and what joins words (`-`, `_`, a space), count for nothing.
    """
    small = _small(word) if len(word) <= _LONGEST else ""
    if not small or not known:
        return NOTHING
    index = _index(known)
    return _one_slip(small, index) or _same_words(small, index) or _alike(small, index) or NOTHING


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the one known word that is closest to a misspelt one, or nothing."""
    return next(iter(near(word, known).words), "")


def nearest_field(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that a misspelt or foreign name of a field may mean."""
    meant = SYNONYMS.get(_small(word).replace(" ", "_"), ())
    found = tuple(key for key in meant if key in known)
    return found[:1] or near(word, known).words


def use(words: Iterable[str]) -> str:
    """Return the hint that names these words: `use 'a'`, `use 'a' or 'b'`; nothing without any."""
    quoted = [f"'{word}'" for word in words]
    return f"use {', '.join(quoted[:-1])}{' or ' if quoted[1:] else ''}{quoted[-1]}" if quoted else ""


def _small(word: str) -> str:
    return _JOINTS.sub(" ", word.casefold()).strip()


@lru_cache(maxsize=64)
def _index(known: tuple[str, ...]) -> _Index:
    plain: dict[str, list[str]] = {}
    for word in known:
        if len(word) <= _LONGEST:
            plain.setdefault(_small(word), []).append(word)
    return _Index(
        {small: tuple(words) for small, words in plain.items()},
        _by(plain, _shortened),
        _by(plain, str.split),
        _by(plain, _pairs),
    )


def _by(words: Iterable[str], keys: Callable[[str], Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        for key in dict.fromkeys(keys(word)):
            found.setdefault(key, []).append(word)
    return {key: tuple(each) for key, each in found.items()}


def _shortened(word: str) -> Iterator[str]:
    """Yield a word, and what is left of it without each of its letters."""
    yield word
    if len(word) >= _SHORTEST_SLIP:
        yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def _pairs(word: str) -> Iterator[str]:
    """Yield the pairs of neighbouring letters, with the first and the last standing beside nothing."""
    padded = f" {word} "
    yield from (padded[at : at + 2] for at in range(len(padded) - 1))


def _one_slip(small: str, index: _Index) -> Near | None:
    """Words that share with this one what is left without one letter are one slip away, but for few."""
    shared = dict.fromkeys(other for key in _shortened(small) for other in index.slips.get(key, ()))
    close = sorted(other for other in shared if is_one_slip(small, other))
    # Two swapped letters, or one typed twice, are likelier than any other letter in a letter's place.
    likely = [other for other in close if sorted(set(other)) == sorted(set(small))]
    return _near(ONE_SLIP, likely or close, index)


def is_one_slip(one: str, other: str) -> bool:
    """Return whether one letter left out, added or changed, or two neighbours swapped, make one word of the other."""
    if one == other:
        return True
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:] if len(left) > 1 and len(right) > 1 else False
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or swapped


def _same_words(small: str, index: _Index) -> Near | None:
    """Words in which each part of this one stands: `glute` in `glute-pain`."""
    holding = [set(index.parts.get(part, ())) for part in small.split()]
    found = sorted(set.intersection(*holding), key=lambda word: (len(word), word))
    return _near(SAME_WORDS, found, index) if len(small) >= _SHORTEST else None


def _alike(small: str, index: _Index) -> Near | None:
    """Compare with the words that share most pairs of letters."""
    shared: Counter[str] = Counter()
    for pair in dict.fromkeys(_pairs(small)):
        shared.update(index.pairs.get(pair, ()))
    many = [word for word, _ in shared.most_common(_LOOKED_AT)]
    candidates = sorted(many, key=lambda word: -shared[word] / (len(small) + len(word) + 2))[:_COMPARED]
    matcher = SequenceMatcher(None, "", small)
    scores: dict[str, float] = {}
    for word in candidates:
        matcher.set_seq1(word)
        scores[word] = matcher.ratio()
    best = max(scores.values(), default=0.0)
    return _near(best, sorted(word for word in scores if scores[word] == best), index) if best >= _ALIKE else None


def _near(score: float, smalls: Iterable[str], index: _Index) -> Near | None:
    words = tuple(dict.fromkeys(word for small in smalls for word in index.plain[small]))
    return Near(score, words[:_MOST]) if words else None
