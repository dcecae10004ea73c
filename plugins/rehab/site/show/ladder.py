"""Ladders → what a card and a page show of them: the steps, and what is right below and above an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.model.exercise import Exercise
from rehab.site.edges import id_of
from rehab.site.show.small import crumbs_of
from rehab.site.status import is_stub
from rehab.site.views.bib import RungView

if TYPE_CHECKING:
    from rehab.model.exercise import Ladder
    from rehab.model.nouns import Rung
    from rehab.site.site import Site
    from rehab.site.views.small import Crumb


def easier_than(site: Site, exercise: Exercise) -> tuple[Crumb, ...]:
    """Return the exercises right below this one."""
    return crumbs_of(site, (edge.from_ for edge in site.edges_to(id_of(exercise), "harder")))


def harder_than(site: Site, exercise: Exercise) -> tuple[Crumb, ...]:
    """Return the exercises right above this one."""
    return crumbs_of(site, (edge.to for edge in site.edges_from(id_of(exercise), "harder")))


def ladders_of(site: Site, slug: str) -> tuple[Ladder, ...]:
    """Return the ladders that an exercise is a step of, the one it names itself first."""
    own = site.nouns.get(f"exercise:{slug}")
    named = site.names.id_of(own.ladder) if isinstance(own, Exercise) else None
    return tuple(sorted(site.ladders_by_step.get(slug, ()), key=lambda ladder: id_of(ladder) != named))


def rung_views(site: Site, ladder: Ladder, current: str = "") -> tuple[RungView, ...]:
    """Return the steps of a ladder, easier first, with those of one exercise marked."""
    return tuple(_rung_view(site, rung, number, current) for number, rung in enumerate(ladder.steps, start=1))


def _rung_view(site: Site, rung: Rung, number: int, current: str) -> RungView:
    exercise = site.noun(Exercise, rung.exercise.slug)
    target = site.follow(rung.exercise)
    return RungView(
        title=target.title if target else rung.exercise.slug,
        url=target.url if target else "",
        slug=target.slug if target else rung.exercise.slug,
        number=number,
        variation=rung.variation,
        setup_any=rung.setup_any,
        current=target is not None and target.slug == current,
        stub=exercise is not None and is_stub(exercise),
    )
