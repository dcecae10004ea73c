"""What posts did of an exercise → its charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.charts.doses import Did, doses_charts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.site.site import Site
    from rehab.site.views.chart import DosesChart


def dose_charts(site: Site, slug: str) -> tuple[DosesChart, ...]:
    """Return the charts of an exercise's doses over time, by its slug; none where they cannot be compared."""
    return doses_charts(_done(site, f"exercise:{slug}"))


def _done(site: Site, here: str) -> Iterator[Did]:
    ids = {edge.from_ for edge in site.edges_to(here, "uses")}
    for id_ in sorted(ids, key=lambda each: site.positions[each]):
        post = site.nouns[id_]
        day = post.date.date() if post.date and post.date_basis != "unknown" else None
        for use in post.exercises:
            if use.dose and site.names.id_of(use.exercise) == here:
                yield Did(use.dose, day, post.date_basis != "inferred")
