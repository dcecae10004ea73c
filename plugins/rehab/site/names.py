"""Names → things: slugs, aliases and titles, whatever their case, for each kind.

In: the nouns of a site. Out: `Names`, which finds the slug behind a word, and the problems of two things that share
one. Exists so that an alias, a title and a slug lead to the same place in front matter and in text alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rehab.model.nearest import NOTHING, SAME_WORDS, Near, near, use
from rehab.model.refs import KINDS, Ref, TextRef
from rehab.model.slug import slugify
from rehab.model.words import ABBREVIATIONS
from rehab.source.place import find_below
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.source.place import Place

SLUG, ALIAS, TITLE = range(3)
"""How good a name is: where two things share one, the better one wins."""

_MOST = 3
"""How many names a hint offers."""

_ONE_PAGE = {"muscle", "region"}
"""Kinds that share a page: a word for both means the muscle, which says more exactly where."""


class Named(NamedTuple):
    """A thing and all that it is called."""

    kind: str
    slug: str
    title: str
    aliases: tuple[str, ...]
    place: Place
    aliases_at: Place | None = None


class Name(NamedTuple):
    """What a word leads to: how good it is, and the slug."""

    rank: int
    slug: str


Index: TypeAlias = "Mapping[str, Mapping[str, Name]]"


@dataclass(frozen=True, slots=True)
class Names:
    """Everything by kind and name."""

    index: Index
    found: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False, repr=False)
    """What has been looked up already: the same few words stand in many texts."""

    def find(self, kind: str, word: str) -> str | None:
        """Return the slug of the thing of that kind that is called so, or None."""
        if (kind, word) not in self.found:
            self.found[kind, word] = self._look_up(kind, word)
        return self.found[kind, word]

    def _look_up(self, kind: str, word: str) -> str | None:
        name = self._name(kind, word.strip().casefold()) or self._name(kind, slugify(word))
        return name.slug if name else None

    def id_of(self, ref: Ref | None) -> str | None:
        """Return `kind:slug` with the slug itself where the reference gives an alias, or None."""
        slug = self.find(ref.kind, ref.slug) if ref else None
        return f"{ref.kind}:{slug}" if ref and slug else None

    def kinds_of(self, word: str) -> tuple[str, ...]:
        """Return the kinds in which a word is a name, the best names only: a slug beats an alias."""
        # As a slug is written, or else as a title is made one: the same for all kinds, and slow enough to do once.
        keys = (word.strip().casefold(), slugify(word))
        found = {kind: name for kind in KINDS if (name := self._name(kind, *keys))}
        best = min((name.rank for name in found.values()), default=TITLE)
        kinds = tuple(kind for kind, name in found.items() if name.rank == best)
        return ("muscle",) if set(kinds) == _ONE_PAGE else kinds

    def resolve(self, ref: TextRef) -> str | None:
        """Return `kind:slug` of what a text refers to, or None where nothing or too much is called so."""
        key = (f"[[{ref.kind}:", ref.slug)
        if key not in self.found:
            kinds = (ref.kind,) if ref.kind else self.kinds_of(ref.slug)
            slug = self.find(kinds[0], ref.slug) if len(kinds) == 1 else None
            self.found[key] = f"{kinds[0]}:{slug}" if slug else None
        return self.found[key]

    def nearest(self, kind: str, word: str) -> Near:
        """Return the slugs of the things of that kind whose names are nearest to a misspelt one."""
        known = self.index.get(kind, {})
        found = near(word, tuple(known))
        return Near(found.score, tuple(dict.fromkeys(known[name].slug for name in found.words)))

    def _name(self, kind: str, *keys: str) -> Name | None:
        names = self.index.get(kind, {})
        return next((names[key] for key in keys if key in names), None)


def index_names(things: Iterable[Named], texts: Mapping[str, str]) -> tuple[Names, Problems]:
    """Return the names of all things; an alias that another thing of the kind has too is a problem.

    `texts` are the whole files by path: an alias is looked for in them to say where it stands.
    """
    things = tuple(things)
    index: dict[str, dict[str, Name]] = {}
    owners: dict[tuple[str, str], Named] = {}
    problems: list[Problem] = []
    for thing in things:
        key = thing.slug.casefold()
        index.setdefault(thing.kind, {})[key] = Name(SLUG, thing.slug)
        owners[thing.kind, key] = thing
    for thing in things:
        problems += _add_aliases(thing, index[thing.kind], owners, texts)
    _add_titles(things, index)
    return Names(index), tuple(problems)


def _add_aliases(
    thing: Named, names: dict[str, Name], owners: dict[tuple[str, str], Named], texts: Mapping[str, str]
) -> Iterable[Problem]:
    for alias in thing.aliases:
        for key in dict.fromkeys((alias.casefold(), slugify(alias))):
            owner = owners.setdefault((thing.kind, key), thing)
            names.setdefault(key, Name(ALIAS, thing.slug))
            if owner.slug != thing.slug:
                yield _shared_name(alias, thing, owner, texts)
                break


def _shared_name(alias: str, thing: Named, owner: Named, texts: Mapping[str, str]) -> Problem:
    start = thing.aliases_at or thing.place
    place = find_below(texts.get(start.path, ""), alias, start)
    message = f"the name '{alias}' of '{thing.slug}' also belongs to '{owner.slug}'"
    related = ((owner.place, f"'{owner.slug}' is here"),)
    return Problem("duplicate-slug", place, message, "keep it in one of the two", len(alias), related)


def _add_titles(things: tuple[Named, ...], index: dict[str, dict[str, Name]]) -> None:
    """Titles are names of last resort: one that two things share is none, and that is no problem."""
    shared: dict[tuple[str, str], set[str]] = {}
    for thing in things:
        for key in (thing.title.casefold(), slugify(thing.title)):
            shared.setdefault((thing.kind, key), set()).add(thing.slug)
    for (kind, key), slugs in shared.items():
        if len(slugs) == 1:
            index[kind].setdefault(key, Name(TITLE, *slugs))


def check_ref(ref: Ref, names: Names, also: frozenset[str] = frozenset()) -> Problems:
    """Return the problem of a reference that leads nowhere. `also` are slugs that count as known here."""
    if names.find(ref.kind, ref.slug) or ref.slug in also:
        return ()
    message = f"no {ref.kind} called '{ref.slug}'"
    return (Problem("unknown-slug", ref.place, message, _hint(ref, names), max(len(ref.slug), 1)),)


def _hint(ref: Ref, names: Names) -> str:
    elsewhere = tuple(kind for kind in names.kinds_of(ref.slug) if kind != ref.kind)
    close = _meant(ref.kind, ref.slug, elsewhere, names)
    if close:
        return use(close.words)
    if elsewhere:
        return f"name {_article(ref.kind)} {ref.kind} here; '{ref.slug}' is {_article(elsewhere[0])} {elsewhere[0]}"
    return f"write the slug of something that is there, or add a file for '{ref.slug}'"


def _meant(kind: str, word: str, elsewhere: tuple[str, ...], names: Names) -> Near | None:
    """Return what may be meant: by an abbreviation, by a near name, or by what the word means for another kind.

    A region or a muscle leads to the injury that has its name in its own: `ITB` to `it-band-syndrome`.
    """
    others = (slug.replace("-", " ") for slug in (names.find(each, word) for each in elsewhere) if slug)
    asked = (ABBREVIATIONS.get(word.strip().casefold(), ""), word, *others)
    found = (names.nearest(kind, each) for each in asked if each)
    sure = next((each for each in found if each.score >= SAME_WORDS), None)
    alike = NOTHING if elsewhere else names.nearest(kind, word)
    return sure or (alike if alike.words else None)


def check_text_ref(ref: TextRef, place: Place, names: Names) -> Problems:
    """Return the problem of a `[[reference]]` in text that leads nowhere, or to two kinds."""
    if ref.kind and ref.kind not in KINDS:
        hint = use(near(ref.kind, KINDS).words) or f"write one of: {', '.join(KINDS)}"
        message = f"there is no kind of thing called '{ref.kind}'"
        return (Problem("unknown-slug", place, message, hint, len(ref.kind) + 1 + len(ref.slug)),)
    if ref.kind:
        return check_ref(Ref(ref.kind, ref.slug, place), names)
    if names.resolve(ref):
        return ()
    kinds = names.kinds_of(ref.slug)
    if kinds:
        message = f"'{ref.slug}' is the name of {' and of '.join(f'{_article(kind)} {kind}' for kind in kinds)}"
        return (Problem("ambiguous-reference", place, message, f"write '{kinds[0]}:{ref.slug}'", len(ref.slug)),)
    found = [_meant(kind, ref.slug, (), names) or NOTHING for kind in KINDS]
    best = max(each.score for each in found)
    close = dict.fromkeys(slug for each in found if each.score == best for slug in each.words)
    hint = use(tuple(close)[:_MOST]) or "write the slug of something that is there"
    return (Problem("unknown-slug", place, f"nothing is called '{ref.slug}'", hint, len(ref.slug)),)


def _article(kind: str) -> str:
    return "an" if kind[0] in "aeiou" else "a"
