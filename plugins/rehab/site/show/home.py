"""The home page → its view."""

from __future__ import annotations

import re
from heapq import nlargest
from html import unescape
from typing import TYPE_CHECKING

from rehab.model.comment import host_id
from rehab.site.edges import id_of
from rehab.site.show.body import body_view
from rehab.site.show.cards import injury_card
from rehab.site.show.lists import exercise_bib
from rehab.site.show.post_card import post_card
from rehab.site.show.small import crumb_of, date_view
from rehab.site.views.map import HomeView, VoiceLine
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.comments.thread import Reply
    from rehab.site.site import Site
    from rehab.site.views.bib import BibView

NEWEST = 3
MOST_USED = 6
VOICES = 3
LONGEST_VOICE = 170

_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")


def home_view(site: Site) -> HomeView:
    """Return the home page: the body map, newest posts, the exercises used most, what readers said last."""
    return HomeView(
        kind="home",
        title=site.options.site_name,
        url=site.options.url("home"),
        newest=tuple(post_card(site, post) for post in site.posts[:NEWEST]),
        injuries=tuple(injury_card(site, injury) for injury in site.injuries),
        body=body_view(site),
        most_used=_most_used(site),
        voices=tuple(voice_lines(site)),
        description="",
        breadcrumbs=(),
    )


def _most_used(site: Site) -> tuple[BibView, ...]:
    """Return the exercises that stand in most posts, ties by title."""
    counts = {
        exercise.slug: len({edge.from_ for edge in site.edges_to(id_of(exercise), "uses")})
        for exercise in site.exercises
    }
    used = [exercise for exercise in site.exercises if counts[exercise.slug]]
    most = sorted(used, key=lambda exercise: -counts[exercise.slug])[:MOST_USED]
    return tuple(exercise_bib(site, exercise) for exercise in most)


def newest_voices(site: Site) -> list[tuple[str, Reply]]:
    """Return what readers said last, by id: no author's answers, and nothing undated, which may be old.

    What stands in a thread that is switched off is on no page.
    """
    dated = (
        (reply.date, id_, reply)
        for id_, reply in site.replies.items()
        if id_ in site.targets and reply.date and not reply.by_post_author and not reply.deleted
    )
    return [(id_, reply) for _, id_, reply in nlargest(VOICES, dated, key=lambda each: each[:2])]


def voice_lines(site: Site) -> Iterator[VoiceLine]:
    """Yield what readers said last, as the home page has it."""
    for id_, reply in newest_voices(site):
        target = site.targets[id_]
        yield VoiceLine(
            author=reply.author or ANONYMOUS,
            words=_short(reply.html),
            when=date_view(reply.date, precision=reply.date_precision),
            url=target.url,
            host=crumb_of(site, host_id(target.slug.rpartition("/")[0])),
        )


def _short(html: str) -> str:
    """Return clean HTML as plain words, cut at a word."""
    words = _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()
    if len(words) <= LONGEST_VOICE:
        return words
    return words[: words.rfind(" ", 0, LONGEST_VOICE)].rstrip(" ,;:–—-.") + "…"
