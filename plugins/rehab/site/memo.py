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
