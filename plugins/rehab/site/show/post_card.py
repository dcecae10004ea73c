"""Posts as other pages show them → links, and cards in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.memo import forget, once
from rehab.site.show.bib import forget_faces, numbered, small_bib
from rehab.site.show.small import crumbs, post_date
from rehab.site.targets import url_of
from rehab.site.views.lists import PostCard
from rehab.site.views.small import Crumb

if TYPE_CHECKING:
    from rehab.site.site import Site


def find_post(site: Site, post: str | Post) -> Post:
    """Return a post by its slug, public ones before drafts and translations. Raises KeyError where there is none."""
    if isinstance(post, Post):
        return post
    found = site.nouns.get(f"post:{post}")
    if isinstance(found, Post):
        return found
    by_slug = {each.slug: each for each in reversed(site.unlisted)}
    return by_slug[post]


def post_crumb(site: Site, post: Post) -> Crumb:
    """Return a link to a post, public or not."""
    return Crumb(title=post.title, url=post_url(site, post), kind="post", slug=post.slug)


def post_url(site: Site, post: Post) -> str:
    """Return a post's address; one that stands beside a public post of the same slug is a translation of it."""
    listed = site.nouns.get(id_of(post))
    if listed and listed is not post and not post.url:
        return site.options.url("translation", post.slug, post.lang.lower())
    return url_of(post, site.names, site.options)


def post_card(site: Site, post: str | Post, reason: str = "") -> PostCard:
    """Return a post in a list, with the faces of its bibs."""
    card = once(site, _card, find_post(site, post))
    return replace(card, reason=reason) if reason else card


def _card(site: Site, post: Post) -> PostCard:
    return PostCard(
        title=post.title,
        url=post_url(site, post),
        slug=post.slug,
        date=post_date(post),
        summary=post.summary,
        authors=post.bylines,
        injuries=crumbs(site, post.injuries),
        bibs=numbered(tuple(small_bib(site, use.exercise.slug, use) for use in post.exercises)),
        reason="",
    )


def forget_cards(site: Site) -> None:
    """Let go of the cards of all posts, and of what is on them: when every list is written nobody asks for them."""
    forget(site, _card)
    forget_faces(site)


def post_cards(site: Site, ids: frozenset[str]) -> tuple[PostCard, ...]:
    """Return the posts of some ids, newest first."""
    known = sorted((id_ for id_ in ids if id_ in site.positions), key=lambda id_: site.positions[id_])
    return tuple(post_card(site, site.nouns[id_]) for id_ in known)
