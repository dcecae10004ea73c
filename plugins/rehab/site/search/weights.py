"""How much a term says of the documents that it stands in (BM25 over fields: Robertson and Zaragoza 2009, 3.6).

In: documents whose words are counted. Out: for each term `Said`: in how many documents it stands, and those of which it
says most; and that as text. Nothing of it depends on all texts at once but `Scale`: how many documents there are, and
how long they are on average, which is rounded so that new words hardly ever move it. Who changes one text weighs its
own terms anew, and no others unless it moves (`rehab.site.search.reword`). Cost is linear in the words of the site.
"""

from __future__ import annotations

import math
from array import array
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from rehab.site.search.documents import KINDS, NO_COUNTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rehab.site.search.documents import Document

MOST: Final = 240
"""Documents that a term is kept for, those first of which it says most: a word of more tells little."""
AT_ONCE: Final = 24
"""Documents that may change at once without all being weighed: that many more are known of a term than are kept."""
_KNOWN: Final = MOST + AT_ONCE
_SATURATION, _SLOPE = 2.0, 0.6
_STEPS: Final = 16
"""Steps in which the mean length doubles: one is a twenty-fifth, and changes hardly a letter of what is written."""
_FULL: Final = 0.7
"""The share of what a term can say at most that makes the highest level: sites of all sizes come about so far."""
_LEVELS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VOICE: Final = "C"
"""What a term says of a page on which only readers say it."""
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_NUMBER, _SCORE = "I", "f"
"""How numbers of documents and scores lie in a row of bytes."""


class Said(NamedTuple):
    """What is known of a term. `documents` is in how many it is written.

    The others are rows: the numbers of those documents of which it says most, ascending, and how much of each; and the
    numbers of the first in which readers say it.
    """

    documents: int
    numbers: bytes
    scores: bytes
    heard: bytes


class Change(NamedTuple):
    """What a document with other words has to do with a term: whether it had it, and how much it says of it now."""

    was_written: bool
    score: float | None
    heard: bool


NOTHING: Final = Said(0, b"", b"", b"")


class Scale(NamedTuple):
    """What every weight depends on: how many documents there are, and how long they are together."""

    documents: int
    length: int

    @property
    def mean(self) -> float:
        """Return the length of a document on average, rounded."""
        mean = self.length / max(self.documents, 1)
        return 2.0 ** (round(_STEPS * math.log2(mean)) / _STEPS) if mean else 1.0

    @property
    def most(self) -> float:
        """Return how much makes the highest level: it is said by a term of one injury alone, again and again."""
        return _FULL * max(weight for _, _, weight in KINDS.values()) * _rarity(1, self.documents)


def scale_of(documents: Iterable[Document]) -> Scale:
    """Return the scale of documents."""
    lengths = [length_of(document) for document in documents]
    return Scale(len(lengths), sum(lengths))


def length_of(document: Document) -> int:
    """Return how many words a document has, every one counted by where it is said."""
    return sum((document.counts or NO_COUNTS).times)


def scores_of(document: Document, mean: float) -> Iterator[tuple[str, float]]:
    """Yield what each term says of a document, but for how rare it is."""
    weight = KINDS[document.kind][2]
    dampened = _SATURATION * (1 - _SLOPE + _SLOPE * length_of(document) / mean)
    for term, count in zip(*(document.counts or NO_COUNTS), strict=True):
        yield term, weight * count / (count + dampened)


def weigh(documents: Sequence[Document], mean: float) -> Iterator[tuple[str, Said]]:
    """Yield every term with what is known of it. What is yielded is let go: of a large site it is most of an index."""
    written: dict[str, tuple[array[int], array[float]]] = {}
    heard: dict[str, array[int]] = {}
    for number, document in enumerate(documents):
        for term, score in scores_of(document, mean):
            row = written.get(term)
            if row is None:
                row = written[term] = array(_NUMBER), array(_SCORE)
            row[0].append(number)
            row[1].append(score)
        for term in document.heard or ():
            heard.setdefault(term, array(_NUMBER)).append(number)
    for term in sorted({*written, *heard}):
        numbers, scores = written.pop(term, (array(_NUMBER), array(_SCORE)))
        yield term, _said(len(numbers), numbers, scores, heard.pop(term, array(_NUMBER)))


def reweigh(said: Said, changes: Mapping[int, Change]) -> Said:
    """Return what is known of a term when some documents, by their numbers, have other words: `AT_ONCE` at most."""
    numbers, scores = _columns(said)
    known = zip(numbers, scores, strict=True)
    rows = [row for row in known if row[0] not in changes]
    rows += ((number, each.score) for number, each in changes.items() if each.score is not None)
    rows.sort()
    heard = {number for number in array(_NUMBER, said.heard) if number not in changes}
    heard |= {number for number, each in changes.items() if each.heard}
    come = sum((each.score is not None) - each.was_written for each in changes.values())
    return _said(
        said.documents + come,
        array(_NUMBER, (number for number, _ in rows)),
        array(_SCORE, (score for _, score in rows)),
        array(_NUMBER, sorted(heard)),
    )


def reads_alike(said: Said, changes: Mapping[int, Change], scale: Scale) -> bool:
    """Return whether a term is sure to read as before when some documents have other words.

    So it is where each document that has it had it, and either all are in its text and make the level that they made,
    or they say less of it than all that are known. Most words of a text that gets another sentence are such.
    """
    numbers, scores = _columns(said)
    known, heard = dict(zip(numbers, scores, strict=True)), array(_NUMBER, said.heard)
    share, least = _share(said, scale), min(scores, default=0.0)

    def stays(number: int, now: float) -> bool:
        if number in known:
            return len(known) <= MOST and _level(known[number] * share) == _level(now * share)
        return now < least

    rows = zip(changes.items(), array(_SCORE, (each.score or 0.0 for each in changes.values())), strict=True)
    return all(
        each.was_written == (each.score is not None)
        and each.heard == (number in heard)
        and (not each.was_written or stays(number, now))
        for (number, each), now in rows
    )


def _said(documents: int, numbers: array[int], scores: array[float], heard: array[int]) -> Said:
    best = _best(scores, _KNOWN)
    if len(best) < len(scores):
        numbers, scores = array(_NUMBER, (numbers[at] for at in best)), array(_SCORE, (scores[at] for at in best))
    return Said(documents, numbers.tobytes(), scores.tobytes(), heard[:_KNOWN].tobytes())


def _columns(said: Said) -> tuple[array[int], array[float]]:
    return array(_NUMBER, said.numbers), array(_SCORE, said.scores)


def _best(scores: array[float], most: int) -> Sequence[int]:
    """Return the places of the highest scores, in order; of equal ones the first."""
    places = range(len(scores))
    return places if len(scores) <= most else sorted(sorted(places, key=scores.__getitem__, reverse=True)[:most])


def spell(said: Said, scale: Scale) -> str:
    """Return a term's documents as text: what is written in them, and after a `~` where readers say it."""
    numbers, scores = _columns(said)
    share = _share(said, scale)
    text = postings((numbers[at], _level(scores[at] * share)) for at in _best(scores, MOST))
    heard = array(_NUMBER, said.heard)[:MOST]
    return f"{text}~{postings((number, _VOICE) for number in heard)}" if heard else text


def _share(said: Said, scale: Scale) -> float:
    """Return what to multiply a score by to have its share of the highest level."""
    return _rarity(said.documents, scale.documents) / scale.most


def _rarity(documents: int, total: int) -> float:
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5)) + 0.3


def _level(share: float) -> str:
    """Return the letter of a share of the highest level. It grows with the root, which tells small shares apart."""
    return _LEVELS[int(math.sqrt(min(share, 1.0)) * (len(_LEVELS) - 1) + 0.5)]


def postings(rows: Iterable[tuple[int, str]]) -> str:
    """Return ascending numbers as text: each as a step from the one before, and the letter after it."""
    last = 0
    parts: list[str] = []
    for number, level in rows:
        parts += _base36(number - last), level
        last = number
    return "".join(parts)


@cache
def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits
