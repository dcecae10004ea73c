"""An exercise → others that a reader may want beside it, with the reason in words.

In: a site and an exercise. Out: up to four bibs, best first: done for the same injury, then working the same muscle, a
rare one counting more. Those on its own ladder stand there already. What an injury excludes that this one is for is
never offered. Of a crowd only the next few are looked at, so that the cost of all pages grows with the exercises alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from rehab.site.browse import choices_with
from rehab.site.edges import id_of
from rehab.site.memo import answer, once
from rehab.site.related import inline
from rehab.site.show.browse import listed_bib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.model.exercise import Exercise
    from rehab.site.choices import Choice
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView

MOST: Final = 4
NEAR: Final = 24
"""How many of those that share a thing are looked at: the next ones after the exercise itself, in the list's order."""

_WEIGHTS: Mapping[str, int] = {"for": 6, "muscle": 4}
_WORDS: Mapping[str, str] = {"for": "also for {}", "muscle": "works the {} too"}


def related_exercises(site: Site, exercise: Exercise) -> tuple[BibView, ...]:
    """Return the exercises that belong beside one, best first, each with the reason for a count."""
    return tuple(_bib(site, slug, words) for slug, words in answer(site, related_slugs, exercise.slug))


def related_slugs(site: Site, slug: str) -> tuple[tuple[str, str], ...]:
    """Return the slugs of the exercises that belong beside one, best first, each with the reason in words."""
    found, exercise = choices_with(site, slug), site.nouns[f"exercise:{slug}"]
    shared: dict[str, list[tuple[float, Choice]]] = {}
    for choice in (*found.get("for", ()), *found.get("muscle", ())):
        fully, partly = (weight / len(choice.exercises) for weight in (_WEIGHTS[choice.axis], 1))
        for each in _near(choice, slug):
            score = fully if _is_full(choice, slug, each) else partly
            shared.setdefault(each, []).append((score, choice))
    wrong = {slug for choice in found.get("for", ()) for slug in choice.left_out} | _on_ladders(site, exercise)
    scores = {slug: max(each for each, _ in some) for slug, some in shared.items() if slug not in wrong}
    best = sorted(scores, key=lambda slug: (-scores[slug], site.targets[f"exercise:{slug}"].title.casefold(), slug))[
        :MOST
    ]
    return tuple((slug, _reason(site, shared[slug])) for slug in best)


def _near(choice: Choice, slug: str) -> Iterator[str]:
    """Yield those that come next to an exercise in a list, from its end on again at its beginning."""
    crowd = choice.exercises
    start = choice.places[slug] + 1
    yield from (crowd[(start + step) % len(crowd)] for step in range(min(NEAR, len(crowd) - 1)))


def _is_full(choice: Choice, one: str, other: str) -> bool:
    """Return whether both are for the same injury, or work the same muscle mainly."""
    return choice.axis == "for" or (choice.marks[one] == choice.marks[other] == "main")


def _reason(site: Site, shared: list[tuple[float, Choice]]) -> str:
    """Return what two exercises share: the rarest, and a muscle rather than its group."""
    best = max(shared, key=lambda each: (each[0], getattr(site.nouns.get(each[1].id), "level", "") != "group"))[1]
    return _WORDS[best.axis].format(inline(best.title))


def _on_ladders(site: Site, exercise: Exercise) -> set[str]:
    ids = {edge.to for edge in site.edges_from(id_of(exercise), "harder")}
    ids |= {edge.from_ for edge in site.edges_to(id_of(exercise), "harder")}
    rungs = (rung for ladder in site.ladders_by_step.get(exercise.slug, ()) for rung in ladder.steps)
    ids |= {found for rung in rungs if (found := site.names.id_of(rung.exercise))}
    return {id_.partition(":")[2] for id_ in ids}


def _bib(site: Site, slug: str, words: str) -> BibView:
    return replace(once(site, listed_bib, site.nouns[f"exercise:{slug}"]), count_words=words)
