"""An index, and documents with other words → the files of the index that are other ones.

In: what was kept of an index when it was made whole, and each document that has other words. Out: the same bytes that
an index of all documents would have, and nothing that need not be made: a term is weighed anew where one of these
documents has it or had it, a shard is written where one of its terms reads otherwise. Where so many words came or went
that every document weighs otherwise, all are weighed, as they were counted then: what else the index says stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from rehab.site.search.documents import NO_COUNTS
from rehab.site.search.index import TERMS, Files, place_of, weigh_all
from rehab.site.search.shards import home_of, redivide
from rehab.site.search.weights import AT_ONCE, NOTHING, Change, Scale, length_of, reads_alike, reweigh, scores_of, spell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from rehab.site.search.documents import Document
    from rehab.site.search.shards import Texts
    from rehab.site.search.weights import Said


class Shard(NamedTuple):
    """What is kept of a shard: its texts, and what was known of those terms that are no names."""

    texts: Texts
    said: Mapping[str, Said]


class Kept(Struct, frozen=True, kw_only=True):
    """What is kept of an index: its scale, its first file, how large its shards are, and how to read one.

    `documents` are all that it was made of, with their numbers, by id.
    """

    scale: Scale
    head: Mapping[str, Any]
    sizes: Mapping[str, int]
    read: Callable[[str], Shard]
    documents: Mapping[str, tuple[int, Document]]

    def said_of(self, term: str) -> Said:
        """Return what was known of a term."""
        home = home_of(term, self.sizes)
        return self.read(home).said.get(term, NOTHING) if home else NOTHING


class Reworded(NamedTuple):
    """A document with other words: its number, what it was when the index was made, and what it is."""

    number: int
    before: Document
    now: Document


class NewFiles(Struct, frozen=True):
    """The files that were made, and the places of all; the place of the first."""

    files: Mapping[str, str]
    places: tuple[str, ...]
    head: str


def reword_index(kept: Kept, documents: Iterable[Document], there: Collection[str]) -> NewFiles | None:
    """Return the files of an index that are other ones, or not `there`, when some documents have other words.

    What the index does not know is not searched for, and passed over. Return None where more than words is other, or
    more documents than `AT_ONCE`: the index must be made whole.
    """
    known = ((kept.documents.get(each.id), each) for each in documents)
    new = [Reworded(*before, now) for before, now in known if before]
    if len(new) > AT_ONCE or any(_but_words(each.before) != _but_words(each.now) for each in new):
        return None
    scale = _scale(kept, new)
    shards = _mended(kept, new) if scale.mean == kept.scale.mean else _weighed_anew(kept, new, scale)
    files = Files()
    terms: dict[str, str] = {}
    for key, texts in shards.items():
        digest = kept.head["terms"].get(key, "")
        stays = texts is None and place_of(f"{TERMS}{key}", digest) in there
        terms[key] = digest if stays else files.add(f"{TERMS}{key}", texts or kept.read(key).texts)
    head = {**kept.head, "terms": terms}
    first = place_of("head", files.add("head", head))
    return NewFiles(files, (*_places(head), first), first)


def _but_words(document: Document) -> tuple[object, ...]:
    return document.kind, document.id, document.title, document.url, document.words, document.names, document.place


def _scale(kept: Kept, documents: Iterable[Reworded]) -> Scale:
    longer = sum(length_of(each.now) - length_of(each.before) for each in documents)
    return Scale(kept.scale.documents, kept.scale.length + longer)


def _mended(kept: Kept, documents: Sequence[Reworded]) -> Mapping[str, Texts | None]:
    """Return all shards where the words of no other document weigh otherwise; those that stay are None."""
    return redivide(kept.sizes, lambda key: kept.read(key).texts, _changed(kept, documents))


def _weighed_anew(kept: Kept, documents: Iterable[Reworded], scale: Scale) -> Mapping[str, Texts]:
    """Return all shards, of all documents."""
    numbered = {**dict(kept.documents.values()), **{each.number: each.now for each in documents}}
    _, shards = weigh_all([numbered[number] for number in sorted(numbered)], scale)
    return shards


def _changed(kept: Kept, documents: Sequence[Reworded]) -> Mapping[str, str]:
    """Return the text of every term that one of these documents has or had, but for those that read as before."""
    before = [frozenset((each.before.counts or NO_COUNTS).terms) for each in documents]
    now = [dict(scores_of(each.now, kept.scale.mean)) for each in documents]
    heard = [frozenset(each.now.heard or ()) for each in documents]
    terms = {*(term for each in (*before, *now, *heard) for term in each)}
    terms |= {term for each in documents for term in each.before.heard or ()}
    found: dict[str, str] = {}
    for term in sorted(terms):
        changes = {
            each.number: Change(term in had, has.get(term), term in voices)
            for each, had, has, voices in zip(documents, before, now, heard, strict=True)
        }
        said = kept.said_of(term)
        if not reads_alike(said, changes, kept.scale):
            found[term] = spell(reweigh(said, changes), kept.scale)
    return found


def _places(head: Mapping[str, Any]) -> Iterator[str]:
    """Yield the places of all files that a first one names."""
    yield from (place_of(f"d{number}", digest) for number, digest in enumerate(head["docs"]))
    yield from (place_of(f"{TERMS}{key}", digest) for key, digest in head["terms"].items())
    yield place_of("words", head["words"])
