"""What an injury feels like, beside what it can be mistaken for: the same rows for each.

In: injuries as their files tell them. Out: `VersusView`, with a column for each injury, this page's own first. A row
that no column can fill is left out; a cell that one cannot fill is empty, and the page says that nothing is recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.model.injury import Injury
from rehab.site.edges import id_of
from rehab.site.show.small import crumb, crumbs
from rehab.site.views.injury import VersusRow, VersusView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rehab.model.nouns import Symptom
    from rehab.site.site import Site

Cell = tuple[str, ...]


def versus_view(site: Site, injury: Injury) -> VersusView:
    """Return the comparison; one column alone where nothing is known that it can be mistaken for."""
    found = (site.noun(Injury, each.injury.slug) for each in injury.differential)
    all_ = tuple(dict.fromkeys((injury.slug, *(other.slug for other in found if other))))
    injuries = [site.nouns[f"injury:{slug}"] for slug in all_]
    rows = ((label, tuple(cell(site, each) for each in injuries), markdown) for label, cell, markdown in ROWS)
    sources = (symptom.source for each in injuries for symptom in each.symptoms if symptom.source)
    return VersusView(
        columns=tuple(crumb(site.targets[id_of(each)]) for each in injuries),
        rows=tuple(
            VersusRow(label=label, cells=cells, markdown=markdown) for label, cells, markdown in rows if any(cells)
        ),
        sources=crumbs(site, sources),
    )


def _where(_: Site, injury: Injury) -> Cell:
    return _each(symptom.where for symptom in injury.symptoms)


def _feels(_: Site, injury: Injury) -> Cell:
    return _each(_feeling(symptom) for symptom in injury.symptoms)


def _feeling(symptom: Symptom) -> str:
    return f"{symptom.what} ({symptom.pattern})" if symptom.pattern else symptom.what


def _is_not(_: Site, injury: Injury) -> Cell:
    return _each(symptom.not_ for symptom in injury.symptoms)


def _part_of_it(site: Site, injury: Injury) -> Cell:
    return _each(each.title for each in crumbs(site, injury.structures))


def _each(words: Iterable[str]) -> Cell:
    return tuple(dict.fromkeys(each[:1].upper() + each[1:] for each in words if each))


ROWS: tuple[tuple[str, Callable[[Site, Injury], Cell], bool], ...] = (
    ("Where it hurts", _where, False),
    ("What it feels like", _feels, False),
    ("What it does not feel like", _is_not, False),
    ("Worse with", lambda _, injury: injury.aggravated_by, True),
    ("Easier with", lambda _, injury: injury.eased_by, True),
    ("Likelier with, the posts say", lambda _, injury: _each(injury.risk_factors), False),
    ("What is part of it", _part_of_it, False),
)
"""The rows of a comparison, each with what an injury has to say there, and whether that is Markdown."""
