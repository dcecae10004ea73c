"""Home, lists, galleries and the site's own pages → structured data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site import pages
from rehab.site.options import PLURALS
from rehab.site.plain import plain_words
from rehab.site.show.small import breadcrumbs
from rehab.site.structured.document import Data, collection, graph_of
from rehab.site.structured.images import image_objects, photo_object

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.site.site import Site
    from rehab.site.views.browse import ExerciseListView
    from rehab.site.views.lists import PostCard
    from rehab.site.views.photo import GalleryView, PhotoView
    from rehab.site.views.small import Crumb


def for_home(site: Site) -> Data:
    """Return the site itself."""
    data = {
        "@type": "WebSite",
        "name": site.options.site_name,
        "url": site.options.absolute(""),
        "inLanguage": site.options.language,
    }
    return graph_of(site, (), data)


def for_own_page(site: Site, description: str, url: str) -> Data:
    """Return a page that is about nothing but itself."""
    return graph_of(site, (), {"@type": "WebPage", "description": description, "url": site.options.absolute(url)})


def for_list(site: Site, name: str) -> Data:
    """Return the page that lists all things of a kind, by its name (`exercises`)."""
    if name == "glossary":
        return _for_glossary(site)
    title, url = pages.list_title(name), site.options.url(name)
    if name == "search":
        return graph_of(site, breadcrumbs(site, "", title, url), _search_page(site, title, url))
    kind = {plural: one for one, plural in PLURALS.items() if one != "region"}[name]
    targets = [site.targets[f"{kind}:{noun.slug}"] for noun in getattr(site, name)]
    page = collection(site, title, url, ((target.title, target.url) for target in targets))
    return graph_of(site, breadcrumbs(site, "", title, url), page)


def _search_page(site: Site, title: str, url: str) -> Data:
    """Return the page that people search on."""
    return {"@type": "SearchResultsPage", "name": title, "url": site.options.absolute(url)}


def _for_glossary(site: Site) -> Data:
    """Return the glossary: every word with its meaning in plain text."""
    view = pages.glossary_list(site)
    terms = [term for _, some in view.letters for term in some]
    address = site.options.absolute(view.url)
    words = [
        {
            "@type": "DefinedTerm", "@id": f"{address}#{term.slug}", "name": term.title,
            "alternateName": [*term.short, *term.also], "description": plain_words(term.meaning),
        }
        for term in terms
    ]  # fmt: skip
    page = {"@type": "DefinedTermSet", "@id": address, "name": view.title, "url": address, "hasDefinedTerm": words}
    return graph_of(site, view.breadcrumbs, page)


def for_exercises(site: Site, view: ExerciseListView) -> Data:
    """Return a page of a list of exercises: those that stand on it, each with its place in the whole list."""
    bibs = [bib for part in view.parts for bib in part.bibs]
    page = collection(site, view.title, view.url, ((bib.title, bib.url) for bib in bibs), first=view.first)
    page["description"] = view.description
    page["mainEntity"]["numberOfItems"] = view.total
    return graph_of(site, view.breadcrumbs, page)


def for_names(site: Site, title: str, url: str, named: Iterable[tuple[str, str]], crumbs: tuple[Crumb, ...]) -> Data:
    """Return the page that lists all tags, categories or authors, each as its name and its address."""
    return graph_of(site, crumbs, collection(site, title, url, named))


def for_posts(  # noqa: PLR0913 - what a page of a list is
    site: Site, title: str, url: str, cards: Iterable[PostCard], crumbs: tuple[Crumb, ...], first: int = 1
) -> Data:
    """Return a page that lists some posts, of all or of a tag, a category, an author. `first` is the first's number."""
    return graph_of(site, crumbs, collection(site, title, url, ((card.title, card.url) for card in cards), first))


def for_gallery(site: Site, slug: str) -> Data:
    """Return a gallery with its pictures."""
    view: GalleryView = pages.gallery_view(site, slug)
    url = site.options.absolute(view.url)
    gallery = {
        "@type": "ImageGallery",
        "name": view.title,
        "description": view.description,
        "url": url,
        "image": image_objects(site, view.pictures),
    }
    return graph_of(site, view.breadcrumbs, gallery)


def for_photo(site: Site, view: PhotoView) -> Data:
    """Return a picture of a gallery."""
    return graph_of(site, view.breadcrumbs, photo_object(site, view))
