"""Exercises → views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.model.comment import thread_name
from rehab.site.axes import AXES, NOTHING
from rehab.site.browse import choices_with, left_out_for, url_of
from rehab.site.choices import needed_by
from rehab.site.edges import id_of
from rehab.site.memo import answer, lately
from rehab.site.plain import description_of
from rehab.site.related import inline
from rehab.site.show.bib import bib_view, equipment_words, step_views
from rehab.site.show.dose import words_of
from rehab.site.show.ladder import easier_than, harder_than, ladders_of, rung_views
from rehab.site.show.links import disagreements, group_links, links_of, voices_on, warnings_in
from rehab.site.show.post_card import post_cards, post_crumb
from rehab.site.show.related import related_exercises
from rehab.site.show.share import shared_views
from rehab.site.show.small import (
    breadcrumbs,
    counted,
    crumb,
    crumbs,
    crumbs_of,
    image_views,
    post_date,
    source_view,
)
from rehab.site.show.thread import thread_on
from rehab.site.status import is_stub
from rehab.site.views.bib import DoseUse
from rehab.site.views.exercise import ExerciseView, LadderView
from rehab.site.views.small import Crumb
from rehab.site.wording import ACHIEVED, LATERALITY, STUB_HEADLINE, UNSTATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.model.exercise import Exercise, Ladder
    from rehab.model.post import Post
    from rehab.model.use import Use
    from rehab.site.choices import Choice
    from rehab.site.site import Site
    from rehab.site.views.lists import PostCard
    from rehab.site.views.small import LinkView


MOST_POSTS: Final = 20
"""How many posts, and how many others who say something, an exercise's page names: the newest."""


def exercise_view(site: Site, slug: str) -> ExerciseView:
    """Return the view of an exercise by its slug. Raises KeyError where there is none."""
    return lately(site, _exercise_view, site.nouns[f"exercise:{slug}"])


def _exercise_view(site: Site, exercise: Exercise) -> ExerciseView:
    slug = exercise.slug
    here = id_of(exercise)
    target = site.targets[here]
    links = links_of(site, here)
    muscles = exercise.muscles
    return ExerciseView(
        kind="exercise",
        title=exercise.title,
        url=target.url,
        slug=slug,
        status="stub" if is_stub(exercise) else "full",
        stub=is_stub(exercise),
        bib=bib_view(site, slug),
        aliases=exercise.aliases,
        summary=exercise.summary,
        exercise_kind=exercise.kind,
        laterality_words=LATERALITY.get(exercise.laterality, ""),
        difficulty=exercise.difficulty,
        muscles_primary=crumbs(site, muscles.primary) if muscles else (),
        muscles_secondary=crumbs(site, muscles.secondary) if muscles else (),
        equipment=equipment_words(exercise),
        needs=answer(site, lists_needed, exercise.slug),
        steps=step_views(site, exercise),
        steps_by=exercise.steps_by,
        cues=exercise.cues,
        mistakes=exercise.mistakes,
        feel_it_in=exercise.feel_it_in,
        benefits=exercise.benefits,
        stop_if=exercise.stop_if,
        ladders=tuple(ladder_view(site, ladder, slug) for ladder in ladders_of(site, slug)),
        easier=easier_than(site, exercise),
        harder=harder_than(site, exercise),
        groups=group_links(links),
        warnings=warnings_in(links),
        disagreements=disagreements(site, links, here),
        uses=_uses(site, exercise, links),
        uses_more=_more(len(_used(site, here)) - MOST_POSTS, "older post"),
        others=_others(site, here, links),
        choices=answer(site, lists_with, exercise.slug),
        left_out=answer(site, lists_instead, exercise.slug),
        related=related_exercises(site, exercise),
        programs=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "includes"))),
        posts=_posts_on(site, here),
        posts_else=_posts_else(site, here),
        voices=voices_on(site, here),
        thread=thread_on(site, thread_name(here), crumb(target)),
        promised_in=_promised_in(site, exercise),
        images=image_views(site, exercise.images),
        video=exercise.video or "",
        shared=shared_views(site, exercise),
        sources=tuple(source_view(source) for source in exercise.sources),
        description=description_of(exercise.summary, exercise.body) or _in_short(exercise),
        breadcrumbs=breadcrumbs(site, "exercise", exercise.title, target.url),
    )


def _posts_on(site: Site, here: str) -> tuple[PostCard, ...]:
    """Return the posts that use an exercise, avoid it, or speak of it, newest first."""
    edges = site.edges_to(here, "uses", "avoids", "mentions", "promises")
    return post_cards(site, frozenset(edge.from_ for edge in edges))


def _in_short(exercise: Exercise) -> str:
    """Return what describes an exercise that no text does: its steps, or that they are to come."""
    steps = " ".join(step.text for step in exercise.steps)
    return description_of("", steps) or f"{exercise.title}: {STUB_HEADLINE}."


def _promised_in(site: Site, exercise: Exercise) -> tuple[Crumb, ...]:
    """Return the posts whose promise of this exercise is still open."""
    if not is_stub(exercise):
        return ()
    ids = {edge.from_ for edge in site.edges_to(id_of(exercise), "promises")}
    return tuple(post_crumb(site, site.nouns[id_]) for id_ in sorted(ids, key=site.positions.__getitem__))


def _posts_else(site: Site, here: str) -> tuple[Crumb, ...]:
    """Return the posts that speak of an exercise without doing it, newest first, as far as there is room."""
    edges = site.edges_to(here, "avoids", "mentions", "promises")
    ids = {edge.from_ for edge in edges if edge.from_ in site.positions} - {*_used(site, here)}
    newest = sorted(ids, key=lambda id_: site.positions[id_])[:MOST_POSTS]
    return tuple(crumb(site.targets[id_]) for id_ in newest)


def _used(site: Site, here: str) -> list[str]:
    """Return the ids of the posts that did an exercise, newest first."""
    return sorted({edge.from_ for edge in site.edges_to(here, "uses")}, key=lambda id_: site.positions[id_])


def _more(number: int, noun: str) -> str:
    return f"and in {counted(number, noun)}" if number > 0 else ""


def _uses(site: Site, exercise: Exercise, links: tuple[LinkView, ...]) -> tuple[DoseUse, ...]:
    """Return who did how much and when, newest first, and what each says came of it."""
    here = id_of(exercise)
    told: dict[str, tuple[LinkView, ...]] = {}
    for link in links:
        if link.source and link.relation != UNSTATED:
            told[link.source.url] = (*told.get(link.source.url, ()), link)
    posts = [site.nouns[id_] for id_ in _used(site, here)[:MOST_POSTS]]
    uses = ((post, use) for post in posts for use in post.exercises if site.names.id_of(use.exercise) == here)
    return tuple(_use_view(site, post, use, told) for post, use in uses)


def _others(site: Site, here: str, links: tuple[LinkView, ...]) -> tuple[LinkView, ...]:
    """Return who else says what it does: none of the posts that did it."""
    used = {site.targets[id_].url for id_ in _used(site, here)}
    return tuple(link for link in links if not (link.source and link.source.url in used))[:MOST_POSTS]


def lists_with(site: Site, slug: str) -> Mapping[str, tuple[Crumb, ...]]:
    """Return the lists that an exercise stands in, by axis, each under the label of its answer."""
    found = choices_with(site, slug)
    return {axis: tuple(_list(site, each) for each in found.get(axis, ())) for axis in AXES}


def lists_needed(site: Site, slug: str) -> tuple[Crumb, ...]:
    """Return the lists of what an exercise cannot be done without."""
    needed = needed_by(site.nouns[f"exercise:{slug}"]) or {NOTHING: ""}
    return tuple(_list(site, each) for each in choices_with(site, slug).get("with", ()) if each.slug in needed)


def _list(site: Site, choice: Choice) -> Crumb:
    return Crumb(title=choice.title, url=url_of(site, choice))


def lists_instead(site: Site, slug: str) -> tuple[Crumb, ...]:
    """Return the lists that leave an exercise out, by what else is in them."""
    return tuple(_instead(site, choice) for choice in left_out_for(site, slug) if choice.exercises)


def _instead(site: Site, choice: Choice) -> Crumb:
    words = f"{counted(len(choice.exercises), 'other exercise')} for {inline(choice.title)}"
    return Crumb(title=words, url=url_of(site, choice))


def _use_view(site: Site, post: Post, use: Use, told: Mapping[str, tuple[LinkView, ...]]) -> DoseUse:
    words = words_of(site, use.dose)
    return DoseUse(
        post=post_crumb(site, post),
        when=post_date(post),
        headline=words.headline,
        line=words.line,
        other_unit=words.other_unit,
        other=words.other,
        facts=words.facts,
        note=use.note,
        achieved=use.achieved,
        achieved_words=ACHIEVED.get(use.achieved, ""),
        injuries=crumbs(site, post.injuries),
        data=words.data,
        said=told.get(site.targets[id_of(post)].url, ()),
    )


def ladder_view(site: Site, ladder: Ladder, current: str = "") -> LadderView:
    """Return a ladder, with the rungs of one exercise marked."""
    return LadderView(title=ladder.title, rungs=rung_views(site, ladder, current))
