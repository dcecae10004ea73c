"""What may have a thread → the views of its later pages: posts, exercises and injuries alike.

In: the linked site. Out: every host of a thread, and the views of a thread's pages from the second on; the first is
part of the host's own page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.comments.thread import count_pages
from rehab.model.comment import thread_name
from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.show.post_card import post_crumb
from rehab.site.show.small import breadcrumbs, crumb
from rehab.site.show.thread import thread_on
from rehab.site.views.small import Crumb
from rehab.site.views.thread import ThreadPageView

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rehab.model.exercise import Exercise
    from rehab.model.injury import Injury
    from rehab.site.site import Site
    from rehab.site.views.thread import ThreadPage, ThreadView


class Hosted(Struct, frozen=True, kw_only=True):
    """A public page that may have comments: the name of its thread, a link to it, its language, a post's date."""

    thread: str
    here: Crumb
    lang: str
    date: dt.datetime | None = None


def hosts_on(site: Site) -> Iterator[Hosted]:
    """Yield every public page whose comments are not off: posts, exercises, injuries, each kind in its order."""
    nouns: tuple[Post | Exercise | Injury, ...] = (*site.posts, *site.exercises, *site.injuries)
    for noun in nouns:
        host = host_of(site, noun)
        if host is not None:
            yield host


def host_of(site: Site, noun: Post | Exercise | Injury) -> Hosted | None:
    """Return a public page that may have comments, or None where they are off."""
    name = thread_name(id_of(noun))
    if name not in site.threads or site.threads[name].state == "off":
        return None
    post = noun if isinstance(noun, Post) else None
    here = post_crumb(site, post) if post else crumb(site.targets[id_of(noun)])
    lang = (post.lang if post else "") or site.options.language
    return Hosted(thread=name, here=here, lang=lang, date=post.date if post else None)


def thread_page_views(site: Site, host: Hosted) -> Iterator[ThreadPageView]:
    """Yield the second and all later pages of a host's thread."""
    if count_pages(site.threads[host.thread]) == 1:
        return
    first = thread_on(site, host.thread, host.here)
    for page in first.pages[1:] if first else ():
        thread = thread_on(site, host.thread, host.here, page.number)
        if thread is not None:
            yield _thread_page(site, host, page, thread)


def _thread_page(site: Site, host: Hosted, page: ThreadPage, thread: ThreadView) -> ThreadPageView:
    way = breadcrumbs(site, host.here.kind, host.here.title, host.here.url)
    return ThreadPageView(
        kind="comments",
        title=f"{page.words} on {host.here.title}",
        url=page.url,
        lang=host.lang,
        host=host.here,
        thread=thread,
        description=f"{page.words} of {thread.pages[-1].words.rpartition(' ')[2]} on “{host.here.title}”.",
        breadcrumbs=(*way, Crumb(title=page.words, url=page.url)),
    )
