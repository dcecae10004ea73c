"""A post → the posts that belong to it, with the reason in words.

In: a site and a post. Out: other posts with what they share, best first. Found through shared neighbours in the
graph, rare ones counting more, so that a thing every post mentions ties nothing together. No clock, no chance.
"""

from __future__ import annotations

from collections import defaultdict
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from rehab.site.edges import id_of

if TYPE_CHECKING:
    from rehab.model.post import Post
    from rehab.site.site import Edge, Site

MOST = 3
"""How many related posts a page shows."""

CROWD = 50
"""A thing that more posts share than this says nothing about any two of them, and looking at all would be slow."""

WHOLE = lcm(*range(1, CROWD + 2))
"""A score of one. Everything that a score is divided by divides this, so that scores are whole and their sums exact."""

_WEIGHTS = {"about": 6, "uses": 4, "tried": 3, "follows": 3, "avoids": 3, "promises": 1, "mentions": 1}
_PHRASES = {
    "about": "both about {}",
    "uses": "both use {}",
    "tried": "both tried {}",
    "follows": "both follow {}",
    "avoids": "both avoid {}",
    "region": "both about the {}",
    "mixed": "both speak of {}",
}
_ORDER = tuple(_PHRASES)


class Shared(NamedTuple):
    """A thing that two posts share: how, its id, and what that counts."""

    how: str
    id: str
    score: int


class Related(NamedTuple):
    """A post, its score, and what both share in words."""

    post: str
    score: int
    reason: str


def related_posts(site: Site, post: Post) -> tuple[Related, ...]:
    """Return the posts that share most with a post, best first, at most three. `post` of each is an id."""
    here = id_of(post)
    shared: defaultdict[str, dict[str, Shared]] = defaultdict(dict)
    for edge in site.edges_from(here, *_WEIGHTS):
        others = site.edges_to(edge.to, *_WEIGHTS)
        if len(others) <= CROWD:
            _share(shared, here, edge, others)
    _share_regions(site, shared, here)
    scores = {other: sum(each.score for each in things.values()) for other, things in shared.items()}
    best = sorted(scores, key=lambda other: (-scores[other], site.positions[other]))[:MOST]
    return tuple(Related(other, scores[other], _reason(site, tuple(shared[other].values()))) for other in best)


def _share(shared: defaultdict[str, dict[str, Shared]], here: str, edge: Edge, others: tuple[Edge, ...]) -> None:
    for other in others:
        if other.from_ == here or not other.from_.startswith("post:"):
            continue
        how = edge.relation if edge.relation == other.relation and edge.relation in _PHRASES else "mixed"
        weight = min(_WEIGHTS[edge.relation], _WEIGHTS[other.relation])
        found = Shared(how, edge.to, weight * (WHOLE // len(others)))
        known = shared[other.from_].get(edge.to)
        if known is None or known.score < found.score:
            shared[other.from_][edge.to] = found


def _share_regions(site: Site, shared: defaultdict[str, dict[str, Shared]], here: str) -> None:
    """Two posts on different injuries of one region belong together too, a little."""
    injuries = {edge.to for edge in site.edges_from(here, "about")}
    regions = {edge.to for injury in sorted(injuries) for edge in site.edges_from(injury, "in-region")}
    for region in sorted(regions):
        near = [edge.from_ for edge in site.edges_to(region, "in-region") if edge.from_ not in injuries]
        count = sum(len(site.edges_to(injury, "about")) for injury in near)
        if count <= CROWD:  # counted before they are looked at: in a large blog they are nearly all posts
            for other in (edge.from_ for injury in near for edge in site.edges_to(injury, "about")):
                if other != here:
                    shared[other].setdefault(region, Shared("region", region, WHOLE // (count + 1)))


def _reason(site: Site, things: tuple[Shared, ...]) -> str:
    """Return what is shared in one line: two kinds of things, two of each, the strongest first."""
    phrases = []
    for how in _ORDER:
        same = sorted((each for each in things if each.how == how), key=lambda each: (-each.score, each.id))
        titles = [inline(site.targets[each.id].title) for each in same[:2]]
        if titles:
            phrases.append(_PHRASES[how].format(" and ".join(titles)))
    return "; ".join(phrases[:2])


def inline(title: str) -> str:
    """Return a title as it stands inside a sentence: `Glute pain` → `glute pain`, but `IT band` as it is."""
    first = title.split(" ", 1)[0]
    return title[:1].lower() + title[1:] if first[1:].islower() else title
