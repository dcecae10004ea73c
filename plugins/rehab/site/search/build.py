"""Site → its search: the index, and the page that people search on.

In: a site. Out: the files of the index, made once, and the view of the page. Without a script the page offers the ways
through the site in words, so the view has those, each list as short as it is useful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehab.site.edges import id_of
from rehab.site.memo import once
from rehab.site.options import PLURALS
from rehab.site.search.documents import document_of, facets_of, things_of
from rehab.site.search.index import count_words, render_index
from rehab.site.show.small import breadcrumbs, counted, crumb_of
from rehab.site.views.search import SearchView, WayView
from rehab.site.views.small import Crumb

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.site.search.documents import Document
    from rehab.site.search.index import Index
    from rehab.site.site import Site

TITLE: Final = "Search"
FEW, NEWEST = 12, 4
"""Things and posts named on the page itself; a longer list is one link away."""


def search_index(site: Site) -> Index:
    """Return the index."""
    return once(site, _index)


def _index(site: Site) -> Index:
    documents = search_documents(site)
    return render_index(documents, facets_of(site, documents), site.options.language)


def search_documents(site: Site) -> tuple[Document, ...]:
    """Return everything that can be found, its words counted."""
    return once(site, _documents)


def _documents(site: Site) -> tuple[Document, ...]:
    found = (once(site, _counted, noun) for noun in things_of(site))
    return tuple(each for each in found if each.url)


def _counted(site: Site, noun: Any) -> Document:  # noqa: ANN401 - nouns of all kinds
    return count_words(document_of(site, noun))


def prepare_search(site: Site, heed: Callable[[], object]) -> None:
    """Count the words of everything that can be found, one after the other; `heed` is called between, and may raise."""
    for noun in things_of(site):
        heed()
        once(site, _counted, noun)


def search_view(site: Site) -> SearchView:
    """Return the page."""
    return once(site, _view)


def _view(site: Site) -> SearchView:
    url = site.options.url("search")
    return SearchView(
        kind="search",
        title=TITLE,
        url=url,
        index=search_index(site).head,
        ways=tuple(way for way in (_injuries(site), _exercises(site), _posts(site)) if way.count),
        description=f"Search {site.options.site_name}: injuries, exercises, treatments, posts and what readers say.",
        breadcrumbs=breadcrumbs(site, "", TITLE, url),
    )


def _injuries(site: Site) -> WayView:
    most = sorted(site.injuries, key=lambda each: -len(site.edges_to(id_of(each), "about")))
    return _way(site, "injury", [id_of(each) for each in most], FEW)


def _exercises(site: Site) -> WayView:
    most = sorted(site.exercises, key=lambda each: -len(site.edges_to(id_of(each), "uses")))
    return _way(site, "exercise", [id_of(each) for each in most], FEW)


def _posts(site: Site) -> WayView:
    return _way(site, "post", [id_of(each) for each in site.posts], NEWEST)


def _way(site: Site, noun: str, ids: list[str], most: int) -> WayView:
    """Return the first of some things of a kind, and the way to all of them."""
    name = PLURALS[noun]
    words = f"All {counted(len(ids), noun)}" if len(ids) > most else f"The list of {name}"
    some = tuple(crumb_of(site, each) for each in ids[:most])
    whole = Crumb(title=words, url=url) if (url := site.options.url(name)) else None
    return WayView(heading=f"By {noun}", some=some, count=len(ids), whole=whole)
