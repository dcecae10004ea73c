"""What views made of a site, kept with it, because many lists show the same card.

In: a site, what is to be made, and the values it is made of. Out: the same view as before where these very values were
given before. Values are known by their identity, not by being equal: two doses that differ only in the unit the author
wrote are equal, and read differently. They are kept, so that no other value can come to have their identity. What
was read of the site to make a view is kept with it: whoever is given the view has read that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from rehab.site.notes import ANSWER, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rehab.site.site import Site

T = TypeVar("T")
_Made: TypeAlias = "tuple[T, tuple[object, ...], Iterable[int]]"
"""A view, the values that it was made of, and what was read for it."""


def once(site: Site, make: Callable[..., T], *parts: object) -> T:
    """Return `make(site, *parts)`, made once for a site. It must depend on nothing else."""
    return _known(site, (make, *map(id, parts)), make, parts)


def lately(site: Site, make: Callable[..., T], *parts: object) -> T:
    """Return `make(site, *parts)`, made once while nothing else is made so: for a view that one page alone shows.

    Who writes the page asks for it a few times, and nobody after that; all such views together hold most of a site.
    """
    known = site.memo.get((lately, make))
    if known is not None and [*map(id, known[1])] != [*map(id, parts)]:
        del site.memo[lately, make]
    return _known(site, (lately, make), make, parts)


def _known(site: Site, key: tuple[object, ...], make: Callable[..., T], parts: tuple[object, ...]) -> T:
    known = site.memo.get(key)
    if known is None:
        known = site.memo[key] = _made(site, make, parts)
    if site.notes:
        site.notes.now.update(known[2])
    view: T = known[0]
    return view


def _made(site: Site, make: Callable[..., T], parts: tuple[object, ...]) -> _Made[T]:
    if not site.notes:
        return make(site, *parts), parts, ()
    with site.notes.apart() as read:
        made = make(site, *parts)
    return made, parts, read


def answer(site: Site, ask: Callable[[Site, str], T], word: str) -> T:
    """Return `ask(site, word)`, and note what that was rather than all that had to be read for it.

    `ask` is a function of a module, so that it can be asked again later; `repr` tells its answers apart.
    """
    if not site.notes:
        return ask(site, word)
    with site.notes.apart():
        said = ask(site, word)
    key = f"{ask.__module__}:{ask.__qualname__} {word}"
    site.notes.now.add(site.notes.of(ANSWER)[key])
    if key not in site.notes.said:
        site.notes.said[key] = digest_of(said)
    return said


def forget(site: Site, *makers: Callable[..., Any]) -> None:
    """Let go of what these made, where nobody is going to ask for it again."""
    for key in [each for each in site.memo if each[0] in makers]:
        del site.memo[key]
