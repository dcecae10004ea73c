"""What views made of a site, kept with it, because many lists show the same card.

In: a site, what is to be made, and the values it is made of. Out: the same view as before where these very values were
given before. Values are known by their identity, not by being equal: two doses that differ only in the unit the author
wrote are equal, and read differently. They are kept, so that no other value can come to have their identity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.site.site import Site

T = TypeVar("T")


def once(site: Site, make: Callable[..., T], *parts: object) -> T:
    """Return `make(site, *parts)`, made once for a site. It must depend on nothing else."""
    key = (make, *map(id, parts))
    known = site.memo.get(key)
    if known is None:
        known = site.memo[key] = (make(site, *parts), parts)
    view: T = known[0]
    return view


def lately(site: Site, make: Callable[..., T], *parts: object) -> T:
    """Return `make(site, *parts)`, made once while nothing else is made so: for a view that one page alone shows.

    Who writes the page asks for it a few times, and nobody after that; all such views together hold most of a site.
    """
    known = site.memo.get((lately, make))
    if known is None or [*map(id, known[1])] != [*map(id, parts)]:
        known = site.memo[lately, make] = (make(site, *parts), parts)
    view: T = known[0]
    return view
