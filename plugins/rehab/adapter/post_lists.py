"""Lists that Pelican makes of posts: all, or those of a tag, a category, an author, a time; and the lists of names.

In: the running build, and what Pelican passes to the template of a list. Out: what the list shows. Of a list of the
posts of some time, `period` is its year, month and day, as far as they are meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from markupsafe import Markup

from rehab.adapter.shown import Shown
from rehab.site import pages, structured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.adapter.build import Build
    from rehab.model.post import Post
    from rehab.site.site import Site
    from rehab.site.views.lists import PostCard

NAMES: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "tags": lambda article: getattr(article, "tags", ()),
    "categories": lambda article: (article.category,) if hasattr(article, "category") else (),
    "authors": lambda article: getattr(article, "authors", ()),
}
"""Lists of names, with those that an article has: such a list shows no post."""

SAID: Mapping[str, str] = {
    "index": "Runners tell how they got hurt, what they did about it, how much of it, and who told them to.",
    "archives": "All {posts} of {site}, newest first.",
    "tags": "Everything that the posts of {site} are about, by tag.",
    "categories": "The posts of {site} by category.",
    "authors": "Who writes on {site}.",
    "tag": "{posts} about {subject} on {site}.",
    "category": "{posts} in the category {subject} on {site}.",
    "author": "{posts} by {subject} on {site}.",
    "period_archives": "{posts} of {subject} on {site}.",
}
"""What each list of posts says of itself, by Pelican's name for its template."""


class Cards(Sequence["PostCard"]):
    """The cards of posts, made as they are asked for: one page of a list shows a few of thousands."""

    def __init__(self, site: Site, posts: tuple[Post, ...]) -> None:
        """Take the posts in their order."""
        self._site, self._posts = site, posts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._posts)

    @overload
    def __getitem__(self, at: int) -> PostCard: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[PostCard, ...]: ...

    def __getitem__(self, at: int | slice) -> PostCard | tuple[PostCard, ...]:
        """Return the card that stands somewhere, or some of them."""
        if isinstance(at, slice):
            return tuple(pages.post_card(self._site, post) for post in self._posts[at])
        return pages.post_card(self._site, self._posts[at])


def show_names(build: Build, name: str, url: str, kwargs: Mapping[str, Any]) -> Shown:
    """Show the list of all tags, categories or authors."""
    title = pages.list_title(name)
    crumbs = pages.list_crumbs(build.site, name, title, url)
    found = {each for article in kwargs.get("articles") or () for each in NAMES[name](article)}
    named = [(str(each), str(each.url)) for each in sorted(found)]
    return Shown(
        crumbs=crumbs,
        description=SAID[name].format(site=build.site.options.site_name),
        structured=structured.for_names(build.site, title, url, named, crumbs),
    )


def show_posts(build: Build, name: str, url: str, kwargs: Mapping[str, Any]) -> Shown:
    """Show a list of posts: all of them, or those of a tag, a category, an author, a time."""
    nouns = (article.metadata.get("rehab") for article in kwargs.get("articles") or ())
    cards = Cards(build.site, tuple(noun for noun in nouns if noun is not None))
    subject = pages.period_title(kwargs["period"]) if "period" in kwargs else kwargs.get(name)
    title = str(subject) if subject is not None else pages.list_title(name)
    counted = f"{len(cards)} post{'' if len(cards) == 1 else 's'}"
    words = SAID.get(name, title).format(posts=counted, subject=subject, site=build.site.options.site_name)
    crumbs = pages.list_crumbs(build.site, name, title, url)

    def said_of(here: Any = None) -> Markup:  # noqa: ANN401 - Pelican's page of a list
        """Return the structured data of all posts, or of those on one page of the list."""
        first, last, at = (here.start_index(), here.end_index(), here.url) if here else (1, len(cards), url)
        data = structured.for_posts(build.site, title, at, cards[first - 1 : last], crumbs, first)
        return Markup(structured.render_structured(data))  # noqa: S704 - escaped there

    variables = {"posts": cards, "structured": said_of, "list_title": title}
    return Shown(variables=variables, crumbs=crumbs, description=words)
