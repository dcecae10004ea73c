"""Documents → the files of the search index, of which a search fetches few.

In: documents and facets. Out: files by their place, and the place of the first, `head`. All are JSON, small and named
by their bytes; the head names all others:

- terms are kept in shards by how they begin, as one text a term: for each document a step from the one before (base 36)
  and a letter from A to Z for how much the term says of it; after a `~` the same for what readers say there;
- documents are kept some at a time, each as title, address and words;
- `words` has every word of a name as it is written, for words that nothing begins with: a slip of the keyboard.

How much a term says is worked out here (BM25 over fields: Robertson and Zaragoza 2009, 3.6), so a browser only adds up.
Cost is linear in the words of the site.
"""

from __future__ import annotations

import hashlib
import json
import math
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from rehab.site.search.documents import KINDS, NAME, NO_COUNTS, Counts
from rehab.site.search.words import STOP, all_words_in, name_of, stem, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.site.search.documents import Document, Facet

FOLDER: Final = "search"
HEAD: Final = f"{FOLDER}/head-*.json"
"""The name of the file that names the others."""
VERSION: Final = 1
PER_FILE: Final = 12
"""Documents in one file."""
LARGEST: Final = 9_000
"""Letters of a shard before it is divided, as far as the beginnings of its terms differ."""
DEEPEST: Final = 8
"""Letters that tell shards apart at most."""
MOST: Final = 240
"""Documents that a term is kept for, those first of which it says most: a word of more tells little."""
_SHORTEST: Final = 3
_SATURATION, _SLOPE = 2.0, 0.6
_LEVELS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_VOICE: Final = 1.0
_TITLE, _ALIAS, _AREA, _PLACE = "Z", "W", "I", "E"
"""What it says that a search is a title, another name, what readers call a part of the body, or a place on its page."""
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Index:
    """The files of an index by their place, and the place of the one that names the others."""

    files: Mapping[str, str]
    head: str


def render_index(documents: tuple[Document, ...], facets: Mapping[str, tuple[Facet, ...]], language: str) -> Index:
    """Return the files of the index."""
    documents = tuple(map(count_words, documents))
    files: dict[str, str] = {}
    kinds = Counter(document.kind for document in documents)
    parts = [documents[at : at + PER_FILE] for at in range(0, len(documents), PER_FILE)]
    shards = _shards(_terms(documents))
    head = {
        "v": VERSION,
        "lang": language,
        "kinds": [[one, many, kinds[kind]] for kind, (one, many, _) in KINDS.items() if kinds[kind]],
        "per": PER_FILE,
        "docs": [_add(files, f"d{number}", [_shown(each) for each in part]) for number, part in enumerate(parts)],
        "terms": {key: _add(files, f"t-{key}", shard) for key, shard in shards.items()},
        "words": _add(files, "words", " ".join(_vocabulary(documents))),
        "stop": " ".join(sorted(STOP)),
        "facets": {name: [[each.title, _steps(each.documents)] for each in some] for name, some in facets.items()},
    }
    digest = _add(files, "head", head)
    return Index(files, f"{FOLDER}/head-{digest}.json")


def _add(files: dict[str, str], name: str, data: object) -> str:
    """Put data among the files and return the part of its name that changes with it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:10]
    files[f"{FOLDER}/{_safe(name)}-{digest}.json"] = text
    return digest


def _safe(name: str) -> str:
    """Return a name that every host and file system takes: letters outside ASCII as their numbers."""
    return "".join(each if each.isascii() and (each.isalnum() or each == "-") else f"u{ord(each):x}" for each in name)


def _shown(document: Document) -> list[str]:
    return [document.title, document.url, document.words]


def _vocabulary(documents: Iterable[Document]) -> list[str]:
    names = (word for document in documents for name in document.names for word in words_in(name))
    return sorted({word for word in names if len(word) >= _SHORTEST and word not in STOP and not word.isdigit()})


# Terms


def _terms(documents: tuple[Document, ...]) -> Mapping[str, str]:
    """Return each term with its documents as text."""
    scored = _scored(documents)
    largest = max((max(scores) for _, scores in scored.values()), default=1.0)
    voices = _voices(documents)
    texts: dict[str, str] = {}
    while scored:  # what is written is let go: of a large site this is most of what an index takes
        term, (numbers, scores) = scored.popitem()
        levels = (_level(score / largest) for score in scores)
        texts[term] = _postings(zip(numbers, levels, strict=True))
    for term, heard in voices.items():
        texts[term] = f"{texts.get(term, '')}~{_postings((number, _LEVELS[2]) for number in heard[:MOST])}"
    return {**texts, **_names(documents)}


def _scored(documents: tuple[Document, ...]) -> dict[str, tuple[array[int], array[float]]]:
    """Return the documents of each term by their numbers, and how much each says of it."""
    counted = [document.counts or NO_COUNTS for document in documents]
    lengths = [sum(counts.times) for counts in counted]
    mean = sum(lengths) / len(lengths) if lengths else 1.0
    dampened = [_SATURATION * (1 - _SLOPE + _SLOPE * length / (mean or 1.0)) for length in lengths]
    weights = [KINDS[document.kind][2] for document in documents]
    found: dict[str, tuple[list[int], list[float]]] = {}
    for number, counts in enumerate(counted):
        for term, count in zip(counts.terms, counts.times, strict=True):
            numbers, times = found.setdefault(term, ([], []))
            numbers.append(number)
            times.append(count)
    scored: dict[str, tuple[array[int], array[float]]] = {}
    for term in tuple(found):
        pairs = zip(*found.pop(term), strict=True)
        rows = [(number, weights[number] * count / (count + dampened[number])) for number, count in pairs]
        best = _with_rarity(rows, len(documents))
        scored[term] = array("L", (number for number, _ in best)), array("d", (score for _, score in best))
    return scored


def count_words(document: Document) -> Document:
    """Return a document with its words counted; one that is counted already as it is."""
    if document.counts is not None:
        return document
    heard = {stem(word) for word in all_words_in(document.voices) if word not in STOP}
    return replace(document, texts=(), voices=(), counts=_counts(document), heard=tuple(sorted(heard)))


def _counts(document: Document) -> Counts:
    """Return how often each stem is said, every time counted by where it is said."""
    counts: dict[str, float] = {}
    texts = (*((NAME if not at else NAME - 1, name) for at, name in enumerate(document.names)), *document.texts)
    for weight, text in texts:
        for word, times in Counter(words_in(text)).items():
            if word not in STOP:
                term = stem(word)
                counts[term] = counts.get(term, 0.0) + weight * times
    return Counts(tuple(counts), tuple(map(_shared, counts.values())))


@lru_cache(maxsize=1_000)
def _shared(number: float) -> float:
    """Return the same number again: most are one of a few."""
    return number


def _with_rarity(rows: list[tuple[int, float]], total: int) -> list[tuple[int, float]]:
    rarity = math.log(1 + (total - len(rows) + 0.5) / (len(rows) + 0.5)) + 0.3
    best = sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST]
    return sorted((number, score * rarity) for number, score in best)


def _voices(documents: Iterable[Document]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for term in document.heard or ():
            found[term].append(number)
    return found


def _names(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return every whole name as a term of its own."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for number, document in enumerate(documents):
        for at, name in enumerate(document.names):
            if words := words_in(name):
                found[name_of(words)].setdefault(number, _named(document, at))
    return {term: _postings(sorted(rows.items())[:MOST]) for term, rows in found.items()}


def _named(document: Document, at: int) -> str:
    if document.place:
        return _PLACE
    return _TITLE if not at else _AREA if document.kind == "body" else _ALIAS


def _level(share: float) -> str:
    """Return the letter of a score between 0 and 1. It grows with the square root, which tells small ones apart."""
    return _LEVELS[int(math.sqrt(share) * (len(_LEVELS) - 1) + 0.5)]


def _postings(rows: Iterable[tuple[int, str]]) -> str:
    last = 0
    parts: list[str] = []
    for number, level in rows:
        parts += _base36(number - last), level
        last = number
    return "".join(parts)


def _steps(numbers: Iterable[int]) -> str:
    """Return ascending numbers as steps, one letter after each."""
    return _postings((number, "A") for number in numbers)


@cache
def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


# Shards


def _shards(terms: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Return the terms in shards, by the letters that all terms of a shard begin with."""
    return dict(_divide(dict(sorted(terms.items())), 1))


def _divide(terms: Mapping[str, str], depth: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield shards by their beginnings. A term that is shorter than its shard's beginning stands for itself alone."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for term, text in terms.items():
        groups[term[:depth]][term] = text
    for key, group in groups.items():
        size = sum(len(term) + len(text) + 6 for term, text in group.items())
        if size > LARGEST and depth < DEEPEST:
            yield from _divide(group, depth + 1)
        else:
            yield key, group
