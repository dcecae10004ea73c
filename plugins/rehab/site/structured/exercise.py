"""Exercises and programs → structured data: plans with the doses that schema.org has words for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site import pages
from rehab.site.plain import plain_words
from rehab.site.structured.document import Data, filled, graph_of, named
from rehab.site.structured.images import image_objects
from rehab.site.structured.thread import spoken

if TYPE_CHECKING:
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView
    from rehab.site.views.program import ProgramView


def for_exercise(site: Site, slug: str) -> Data:
    """Return an exercise as a plan and, once its details are there, as a physical therapy."""
    view = pages.exercise_view(site, slug)
    muscles = (*view.muscles_primary, *view.muscles_secondary)
    plan = {
        **plan_of(site, view.bib),
        "alternateName": list(view.aliases),
        "description": view.description,
        "exerciseType": view.exercise_kind,
        "associatedAnatomy": [named("AnatomicalStructure", site, muscle) for muscle in muscles],
        "image": image_objects(site, view.images),
        **spoken(site, view.url, view.thread),
    }
    therapy = {
        "@type": "PhysicalTherapy",
        "name": view.title,
        "url": site.options.absolute(view.url),
        "howPerformed": "\n".join(plain_words(step.text) for step in view.steps),
        "contraindication": [named("MedicalCondition", site, link.target) for link in view.warnings],
    }
    return graph_of(site, view.breadcrumbs, plan, *(() if view.stub else (therapy,)))


def for_program(site: Site, slug: str) -> Data:
    """Return a program as a plan made of plans."""
    view: ProgramView = pages.program_view(site, slug)
    plan = {
        "@type": "ExercisePlan",
        "name": view.title,
        "alternateName": list(view.aliases),
        "description": view.description,
        "url": site.options.absolute(view.url),
        "activityFrequency": view.frequency,
        "about": [named("MedicalCondition", site, injury) for injury in view.injuries],
        "hasPart": [plan_of(site, bib) for phase in view.phases for bib in phase.bibs],
    }
    return graph_of(site, view.breadcrumbs, plan)


def plan_of(site: Site, bib: BibView) -> Data:
    """Return an exercise with the dose of a bib, as far as schema.org has words for it."""
    data = bib.data or {}
    reps = data.get("reps")
    return filled(
        {
            "@type": "ExercisePlan",
            "name": bib.title,
            "url": site.options.absolute(bib.url) if bib.url else "",
            "repetitions": reps if isinstance(reps, int | float) else None,
            "workload": dict(bib.facts).get("load", ""),
            "restPeriods": dict(bib.facts).get("rest", ""),
            "activityFrequency": dict(bib.facts).get("how often", ""),
            "additionalVariable": bib.line,
        }
    )
