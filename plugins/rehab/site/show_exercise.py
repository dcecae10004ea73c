"""Exercises and programs → views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.model.comment import thread_name
from rehab.model.dose_words import dose_data
from rehab.model.exercise import Exercise
from rehab.site.edges import id_of
from rehab.site.memo import once
from rehab.site.plain import description_of
from rehab.site.show_bib import (
    bib_view,
    easier_than,
    equipment_words,
    harder_than,
    ladders_of,
    phase_bibs,
    step_views,
)
from rehab.site.show_dose import dose_facts, dose_headline, dose_line, dose_other_unit
from rehab.site.show_links import disagreements, group_links, links_of, voices_on, warnings_in
from rehab.site.show_post import post_cards, post_crumb
from rehab.site.show_share import shared_views
from rehab.site.show_small import breadcrumbs, crumb, crumbs, crumbs_of, image_views, post_date, regions_of, source_view
from rehab.site.show_thread import thread_on
from rehab.site.status import is_stub
from rehab.site.views import DoseUse
from rehab.site.views_body import ExerciseView, LadderView, RungView
from rehab.site.views_post import PainRuleView, PhaseView, ProgramView
from rehab.site.wording import ACHIEVED, LATERALITY

if TYPE_CHECKING:
    from rehab.model.exercise import Ladder
    from rehab.model.nouns import PainRule, Prescriber
    from rehab.model.post import Post
    from rehab.model.program import Program
    from rehab.model.use import Use
    from rehab.site.site import Site
    from rehab.site.views import Crumb, PostCard


def exercise_view(site: Site, slug: str) -> ExerciseView:
    """Return the view of an exercise by its slug. Raises KeyError where there is none."""
    return once(site, _exercise_view, site.nouns[f"exercise:{slug}"])


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
        uses=_uses(site, exercise),
        programs=crumbs_of(site, (edge.from_ for edge in site.edges_to(here, "includes"))),
        posts=_posts_on(site, here),
        voices=voices_on(site, here),
        thread=thread_on(site, thread_name(here), crumb(target)),
        promised_in=_promised_in(site, exercise),
        images=image_views(site, exercise.images),
        video=exercise.video or "",
        shared=shared_views(site, exercise),
        sources=tuple(source_view(source) for source in exercise.sources),
        description=description_of(exercise.summary, exercise.body),
        breadcrumbs=breadcrumbs(site, "exercise", exercise.title, target.url),
    )


def _posts_on(site: Site, here: str) -> tuple[PostCard, ...]:
    """Return the posts that use an exercise, avoid it, or speak of it, newest first."""
    edges = site.edges_to(here, "uses", "avoids", "mentions", "promises")
    return post_cards(site, frozenset(edge.from_ for edge in edges))


def _promised_in(site: Site, exercise: Exercise) -> tuple[Crumb, ...]:
    """Return the posts whose promise of this exercise is still open."""
    if not is_stub(exercise):
        return ()
    posts = {edge.from_ for edge in site.edges_to(id_of(exercise), "promises")}
    return tuple(post_crumb(site, post) for post in site.posts if id_of(post) in posts)


def _uses(site: Site, exercise: Exercise) -> tuple[DoseUse, ...]:
    """Return who did how much and when, newest first."""
    here = id_of(exercise)
    ids = sorted({edge.from_ for edge in site.edges_to(here, "uses")}, key=lambda id_: site.positions[id_])
    posts = [site.posts[site.positions[id_]] for id_ in ids]
    return tuple(
        _use_view(site, post, use) for post in posts for use in post.exercises if site.names.id_of(use.exercise) == here
    )


def _use_view(site: Site, post: Post, use: Use) -> DoseUse:
    return DoseUse(
        post=post_crumb(site, post),
        when=post_date(post),
        headline=dose_headline(use.dose),
        line=dose_line(use.dose),
        other_unit=dose_other_unit(use.dose),
        facts=dose_facts(use.dose),
        note=use.note,
        achieved=use.achieved,
        achieved_words=ACHIEVED.get(use.achieved, ""),
        injuries=crumbs(site, post.injuries),
        data=dose_data(use.dose) if use.dose else None,
    )


def ladder_view(site: Site, ladder: Ladder, current: str = "") -> LadderView:
    """Return a ladder, with the rungs of one exercise marked."""
    rungs = []
    for number, rung in enumerate(ladder.steps, start=1):
        exercise = site.noun(Exercise, rung.exercise.slug)
        target = site.follow(rung.exercise)
        rungs.append(
            RungView(
                title=target.title if target else rung.exercise.slug,
                url=target.url if target else "",
                slug=target.slug if target else rung.exercise.slug,
                number=number,
                variation=rung.variation,
                setup_any=rung.setup_any,
                current=target is not None and target.slug == current,
                stub=exercise is not None and is_stub(exercise),
            )
        )
    return LadderView(title=ladder.title, rungs=tuple(rungs))


def program_view(site: Site, slug: str) -> ProgramView:
    """Return the view of a program by its slug. Raises KeyError where there is none."""
    program: Program = site.nouns[f"program:{slug}"]
    here = id_of(program)
    target = site.targets[here]
    source = site.follow(program.source)
    posts = frozenset(edge.from_ for edge in site.edges_to(here, "follows"))
    told = frozenset(edge.to for edge in site.edges_from(here, "told-in"))
    return ProgramView(
        kind="program",
        title=program.title,
        url=target.url,
        slug=slug,
        aliases=program.aliases,
        summary=program.summary,
        injuries=crumbs(site, program.injuries),
        regions=regions_of(site, program.injuries),
        prescribed_by=prescriber_words(program.prescribed_by),
        source=crumb(source) if source else None,
        pain_rule=pain_rule_view(program.pain_rule),
        phases=tuple(
            PhaseView(
                id=phase.id, number=number, goal=phase.goal, bibs=phase_bibs(site, phase),
                advance_when=phase.advance_when, step_back_when=phase.step_back_when, note=phase.note,
            )
            for number, phase in enumerate(program.phases, start=1)
        ),
        frequency=program.frequency,
        posts=post_cards(site, posts | told),
        description=description_of(program.summary, program.body),
        breadcrumbs=breadcrumbs(site, "program", program.title, target.url),
    )  # fmt: skip


def prescriber_words(by: Prescriber | None) -> str:
    """Return who put a program together, `put together by a physical therapist`."""
    if by is None:
        return ""
    if by.name:
        return f"put together by {by.name}, {by.role}"
    article = "an" if by.role[:1].lower() in "aeiou" else "a"
    return f"put together by {article} {by.role}"


def pain_rule_view(rule: PainRule | None) -> PainRuleView | None:
    """Return a pain rule as sentences made of nothing but its own numbers."""
    if rule is None:
        return None
    words = []
    if rule.ok:
        words.append(f"Pain of {'–'.join(str(each) for each in dict.fromkeys(rule.ok))} is all right.")
    if rule.stop_above is not None:
        words.append(f"Stop above {rule.stop_above}.")
    if rule.settle_within_h is not None:
        words.append(f"Pain must be back to normal within {rule.settle_within_h} hours.")
    return PainRuleView(scale=rule.scale, words=tuple(words), source=source_view(rule.source) if rule.source else None)
