"""Pages without a photo → the card that stands for them where somebody shares their address.

In: the linked site. Out: what has a card, and the view of it. An exercise's card is its bib, with the usual dose; a
post's has its title; that of an injury, a treatment or a program its title too, what it is, and one fact. Those whose
name our font cannot write share the theme's own picture.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING, Final, TypeAlias

from rehab.images.card import Card
from rehab.images.plan import plan_card
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.site.edges import id_of
from rehab.site.pictures import path_of
from rehab.site.show.cards import held_words
from rehab.site.show.dose import dose_facts, dose_headline
from rehab.site.show.photos import pictures_in
from rehab.site.show.small import image_views, view_of
from rehab.site.status import is_stub
from rehab.site.text.images import images_of
from rehab.site.wording import STUB_HEADLINE, TREATMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.images.plan import Picture, Recipe
    from rehab.site.site import Site
    from rehab.site.views.picture import PictureView

Named: TypeAlias = "Injury | Treatment | Program"
"""What has a card with its kind on it."""
KINDS: Final = {Injury: "Injury", Treatment: "Treatment", Program: "Program"}


def with_cards(site: Site, recipe: Recipe) -> Site:
    """Return a site with the cards of all that may have one."""
    return dataclasses.replace(site, cards=dict(_cards(site, recipe)))


def card_view(site: Site, noun: Exercise | Post | Named) -> tuple[PictureView, ...]:
    """Return the card of a thing as the one picture that may stand for it, or nothing."""
    planned = site.cards.get(id_of(noun))
    return (view_of(planned, alt=planned.card.words),) if planned and planned.card else ()


def shared_views(site: Site, exercise: Exercise) -> tuple[PictureView, ...]:
    """Return the pictures that may stand for an exercise elsewhere: its own, those of its steps, its card."""
    of_steps = (image for step in exercise.steps for image in step.images)
    return (*image_views(site, (*exercise.images, *of_steps)), *card_view(site, exercise))


def shared_by(site: Site, noun: Named) -> tuple[PictureView, ...]:
    """Return the pictures that may stand for an injury, a treatment or a program elsewhere: of its text, its card."""
    return (*pictures_in(site, noun), *card_view(site, noun))


def _cards(site: Site, recipe: Recipe) -> Iterator[tuple[str, Picture]]:
    named: tuple[Named, ...] = (*site.injuries, *site.treatments, *site.programs)
    for noun in (*site.exercises, *site.posts, *site.unlisted, *named):
        if _has_photo(site.pictures, _pictures_of(site, noun)):
            continue
        planned = plan_card(_card_of(site, noun), id_of(noun).replace(":", "-"), recipe)
        if planned:
            yield id_of(noun), planned


def _card_of(site: Site, noun: Exercise | Post | Named) -> Card:
    title = unicodedata.normalize("NFC", noun.title)
    if isinstance(noun, Post):
        return Card(title)
    if not isinstance(noun, Exercise):
        fact = _fact(site, noun)
        return Card(title, facts=(fact,) if fact else (), kind=KINDS[type(noun)])
    number = dose_headline(noun.dose) or (STUB_HEADLINE if is_stub(noun) else "")
    return Card(title, number, tuple(value for _, value in dose_facts(noun.dose)))


def _fact(site: Site, noun: Named) -> str:
    """Return where an injury is, what a treatment is, what a program holds."""
    if isinstance(noun, Injury):
        region = site.follow(noun.region)
        return region.title if region else ""
    if isinstance(noun, Treatment):
        return TREATMENT_KINDS.get(noun.kind, "")
    return held_words(site, noun)


def _has_photo(pictures: Mapping[str, Picture], paths: Iterator[str | None]) -> bool:
    return any(pictures[path].photo.kind != "svg" for path in paths if path and path in pictures)


def _pictures_of(site: Site, noun: Exercise | Post | Named) -> Iterator[str | None]:
    if isinstance(noun, Exercise):
        return _of_exercise(noun)
    return _of_post(site, noun) if isinstance(noun, Post) else (image.path for image in images_of(noun))


def _of_exercise(exercise: Exercise) -> Iterator[str | None]:
    yield from (path_of(image) for image in exercise.images)
    yield from (path_of(image) for step in exercise.steps for image in step.images)


def _of_post(site: Site, post: Post) -> Iterator[str | None]:
    """Yield the pictures of a post: its own, those of its text, those of its exercises."""
    yield from (path_of(image) for image in post.gallery)
    yield from (image.path for image in images_of(post))
    for use in post.exercises:
        known = site.noun(Exercise, use.exercise.slug) or use.defines
        yield from (path_of(image) for image in (*use.images, *(known.images if known else ())))
