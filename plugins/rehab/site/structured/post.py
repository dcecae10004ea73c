"""Posts and plain pages → structured data. A date is said only where it was stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site import pages
from rehab.site.structured.document import Data, filled, graph_of, named, people
from rehab.site.structured.exercise import plan_of
from rehab.site.structured.images import image_objects
from rehab.site.structured.thread import said

if TYPE_CHECKING:
    from rehab.site.site import Site
    from rehab.site.views.post import PageView, PostView


def for_post(site: Site, post: str | PostView) -> Data:
    """Return a post with its comments."""
    view = pages.post_view(site, post) if isinstance(post, str) else post
    url = site.options.absolute(view.url)
    stated = view.date.iso if view.date.basis == "stated" else ""
    bibs = [plan_of(site, bib) for bib in view.bibs]
    posting = {
        "@type": "BlogPosting",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": view.title,
        "description": view.description,
        "inLanguage": view.lang,
        "datePublished": stated,
        "dateModified": view.modified.iso,
        "author": people(view.authors),
        "articleSection": view.category,
        "keywords": list(view.tags),
        "about": [named("MedicalCondition", site, injury) for injury in view.injuries],
        "mentions": bibs,
        "image": image_objects(site, view.gallery),
        "citation": [filled({"@type": "CreativeWork", "name": each.title, "url": each.url}) for each in view.sources],
        **said(site, view.url, view.thread),
    }
    return graph_of(site, view.breadcrumbs, posting)


def for_page(site: Site, page: str | PageView) -> Data:
    """Return a plain page."""
    view = pages.page_view(site, page) if isinstance(page, str) else page
    data = {
        "@type": "WebPage",
        "name": view.title,
        "description": view.description,
        "url": site.options.absolute(view.url),
        "inLanguage": view.lang,
        "dateModified": view.modified.iso,
        "author": people(view.authors),
    }
    return graph_of(site, view.breadcrumbs, data)
