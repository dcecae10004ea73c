"""Pelican's writer, which writes only files that differ.

Pelican's own writer rewrites every file in every build, so an unchanged page looks new to everything
that copies by time. This one compares first.
"""

from __future__ import annotations

import io
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feedgenerator import get_tag_uri
from markupsafe import Markup
from pelican.paginator import Paginator
from pelican.writers import Writer

from rehab.adapter.build import Build, build_of
from rehab.adapter.feeds.items import FeedItem, TimelessAtom, TimelessRss
from rehab.adapter.filled import let_go
from rehab.adapter.pages import show_page
from rehab.adapter.reader import UNDATED
from rehab.adapter.saved import CalmFile, report_overwriting
from rehab.adapter.words import ANY, FEED, OTHERS, reach_of_page
from rehab.model.post import Post
from rehab.site.structured import render_structured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehab.adapter.left import Kept, Left
    from rehab.adapter.shown import Shown
    from rehab.source.problem import Problem

_WITH_TEXT: Final = ("article", "page", "entry")
"""What a page is called that shows a text, which was filled before."""
LINKED = "REHAB_LINKED"
"""Where the settings of one run say that its pages are for a link that is given away: none shows a problem."""


class CalmWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Pelican's writer, but a file that is as it should be is left alone."""

    _reach = ANY

    def write_file(  # noqa: PLR0913 - Pelican's signature
        self, name: str, template: Any, context: dict[str, Any], relative_urls: bool = False,  # noqa: ANN401, FBT001, FBT002
        paginated: Any = None, template_name: str | None = None, override_output: bool = False,  # noqa: ANN401, FBT001, FBT002
        url: str | None = None, **kwargs: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Render and write one page, with what our theme needs for it added to its context.

        A page whose file has no name (`AUTHOR_SAVE_AS = ""`) is one that the site does not want, as in Pelican.
        """
        if not name:
            return
        build = build_of(self.settings)
        build.heed()
        self.end_feeds()  # they come one after the other, and pages after them
        mark = b"" if override_output or paginated or not build.left else self._mark(build, build.left, name, kwargs)
        if mark and self._is_left(build, name, mark, str(url), kwargs):
            build.notes.take()
            return
        found = len(build.found)
        for content in (kwargs[each] for each in _WITH_TEXT if each in kwargs):
            build.notes.now.update(getattr(content, "read", ()))
        named = {**kwargs, "template_name": template_name or kwargs.get("template_name"), "url": url}
        named |= {"period": context["period_num"]} if "period_num" in context else {}
        shown = show_page(build, named)
        build.counts["pages"] += 1
        if shown.listed:
            build.urls |= {(each, shown.changed) for each in self._addresses(name, str(url), named)}
        extra = {
            "page_url": str(url),
            "crumbs": shown.crumbs,
            "description": shown.description,
            "structured": Markup(render_structured(shown.structured)) if shown.structured else "",  # noqa: S704 - escaped there
            "problems": self._problems(build, shown),
        }
        context = {**context, **extra, **shown.variables}
        self._reach = reach_of_page(named)
        super().write_file(
            name, template, context, relative_urls, paginated, template_name, override_output, url, **kwargs
        )
        if "article" in kwargs:
            let_go(kwargs["article"], build)
        read = build.notes.take()
        digest = build.digests.get(build.name_of(name)) if mark else None
        if digest and build.left and len(build.found) == found:
            build.left.keep(name, digest, mark, read, shown.changed)

    def _problems(self, build: Build, shown: Shown) -> Sequence[Problem]:
        """Return the problems that a page shows: none where it is not for its author."""
        if build.strict or self.settings.get(LINKED):
            return ()
        if shown.whole:
            build.told = build.problems
            return build.told
        return [each for path in shown.paths for each in build.problems_in(path)]

    def _addresses(self, name: str, url: str, kwargs: Mapping[str, Any]) -> list[str]:
        """Return where a page stands: several addresses where it is a list that Pelican cuts."""
        cut = self.settings["PAGINATED_TEMPLATES"]
        if kwargs["template_name"] not in cut or not kwargs.get("articles"):
            return [url]
        per_page = cut[kwargs["template_name"]] or self.settings["DEFAULT_PAGINATION"]
        pages = Paginator(name, url, kwargs["articles"], self.settings, per_page)
        return [url, *(pages.page(number).url for number in range(2, pages.num_pages + 1))]

    def _mark(self, build: Build, left: Left, name: str, kwargs: Mapping[str, Any]) -> bytes:
        """Return what the page of a post, an exercise, ... is made from, or nothing: all others are always made."""
        if not self._is_free(build, name):
            return b""
        if entry := kwargs.get("entry"):
            path = getattr(build.linked.nouns[f"{entry.kind}:{entry.slug}"], "path", "")
            return left.mark(name, str(entry.url), build.problems_in(path))
        if any(each in kwargs for each in OTHERS):
            return left.mark(name)
        article = kwargs.get("article")
        post = article.metadata.get("rehab") if article is not None and article.status == "published" else None
        if article is None or not isinstance(post, Post):
            return b""
        return left.mark_of_post(post, name, [str(article.url), build.problems_in(post.path)])

    def _is_free(self, build: Build, name: str) -> bool:
        """Return whether nobody has written a file yet."""
        return build.name_of(name) not in build.written and str(Path(build.output, name)) not in self._written_files

    def _mark_of_feed(self, build: Build, left: Left, name: str, words: Sequence[object]) -> bytes:
        """Return what a feed of posts is made from, or nothing where another file has its place."""
        if not self._is_free(build, name):
            return b""
        paths = build.feeds[name]
        return left.mark_of_posts(name, (words, [build.problems_in(path) for path in paths]), paths)

    @cached_property
    def _items(self) -> dict[int, FeedItem]:
        """Return the articles that feeds have shown, by identity: most stand in several."""
        return {}

    def _is_left(self, build: Build, name: str, mark: bytes, url: str, kwargs: Mapping[str, Any]) -> bool:
        """Return whether a page stands as it is; then it counts as written."""
        kept = self._standing(build, name, mark, reach_of_page(kwargs))
        if kept is None:
            return False
        build.counts["pages"] += 1
        build.urls.add((url, kept.changed))
        if "article" in kwargs:
            let_go(kwargs["article"], build)
        return True

    def _standing(self, build: Build, name: str, mark: bytes, reach: str) -> Kept | None:
        """Return what is known of a file that stands as it is, and so counts as written; else None."""
        file = Path(build.output, name)
        kept = build.left.standing(name, file, mark) if build.left else None
        if kept is not None:
            build.counts["unchanged"] += 1
            called = build.name_of(name)
            build.written.add(called)
            build.digests[called] = kept.digest
            build.reach[called] = reach
            self._written_files.add(str(file))
        return kept

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:  # noqa: FBT001, FBT002 - Pelican's signature
        """Return a file that is written on closing. As in Pelican, one page may override another's file once."""
        build = build_of(self.settings)
        if filename in self._overridden_files and not override:
            return io.StringIO()
        if filename in self._overridden_files or (filename in self._written_files and not override):
            report_overwriting(build.name_of(filename), build)
            return io.StringIO()
        (self._overridden_files if override else self._written_files).add(filename)
        return CalmFile(build.name_of(filename), encoding, build, self._reach)

    def write_feed(  # noqa: PLR0913 - Pelican's signature
        self, elements: Any, context: Any, path: str | None = None, url: str | None = None, feed_type: str = "atom",  # noqa: ANN401
        override_output: bool = False, feed_title: str | None = None,  # noqa: FBT001, FBT002
    ) -> Any:  # fmt: skip # noqa: ANN401
        """Write a feed of posts, unless it stands as it is, and note which have an entry in it.

        One whose date nobody knows has none: a feed cannot say that, and must not invent a date.
        """
        build = build_of(self.settings)
        self._reach = FEED if feed_type == "atom" else ANY
        shown = [each for each in elements[: self.settings["FEED_MAX_ITEMS"]] if each.date != UNDATED]
        if not path:
            return super().write_feed(shown, context, path, url, feed_type, override_output, feed_title)
        build.feeds[path] = tuple(map(build.path_of_content, shown))
        words = (url, feed_type, feed_title)
        mark = b"" if override_output or not build.left else self._mark_of_feed(build, build.left, path, words)
        if mark and self._standing(build, path, mark, self._reach):
            return None
        feed = super().write_feed(shown, context, path, url, feed_type, override_output, feed_title)
        digest = build.digests.get(build.name_of(path)) if mark else None
        if digest and build.left:
            build.left.keep(path, digest, mark, {number for each in shown for number in getattr(each, "read", ())})
        return feed

    def entry_id(self, article: Any) -> str:  # noqa: ANN401 - Pelican has no types
        """Return the id of an article's entry in feeds, as Pelican gives it."""
        link = self.urljoiner(self.settings["SITEURL"], article.url)
        return str(get_tag_uri(f"{link}?ref=feed" if self.settings["FEED_APPEND_REF"] else link, article.date))

    def end_feeds(self) -> None:
        """Let go of what feeds have shown, when no other is to come for a while."""
        self._items.clear()

    def _create_new_feed(self, feed_type: str, feed_title: str, context: dict[str, Any]) -> Any:  # noqa: ANN401
        stock = super()._create_new_feed(feed_type, feed_title, context)
        stock.__class__ = TimelessRss if feed_type == "rss" else TimelessAtom
        return stock

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:  # noqa: ANN401
        """Add a post to a feed."""
        shown = self._items.get(id(item))
        if shown is None:
            shown = self._items[id(item)] = FeedItem(item, self.settings["SITEURL"])
        super()._add_item_to_the_feed(feed, shown)
