"""Lists, regions, galleries and the home page → views."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rehab.site.edges import id_of
from rehab.site.options import LISTS
from rehab.site.pictures import path_of
from rehab.site.plain import description_of
from rehab.site.rules_exercise import injuries_of
from rehab.site.show_bib import small_bib, with_count
from rehab.site.show_post import post_card, post_cards
from rehab.site.show_small import breadcrumbs, counted, crumb_of, crumbs_of, image_view, picture_view
from rehab.site.status import is_stub
from rehab.site.views_body import (
    CardView,
    ExerciseListView,
    HomeView,
    InjuryListView,
    ListView,
    MuscleView,
    RegionGroup,
    RegionView,
)
from rehab.site.views_post import GalleryView

if TYPE_CHECKING:
    from rehab.model.anatomy import Muscle, Region
    from rehab.model.exercise import Exercise
    from rehab.model.injury import Injury, Treatment
    from rehab.model.page import Gallery
    from rehab.model.program import Program
    from rehab.site.site import Site
    from rehab.site.views import BibView, Crumb

NEWEST = 3
MOST_USED = 6


def _card(site: Site, id_: str, *, count: int, words: str, stub: bool = False) -> CardView:
    noun, target = site.nouns[id_], site.targets[id_]
    return CardView(
        kind=target.kind,
        title=target.title,
        url=target.url,
        slug=target.slug,
        stub=stub,
        summary=getattr(noun, "summary", ""),
        aliases=getattr(noun, "aliases", ()),
        count=count,
        count_words=words,
    )


def _words(**counts: int) -> str:
    """Return the counts that are not zero, `3 exercises, 2 posts`."""
    return ", ".join(counted(count, noun) for noun, count in counts.items() if count)


def injury_card(site: Site, injury: Injury) -> CardView:
    """Return an injury in a list, with how many exercises and posts there are for it."""
    here = id_of(injury)
    posts = {edge.from_ for edge in site.edges_to(here, "about")}
    tied = {edge.from_ for edge in site.incoming.get(here, ()) if edge.from_.startswith("exercise:")}
    tied |= {use.to for post in posts for use in site.edges_from(post, "uses")}
    words = _words(exercise=len(tied), post=len(posts))
    return _card(site, here, count=len(posts), words=words, stub=injury.status == "stub")


def exercise_card(site: Site, exercise: Exercise) -> CardView:
    """Return an exercise in a list, with how many injuries and posts there are for it."""
    here = id_of(exercise)
    posts = {edge.from_ for edge in site.edges_to(here, "uses")}
    words = _words(injury=len(injuries_of(site, here)), post=len(posts))
    return _card(site, here, count=len(posts), words=words, stub=is_stub(exercise))


def _treatment_card(site: Site, treatment: Treatment) -> CardView:
    posts = {edge.from_ for edge in site.edges_to(id_of(treatment), "tried")}
    return _card(site, id_of(treatment), count=len(posts), words=_words(post=len(posts)))


def _program_card(site: Site, program: Program) -> CardView:
    items = {edge.to for edge in site.edges_from(id_of(program), "includes")}
    words = _words(exercise=len(items), phase=len(program.phases))
    return _card(site, id_of(program), count=len(items), words=words)


def _gallery_card(site: Site, gallery: Gallery) -> CardView:
    count = len(gallery_paths(site, gallery))
    return _card(site, id_of(gallery), count=count, words=_words(picture=count))


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
        description=f"{_words(injury=len(site.injuries)) or 'No injuries yet'}, by region of the body.",
        breadcrumbs=_crumbs_to(site, "injuries"),
    )


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
    return _card(site, id_of(region), count=count, words=_words(injury=count))


def region_view(site: Site, slug: str) -> RegionView:
    """Return the view of a region by its slug. Raises KeyError where there is none."""
    region: Region = site.nouns[f"region:{slug}"]
    here = id_of(region)
    inside = site.edges_to(here, "in-region")
    injuries = [site.nouns[edge.from_] for edge in inside if edge.from_.startswith("injury:")]
    muscles = [site.nouns[edge.from_] for edge in inside if edge.from_.startswith("muscle:")]
    working = {edge.from_ for muscle in muscles for edge in site.edges_to(id_of(muscle), "works", "works-also")}
    posts = {about.from_ for injury in injuries for about in site.edges_to(id_of(injury), "about")}
    posts |= {edge.from_ for edge in site.edges_to(here, "mentions")}
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
        posts=post_cards(site, frozenset(posts)),
        description=f"{region.title}: {_words(injury=len(injuries), exercise=len(working)) or 'nothing recorded yet'}.",
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


def treatment_list(site: Site) -> ListView:
    """Return the list of all treatments."""
    return _list(site, "treatments", tuple(_treatment_card(site, each) for each in site.treatments))


def program_list(site: Site) -> ListView:
    """Return the list of all programs."""
    return _list(site, "programs", tuple(_program_card(site, each) for each in site.programs))


def gallery_list(site: Site) -> ListView:
    """Return the list of all galleries."""
    return _list(site, "galleries", tuple(_gallery_card(site, each) for each in site.galleries))


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


def list_crumbs(site: Site, title: str) -> tuple[Crumb, ...]:
    """Return the way from home over the posts to a list of some of them."""
    crumbs = breadcrumbs(site, "post", title, "")
    return crumbs[:-1] if title == LISTS["posts"] else crumbs


def gallery_paths(site: Site, gallery: Gallery) -> tuple[str, ...]:
    """Return the pictures of a gallery: those it lists, then the others in its folder, by name."""
    listed = [path for image in gallery.images if (path := path_of(image))]
    return tuple(dict.fromkeys((*listed, *site.folders.get(gallery.folder, ()))))


def gallery_view(site: Site, slug: str) -> GalleryView:
    """Return the view of a gallery by its slug. Raises KeyError where there is none."""
    gallery: Gallery = site.nouns[f"gallery:{slug}"]
    target = site.targets[id_of(gallery)]
    listed = {path_of(image): image_view(site, image) for image in gallery.images}
    paths = gallery_paths(site, gallery)
    return GalleryView(
        kind="gallery",
        title=target.title,
        url=target.url,
        slug=slug,
        summary=gallery.summary,
        pictures=tuple(listed.get(path) or picture_view(site, path) for path in paths),
        description=description_of(gallery.summary, gallery.body) or _words(picture=len(paths)),
        breadcrumbs=breadcrumbs(site, "gallery", target.title, target.url),
    )


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
