"""A linked site with one entry as its file is now, for its own page, without linking all others anew.

In: a linked site, and an entry that was saved: a changed one, or a new one. Out: the site with that entry in its place,
and what is wrong with it; None where its links are not all that may differ: another address, another name or thread, an
exercise that a post defines, what it says of two other things. The same with the comments on one page. Linking a large
blog takes longer than anybody waits for the page that they are writing.

This is for the entry's own page. What others make of it (words that lead to its title, the order of links that end at
one thing, all edges in one list) is as it was, until the site is linked as a whole.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections import ChainMap
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from rehab.model.comment import host_id
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.site import edges
from rehab.site.edges import comment_id
from rehab.site.gather import is_public, newest_first, title_first
from rehab.site.link import check_references
from rehab.site.names import SLUG, Name, Names, check_text_ref
from rehab.site.over import Over
from rehab.site.pictures import path_of
from rehab.site.references import text_refs_of
from rehab.site.rules.check import RULES, silence
from rehab.site.show.share import with_cards
from rehab.site.site import KIND_OF
from rehab.site.talk import Replies, Talk, answers_of, by_end
from rehab.site.targets import Targets, target_of, things_of
from rehab.site.waiting import schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rehab.comments.thread import Thread
    from rehab.images.plan import Recipe
    from rehab.model.comment import Comment
    from rehab.model.entry import Entry
    from rehab.model.nouns import Image
    from rehab.site.site import Edge, Site
    from rehab.source.problem import Problems


class _Kind(NamedTuple):
    """Where a site keeps entries of a kind: those with a public page in order, and the others, if there are any."""

    listed: str
    order: Callable[[Any], Any] = title_first
    others: str = ""
    edges: Callable[[Any, Names], Iterator[Edge]] = lambda _, __: iter(())


_KINDS: Final[Mapping[type[Any], _Kind]] = {
    Post: _Kind("posts", newest_first, "unlisted", edges.edges_of_post),
    Exercise: _Kind("exercises", edges=edges.edges_of_exercise),
    Injury: _Kind("injuries", edges=edges.edges_of_injury),
    Treatment: _Kind("treatments"),
    Program: _Kind("programs", edges=edges.edges_of_program),
    Gallery: _Kind("galleries"),
    Page: _Kind("pages", others="drafts"),
}
_SAME: Final = ("slug", "aliases", "url", "save_as", "lang", "translation", "comments", "comments_declared")
"""Fields by which an entry is found, and those that its thread goes by."""
_OF_ENTRIES: Final = (
    "posts", "unlisted", "exercises", "injuries", "treatments", "programs", "galleries", "pages", "drafts",
    "comments",
)  # fmt: skip


def with_entry(
    site: Site, entry: Entry, text: str, recipe: Recipe, threads: Mapping[str, Thread]
) -> tuple[Site, Entry] | None:
    """Return the site with an entry in the place of the one from the same file, and the entry as it stands there.

    `text` is the whole file. `threads` has the empty thread of an entry that may be new.
    """
    kind = _KINDS.get(type(entry))
    if kind is None:
        return None
    if isinstance(entry, Post):
        (entry,) = schedule((entry,), site.options.last_day)
    all_of_kind = chain(getattr(site, kind.listed), getattr(site, kind.others, ()) if kind.others else ())
    old = next((each for each in all_of_kind if each.path == entry.path), None)
    if not (_is_free(site, entry) if old is None else _is_like(old, entry)) or _defines(site, old, entry):
        return None
    texts = _with_text(site.texts, entry.path, text)
    if (old is None and not _is_listed(entry)) or (old is not None and site.nouns.get(edges.id_of(old)) is not old):
        fields: dict[str, Any] = {
            kind.others: (*(each for each in getattr(site, kind.others) if each is not old), entry)
        }
        return _with_card(dataclasses.replace(site, **fields, texts=texts), entry, recipe), entry
    if old is None:
        site = dataclasses.replace(site, names=_with_slug(site.names, entry), threads={**threads, **site.threads})
    linked = _with_links(dataclasses.replace(site, texts=texts), kind, old, entry)
    return (_with_card(_with_noun(linked, kind, old, entry), entry, recipe), entry) if linked else None


def with_thread(site: Site, thread: Thread, comments: tuple[Comment, ...]) -> Site:
    """Return the site with another thread on a public page. `comments` are all of its approved ones."""
    name = thread.name
    gone = {comment_id(name, each.id) for each in site.threads[name].entries}
    replies = Replies({name: thread})
    shown = comments if thread.state != "off" else ()
    talk = Talk(answers_of(shown))
    now = edges.unique_edges(edge for comment in shown for edge in edges.edges_of_comment(comment, site.names))
    before = tuple(each for id_ in gone for each in site.outgoing.get(id_, ()))
    keys = {edges.key_of(each) for each in before}
    incoming = {
        end: _instead(site.incoming.get(end, ()), keys, tuple(each for each in now if each.to == end))
        for end in {each.to for each in (*before, *now)}
    }
    outgoing = by_end(now, "from_")
    things = things_of((site.nouns[host_id(name)],), site.names, site.options)
    return dataclasses.replace(
        site,
        threads=Over(site.threads, {name: thread}),
        replies=Over(site.replies, replies, gone),
        talk=Talk(Over(site.talk.answers, talk.answers, {name})),
        targets=Over(site.targets, Targets(things, talk, replies), gone),
        outgoing=Over(site.outgoing, outgoing, gone),
        incoming=Over(site.incoming, incoming),
    )


def problems_of(site: Site, entry: Entry, earlier: Problems) -> Problems:
    """Return what is wrong with an entry of a site, and what earlier stages found, as far as nobody has silenced it."""
    listed = site.nouns.get(edges.id_of(entry)) is entry
    found = list(earlier)
    if listed or isinstance(entry, Post):
        found += check_references((entry,) if listed else (), () if listed else (cast("Post", entry),), site.names)
    for each in text_refs_of(entry, site.texts):
        found += check_text_ref(each.ref, each.place, site.names)
    alone = _alone(site, entry, listed=listed)
    found += (each for rule in RULES.values() for each in rule(alone) if each.place.path == entry.path)
    return silence(dict.fromkeys(found), (entry,))


def _is_free(site: Site, entry: Entry) -> bool:
    """Return whether nothing is called as a new entry."""
    kind = KIND_OF[type(entry)]
    return not _is_listed(entry) or (
        entry.slug.casefold() not in site.names.index.get(kind, {}) and not getattr(entry, "aliases", ())
    )


def _is_listed(entry: Entry) -> bool:
    return is_public(entry) if isinstance(entry, Post | Page) else True


def _is_like(old: Entry, new: Entry) -> bool:
    """Return whether an entry has the address, the names, the thread and the credits that it had."""
    same = all(getattr(old, name, None) == getattr(new, name, None) for name in _SAME)
    return same and _is_listed(old) == _is_listed(new) and _credits(old) == _credits(new)


def _defines(site: Site, old: Entry | None, new: Entry) -> bool:
    """Return whether an exercise is made of more than a file of its own."""
    posts = [each for each in (old, new) if isinstance(each, Post)]
    return any(use.defines for post in posts for use in post.exercises) or (
        isinstance(new, Exercise) and new.slug in site.defined_in
    )


def _credits(entry: Entry) -> list[tuple[object, ...]]:
    """Return who is said to have made which picture: the picture itself says so, wherever it is shown."""
    images: tuple[Image, ...] = (*getattr(entry, "gallery", ()), *getattr(entry, "images", ()))
    for part in (*getattr(entry, "exercises", ()), *getattr(entry, "steps", ())):
        images += getattr(part, "images", ())
    return [(path_of(each), each.credit.text, each.credit.url, each.credit.license) for each in images if each.credit]


def _with_text(texts: Mapping[str, str], path: str, text: str) -> Mapping[str, str]:
    new, old = texts.maps if isinstance(texts, ChainMap) else ({}, cast("dict[str, str]", texts))
    return ChainMap({**new, path: text}, old)


def _with_slug(names: Names, entry: Entry) -> Names:
    kind = KIND_OF[type(entry)]
    return Names({**names.index, kind: {**names.index.get(kind, {}), entry.slug.casefold(): Name(SLUG, entry.slug)}})


def _with_noun(site: Site, kind: _Kind, old: Entry | None, new: Any) -> Site:  # noqa: ANN401 - any entry
    """Return the site with an entry among those of its kind."""
    here, target = edges.id_of(new), target_of(new, site.names, site.options)
    things = [each for each in getattr(site, kind.listed) if each is not old]
    at = bisect_left(things, kind.order(new), key=kind.order)
    things.insert(at, new)
    fields: dict[str, Any] = {kind.listed: tuple(things)}
    if isinstance(new, Post) and site.positions.get(here) != at:
        fields["positions"] = {edges.id_of(post): number for number, post in enumerate(things)}
    targets = Over(site.targets, {here: target})
    return dataclasses.replace(site, **fields, nouns={**site.nouns, here: new}, targets=targets)


def _with_links(site: Site, kind: _Kind, old: Entry | None, new: Entry) -> Site | None:
    """Return the site with the links that begin at an entry; None where it links two others otherwise than it did."""
    here, refs = edges.id_of(new), text_refs_of(new, site.texts)
    before = _edges(kind, old, site.text_refs.get(here, ()), site.names) if old is not None else ()
    now = _edges(kind, new, refs, site.names)
    if [each for each in before if each.from_ != here] != [each for each in now if each.from_ != here]:
        return None
    gone = {edges.key_of(each) for each in before}
    own = tuple(each for each in now if each.from_ == here)
    known = {edges.key_of(each): each for each in site.outgoing.get(here, ())}
    alone = all(known.get(edges.key_of(each)) == each for each in before if each.from_ == here)
    if not alone or any(edges.key_of(each) in known.keys() - gone for each in own):
        return None  # somebody else says the same
    incoming = {
        end: _instead(site.incoming.get(end, ()), gone, tuple(each for each in own if each.to == end))
        for end in {each.to for each in (*before, *own) if each.from_ == here}
    }
    outgoing = {here: _instead(site.outgoing.get(here, ()), gone, own)}
    text_refs = {**site.text_refs, here: refs}
    return dataclasses.replace(
        site, text_refs=text_refs, outgoing=Over(site.outgoing, outgoing), incoming=Over(site.incoming, incoming)
    )


def _edges(kind: _Kind, entry: Entry, refs: Any, names: Names) -> tuple[Edge, ...]:  # noqa: ANN401 - references with places
    return edges.unique_edges((*kind.edges(entry, names), *edges.edges_of_text(edges.id_of(entry), refs, names)))


def _instead(known: tuple[Edge, ...], gone: set[tuple[object, ...]], own: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """Return links with those of one entry in the place of its old ones: what a text mentions comes last."""
    at = next((number for number, each in enumerate(known) if edges.key_of(each) in gone), len(known))
    others = [each for each in known[at:] if edges.key_of(each) not in gone]
    said = [each for each in own if each.relation == "mentions"]
    return (*known[:at], *(each for each in own if each not in said), *others, *said)


def _alone(site: Site, entry: Entry, *, listed: bool) -> Site:
    """Return a site in which an entry is the only one; what it names is there, and so are ladders."""
    kind = _KINDS[type(entry)]
    fields: dict[str, Any] = {**dict.fromkeys(_OF_ENTRIES, ()), kind.listed if listed else kind.others: (entry,)}
    refs = site.text_refs.get(edges.id_of(entry), ()) if listed else ()
    texts = {entry.path: site.texts[entry.path]}
    return dataclasses.replace(site, **fields, texts=texts, text_refs={edges.id_of(entry): refs})


def _with_card(site: Site, entry: Entry, recipe: Recipe) -> Site:
    """Return the site with the card that stands for an entry elsewhere."""
    here = edges.id_of(entry)
    listed = site.nouns.get(here) is entry
    card = with_cards(_alone(site, entry, listed=listed), recipe).cards
    others = {id_: each for id_, each in site.cards.items() if id_ != here}
    return dataclasses.replace(site, cards={**others, **card})
