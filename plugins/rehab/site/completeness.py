"""How much of what a reader needs to repeat an exercise is said: the items of CERT that one exercise can answer.

In: a site and an exercise. Out: the items it leaves open. Source: Slade, Dionne, Underwood, Buchbinder, "Consensus on
Exercise Reporting Template (CERT)", British Journal of Sports Medicine 2016;50:1428-1437. Items on groups, settings
and motivation are about studies and are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rehab.model.program import Program
from rehab.model.words import RELATIONS
from rehab.site.edges import id_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.model.exercise import Exercise
    from rehab.site.site import Site

ENOUGH = 8
"""An exercise with this many items answered is complete enough; with fewer that apply, all of them are needed."""


class Item(NamedTuple):
    """An item of CERT: its number there, what an author is asked to say, when it applies, whether it is said."""

    number: str
    ask: str
    applies: Callable[[Site, Exercise], bool]
    said: Callable[[Site, Exercise], bool]


def missing_items(site: Site, exercise: Exercise) -> tuple[str, ...]:
    """Return what to say when too little is said, in the order of CERT; nothing when it is enough."""
    asked = [item for item in ITEMS if item.applies(site, exercise)]
    open_ = [item for item in asked if not item.said(site, exercise)]
    enough = min(ENOUGH, len(asked))
    return () if len(asked) - len(open_) >= enough else tuple(item.ask for item in open_)


def _always(_site: Site, _exercise: Exercise) -> bool:
    return True


def _is_used(site: Site, exercise: Exercise) -> bool:
    return bool(site.edges_to(id_of(exercise), "uses"))


def _is_in_program(site: Site, exercise: Exercise) -> bool:
    return bool(site.edges_to(id_of(exercise), "includes"))


def _has_teacher(site: Site, exercise: Exercise) -> bool:
    told = {edge.evidence for edge in site.edges_from(id_of(exercise), *RELATIONS)}
    return bool(exercise.steps_by) or bool(told & {"practitioner-told", "clinician-reviewed"})


def _has_advance_rule(site: Site, exercise: Exercise) -> bool:
    programs = [site.nouns[edge.from_] for edge in site.edges_to(id_of(exercise), "includes")]
    return any(phase.advance_when for program in programs if isinstance(program, Program) for phase in program.phases)


def _has_neighbours(site: Site, exercise: Exercise) -> bool:
    here = id_of(exercise)
    on_ladder = exercise.ladder is not None
    return on_ladder or bool(site.edges_from(here, "harder") or site.edges_to(here, "harder"))


def _has_dose(site: Site, exercise: Exercise) -> bool:
    edges = site.edges_to(id_of(exercise), "uses", "includes")
    return exercise.dose is not None or any(edge.dose for edge in edges)


def _has_result(site: Site, exercise: Exercise) -> bool:
    here = id_of(exercise)
    posts = [site.nouns[edge.from_] for edge in site.edges_to(here, "uses")]
    return any(use.achieved for post in posts for use in post.exercises if site.names.id_of(use.exercise) == here)


ITEMS = (
    Item("1", "what equipment it needs (`equipment`)", _always, lambda _, e: e.equipment is not None),
    Item("2", "who teaches it (`steps_by`, or a relation that a practitioner told)", _always, _has_teacher),
    Item("7a", "when to go on (`advance_when` in its program)", _is_in_program, _has_advance_rule),
    Item("7b", "what is easier and harder (`ladder`, `easier`, `harder`)", _always, _has_neighbours),
    Item("8", "how it is done (`steps`)", _always, lambda _, e: bool(e.steps)),
    Item("8", "how it looks (`images` or `video`)", _always, lambda _, e: bool(e.images or e.video)),
    Item("8", "what to mind (`cues`, `mistakes`)", _always, lambda _, e: bool(e.cues or e.mistakes)),
    Item("11", "when to stop (`stop_if`)", _always, lambda _, e: bool(e.stop_if)),
    Item("13", "how much (`dose`, or the dose of a post)", _always, _has_dose),
    Item("14", "what it is for (`injuries`)", _always, lambda _, e: bool(e.injuries)),
    Item("15", "for whom (`difficulty`)", _always, lambda _, e: bool(e.difficulty)),
    Item("16", "whether it is really done (`achieved` in a post)", _is_used, _has_result),
)
