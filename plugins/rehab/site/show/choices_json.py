"""Exercises and what they are chosen by → the data that `filter.js` reads when a reader wants several choices at once.

In: a site. Out: JSON. Asked for by nobody else and by no page that is only read, so it may hold every exercise once.
`axes` are their labels by name; a value is `of` the axis at that place. Of an exercise, `fits` are the places of its
values, and `out` are those that leave it out, with the reason. `url` is the pattern of their addresses. No list begins
with a list: `[[` in a published file is a reference that nobody filled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.site.axes import AXES
from rehab.site.browse import choices_of, choices_with, left_out_for
from rehab.site.choices import in_order, upper
from rehab.site.json_text import render_json
from rehab.site.memo import once
from rehab.site.show.browse import listed_bib
from rehab.site.show.left_out import left_out_views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.model.exercise import Exercise
    from rehab.site.site import Site


def render_choices(site: Site) -> str:
    """Return the data as text."""
    choices = [choice for some in choices_of(site).values() for choice in some]
    used = list(dict.fromkeys(choice.axis for choice in choices))
    places = {(choice.axis, choice.slug): place for place, choice in enumerate(choices)}
    data = {
        "url": site.options.url("exercise", "{slug}"),
        "axes": {name: AXES[name].label for name in used},
        "values": [{"of": used.index(choice.axis), "slug": choice.slug, "title": choice.title} for choice in choices],
        "exercises": [_exercise(site, site.nouns[f"exercise:{slug}"], places) for slug in in_order(site)],
    }
    return render_json(data)


def _exercise(site: Site, exercise: Exercise, places: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    bib = once(site, listed_bib, exercise)
    warned = "; ".join(f"{link.shape} {link.relation_words}: {link.target.title}" for link in bib.warnings)
    out = {places["for", choice.slug]: _why(site, choice.id, exercise) for choice in left_out_for(site, exercise.slug)}
    found = choices_with(site, exercise.slug).items()
    data = {
        "slug": exercise.slug,
        "title": bib.title,
        "number": upper(bib.headline or bib.line or "no dose given"),
        "words": "; ".join(each for each in (warned, bib.count_words) if each),
        "fits": [places[axis, choice.slug] for axis, some in found for choice in some],
    }
    return data | ({"stub": 1} if bib.stub else {}) | ({"out": out} if out else {})


def _why(site: Site, injury: str, exercise: Exercise) -> str:
    said = left_out_views(site, injury, (exercise.slug,))[0].says[0]
    where = f"in “{said.source.title}”" if said.source else ""
    return ", ".join(each for each in (f"{said.shape} {said.relation_words}", said.evidence_words, where) if each)
