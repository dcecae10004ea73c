"""The posts about an injury → its own page shows the newest; where there are more, pages of their own list all.

In: a site. Out: the first of the posts, and the views of those pages. So no page grows with the blog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.site.edges import id_of
from rehab.site.memo import answer
from rehab.site.show.browse import page_of_list
from rehab.site.show.post_card import post_card
from rehab.site.show.small import breadcrumbs, counted
from rehab.site.thread_pages import folder_of
from rehab.site.views.lists import PostsAboutView
from rehab.site.views.small import Crumb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.injury import Injury
    from rehab.site.site import Site
    from rehab.site.views.lists import PostCard

SHOWN: Final = 12
"""How many posts the page of an injury shows, and each page of the list of all."""


def posts_about(site: Site, injury: str) -> tuple[PostCard, ...]:
    """Return the posts about an injury, by its id, and those that mention it, newest first."""
    return tuple(post_card(site, site.nouns[id_]) for id_ in ids_about(site, injury))


def ids_about(site: Site, injury: str) -> tuple[str, ...]:
    """Return the ids of these posts."""
    ids = {edge.from_ for edge in site.edges_to(injury, "about", "mentions")}
    return tuple(sorted((id_ for id_ in ids if id_ in site.positions), key=site.positions.__getitem__))


def way_to_all(site: Site, injury: str, count: int) -> Crumb | None:
    """Return the link to the list of all posts about an injury, or None where its own page has them all."""
    url = _url(site.targets[injury].url)
    return Crumb(title=f"All {counted(count, 'post')}", url=url) if count > SHOWN else None


def _url(injury: str) -> str:
    return f"{folder_of(injury)}posts/"


def posts_about_pages(site: Site) -> Iterator[PostsAboutView]:
    """Yield the pages of all posts about an injury, for each that has more than its own page shows."""
    for injury in site.injuries:
        count = len(ids_about(site, id_of(injury)))
        if count > SHOWN:
            yield from (_page(site, injury, start) for start in range(0, count, SHOWN))


def _page(site: Site, injury: Injury, start: int) -> PostsAboutView:
    ids = answer(site, ids_about, id_of(injury))
    target, last = site.targets[id_of(injury)], -(-len(ids) // SHOWN)
    number = start // SHOWN + 1
    position = f"Page {number} of {last}"
    first, here = _url(target.url), page_of_list(_url(target.url), number)
    title = f"Posts about {injury.title}"
    crumbs = (*breadcrumbs(site, "injury", injury.title, target.url), Crumb(title="Posts", url=first))
    return PostsAboutView(
        title=title,
        url=here,
        posts=tuple(post_card(site, site.nouns[id_]) for id_ in ids[start : start + SHOWN]),
        first=start + 1,
        position_words=position,
        newer=page_of_list(first, number - 1) if number > 1 else "",
        older=page_of_list(first, number + 1) if number < last else "",
        description=f"{title}, newest first: {counted(len(ids), 'post')}. {position}.",
        breadcrumbs=(*crumbs, Crumb(title=position, url=here)) if number > 1 else crumbs,
    )
