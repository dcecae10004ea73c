"""Regions of the body → the view of each region's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.browse import region_url
from rehab.site.drawing import AREAS, MARKS
from rehab.site.edges import id_of
from rehab.site.memo import answer, once
from rehab.site.show.bib import small_bib
from rehab.site.show.body import NOTHING, felt_in, injuries_in, muscles_in, region_card, working_in
from rehab.site.show.cards import counts, exercise_card, injury_card
from rehab.site.show.links import stated_links
from rehab.site.show.post_card import post_cards
from rehab.site.show.small import breadcrumbs, crumb_of, crumbs_of
from rehab.site.views.lists import MuscleView
from rehab.site.views.map import HelpedView, RegionView
from rehab.site.wording import BEARINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.model.anatomy import Muscle, Region
    from rehab.model.injury import Injury
    from rehab.site.site import Site
    from rehab.site.views.lists import CardView
    from rehab.site.views.small import LinkView

MOST_HELPED = 12
MOST_EXERCISES = 24
MOST_POSTS = 12
"""How much of each a region's page shows; there are lists of all of it."""


def region_view(site: Site, slug: str) -> RegionView:
    """Return the view of a region by its slug. Raises KeyError where there is none."""
    return once(site, _region_view, site.nouns[f"region:{slug}"])


def _region_view(site: Site, region: Region) -> RegionView:
    here = id_of(region)
    injuries, muscles = injuries_in(site, region), muscles_in(site, region)
    working = working_in(site, muscles)
    helped = tuple(_helped(site, injuries))
    shown = {f"exercise:{each.bib.slug}" for each in helped}
    others = [each for each in site.exercises if id_of(each) in working - shown]
    posts = _posts(site, here, injuries)
    return RegionView(
        kind="region",
        title=region.title,
        url=site.targets[here].url,
        slug=region.slug,
        group=region.group.replace("-", " "),
        osiics=region.osiics,
        words=(*region.aliases, *region.complaints),
        includes=region.includes,
        injuries=tuple(injury_card(site, injury) for injury in injuries),
        felt={injury.slug: tuple(felt_in(site, [injury])) for injury in injuries},
        helped=helped[:MOST_HELPED],
        muscles=tuple(_muscle(site, muscle) for muscle in muscles),
        marks=tuple(muscle.slug for muscle in muscles if muscle.slug in MARKS),
        exercises=tuple(exercise_card(site, each) for each in others[:MOST_EXERCISES]),
        exercises_url=answer(site, region_url, region.slug),
        programs=crumbs_of(site, (edge.from_ for each in injuries for edge in site.edges_to(id_of(each), "for"))),
        posts=post_cards(site, frozenset(posts[:MOST_POSTS])),
        more_posts=max(0, len(posts) - MOST_POSTS),
        beside=tuple(_beside(site, region)),
        description=f"{region.title}: {counts(injury=len(injuries), exercise=len(working)) or NOTHING}.",
        breadcrumbs=breadcrumbs(site, "region", region.title, site.targets[here].url),
    )


def _posts(site: Site, here: str, injuries: Iterable[Injury]) -> list[str]:
    """Return the ids of the posts about a region's injuries, or that mention the region, newest first."""
    found = {about.from_ for injury in injuries for about in site.edges_to(id_of(injury), "about")}
    found |= {edge.from_ for edge in site.edges_to(here, "mentions")}
    return sorted((id_ for id_ in found if id_ in site.positions), key=site.positions.__getitem__)


def _helped(site: Site, injuries: Iterable[Injury]) -> Iterator[HelpedView]:
    """Yield the exercises of which somebody says what they did for some injuries: those that did good first."""
    inside = {injury.slug for injury in injuries}
    stated = (edge.from_ for slug in inside for edge in site.edges_to(f"injury:{slug}", *BEARINGS))
    found = {id_: _once_each(site, id_, inside) for id_ in set(stated) if id_.startswith("exercise:")}
    for id_ in sorted(found, key=lambda id_: (_worth(found[id_]), -len(site.edges_to(id_, "uses")), id_)):
        yield HelpedView(bib=small_bib(site, site.nouns[id_].slug), links=found[id_])


def _once_each(site: Site, exercise: str, inside: set[str]) -> tuple[LinkView, ...]:
    """Return what an exercise did for each injury; what several posts say alike stands there once."""
    links = [link for link in stated_links(site, exercise) if link.target.slug in inside]
    first = {(link.target.slug, link.relation): link for link in reversed(links)}
    return tuple(link for link in links if first[link.target.slug, link.relation] is link)


def _worth(links: tuple[LinkView, ...]) -> int:
    return min(BEARINGS.index(link.relation) for link in links)


def _beside(site: Site, region: Region) -> Iterator[CardView]:
    """Yield the regions that a region borders on; where that is not known, those of the same part of the body."""
    area = AREAS.get(region.slug)
    for each in site.regions:
        near = each.slug in area.beside if area else bool(region.group) and each.group == region.group
        if near and each is not region:
            yield region_card(site, each)


def _muscle(site: Site, muscle: Muscle) -> MuscleView:
    here = id_of(muscle)
    parent = next(iter(site.edges_from(here, "part-of")), None)
    return MuscleView(
        title=muscle.title,
        slug=muscle.slug,
        anchor=muscle.slug,
        level=muscle.level,
        tissue=muscle.tissue,
        view=muscle.view,
        lies=muscle.lies,
        aliases=muscle.aliases,
        parent=crumb_of(site, parent.to) if parent else None,
        exercises=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "works"))),
        also=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "works-also"))),
        injuries=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "involves"))),
    )
