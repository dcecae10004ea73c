"""What readers said → structured data: how many comments a page has, and those that stand on it.

No date that nobody stated; whoever left no name is called as the page calls them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.site.plain import text_of
from rehab.site.structured.document import Data, filled, graph_of

if TYPE_CHECKING:
    from rehab.site.site import Site
    from rehab.site.views.thread import CommentView, ThreadPageView, ThreadView


_HOSTS = {
    "post": ("BlogPosting", "headline"),
    "exercise": ("ExercisePlan", "name"),
    "injury": ("MedicalWebPage", "name"),
}
"""What each kind of host is, and what its title is called there."""


def for_thread_page(site: Site, view: ThreadPageView) -> Data:
    """Return a later page of a thread: its host by name, with the comments that stand here."""
    url = site.options.absolute(view.host.url)
    type_, name = _HOSTS[view.host.kind]
    host = {"@type": type_, "@id": url, "url": url, name: view.host.title, **said(site, view.url, view.thread)}
    return graph_of(site, view.breadcrumbs, host)


def spoken(site: Site, here: str, thread: ThreadView | None) -> Data:
    """Return what readers said on a page of reference, where nobody need say anything."""
    return {"@id": site.options.absolute(here), **said(site, here, thread)} if thread and thread.flat else {}


def said(site: Site, here: str, thread: ThreadView | None) -> Data:
    """Return how many comments a page has, and those that stand on it. All three kinds of host are creative works."""
    return {"commentCount": thread.count, "comment": _comments(site, here, thread)} if thread else {}


def _comments(site: Site, here: str, thread: ThreadView) -> list[Data]:
    return [_comment(site, here, each) for each in thread.flat if not each.removed]


def _comment(site: Site, here: str, comment: CommentView) -> Data:
    url = site.options.absolute(here)
    parent = {"@id": _absolute_on(site, here, comment.reply_to.url)} if comment.reply_to else None
    return filled(
        {
            "@type": "Comment",
            "@id": f"{url}#{comment.anchor}",
            "text": text_of(comment.html),
            "datePublished": comment.when.iso,
            "author": {"@type": "Person", "name": comment.author},
            "parentItem": parent,
        }
    )


def _absolute_on(site: Site, here: str, url: str) -> str:
    """Return an address that is a place on the page `here` (`#…`) or site-relative."""
    return site.options.absolute(f"{here}{url}" if url.startswith("#") else url)
