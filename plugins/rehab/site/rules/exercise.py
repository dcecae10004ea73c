"""Rules on exercises, their doses and their ladders."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from rehab.model.exercise import Exercise
from rehab.model.words import RELATIONS
from rehab.site.completeness import missing_items
from rehab.site.edges import id_of
from rehab.site.status import is_stub
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.dose import Dose
    from rehab.model.refs import Ref
    from rehab.site.site import Site
    from rehab.source.place import Place

Step: TypeAlias = tuple[str, str]
"""A step of a ladder: the exercise's slug and the variation, or ""."""


def check_muscles(site: Site) -> Iterator[Problem]:
    """A muscle is worked either mainly or also."""
    for exercise in site.exercises:
        if exercise.muscles is None:
            continue
        main = {site.names.id_of(ref) for ref in exercise.muscles.primary} - {None}
        for ref in exercise.muscles.secondary:
            if site.names.id_of(ref) in main:
                message = f"'{ref.slug}' is both a primary and a secondary muscle"
                yield Problem("muscle-twice", ref.place, message, "keep it in one of the two lists", len(ref.slug))


def check_steps(site: Site) -> Iterator[Problem]:
    """A full exercise says how it is done."""
    for exercise in site.exercises:
        if exercise.status == "full" and not exercise.steps:
            hint = "add `steps:`, or write `status: stub`"
            message = "this exercise is full but has no steps"
            yield Problem("full-without-steps", exercise.where("status"), message, hint)


def check_stubs(site: Site) -> Iterator[Problem]:
    """A stub has neither a dose nor steps of its own; what a post did is the post's to say."""
    for exercise in site.exercises:
        if not is_stub(exercise):
            continue
        if exercise.dose:
            hint = "add `steps:` that say how it is done, or leave the dose to the posts"
            yield Problem("stub-with-dose", exercise.where("dose"), "a dose without steps", hint)
        elif exercise.steps:
            hint = "write `status: full`, or leave the steps out"
            yield Problem("stub-with-dose", exercise.where("status"), "this stub has steps", hint)


class Dosed(Struct, frozen=True):
    """A dose of an exercise, wherever it is written, with its place."""

    exercise: Exercise
    dose: Dose
    place: Place
    span: int


def all_doses(site: Site) -> Iterator[Dosed]:
    """Yield every dose in posts, programs and exercises whose exercise is known."""
    for post in (*site.posts, *site.unlisted):
        for use in post.exercises:
            yield from _dosed(site, use.exercise, use.dose, use.defines)
    for program in site.programs:
        for item in (item for phase in program.phases for item in phase.items):
            yield from _dosed(site, item.exercise, item.dose)
    for exercise in site.exercises:
        if exercise.dose:
            yield Dosed(exercise, exercise.dose, exercise.where("dose"), 1)


def _dosed(site: Site, ref: Ref, dose: Dose | None, own: Exercise | None = None) -> Iterator[Dosed]:
    exercise = site.noun(Exercise, ref.slug) or own
    if exercise and dose:
        yield Dosed(exercise, dose, ref.place, len(ref.slug))


def check_sides_missing(site: Site) -> Iterator[Problem]:
    """A dose of a one-sided exercise says which side."""
    for each in all_doses(site):
        if each.exercise.laterality == "unilateral" and each.dose.side is None:
            message = f"'{each.exercise.title}' is done one side at a time, and the dose does not say which"
            hint = "add 'each side', 'left side' or 'right side' to the dose"
            yield Problem("side-missing", each.place, message, hint, each.span)


def check_sides_not_wanted(site: Site) -> Iterator[Problem]:
    """A dose of an exercise for both sides at once has no side."""
    for each in all_doses(site):
        if each.exercise.laterality == "bilateral" and each.dose.side is not None:
            message = f"'{each.exercise.title}' works both sides at once, and the dose names a side"
            hint = "take the side out of the dose, or name the one-sided exercise"
            yield Problem("side-not-wanted", each.place, message, hint, each.span)


def check_ladders(site: Site) -> Iterator[Problem]:
    """Going from easier to harder never comes back to where it began, over all ladders together."""
    steps = _harder_steps(site)
    looping = _in_loops({low: tuple(highs) for low, highs in steps.items()})
    for low in looping:
        for high, place in steps[low].items():
            if high in looping:
                message = f"'{_words(high)}' is harder than '{_words(low)}', and also easier"
                yield Problem("ladder-loop", place, message, "put each step in one place, easier first")


def _words(step: Step) -> str:
    return f"{step[0]}, {step[1]}" if step[1] else step[0]


def _harder_steps(site: Site) -> dict[Step, dict[Step, Place]]:
    """Return for each step those that come right after it, with the place that says so."""
    steps: dict[Step, dict[Step, Place]] = {}

    def add(low: Step, high: Step, place: Place) -> None:
        steps.setdefault(low, {}).setdefault(high, place)
        steps.setdefault(high, {})

    for ladder in site.ladders:
        for low, high in pairwise(ladder.steps):
            add((_slug(site, low.exercise), low.variation), (_slug(site, high.exercise), high.variation), high.place)
    for exercise in site.exercises:
        here = (exercise.slug, "")
        for ref in exercise.harder:
            add(here, (_slug(site, ref), ""), ref.place)
        for ref in exercise.easier:
            add((_slug(site, ref), ""), here, ref.place)
    return steps


def _slug(site: Site, ref: Ref) -> str:
    return site.names.find("exercise", ref.slug) or ref.slug


def _in_loops(after: dict[Step, tuple[Step, ...]]) -> frozenset[Step]:
    """Return the steps that neither begin nor end anything once all others are taken away, round after round.

    What is left are the loops and what lies between them; each step is taken away once, so this is linear.
    """
    before: dict[Step, list[Step]] = {step: [] for step in after}
    for low, highs in after.items():
        for high in highs:
            before[high].append(low)
    forward = _left_over({step: list(highs) for step, highs in after.items()}, before)
    return forward & _left_over(before, {step: list(highs) for step, highs in after.items()})


def _left_over(after: dict[Step, list[Step]], before: dict[Step, list[Step]]) -> frozenset[Step]:
    waiting = {step: len(lows) for step, lows in before.items()}
    free = [step for step, count in waiting.items() if count == 0]
    while free:
        step = free.pop()
        del waiting[step]
        for high in after[step]:
            waiting[high] -= 1
            if waiting[high] == 0:
                free.append(high)
    return frozenset(waiting)


def check_unlinked_exercises(site: Site) -> Iterator[Problem]:
    """Some injury's page leads to each exercise."""
    for exercise in site.exercises:
        if not injuries_of(site, id_of(exercise)):
            hint = "add `injuries:` to it, or to a post that uses it"
            message = f"no injury leads to the exercise '{exercise.title}'"
            yield Problem("unlinked-exercise", exercise.place, message, hint)


def injuries_of(site: Site, exercise: str) -> frozenset[str]:
    """Return the ids of the injuries an exercise is tied to: by a relation, a post that uses it, or a program."""
    stated = {edge.to for edge in site.edges_from(exercise, *RELATIONS)}
    by_post = {about.to for use in site.edges_to(exercise, "uses") for about in site.edges_from(use.from_, "about")}
    programs = site.edges_to(exercise, "includes")
    by_program = {for_.to for program in programs for for_ in site.edges_from(program.from_, "for")}
    return frozenset(stated | by_post | by_program)


def check_contradictions(site: Site) -> Iterator[Problem]:
    """Two sources that differ on an exercise are worth a second look."""
    for exercise in site.exercises:
        helped = {edge.to for edge in site.edges_from(id_of(exercise), "helps")}
        worse = {edge.to for edge in site.edges_from(id_of(exercise), "aggravates")}
        for injury in sorted(helped & worse):
            title = site.targets[injury].title
            message = f"'{exercise.title}' is said to help {title} and to make it worse"
            hint = "say in a `note` when it does which, or correct one of the two"
            yield Problem("helps-and-aggravates", exercise.where("injuries"), message, hint)


def check_easier_steps(site: Site) -> Iterator[Problem]:
    """An advanced exercise has an easier step, be it a variation of itself."""
    upper = {_slug(site, rung.exercise) for ladder in site.ladders for rung in ladder.steps[1:]}
    for exercise in site.exercises:
        easier = exercise.slug in upper or site.edges_to(id_of(exercise), "harder")
        if exercise.difficulty == "advanced" and not easier:
            message = f"'{exercise.title}' is for the advanced, and nothing easier leads to it"
            yield Problem("advanced-without-easier", exercise.where("difficulty"), message, "add `easier:` or a ladder")


def check_completeness(site: Site) -> Iterator[Problem]:
    """A full exercise says enough to be repeated."""
    for exercise in site.exercises:
        missing = () if is_stub(exercise) else missing_items(site, exercise)
        if missing:
            message = f"'{exercise.title}' leaves out too much to be repeated by somebody else"
            yield Problem("incomplete-exercise", exercise.place, message, f"say {'; '.join(missing)}")
