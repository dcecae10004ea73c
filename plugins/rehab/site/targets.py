"""Nouns → targets: what can be linked to, each with its title and address."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from rehab.model.anatomy import Muscle
from rehab.model.comment import host_id
from rehab.model.exercise import Ladder
from rehab.model.page import Page
from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.site import KIND_OF, Target
from rehab.site.talk import thread_in
from rehab.site.thread_pages import comment_url
from rehab.site.wording import ANONYMOUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.comments.thread import Reply
    from rehab.site.names import Names
    from rehab.site.options import Options
    from rehab.site.talk import Talk

_COMMENT: Final = "comment"


class Targets(Mapping[str, Target]):
    """Everything that can be linked to, by its id. That of a comment is made when it is asked for: there are many."""

    __slots__ = ("_replies", "_talk", "things")

    def __init__(self, things: Mapping[str, Target], talk: Talk, replies: Mapping[str, Reply]) -> None:
        """Take the targets of all other things, which comments are public, and what is shown of each."""
        self.things, self._talk, self._replies = things, talk, replies

    def __getitem__(self, id_: str) -> Target:
        """Return a target."""
        found = self.things.get(id_)
        if found is not None:
            return found
        if not self._is_comment(id_):
            raise KeyError(id_)
        reply = self._replies[id_]
        url = comment_url(self.things[host_id(thread_in(id_))].url, reply)
        return Target(kind=_COMMENT, slug=id_.removeprefix(f"{_COMMENT}:"), title=reply.author or ANONYMOUS, url=url)

    def __contains__(self, id_: object) -> bool:
        """Return whether there is such a thing, without making its target."""
        return id_ in self.things or (isinstance(id_, str) and self._is_comment(id_))

    def _is_comment(self, id_: str) -> bool:
        return bool(thread_in(id_) and self._talk.leaving(id_))

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return chain(self.things, self._talk.comments())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.things) + sum(1 for _ in self._talk.comments())


def things_of(nouns: Iterable[Any], names: Names, options: Options) -> dict[str, Target]:
    """Return every thing that can be linked to but comments, by its id. Ladders have no page and are none."""
    return {id_of(noun): target_of(noun, names, options) for noun in nouns if not isinstance(noun, Ladder)}


def target_of(noun: Any, names: Names, options: Options) -> Target:  # noqa: ANN401 - any noun that has a slug
    """Return what a link to a noun needs to know of it."""
    url = url_of(noun, names, options)
    return Target(kind=KIND_OF[type(noun)], slug=noun.slug, title=noun.title or noun.slug, url=url)


def url_of(noun: Any, names: Names, options: Options) -> str:  # noqa: ANN401 - any noun that has a slug
    """Return the site-relative address of a noun. A muscle's is its place on the page of its region.

    What is written in another language than the site's has an address with its language, as Pelican gives it.
    """
    if isinstance(noun, Muscle):
        region = names.find("region", noun.region.slug) if noun.region else None
        return f"{options.url('region', region)}#{noun.slug}" if region else ""
    own = getattr(noun, "url", "")
    if own:
        return str(own).lstrip("/")
    if isinstance(noun, Post | Page) and (noun.translation or noun.lang.lower() not in {"", options.language.lower()}):
        kind = "translation" if isinstance(noun, Post) else "page_translation"
        return options.url(kind, noun.slug, noun.lang.lower())
    return options.url(KIND_OF[type(noun)], noun.slug)
