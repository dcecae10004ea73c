"""Rules on what posts say: links, promises, claims, doses in the text."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rehab.model.dose.shape import DOSE
from rehab.model.exercise import Exercise
from rehab.site.status import is_stub
from rehab.source.nodes import Scalar
from rehab.source.place import find_below
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.nouns import Promise
    from rehab.site.site import Site


def check_lost_links(site: Site) -> Iterator[Problem]:
    """A link whose target is lost is worth looking for."""
    for post in (*site.posts, *site.unlisted):
        for lost in post.lost_links:
            message = f"the link '{lost.text}' is lost"
            hint = "link to it if you find it again, then take it out of `lost_links`"
            yield Problem("lost-link", lost.place, message, hint)


def check_promises(site: Site) -> Iterator[Problem]:
    """What a post promises is on the site."""
    for promise in (promise for post in site.posts for promise in post.promises):
        if not is_kept(promise, site):
            waiting = [ref.slug for ref in promise.exercises if not _is_full(ref.slug, site)]
            names = "name its `exercises`, or take it out once it is kept"
            hint = f"fill in {', '.join(waiting)}" if waiting else names
            message = f"promised and not here yet: '{promise.text}'"
            yield Problem("open-promise", promise.place, message, hint)


def is_kept(promise: Promise, site: Site) -> bool:
    """Return whether every exercise that is promised is full. A promise that names none stays open."""
    return bool(promise.exercises) and all(_is_full(ref.slug, site) for ref in promise.exercises)


def _is_full(slug: str, site: Site) -> bool:
    exercise = site.noun(Exercise, slug)
    return exercise is not None and not is_stub(exercise)


def check_claims(site: Site) -> Iterator[Problem]:
    """A claim names its source."""
    in_posts = (claim for post in (*site.posts, *site.unlisted) for claim in post.claims)
    of_treatments = (claim for treatment in site.treatments for claim in treatment.claims)
    for claim in chain(in_posts, of_treatments):
        if claim.evidence == "uncited" or (claim.evidence == "cited" and not claim.source):
            hint = "add `source:` with where it is written, or say whose words they are"
            yield Problem("uncited-claim", claim.place, f"no source is given for '{claim.text}'", hint)


def check_placed_doses(site: Site) -> Iterator[Problem]:
    """The dose of a card in the text, `![[slug | dose]]`, is a dose."""
    for found in chain(*site.text_refs.values()):
        target = site.resolve(found.ref)
        if found.placed and found.ref.words and target and target.kind == "exercise":
            bar = find_below(site.texts.get(found.place.path, ""), "|", found.place)
            place = find_below(site.texts.get(found.place.path, ""), found.ref.words, bar)
            _, problems = DOSE.parse(Scalar(found.ref.words, place))
            yield from problems
