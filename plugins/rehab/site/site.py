"""The linked site: everything there is, and every link both ways. Read-only.

Made once by `rehab.site.link.link`; all later stages (views, rules, graph, structured data) only read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msgspec import Struct

from rehab.model.anatomy import Muscle, Region
from rehab.model.exercise import Exercise, Ladder
from rehab.model.injury import Injury, Treatment
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.comments.thread import Reply, Thread
    from rehab.images.plan import Picture
    from rehab.model.comment import Comment
    from rehab.model.dose import Dose
    from rehab.model.glossary import Term
    from rehab.model.nouns import RedFlag
    from rehab.model.refs import Ref, TextRef
    from rehab.site.names import Names
    from rehab.site.notes import Notes
    from rehab.site.options import Options
    from rehab.site.text.refs import FoundRef

N = TypeVar("N", Post, Exercise, Injury, Treatment, Program, Ladder, Region, Muscle, Gallery, Page)

KIND_OF: dict[type[Any], str] = {
    Post: "post",
    Exercise: "exercise",
    Injury: "injury",
    Treatment: "treatment",
    Program: "program",
    Ladder: "ladder",
    Region: "region",
    Muscle: "muscle",
    Gallery: "gallery",
    Page: "page",
}

INSIDE = frozenset({"on", "reply-to"})
"""The relations of links that stay inside a thread."""
_FEW = 30
"""Links of which those of a relation are looked for each time rather than kept: nearly all things have no more."""


class Target(Struct, frozen=True, kw_only=True):
    """Something that can be linked to. `url` is site-relative. `id` is its name in the graph, `kind:slug`."""

    kind: str
    slug: str
    title: str
    url: str

    @property
    def id(self) -> str:
        """Return `kind:slug`."""
        return f"{self.kind}:{self.slug}"


class Edge(Struct, frozen=True, kw_only=True):
    """A link from one thing to another, by their ids. `relation` is one of `rehab.site.edges.RELATIONS`.

    `evidence` is a word of evidence or "". `source` is the id of the post that says so, or "". `note` is the
    author's Markdown. `outcome` is what a post says came of a treatment.
    """

    from_: str
    to: str
    relation: str
    evidence: str = ""
    source: str = ""
    dose: Dose | None = None
    note: str = ""
    outcome: str = ""


class InThreads(Protocol):
    """The links inside threads, which `rehab.site.talk` makes when somebody asks."""

    @property
    def answers(self) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the ids of the public comments of each thread, and beside each whom it answers, or ""."""

    def leaving(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that begin at a comment."""

    def ending(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that end at a comment, or at what a thread stands on."""

    def comments_in(self, thread: str) -> Iterator[str]:
        """Go through the ids of the public comments of a thread."""


def _of(edges: tuple[Edge, ...], relations: tuple[str, ...]) -> tuple[Edge, ...]:
    """Return the links of some relations; all where none is named."""
    return tuple(edge for edge in edges if edge.relation in relations) if relations else edges


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Site:
    """The linked site. Posts are newest first, undated ones last; all other kinds by title, vocabulary in its order.

    `unlisted` (drafts, hidden posts, translations) and `drafts` (pages) take no part in links. `comments` are the
    approved ones; `threads` are by name, `replies` what a page shows of comments, by id, `talk` the links
    inside threads. `folders` are the paths of all
    pictures by their folder.
    `targets` and `nouns` are by id, `positions` where each post stands in `posts`, by id. `defined_in` is the slug of
    the post that defines an exercise, `ladders_by_step` the ladders it is on, both by its slug. `text_refs` are the
    `[[references]]` in each entry's texts, by the entry's id. `outgoing` and `incoming` are the edges by their ends;
    those inside threads are in neither.
    `cards` are the pictures that are drawn for what has no photo, by id, `glossary` the words that are explained.
    `notes` is where is noted what pages read of it, if anybody wants to know.
    `memo` holds what was worked out of it, here and by `rehab.site.memo`: whoever reads a site cannot tell.
    """

    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...]
    exercises: tuple[Exercise, ...]
    injuries: tuple[Injury, ...]
    treatments: tuple[Treatment, ...]
    programs: tuple[Program, ...]
    ladders: tuple[Ladder, ...]
    regions: tuple[Region, ...]
    muscles: tuple[Muscle, ...]
    galleries: tuple[Gallery, ...]
    pages: tuple[Page, ...]
    drafts: tuple[Page, ...]
    comments: tuple[Comment, ...]
    red_flags: Mapping[str, RedFlag]
    threads: Mapping[str, Thread]
    replies: Mapping[str, Reply]
    talk: InThreads
    pictures: Mapping[str, Picture]
    folders: Mapping[str, tuple[str, ...]]
    assets: frozenset[str]
    texts: Mapping[str, str]
    options: Options
    names: Names
    targets: Mapping[str, Target]
    defined_in: Mapping[str, str]
    text_refs: Mapping[str, tuple[FoundRef, ...]]
    edges: tuple[Edge, ...]
    nouns: Mapping[str, Any]
    positions: Mapping[str, int]
    ladders_by_step: Mapping[str, tuple[Ladder, ...]]
    outgoing: Mapping[str, tuple[Edge, ...]]
    incoming: Mapping[str, tuple[Edge, ...]]
    cards: Mapping[str, Picture] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    notes: Notes | None = field(default=None, compare=False)
    memo: dict[Any, Any] = field(init=False, default_factory=dict, compare=False)

    def edges_from(self, id_: str, *relations: str) -> tuple[Edge, ...]:
        """Return the links that begin at a thing; with relations, only those."""
        found = self._only("from", self.outgoing, id_, relations)
        return found if INSIDE.isdisjoint(relations or INSIDE) else (*_of(self.talk.leaving(id_), relations), *found)

    def edges_to(self, id_: str, *relations: str) -> tuple[Edge, ...]:
        """Return the links that end at a thing; with relations, only those."""
        found = self._only("to", self.incoming, id_, relations)
        return found if INSIDE.isdisjoint(relations or INSIDE) else (*found, *_of(self.talk.ending(id_), relations))

    def _only(
        self, end: str, links: Mapping[str, tuple[Edge, ...]], id_: str, relations: tuple[str, ...]
    ) -> tuple[Edge, ...]:
        found = links.get(id_, ())
        if not relations:
            return found
        if len(found) <= _FEW:
            return _of(found, relations)
        key = (end, id_, relations)
        known: tuple[Edge, ...] | None = self.memo.get(key)
        if known is None:
            known = self.memo[key] = _of(found, relations)
        return known

    def target(self, kind: str, slug: str) -> Target | None:
        """Return what a slug, an alias or a title of that kind leads to, or None."""
        found = self.names.find(kind, slug)
        return self.targets.get(f"{kind}:{found}") if found else None

    def follow(self, ref: Ref | None) -> Target | None:
        """Return what a reference in front matter leads to, or None."""
        return self.target(ref.kind, ref.slug) if ref else None

    def resolve(self, ref: TextRef) -> Target | None:
        """Return what `[[reference]]` leads to, or None where nothing, or more than one thing, is called so."""
        id_ = self.names.resolve(ref)
        return self.targets.get(id_) if id_ else None

    def noun(self, type_: type[N], name: str) -> N | None:
        """Return the noun of a type that is called so, by slug, alias or title, or None."""
        kind = KIND_OF[type_]
        slug = self.names.find(kind, name)
        found = self.nouns.get(f"{kind}:{slug}")
        return found if isinstance(found, type_) else None
