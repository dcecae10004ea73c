"""Rules on injuries and programs: what concerns a sore reader's safety first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.model.nearest import near, use
from rehab.model.words import RELATIONS
from rehab.site.edges import id_of
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.site.site import Site

MOST_IN_A_PHASE = 5


def check_differentials(site: Site) -> Iterator[Problem]:
    """If one injury can be mistaken for another, the other page says so too."""
    for injury in site.injuries:
        here = id_of(injury)
        for each in injury.differential:
            other = site.names.id_of(each.injury)
            if other and not any(edge.to == here for edge in site.edges_from(other, "mistaken-for")):
                path = site.nouns[other].path
                message = f"'{injury.slug}' can be mistaken for '{each.injury.slug}', but that page does not say so"
                hint = f"add '{injury.slug}' to `differential` in {path}"
                yield Problem("one-sided-differential", each.injury.place, message, hint, len(each.injury.slug))


def check_reviewers(site: Site) -> Iterator[Problem]:
    """A review has a name, a credential and a date."""
    for injury in site.injuries:
        review = injury.reviewed_by
        if review is None:
            continue
        given = {"name": review.name, "credential": review.credential, "date": review.date}
        missing = [f"`{key}`" for key, value in given.items() if not value]
        if missing:
            message = f"the review of '{injury.title}' lacks its {' and its '.join(missing)}"
            hint = f"add {' and '.join(missing)}, or take `reviewed_by` out"
            yield Problem("reviewer-incomplete", review.place, message, hint)


def check_review_dates(site: Site) -> Iterator[Problem]:
    """A review that is due has been done; unchecked while nobody says which day it is."""
    today = site.options.today
    for injury in site.injuries:
        if today and injury.next_review and injury.next_review.date() < today:
            day = injury.next_review.date().isoformat()
            hint = "have the page read again, then set the next day"
            message = f"the next review of '{injury.title}' was due on {day}"
            yield Problem("review-overdue", injury.where("next_review"), message, hint)


def check_unlinked_injuries(site: Site) -> Iterator[Problem]:
    """Some exercise is tied to each injury: by a relation, in a post about it, or in a program for it."""
    for injury in site.injuries:
        here = id_of(injury)
        stated = any(edge.from_.startswith("exercise:") for edge in site.edges_to(here, *RELATIONS))
        in_post = any(site.edges_from(edge.from_, "uses") for edge in site.edges_to(here, "about"))
        in_program = any(site.edges_from(edge.from_, "includes") for edge in site.edges_to(here, "for"))
        if not (stated or in_post or in_program):
            hint = "add it to `injuries` of an exercise, or of a post with exercises"
            yield Problem("unlinked-injury", injury.place, f"no exercise is tied to '{injury.title}'", hint)


def check_summaries(site: Site) -> Iterator[Problem]:
    """An injury that has something to say begins with what it is, in plain words."""
    for injury in site.injuries:
        if not injury.summary.strip() and (injury.body.strip() or injury.symptoms):
            hint = "add `summary:` with one or two short sentences, as you would say it to a friend"
            message = f"'{injury.title}' does not say in plain words what it is"
            yield Problem("no-plain-summary", injury.place, message, hint)


def check_red_flags(site: Site) -> Iterator[Problem]:
    """A red flag names one of the shared list, or says its own sign."""
    known = tuple(site.red_flags)
    for flag in (flag for injury in site.injuries for flag in injury.red_flags):
        if flag.sign or flag.id in site.red_flags:
            continue
        if flag.id:
            hint = use(near(flag.id, known).words) or f"use one of: {', '.join(known)}; or add `sign:` and `act:`"
            yield Problem("unknown-slug", flag.place, f"no red flag called '{flag.id}'", hint, len(flag.id))
        else:
            yield Problem("missing-field", flag.place, "this red flag says no sign", "add `id:` or `sign:`")


def check_pain_rules(site: Site) -> Iterator[Problem]:
    """A rule on pain says who says so."""
    for program in site.programs:
        if program.pain_rule and program.pain_rule.source is None:
            hint = "add `source:` with its title, or take `pain_rule` out"
            message = "this pain rule does not say where it comes from"
            yield Problem("pain-rule-without-source", program.pain_rule.place, message, hint)


def check_phases(site: Site) -> Iterator[Problem]:
    """A phase has few enough exercises to be kept up."""
    for program in site.programs:
        for phase in program.phases:
            if len(phase.items) > MOST_IN_A_PHASE:
                message = f"the phase '{phase.id}' has {len(phase.items)} exercises"
                hint = f"keep {MOST_IN_A_PHASE} at most, or make two phases of it"
                yield Problem("crowded-phase", phase.place, message, hint)
