"""What the template of the search page sees. See `rehab.site.views.small` for the conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.small import Crumb


class WayView(Struct, frozen=True, kw_only=True):
    """A way to find things without searching: some of them, and the list of all, if there is one; all are `count`."""

    heading: str
    some: tuple[Crumb, ...]
    count: int
    whole: Crumb | None


class SearchView(Struct, frozen=True, kw_only=True):
    """The search page. `index` is where the index begins; `ways` are for whoever has no script."""

    kind: str
    title: str
    url: str
    index: str
    ways: tuple[WayView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
