"""Nouns → targets: what can be linked to, each with its title and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.model.anatomy import Muscle
from rehab.model.comment import host_id
from rehab.model.exercise import Ladder
from rehab.model.post import Post
from rehab.site.edges import comment_id, id_of
from rehab.site.site import KIND_OF, Target
from rehab.site.thread_pages import comment_url
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.comments.thread import Reply
    from rehab.model.comment import Comment
    from rehab.site.names import Names
    from rehab.site.options import Options


def targets_of(
    nouns: Iterable[Any],
    comments: Iterable[Comment],
    replies: Mapping[str, Reply],
    names: Names,
    options: Options,
) -> dict[str, Target]:
    """Return every thing that can be linked to, by its id. Ladders have no page and are none."""
    targets = {id_of(noun): target_of(noun, names, options) for noun in nouns if not isinstance(noun, Ladder)}
    for comment in comments:
        host = targets[host_id(comment.thread)]
        id_ = comment_id(comment.thread, comment.slug)
        targets[id_] = Target(
            kind="comment",
            slug=f"{comment.thread}/{comment.slug}",
            title=replies[id_].author or ANONYMOUS,
            url=comment_url(host.url, replies[id_]),
        )
    return targets


def target_of(noun: Any, names: Names, options: Options) -> Target:  # noqa: ANN401 - any noun that has a slug
    """Return what a link to a noun needs to know of it."""
    url = url_of(noun, names, options)
    return Target(kind=KIND_OF[type(noun)], slug=noun.slug, title=noun.title or noun.slug, url=url)


def url_of(noun: Any, names: Names, options: Options) -> str:  # noqa: ANN401 - any noun that has a slug
    """Return the site-relative address of a noun. A muscle's is its place on the page of its region."""
    if isinstance(noun, Muscle):
        region = names.find("region", noun.region.slug) if noun.region else None
        return f"{options.url('region', region)}#{noun.slug}" if region else ""
    own = getattr(noun, "url", "")
    if own:
        return str(own).lstrip("/")
    if isinstance(noun, Post) and noun.translation:
        return options.url("translation", noun.slug, noun.lang)
    return options.url(KIND_OF[type(noun)], noun.slug)
