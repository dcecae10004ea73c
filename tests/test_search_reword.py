"""An index with other words in some documents is, to the byte, the index of all documents."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from rehab.site.search import shards, weights
from rehab.site.search.documents import Document, Facet
from rehab.site.search.index import count_words, render_index
from rehab.site.search.reword import Kept, Shard, reword_index
from rehab.site.search.shards import size_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.site.search.index import Index

WORDS = [first + second + third for first in "abk" for second in "ru" for third in ("", "n", "nn", "mp", "mpo")]
FACETS = {"injury": (Facet("Knee", (0, 2)),)}
DOCUMENTS, TURNS = 30, 60


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a term be kept for a few documents, and a shard be full with a few terms."""
    monkeypatch.setattr(weights, "MOST", 6)
    monkeypatch.setattr(weights, "AT_ONCE", 3)
    monkeypatch.setattr(weights, "_KNOWN", 9)
    monkeypatch.setattr(shards, "LARGEST", 90)
    monkeypatch.setattr(shards, "DEEPEST", 3)


def words(chance: random.Random) -> str:
    """Return some words, at times so many that they move the mean length of all documents."""
    many = chance.choice([20, 20, 20, 200])
    return " ".join(chance.choice(WORDS[: chance.randrange(1, len(WORDS))]) for _ in range(many))


def document(number: int, chance: random.Random) -> Document:
    kind, name = chance.choice(["post", "page", "injury"]), f"No {number}"
    bare = Document(kind=kind, id=f"{kind}:{number}", title=name, url=f"{number}/", words="", names=(name,), texts=())
    return reworded(bare, chance)


def reworded(before: Document, chance: random.Random) -> Document:
    """Return a document with other words, some of them its readers'."""
    return with_text(before, words(chance), words(chance))


def with_text(before: Document, text: str, *voices: str) -> Document:
    return count_words(replace(before, texts=((1, text), (3, "lead")), voices=voices, counts=None, heard=None))


def kept(index: Index, documents: list[Document]) -> Kept:
    basis = index.basis
    found = {
        key: Shard(texts, {term: basis.said[term] for term in texts if term in basis.said})
        for key, texts in basis.shards.items()
    }
    sizes = {key: size_of(texts) for key, texts in basis.shards.items()}
    numbered = {each.id: (number, each) for number, each in enumerate(documents)}
    return Kept(scale=basis.scale, head=basis.head, sizes=sizes, read=found.__getitem__, documents=numbered)


def turns(chance: random.Random, documents: list[Document]) -> Iterator[dict[int, Document]]:
    """Yield documents with other words, of which each time some more are touched, and some are as they were again."""
    numbers: set[int] = set()
    for _ in range(3):
        numbers |= {chance.randrange(DOCUMENTS)}
        befores = [documents[number] for number in sorted(numbers)]
        nows = [before if not chance.randrange(4) else reworded(before, chance) for before in befores]
        yield dict(zip(sorted(numbers), nows, strict=True))


@pytest.mark.parametrize("seed", range(TURNS))
def test_other_words_make_the_files_that_a_whole_index_has(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same words each time are the point
    documents = [document(number, chance) for number in range(DOCUMENTS)]
    first = render_index(tuple(documents), FACETS, "en")
    there = dict(first.files)
    for now in turns(chance, documents):
        found = reword_index(kept(first, documents), now.values(), there)
        assert found is not None
        whole = render_index(tuple(now.get(at, each) for at, each in enumerate(documents)), FACETS, "en")
        there = {place: text for place, text in {**there, **found.files}.items() if place in found.places}
        assert (there, found.head) == (dict(whole.files), whole.head)


def test_only_what_reads_otherwise_is_made() -> None:
    chance = random.Random(0)  # noqa: S311 - as above
    documents = [document(number, chance) for number in range(DOCUMENTS)]
    first = render_index(tuple(documents), FACETS, "en")
    found = reword_index(kept(first, documents), documents[:1], first.files)
    assert found is not None
    assert found.files.items() <= first.files.items()
    assert not [place for place in found.files if place.startswith("search/d")]


@pytest.mark.parametrize("other", [{"title": "Other"}, {"url": "other/"}, {"words": "Other."}, {"names": ("Other",)}])
def test_more_than_words_makes_the_index_whole(other: dict[str, str]) -> None:
    chance = random.Random(0)  # noqa: S311 - as above
    documents = [document(number, chance) for number in range(3)]
    index = render_index(tuple(documents), {}, "en")
    changed = replace(documents[0], **other)
    assert reword_index(kept(index, documents), [changed], index.files) is None


@pytest.mark.parametrize("text", ["", "run " * 500])
def test_so_many_words_that_all_weigh_otherwise_make_new_shards_and_nothing_else(text: str) -> None:
    chance = random.Random(0)  # noqa: S311 - as above
    documents = [document(number, chance) for number in range(DOCUMENTS)]
    first = render_index(tuple(documents), FACETS, "en")
    now = [*(with_text(each, text) for each in documents[:3]), *documents[3:]]
    whole = render_index(tuple(now), FACETS, "en")
    assert whole.basis.scale.mean != first.basis.scale.mean
    found = reword_index(kept(first, documents), now[:3], first.files)
    assert found is not None
    assert not [place for place in found.files if place.startswith(("search/d", "search/w"))]
    assert ({**first.files, **found.files}.items() >= whole.files.items(), found.head) == (True, whole.head)
    assert {*found.places} == {*whole.files}
