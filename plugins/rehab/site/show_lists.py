"""Lists, regions and the home page → views."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehab.site.edges import id_of
from rehab.site.options import LISTS
from rehab.site.show_bib import small_bib, with_count
from rehab.site.show_cards import card_of, counts, injury_card
from rehab.site.show_post import post_card
from rehab.site.show_region import injuries_by_region, region_groups
from rehab.site.show_small import breadcrumbs, counted
from rehab.site.views_body import (
    CardView,
    ExerciseListView,
    HomeView,
    InjuryListView,
    ListView,
)

if TYPE_CHECKING:
    from rehab.model.exercise import Exercise
    from rehab.model.injury import Treatment
    from rehab.model.program import Program
    from rehab.site.site import Site
    from rehab.site.views import BibView, Crumb

NEWEST = 3
MOST_USED = 6


def _treatment_card(site: Site, treatment: Treatment) -> CardView:
    posts = {edge.from_ for edge in site.edges_to(id_of(treatment), "tried")}
    return card_of(site, id_of(treatment), count=len(posts), words=counts(post=len(posts)))


def _program_card(site: Site, program: Program) -> CardView:
    items = {edge.to for edge in site.edges_from(id_of(program), "includes")}
    words = counts(exercise=len(items), phase=len(program.phases))
    return card_of(site, id_of(program), count=len(items), words=words)


def exercise_bib(site: Site, exercise: Exercise) -> BibView:
    """Return an exercise as a small bib for lists, with how many posts use it."""
    posts = {edge.from_ for edge in site.edges_to(id_of(exercise), "uses")}
    return with_count(small_bib(site, exercise.slug), len(posts))


def _crumbs_to(site: Site, name: str) -> tuple[Crumb, ...]:
    return breadcrumbs(site, "", LISTS[name], site.options.url(name))


def exercise_list(site: Site) -> ExerciseListView:
    """Return the list of all exercises."""
    bibs = {exercise.slug: exercise_bib(site, exercise) for exercise in site.exercises}
    by_kind = sorted(site.exercises, key=lambda exercise: (not exercise.kind, exercise.kind))
    groups = [(kind, tuple(bibs[each.slug] for each in some)) for kind, some in groupby(by_kind, lambda e: e.kind)]
    return ExerciseListView(
        kind="exercises",
        title=LISTS["exercises"],
        url=site.options.url("exercises"),
        exercises=tuple(bibs.values()),
        by_kind=tuple(groups),
        description=f"{counted(len(bibs), 'exercise')}, each with its doses and the posts they come from.",
        breadcrumbs=_crumbs_to(site, "exercises"),
    )


def injury_list(site: Site) -> InjuryListView:
    """Return the list of all injuries, with the body map."""
    by_region = injuries_by_region(site)
    return InjuryListView(
        kind="injuries",
        title=LISTS["injuries"],
        url=site.options.url("injuries"),
        injuries=tuple(injury_card(site, injury) for injury in site.injuries),
        groups=region_groups(site, by_region),
        by_region=by_region,
        description=f"{counts(injury=len(site.injuries)) or 'No injuries yet'}, by region of the body.",
        breadcrumbs=_crumbs_to(site, "injuries"),
    )


def treatment_list(site: Site) -> ListView:
    """Return the list of all treatments."""
    return _list(site, "treatments", tuple(_treatment_card(site, each) for each in site.treatments))


def program_list(site: Site) -> ListView:
    """Return the list of all programs."""
    return _list(site, "programs", tuple(_program_card(site, each) for each in site.programs))


def _list(site: Site, name: str, items: tuple[CardView, ...]) -> ListView:
    return ListView(
        kind=name,
        title=LISTS[name],
        url=site.options.url(name),
        items=items,
        description=f"{LISTS[name]}: {', '.join(item.title for item in items[:5]) or 'none yet'}.",
        breadcrumbs=_crumbs_to(site, name),
    )


def list_title(name: str) -> str:
    """Return the title of a list page by its name; an unknown one is named by its own word."""
    return LISTS.get(name) or name.replace("_", " ").capitalize() or LISTS["posts"]


def list_crumbs(site: Site, title: str, url: str = "") -> tuple[Crumb, ...]:
    """Return the way from home over the posts to a list of some of them, which is at `url`."""
    crumbs = breadcrumbs(site, "post", title, url)
    return crumbs[:-1] if title == LISTS["posts"] else crumbs


def home_view(site: Site) -> HomeView:
    """Return the home page: newest posts, the body map, the exercises used most."""
    by_region = injuries_by_region(site)
    return HomeView(
        kind="home",
        title=site.options.site_name,
        url=site.options.url("home"),
        newest=tuple(post_card(site, post) for post in site.posts[:NEWEST]),
        groups=region_groups(site, by_region),
        by_region=by_region,
        injuries=tuple(injury_card(site, injury) for injury in site.injuries),
        most_used=_most_used(site),
        description="",
        breadcrumbs=(),
    )


def _most_used(site: Site) -> tuple[BibView, ...]:
    """Return the exercises that stand in most posts, ties by title."""
    counts = {
        exercise.slug: len({edge.from_ for edge in site.edges_to(id_of(exercise), "uses")})
        for exercise in site.exercises
    }
    used = [exercise for exercise in site.exercises if counts[exercise.slug]]
    most = sorted(used, key=lambda exercise: -counts[exercise.slug])[:MOST_USED]
    return tuple(exercise_bib(site, exercise) for exercise in most)
