"""Feeds of the posts about one injury: who has it wants no others.

In: the linked site, and Pelican's articles. Out: for each injury that posts are about, where its feed is, its title and
its articles, newest first. Pelican writes them as it writes the feed of all posts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehab.model.post import Post
from rehab.site.edges import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.site.site import Site

FOLDER: Final = "feeds/injuries"
NEWEST: Final = 30
"""Posts in one feed, each with its whole text."""


def feed_of_injury(site: Site, slug: str) -> str:
    """Return where the feed of an injury is, or "" where no post is about it."""
    return f"{FOLDER}/{slug}.atom.xml" if site.edges_to(f"injury:{slug}", "about") else ""


def injury_feeds(site: Site, articles: Iterable[Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield the place, the title and the articles of each feed. Articles come newest first and stay so."""
    about: dict[str, list[Any]] = {}
    for article in articles:
        post = article.metadata.get("rehab")
        here = id_of(post) if isinstance(post, Post) else ""
        if here and site.nouns.get(here) is post:
            for edge in site.edges_from(here, "about"):
                about.setdefault(edge.to, []).append(article)
    for injury in site.injuries:
        if some := about.get(id_of(injury)):
            yield feed_of_injury(site, injury.slug), f"{site.options.site_name}: {injury.title}", some[:NEWEST]
