"""Regions of the body → views: the body map, and each region's page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehab.site.edges import id_of
from rehab.site.memo import once
from rehab.site.show_cards import card_of, counts, exercise_card, injury_card
from rehab.site.show_post import post_cards
from rehab.site.show_small import breadcrumbs, crumb_of, crumbs_of
from rehab.site.views_body import CardView, MuscleView, RegionGroup, RegionView

if TYPE_CHECKING:
    from rehab.model.anatomy import Muscle, Region
    from rehab.site.site import Site


def injuries_by_region(site: Site) -> dict[str, tuple[CardView, ...]]:
    """Return the injuries of each region that has any, by the region's slug."""
    found: dict[str, list[CardView]] = {}
    for injury in site.injuries:
        for edge in site.edges_from(id_of(injury), "in-region"):
            found.setdefault(site.targets[edge.to].slug, []).append(injury_card(site, injury))
    return {region.slug: tuple(found[region.slug]) for region in site.regions if region.slug in found}


def region_groups(site: Site, by_region: dict[str, tuple[CardView, ...]]) -> tuple[RegionGroup, ...]:
    """Return the regions by part of the body, in the vocabulary's order."""
    named = [region for region in site.regions if region.osiics != "Z" or region.slug in by_region]
    parts = [(part, tuple(some)) for part, some in groupby(named, lambda region: region.group)]
    return tuple(
        RegionGroup(
            title=part.replace("-", " ").capitalize(),
            regions=tuple(_region_card(site, region, len(by_region.get(region.slug, ()))) for region in regions),
        )
        for part, regions in parts
    )


def _region_card(site: Site, region: Region, count: int) -> CardView:
    return card_of(site, id_of(region), count=count, words=counts(injury=count))


def region_view(site: Site, slug: str) -> RegionView:
    """Return the view of a region by its slug. Raises KeyError where there is none."""
    return once(site, _region_view, site.nouns[f"region:{slug}"])


def _region_view(site: Site, region: Region) -> RegionView:
    slug = region.slug
    here = id_of(region)
    inside = site.edges_to(here, "in-region")
    injuries = [site.nouns[edge.from_] for edge in inside if edge.from_.startswith("injury:")]
    muscles = [site.nouns[edge.from_] for edge in inside if edge.from_.startswith("muscle:")]
    working = {edge.from_ for muscle in muscles for edge in site.edges_to(id_of(muscle), "works", "works-also")}
    posts = {about.from_ for injury in injuries for about in site.edges_to(id_of(injury), "about")}
    posts |= {edge.from_ for edge in site.edges_to(here, "mentions")}
    programs = (edge.from_ for injury in injuries for edge in site.edges_to(id_of(injury), "for"))
    return RegionView(
        kind="region",
        title=region.title,
        url=site.targets[here].url,
        slug=slug,
        group=region.group.replace("-", " "),
        osiics=region.osiics,
        aliases=region.aliases,
        includes=region.includes,
        injuries=tuple(injury_card(site, injury) for injury in injuries),
        muscles=tuple(_muscle(site, muscle) for muscle in muscles),
        exercises=tuple(exercise_card(site, each) for each in site.exercises if id_of(each) in working),
        programs=crumbs_of(site, programs),
        posts=post_cards(site, frozenset(posts)),
        description=f"{region.title}: {counts(injury=len(injuries), exercise=len(working)) or 'nothing recorded yet'}.",
        breadcrumbs=breadcrumbs(site, "region", region.title, site.targets[here].url),
    )


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
        aliases=muscle.aliases,
        parent=crumb_of(site, parent.to) if parent else None,
        exercises=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "works"))),
        also=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "works-also"))),
        injuries=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "involves"))),
    )
