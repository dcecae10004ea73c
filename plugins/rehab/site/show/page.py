"""Plain pages → views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.show.small import breadcrumbs, date_view, image_views, page_description
from rehab.site.targets import url_of
from rehab.site.views.post import PageView

if TYPE_CHECKING:
    from rehab.model.page import Page
    from rehab.site.site import Site


def page_view(site: Site, page: str | Page) -> PageView:
    """Return the view of a plain page, by its slug, or of the very page given."""
    noun = _find_page(site, page) if isinstance(page, str) else page
    url = url_of(noun, site.names, site.options)
    return PageView(
        kind="page",
        title=noun.title,
        url=url,
        slug=noun.slug,
        lang=noun.lang or site.options.language,
        date=date_view(noun.date),
        modified=date_view(noun.modified),
        authors=noun.authors or ((noun.author,) if noun.author else ()),
        summary=noun.summary,
        pictures=image_views(site, noun.images),
        description=page_description(noun),
        breadcrumbs=breadcrumbs(site, "page", noun.title, url),
    )


def _find_page(site: Site, slug: str) -> Page:
    return {page.slug: page for page in (*reversed(site.drafts), *site.pages)}[slug]
