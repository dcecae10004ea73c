"""What readers choose exercises by, looked up: by question, by address, by exercise.

In: a site, and what is asked for. Out: the `Choice`s of it (`rehab.site.choices`), made once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.axes import URL_OF
from rehab.site.choices import Choice, make_choices
from rehab.site.memo import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.site import Site


def choices_of(site: Site) -> Mapping[str, tuple[Choice, ...]]:
    """Return all answers that have exercises, by axis."""
    return once(site, make_choices)


def choice_at(site: Site, url: str) -> Choice | None:
    """Return the choice whose list has an address, or None where nothing is listed there."""
    return once(site, _by_url).get(url)


def _by_url(site: Site) -> Mapping[str, Choice]:
    return {url_of(site, each): each for choices in choices_of(site).values() for each in choices}


def url_of(site: Site, choice: Choice) -> str:
    """Return the address of the list of a choice."""
    return site.options.url(URL_OF.format(choice.axis), choice.slug)


def choices_with(site: Site, exercise: str) -> Mapping[str, tuple[Choice, ...]]:
    """Return the answers that one exercise fits, by axis. It is named by its slug."""
    return once(site, _by_exercise).get(exercise, {})


def _by_exercise(site: Site) -> Mapping[str, Mapping[str, tuple[Choice, ...]]]:
    found: dict[str, dict[str, list[Choice]]] = {}
    for axis, choices in choices_of(site).items():
        for choice in choices:
            for slug in choice.exercises:
                found.setdefault(slug, {}).setdefault(axis, []).append(choice)
    return {slug: {axis: tuple(some) for axis, some in by_axis.items()} for slug, by_axis in found.items()}


def left_out_for(site: Site, exercise: str) -> tuple[Choice, ...]:
    """Return the injuries whose lists leave an exercise out. It is named by its slug."""
    return once(site, _left_out).get(exercise, ())


def _left_out(site: Site) -> Mapping[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for choice in choices_of(site)["for"]:
        for slug in choice.left_out:
            found[slug] = (*found.get(slug, ()), choice)
    return found


def region_url(site: Site, slug: str) -> str:
    """Return the address of the exercises for a region, or "" where there are none."""
    url = site.options.url(URL_OF.format("region"), slug)
    return url if choice_at(site, url) else ""
