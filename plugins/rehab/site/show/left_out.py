"""What an injury excludes → who says so, and where.

In: a site, and exercises. Out: the reasons, one by one, for the page that would else miss the exercise without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.site.edges import id_of
from rehab.site.show.links import link_view
from rehab.site.show.small import counted, crumb_of
from rehab.site.views.browse import LeftOutView
from rehab.site.wording import BEARINGS, WARNINGS

if TYPE_CHECKING:
    from rehab.model.exercise import Exercise
    from rehab.site.site import Edge, Site
    from rehab.site.views.small import LinkView

MOST: Final = 12
"""How many exercises a page gives the reasons for; the names of all stand there."""
VOICES: Final = 3
"""How many reasons it gives for one: the rest are counted, and stand on the exercise's own page."""


def exclusions(site: Site, exercise: Exercise) -> tuple[LinkView, ...]:
    """Return the injuries that an exercise is wrong for, each once with the heavier relation."""
    edges = site.edges_from(id_of(exercise), *WARNINGS)
    first: dict[str, Edge] = {}
    for edge in sorted(edges, key=lambda each: WARNINGS.index(each.relation)):
        first.setdefault(edge.to, edge)
    return tuple(link_view(site, edge, edge.to) for edge in first.values())


def left_out_views(site: Site, injury: str, slugs: tuple[str, ...]) -> tuple[LeftOutView, ...]:
    """Return exercises that an injury excludes, with the reasons."""
    return tuple(_left_out(site, injury, f"exercise:{slug}") for slug in slugs[:MOST])


def _left_out(site: Site, injury: str, exercise: str) -> LeftOutView:
    edges = [edge for edge in site.edges_from(exercise, *BEARINGS) if edge.to == injury]
    bad = [edge for edge in edges if edge.relation in WARNINGS]
    bad.sort(key=lambda edge: (WARNINGS.index(edge.relation), site.positions.get(edge.source, -1), edge.source))
    good = [edge for edge in edges if edge.relation not in WARNINGS]
    more = len(bad) + len(good) - len(bad[:VOICES]) - len(good[:VOICES])
    return LeftOutView(
        exercise=crumb_of(site, exercise),
        says=tuple(link_view(site, edge, injury) for edge in bad[:VOICES]),
        more_words=f"and {counted(more, 'more statement')[2:] if more == 1 else counted(more, 'more statement')}"
        if more
        else "",
        others=tuple(link_view(site, edge, injury) for edge in good[:VOICES]),
    )
