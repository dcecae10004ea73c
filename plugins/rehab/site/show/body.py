"""The body map: a linked site → what is drawn, and the same as a list beside it.

In: a `Site`. Out: `BodyView`. Everything that the drawing shows is said in words here: what a place is called, where it
lies, how much is recorded of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.drawing import AREAS, MARKS
from rehab.site.edges import id_of
from rehab.site.memo import once
from rehab.site.show.cards import card_of, counts, injury_card
from rehab.site.show.small import crumb_of
from rehab.site.views.map import BodyView, FeltView, PartView, SpotView, StructureView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.model.anatomy import Muscle, Region
    from rehab.model.injury import Injury
    from rehab.site.site import Site
    from rehab.site.views.lists import CardView

NOTHING = "nothing recorded yet"
NOWHERE = "Z"
"""The letter in OSIICS of what nobody said the place of."""

MOST_WORDS = 5
"""How many words of readers stand beside a region in the list; its own page has them all."""
FEW_WORDS = 3

_PLACING = set("across along at behind below deep down in inside on outside over round under up where".split())
"""What a place begins with that needs no comma before it."""


def body_view(site: Site) -> BodyView:
    """Return the body map of a site."""
    return once(site, _body_view)


def _body_view(site: Site) -> BodyView:
    shown = [region for region in site.regions if region.osiics != NOWHERE or injuries_in(site, region)]
    parts = {region.slug: _part(site, region) for region in shown}
    muscles = {muscle.slug: muscle for muscle in site.muscles}
    return BodyView(
        areas=tuple(_area(site, region) for region in shown if region.slug in AREAS),
        marks=tuple(_mark(site, muscles[slug]) for slug in MARKS if slug in muscles),
        told=tuple(part for part in parts.values() if part.told),
        quiet=tuple(part for part in parts.values() if not part.told),
        felt=tuple(felt_in(site, (injury for region in shown for injury in injuries_in(site, region)))),
    )


def injuries_in(site: Site, region: Region) -> tuple[Injury, ...]:
    """Return the injuries of a region, in order of title."""
    inside = site.edges_to(id_of(region), "in-region")
    return tuple(site.nouns[edge.from_] for edge in inside if edge.from_.startswith("injury:"))


def muscles_in(site: Site, region: Region) -> tuple[Muscle, ...]:
    """Return the muscles and other structures of a region, in the vocabulary's order."""
    inside = site.edges_to(id_of(region), "in-region")
    return tuple(site.nouns[edge.from_] for edge in inside if edge.from_.startswith("muscle:"))


def working_in(site: Site, muscles: Iterable[Muscle]) -> set[str]:
    """Return the ids of the exercises that work some muscles."""
    return {edge.from_ for muscle in muscles for edge in site.edges_to(id_of(muscle), "works", "works-also")}


def felt_in(site: Site, injuries: Iterable[Injury]) -> Iterator[FeltView]:
    """Yield the symptoms of injuries in the words of who had them: the first of each injury, then the second, …."""
    rows = [(number, injury) for injury in injuries for number in range(len(injury.symptoms))]
    for number, injury in sorted(rows, key=lambda row: row[0]):
        symptom = injury.symptoms[number]
        between = " " if symptom.where.partition(" ")[0] in _PLACING else ", " if symptom.where else ""
        words = f"{symptom.what}{between}{symptom.where}"
        yield FeltView(words=words[:1].upper() + words[1:], more=symptom.pattern, injury=crumb_of(site, id_of(injury)))


def region_words(region: Region, taken: Iterable[str] = (), most: int = FEW_WORDS) -> tuple[str, ...]:
    """Return what readers call a region and trouble there, without what its title, or `taken`, says already."""
    title = region.title.casefold()
    said = " ".join((title, *taken)).casefold()
    words: dict[str, str] = {}
    for word in region.aliases:
        if _stem(word) not in said and title not in word.casefold():
            words.setdefault(_stem(word), word)
    return (*[*words.values()][:most], *(word for word in region.complaints if word.casefold() not in said))


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s")


def _count_words(site: Site, region: Region) -> str:
    exercises = working_in(site, muscles_in(site, region))
    return counts(injury=len(injuries_in(site, region)), exercise=len(exercises))


def _part(site: Site, region: Region) -> PartView:
    injuries = tuple(injury_card(site, injury) for injury in injuries_in(site, region))
    names = [name for injury in injuries for name in (injury.title, *injury.aliases)]
    return PartView(
        title=region.title,
        url=site.targets[id_of(region)].url,
        slug=region.slug,
        told=bool(injuries),
        words=region_words(region, names, MOST_WORDS if injuries else FEW_WORDS),
        count_words=_count_words(site, region),
        injuries=injuries,
        structures=tuple(_structures(site, region)),
    )


def _structures(site: Site, region: Region) -> Iterator[StructureView]:
    """Yield what is drawn, is no muscle, or has an injury; the region's own page has all of its muscles."""
    for muscle in muscles_in(site, region):
        told = bool(site.edges_to(id_of(muscle), "involves"))
        if told or muscle.slug in MARKS or muscle.level == "structure":
            short = next((alias for alias in muscle.aliases if alias.isupper()), "")
            words = ", ".join(part for part in (short, muscle.lies) if part)
            yield StructureView(title=muscle.title, url=site.targets[id_of(muscle)].url, words=words, told=told)


def _area(site: Site, region: Region) -> SpotView:
    count = len(injuries_in(site, region))
    label = f"{region.title}: {_count_words(site, region) or NOTHING}"
    return SpotView(slug=region.slug, url=site.targets[id_of(region)].url, label=label, told=bool(count), count=count)


def _mark(site: Site, muscle: Muscle) -> SpotView:
    here = id_of(muscle)
    count = len(site.edges_to(here, "involves"))
    words = counts(injury=count, exercise=len(working_in(site, [muscle]))) or NOTHING
    name = ", ".join(part for part in (muscle.title, muscle.lies) if part)
    url = site.targets[here].url
    return SpotView(slug=muscle.slug, url=url, label=f"{name}: {words}", told=bool(count), count=count)


def region_card(site: Site, region: Region) -> CardView:
    """Return a region in a list, with how many injuries and exercises there are for it."""
    words = _count_words(site, region)
    return card_of(site, id_of(region), count=len(injuries_in(site, region)), words=words)
