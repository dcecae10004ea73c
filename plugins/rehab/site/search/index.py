"""Documents → the files of the search index, of which a search fetches few.

In: documents and facets. Out: files by their place, and the place of the first, `head`. All are JSON, small and named
by their bytes; the head names all others:

- terms are kept in shards by how they begin (`shards`), as one text a term (`weights`): for each document a step from
  the one before (base 36) and a letter from A to Z for how much the term says of it; after a `~` the same for what
  readers say there. So a browser only adds up;
- documents are kept some at a time, each as title, address and words;
- `words` has every word of a name as it is written, for words that nothing begins with: a slip of the keyboard.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from rehab.site.search.documents import KINDS, NAME, Counts
from rehab.site.search.shards import divide
from rehab.site.search.weights import MOST, postings, scale_of, spell, weigh
from rehab.site.search.words import STOP, all_words_in, name_of, stem, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rehab.site.search.documents import Document, Facet
    from rehab.site.search.shards import Texts
    from rehab.site.search.weights import Said, Scale

FOLDER: Final = "search"
HEAD: Final = f"{FOLDER}/head-*.json"
"""The name of the file that names the others."""
VERSION: Final = 1
PER_FILE: Final = 12
"""Documents in one file."""
TERMS: Final = "t-"
"""How the name of a shard begins."""
_SHORTEST: Final = 3
_TITLE, _ALIAS, _AREA, _PLACE = "Z", "W", "I", "E"
"""What it says that a search is a title, another name, what readers call a part of the body, or a place on its page."""


class Files(Mapping[str, str]):
    """Files by their place. Each is made when it is asked for: together they are as large as what they are made of."""

    __slots__ = ("_data",)

    def __init__(self) -> None:
        """Begin with none."""
        self._data: dict[str, object] = {}

    def add(self, name: str, data: object) -> str:
        """Add a file and return the part of its name that changes with it."""
        digest = hashlib.sha256(_render(data).encode()).hexdigest()[:10]
        self._data[place_of(name, digest)] = data
        return digest

    def __getitem__(self, place: str) -> str:
        """Return what a file holds."""
        return _render(self._data[place])

    def __iter__(self) -> Iterator[str]:
        """Go through the places."""
        return iter(self._data)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._data)


def _render(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class Basis(Struct, frozen=True):
    """What an index was made of, so that other words change only what they touch: see `rehab.site.search.reword`."""

    scale: Scale
    head: Mapping[str, Any]
    shards: Mapping[str, Texts]
    said: Mapping[str, Said]


class Index(Struct, frozen=True):
    """The files of an index by their place, and the place of the one that names the others."""

    files: Files
    head: str
    basis: Basis


def render_index(documents: tuple[Document, ...], facets: Mapping[str, tuple[Facet, ...]], language: str) -> Index:
    """Return the files of the index."""
    documents = tuple(map(count_words, documents))
    scale = scale_of(documents)
    said, shards = weigh_all(documents, scale)
    files = Files()
    kinds = Counter(document.kind for document in documents)
    parts = [documents[at : at + PER_FILE] for at in range(0, len(documents), PER_FILE)]
    head = {
        "v": VERSION,
        "lang": language,
        "kinds": [[one, many, kinds[kind]] for kind, (one, many, _) in KINDS.items() if kinds[kind]],
        "per": PER_FILE,
        "docs": [files.add(f"d{number}", [_shown(each) for each in part]) for number, part in enumerate(parts)],
        "terms": {key: files.add(f"{TERMS}{key}", shard) for key, shard in shards.items()},
        "words": files.add("words", " ".join(_vocabulary(documents))),
        "stop": " ".join(sorted(STOP)),
        "facets": {name: [[each.title, _steps(each.documents)] for each in some] for name, some in facets.items()},
    }
    return Index(files, place_of("head", files.add("head", head)), Basis(scale, head, shards, said))


def weigh_all(documents: Sequence[Document], scale: Scale) -> tuple[dict[str, Said], dict[str, Texts]]:
    """Return what is known of every term, and the shards: the text of each, and that of every whole name."""
    said = dict(weigh(documents, scale.mean))
    return said, divide({**{term: spell(each, scale) for term, each in said.items()}, **_names(documents)})


def place_of(name: str, digest: str) -> str:
    """Return where a file lies, in letters that every host and file system takes: others stand there as numbers."""
    safe = "".join(each if each.isascii() and (each.isalnum() or each == "-") else f"u{ord(each):x}" for each in name)
    return f"{FOLDER}/{safe}-{digest}.json"


def _shown(document: Document) -> list[str]:
    return [document.title, document.url, document.words]


def _vocabulary(documents: Iterable[Document]) -> list[str]:
    names = (word for document in documents for name in document.names for word in words_in(name))
    return sorted({word for word in names if len(word) >= _SHORTEST and word not in STOP and not word.isdigit()})


def count_words(document: Document) -> Document:
    """Return a document with its words counted; one that is counted already as it is."""
    if document.counts is not None:
        return document
    heard = {stem(word) for word in all_words_in(document.voices) if word not in STOP}
    return replace(document, texts=(), voices=(), counts=_counts(document), heard=tuple(sorted(heard)))


def _counts(document: Document) -> Counts:
    """Return how often each stem is said, every time counted by where it is said."""
    counts: dict[str, int] = {}
    texts = (*((NAME if not at else NAME - 1, name) for at, name in enumerate(document.names)), *document.texts)
    for weight, text in texts:
        for word, times in Counter(words_in(text)).items():
            if word not in STOP:
                term = stem(word)
                counts[term] = counts.get(term, 0) + weight * times
    return Counts(tuple(counts), tuple(counts.values()))


def _names(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return every whole name as a term of its own."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for number, document in enumerate(documents):
        for at, name in enumerate(document.names):
            if words := words_in(name):
                found[name_of(words)].setdefault(number, _named(document, at))
    return {term: postings(sorted(rows.items())[:MOST]) for term, rows in found.items()}


def _named(document: Document, at: int) -> str:
    if document.place:
        return _PLACE
    return _TITLE if not at else _AREA if document.kind == "body" else _ALIAS


def _steps(numbers: Iterable[int]) -> str:
    """Return ascending numbers as steps, one letter after each."""
    return postings((number, "A") for number in numbers)
