"""Edges → what pages say of them: lists by relation, disagreements, readers' voices."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehab.model.comment import host_id
from rehab.model.exercise import Exercise
from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.memo import once
from rehab.site.show.dose import words_of
from rehab.site.show.small import crumb_of, date_view, image_views, post_date
from rehab.site.status import is_stub
from rehab.site.views.small import DateView, Disagreement, LinkView, RelationGroup, VoiceView
from rehab.site.wording import ANONYMOUS, BEARINGS, EVIDENCE, HEADINGS, SIGNS, UNSTATED, WARNINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.site.site import Edge, Site

_DIRECTIONS = {
    "helps": "good", "eases-symptoms": "good", "prevents-recurrence": "good", "aggravates": "bad", "no-change": "none",
}  # fmt: skip
"""What a relation says of the outcome. Two that differ here contradict each other; "not yet" contradicts nothing."""


def link_view(site: Site, edge: Edge, end: str, relation: str = "") -> LinkView:
    """Return one edge as seen from its other end; `end` is the id of the thing to show."""
    relation = relation or edge.relation
    sign = SIGNS[relation]
    post = site.nouns.get(edge.source)
    exercise = site.nouns.get(end)
    dose, headline = once(site, _doses, post).get(edge.from_, ("", "")) if isinstance(post, Post) else ("", "")
    stub = isinstance(exercise, Exercise) and is_stub(exercise)
    return LinkView(
        target=crumb_of(site, end),
        relation=relation,
        shape=sign.shape,
        relation_words=sign.words,
        tone=sign.tone,
        evidence=edge.evidence,
        evidence_words=EVIDENCE.get(edge.evidence, ""),
        source=crumb_of(site, edge.source) if edge.source in site.targets else None,
        source_date=post_date(post) if isinstance(post, Post) else DateView(),
        note=edge.note,
        dose=dose,
        headline=headline,
        stub=stub,
        images=image_views(site, exercise.images[:1]) if isinstance(exercise, Exercise) else (),
    )


def _doses(site: Site, post: Post) -> Mapping[str, tuple[str, str]]:
    """Return how much of each exercise a post did first, by its id, where it says so: whole and in short."""
    uses = [edge for edge in site.edges_from(id_of(post), "uses") if edge.dose]
    words = ((edge.to, words_of(site, edge.dose)) for edge in reversed(uses))
    return {id_: (said.line, said.headline) for id_, said in words}


def stated_links(site: Site, thing: str) -> tuple[LinkView, ...]:
    """Return the injuries that somebody says an exercise or a treatment bears on."""
    return _sorted(link_view(site, edge, edge.to) for edge in site.edges_from(thing, *BEARINGS))


def links_of(site: Site, thing: str) -> tuple[LinkView, ...]:
    """Return the injuries that an exercise or a treatment bears on, or was done for, stated ones first."""
    links = [*stated_links(site, thing)]
    links += [link_view(site, edge, edge.to, UNSTATED) for edge in _unstated_of_exercise(site, thing)]
    return _sorted(links)


def links_to(site: Site, injury: str, kind: str) -> tuple[LinkView, ...]:
    """Return the exercises, or the treatments, that bear on an injury, stated ones first."""
    stated = [edge for edge in site.edges_to(injury, *BEARINGS) if edge.from_.startswith(f"{kind}:")]
    links = [link_view(site, edge, edge.from_) for edge in stated]
    if kind == "exercise":
        links += [link_view(site, edge, edge.from_, UNSTATED) for edge in _unstated_of_injury(site, injury)]
    return _sorted(links)


def _sorted(links: Iterable[LinkView]) -> tuple[LinkView, ...]:
    order = {relation: number for number, relation in enumerate(SIGNS)}
    key: Callable[[LinkView], tuple[int, str, str, str]] = lambda link: (  # noqa: E731 - a sort key
        order[link.relation], link.target.title.casefold(), link.target.slug, link.source.title if link.source else "",
    )  # fmt: skip
    return tuple(sorted(links, key=key))


def _unstated_of_injury(site: Site, injury: str) -> tuple[Edge, ...]:
    """Return what posts about an injury did without anybody saying how it bears on that injury."""
    stated = {edge.from_ for edge in site.edges_to(injury, *BEARINGS)}
    posts = [edge.from_ for edge in site.edges_to(injury, "about")]
    done = [use for post in posts for use in site.edges_from(post, "uses")]
    return tuple(_done_for(use, injury) for use in done if use.to not in stated)


def _unstated_of_exercise(site: Site, exercise: str) -> tuple[Edge, ...]:
    stated = {edge.to for edge in site.edges_from(exercise, *BEARINGS)}
    uses = site.edges_to(exercise, "uses")
    pairs = [(use, about.to) for use in uses for about in site.edges_from(use.from_, "about")]
    return tuple(_done_for(use, injury) for use, injury in pairs if injury not in stated)


def _done_for(use: Edge, injury: str) -> Edge:
    """Return the edge that stands for "done for this" on a page. It is never one of the site's own edges."""
    return type(use)(from_=use.to, to=injury, relation=UNSTATED, source=use.from_, dose=use.dose, note=use.note)


def group_links(links: Iterable[LinkView]) -> tuple[RelationGroup, ...]:
    """Return sorted links under the heading of their relation."""
    groups = [(relation, tuple(each)) for relation, each in groupby(links, key=lambda link: link.relation)]
    return tuple(
        RelationGroup(
            relation=relation, heading=HEADINGS[relation], shape=SIGNS[relation].shape, words=SIGNS[relation].words,
            tone=SIGNS[relation].tone, links=each,
        )
        for relation, each in groups
    )  # fmt: skip


def warnings_in(links: Iterable[LinkView]) -> tuple[LinkView, ...]:
    """Return the links that warn."""
    return tuple(link for link in links if link.relation in WARNINGS)


def disagree(links: Iterable[LinkView]) -> bool:
    """Return whether some of the links say that it does good and others that it does harm, or nothing."""
    return len({_DIRECTIONS[link.relation] for link in links if link.relation in _DIRECTIONS}) > 1


def disagreements(site: Site, links: Iterable[LinkView], here: str) -> tuple[Disagreement, ...]:
    """Return the pairs of which the links of one page say different things."""
    by_target: dict[str, list[LinkView]] = {}
    for link in links:
        if link.relation != UNSTATED:
            by_target.setdefault(f"{link.target.kind}:{link.target.slug}", []).append(link)
    found = [(target, sides) for target, sides in by_target.items() if disagree(sides)]
    return tuple(_disagreement(site, here, target, sides) for target, sides in found)


def _disagreement(site: Site, here: str, there: str, sides: list[LinkView]) -> Disagreement:
    injury, thing = (here, there) if here.startswith("injury:") else (there, here)
    return Disagreement(thing=crumb_of(site, thing), injury=crumb_of(site, injury), sides=tuple(sides))


def voices_on(site: Site, id_: str) -> tuple[VoiceView, ...]:
    """Return what readers say of a thing in their comments on other pages: its own thread stands below by itself."""
    own = {edge.from_ for edge in site.edges_to(id_, "on")}
    edges = [edge for edge in site.edges_to(id_, "mentions") if edge.from_ in site.replies and edge.from_ not in own]
    return tuple(_voice(site, edge.from_) for edge in edges)


def _voice(site: Site, comment: str) -> VoiceView:
    reply, target = site.replies[comment], site.targets[comment]
    host = host_id(target.slug.rpartition("/")[0])
    return VoiceView(
        author=reply.author or ANONYMOUS,
        anonymous=not reply.author,
        when=date_view(reply.date, precision=reply.date_precision),
        html=reply.html,
        url=target.url,
        host=crumb_of(site, host),
    )
