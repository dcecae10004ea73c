"""Nouns → targets: what can be linked to, each with its title and address."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from rehab.model.anatomy import Muscle
from rehab.model.comment import host_id
from rehab.model.exercise import Ladder
from rehab.model.post import Post
from rehab.site.edges import comment_id, id_of
from rehab.site.site import KIND_OF, Target
from rehab.site.thread_pages import comment_url
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.comments.thread import Reply
    from rehab.model.comment import Comment
    from rehab.site.names import Names
    from rehab.site.options import Options

_COMMENT: Final = "comment"


class Targets(Mapping[str, Target]):
    """Everything that can be linked to, by its id. That of a comment is made when it is asked for: there are many."""

    __slots__ = ("_comments", "_replies", "_things")

    def __init__(self, things: Mapping[str, Target], comments: Iterable[Comment], replies: Mapping[str, Reply]) -> None:
        """Take the targets of all other things, the public comments, and what is shown of comments, by their ids."""
        self._things, self._replies = things, replies
        self._comments = {comment_id(each.thread, each.slug): each.thread for each in comments}

    def __getitem__(self, id_: str) -> Target:
        """Return a target."""
        thread = self._comments.get(id_)
        if thread is None:
            return self._things[id_]
        reply = self._replies[id_]
        url = comment_url(self._things[host_id(thread)].url, reply)
        return Target(kind=_COMMENT, slug=id_.removeprefix(f"{_COMMENT}:"), title=reply.author or ANONYMOUS, url=url)

    def __contains__(self, id_: object) -> bool:
        """Return whether there is such a thing, without making its target."""
        return id_ in self._things or id_ in self._comments

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return chain(self._things, self._comments)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._things) + len(self._comments)


def targets_of(
    nouns: Iterable[Any],
    comments: Iterable[Comment],
    replies: Mapping[str, Reply],
    names: Names,
    options: Options,
) -> Targets:
    """Return every thing that can be linked to, by its id. Ladders have no page and are none."""
    things = {id_of(noun): target_of(noun, names, options) for noun in nouns if not isinstance(noun, Ladder)}
    return Targets(things, comments, replies)


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
