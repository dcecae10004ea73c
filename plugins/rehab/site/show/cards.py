"""Things → cards for lists, each with how much there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.edges import id_of
from rehab.site.rules.exercise import injuries_of
from rehab.site.show.small import counted
from rehab.site.status import is_stub
from rehab.site.views.lists import CardView

if TYPE_CHECKING:
    from rehab.model.exercise import Exercise
    from rehab.model.injury import Injury
    from rehab.model.program import Program
    from rehab.site.site import Site


def card_of(site: Site, id_: str, *, count: int, words: str, stub: bool = False) -> CardView:
    """Return a thing in a list, by its id."""
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


def counts(**counts: int) -> str:
    """Return the counts that are not zero, `3 exercises, 2 posts`."""
    return ", ".join(counted(count, noun) for noun, count in counts.items() if count)


def held_words(site: Site, program: Program) -> str:
    """Return what a program holds, "8 exercises, 3 phases"."""
    held = {edge.to for edge in site.edges_from(id_of(program), "includes")}
    return counts(exercise=len(held), phase=len(program.phases))


def injury_card(site: Site, injury: Injury) -> CardView:
    """Return an injury in a list, with how many exercises and posts there are for it."""
    here = id_of(injury)
    posts = {edge.from_ for edge in site.edges_to(here, "about")}
    tied = {edge.from_ for edge in site.incoming.get(here, ()) if edge.from_.startswith("exercise:")}
    tied |= {use.to for post in posts for use in site.edges_from(post, "uses")}
    words = counts(exercise=len(tied), post=len(posts))
    return card_of(site, here, count=len(posts), words=words, stub=injury.status == "stub")


def exercise_card(site: Site, exercise: Exercise) -> CardView:
    """Return an exercise in a list, with how many injuries and posts there are for it."""
    here = id_of(exercise)
    posts = {edge.from_ for edge in site.edges_to(here, "uses")}
    words = counts(injury=len(injuries_of(site, here)), post=len(posts))
    return card_of(site, here, count=len(posts), words=words, stub=is_stub(exercise))
