"""What reaches the output folder: only files that differ, feeds without a clock, and nothing stale.

Pelican's own writer rewrites every file in every build, so an unchanged page looks new to everything
that copies by time. This one compares first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import Markup
from pelican.paginator import Paginator
from pelican.writers import Writer

from rehab.adapter.build import Build, build_of
from rehab.adapter.ledger import read_ledger, save_ledger
from rehab.adapter.pages import show_page
from rehab.adapter.reader import UNDATED
from rehab.adapter.settings import cache_of
from rehab.adapter.words import ANY, FEED, OWN, reach_of_page
from rehab.model.post import Post
from rehab.site.structured import render_structured
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehab.adapter.left import Left
    from rehab.adapter.settings import Settings

_AT_ROOT = re.compile(r'\b(href|src|poster)="/(?!/)')
_SRCSET = re.compile(r'\bsrcset="([^"]*)"')
_PICTURE = re.compile(r"<img\b[^<>]*>")
_ONLY_HERE = re.compile(r'<svg class="tones".*?</svg>|<div class="moves-bar.*?</div>', re.DOTALL)
"""What waits for a picture, and what moves one with a script: neither means anything in a feed reader."""
_AT_ONCE = 'loading="eager" fetchpriority="high"'
LINKED = "REHAB_LINKED"
"""Where the settings of one run say that its pages are for a link that is given away: none shows a problem."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class CalmWriter(Writer):  # type: ignore[misc] # Pelican has no types
    """Pelican's writer, but a file that is as it should be is left alone."""

    _reach = ANY
    _entries: dict[str, str]

    def write_file(  # noqa: PLR0913 - Pelican's signature
        self, name: str, template: Any, context: dict[str, Any], relative_urls: bool = False,  # noqa: ANN401, FBT001, FBT002
        paginated: Any = None, template_name: str | None = None, override_output: bool = False,  # noqa: ANN401, FBT001, FBT002
        url: str | None = None, **kwargs: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Render and write one page, with what our theme needs for it added to its context."""
        build = build_of(self.settings)
        mark = "" if override_output or paginated or not build.left else self._mark(build, build.left, name, kwargs)
        if mark and self._is_left(build, name, mark, str(url)):
            return
        found = len(build.found)
        named = {**kwargs, "template_name": template_name or kwargs.get("template_name"), "url": url}
        shown = show_page(build, named)
        build.counts["pages"] += 1
        if shown.listed:
            build.urls |= {(each, shown.changed) for each in self._addresses(name, str(url), named)}
        problems = (
            ()
            if build.strict or self.settings.get(LINKED)
            else [each for path in shown.paths for each in build.problems_in(path)]
            if shown.paths
            else build.problems
        )
        extra = {
            "page_url": str(url),
            "crumbs": shown.crumbs,
            "description": shown.description,
            "structured": Markup(render_structured(shown.structured)) if shown.structured else "",  # noqa: S704 - escaped there
            "problems": problems,
        }
        context = {**context, **extra, **shown.variables}
        self._reach = reach_of_page(named)
        super().write_file(
            name, template, context, relative_urls, paginated, template_name, override_output, url, **kwargs
        )
        if mark and build.left and len(build.found) == found:
            build.left.keep(name, Path(self.output_path) / name, mark, shown.changed)

    def _addresses(self, name: str, url: str, kwargs: Mapping[str, Any]) -> list[str]:
        """Return where a page stands: several addresses where it is a list that Pelican cuts."""
        cut = self.settings["PAGINATED_TEMPLATES"]
        if kwargs["template_name"] not in cut or not kwargs.get("articles"):
            return [url]
        per_page = cut[kwargs["template_name"]] or self.settings["DEFAULT_PAGINATION"]
        pages = Paginator(name, url, kwargs["articles"], self.settings, per_page)
        return [url, *(pages.page(number).url for number in range(2, pages.num_pages + 1))]

    def _mark(self, build: Build, left: Left, name: str, kwargs: Mapping[str, Any]) -> str:
        """Return what the public page of a post is made from, or "" for all other pages: they are always made."""
        article = kwargs.get("article")
        noun = article.metadata.get("rehab") if article is not None and article.status == "published" else None
        file = Path(self.output_path) / name
        if article is None or not isinstance(noun, Post) or str(file) in self._written_files or file in build.written:
            return ""
        problems = build.problems_in(noun.path)
        return left.mark_of_post(noun, name, [str(article.url), problems])

    @cached_property
    def _items(self) -> dict[int, FeedItem]:
        """Return the articles that feeds have shown, by identity: most stand in several, and all outlive the feeds."""
        return {}

    def _is_left(self, build: Build, name: str, mark: str, url: str) -> bool:
        """Return whether a page stands as it is; then it counts as written."""
        file = Path(self.output_path) / name
        kept = build.left.standing(name, file, mark) if build.left else None
        if kept is None:
            return False
        build.counts["pages"] += 1
        build.counts["unchanged"] += 1
        build.urls.add((url, kept.changed))
        build.written.add(file)
        build.digests[file] = kept.digest
        build.reach[file] = OWN
        self._written_files.add(str(file))
        return True

    def _open_w(self, filename: str, encoding: str, override: bool = False) -> io.StringIO:  # noqa: FBT001, FBT002 - Pelican's signature
        """Return a file that is written on closing. As in Pelican, one page may override another's file once."""
        if filename in self._overridden_files and not override:
            return io.StringIO()
        if filename in self._overridden_files or (filename in self._written_files and not override):
            report_overwriting(Path(filename), build_of(self.settings))
            return io.StringIO()
        (self._overridden_files if override else self._written_files).add(filename)
        return CalmFile(Path(filename), encoding, build_of(self.settings), self._reach)

    def write_feed(  # noqa: PLR0913 - Pelican's signature
        self, elements: Any, context: Any, path: str | None = None, url: str | None = None, feed_type: str = "atom",  # noqa: ANN401
        override_output: bool = False, feed_title: str | None = None,  # noqa: FBT001, FBT002
    ) -> Any:  # fmt: skip # noqa: ANN401
        """Write a feed of posts, and note which entries it has."""
        self._reach, self._entries = (FEED if feed_type == "atom" else ANY), {}
        feed = super().write_feed(elements, context, path, url, feed_type, override_output, feed_title)
        if path:
            build_of(self.settings).feeds[path] = self._entries
        return feed

    def _create_new_feed(self, feed_type: str, feed_title: str, context: dict[str, Any]) -> Any:  # noqa: ANN401
        stock = super()._create_new_feed(feed_type, feed_title, context)
        stock.__class__ = TimelessRss if feed_type == "rss" else TimelessAtom
        return stock

    def _add_item_to_the_feed(self, feed: Any, item: Any) -> None:  # noqa: ANN401
        """Add a post to a feed, unless nobody knows its date: a feed cannot say that, and must not invent one."""
        if item.date != UNDATED:
            shown = self._items.get(id(item))
            if shown is None:
                path = build_of(self.settings).path_of_content(item)
                shown = self._items[id(item)] = FeedItem(item, self.settings["SITEURL"], path)
            super()._add_item_to_the_feed(feed, shown)
            self._entries[shown.path] = str(feed.items[-1]["unique_id"])


def report_overwriting(file: Path, build: Build) -> None:
    """Report that two pages ask for one file, unless the core has said so: the first one is kept."""
    if not any(problem.code in {"duplicate-url", "duplicate-slug"} for problem in build.found):
        message = f"two pages are written to '{file.parent.name}/{file.name}'"
        place = Place(build.content.name)
        build.found.append(Problem("duplicate-url", place, message, "give one of them another slug"))


class FeedItem:
    """An article as a feed shows it: every link in it is absolute, for a feed is read far from the site."""

    def __init__(self, article: Any, site_url: str, path: str = "") -> None:  # noqa: ANN401 - Pelican has no types
        """Stand for an article; `path` is that of its file, for who asks."""
        self._article, self._site_url, self.path = article, site_url, path
        self._made: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return what the article has."""
        return getattr(self._article, name)

    @property
    def title(self) -> Markup:
        """Return the title escaped: Pelican strips what looks like a tag, and a title may speak of `<b>`."""
        return Markup.escape(self._article.title)

    def get_content(self, site_url: str) -> str:
        """Return the article's HTML with absolute links, and without what only our own pages can show."""
        if site_url not in self._made:
            html = self._article.get_content(site_url)
            self._made[site_url] = absolute_links(_ONLY_HERE.sub("", html), self._site_url)
        return self._made[site_url]

    @property
    def summary(self) -> str:
        """Return the summary that the author wrote, or nothing: readers have the whole text."""
        return str(self._article.metadata.get("summary", ""))


def absolute_links(html: str, site_url: str) -> str:
    """Return HTML in which addresses that begin at the root begin with the site's origin."""
    parts = urlsplit(site_url)
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    html = _AT_ROOT.sub(lambda match: f'{match[1]}="{origin}/', html)
    return _SRCSET.sub(lambda match: f'srcset="{_each_absolute(match[1], origin)}"', html)


def _each_absolute(srcset: str, origin: str) -> str:
    return ", ".join(origin + each if each.startswith("/") else each for each in srcset.split(", "))


class _Timeless:
    """A feed without posts says 1970, where the library would say now."""

    items: Sequence[dict[str, Any]]

    def latest_post_date(self) -> dt.datetime:
        """Return the date of the newest item, in UTC."""
        dates = [item.get("updateddate") or item.get("pubdate") for item in self.items]
        return max((date for date in dates if date is not None), default=EPOCH)


class TimelessAtom(_Timeless, Atom1Feed):  # type: ignore[misc] # the library has no types
    """An Atom feed without a clock."""


class TimelessRss(_Timeless, Rss201rev2Feed):  # type: ignore[misc] # the library has no types
    """An RSS feed without a clock."""


class CalmFile(io.StringIO):
    """A text file that is written when it is closed, and only if it differs from what is there."""

    def __init__(self, file: Path, encoding: str, build: Build, reach: str) -> None:
        """Collect what is written, for `file`."""
        super().__init__()
        self.file, self.used_encoding, self.build, self.reach = file, encoding, build, reach

    def close(self) -> None:
        """Write the file if it differs."""
        if not self.closed:
            text = self.getvalue()
            if self.file.suffix == ".html":
                text = first_picture_at_once(text)
            save_calmly(self.file, text.encode(self.used_encoding), self.build, self.reach)
        super().close()


def first_picture_at_once(html: str) -> str:
    """Return a page whose first picture is not lazy: it is what a reader sees first, and waits for."""
    if "<img" not in html:
        return html
    return _PICTURE.sub(lambda match: match[0].replace('loading="lazy"', _AT_ONCE), html, count=1)


def save_calmly(file: Path, data: bytes, build: Build, reach: str = ANY) -> None:
    """Write bytes to a file unless they are there already, whole or not at all, and count which it was.

    `reach` says which texts' words may stand in it: where nobody says, any.
    """
    if file in build.written or not _is_free(file, build):
        report_overwriting(file, build)
        return
    build.written.add(file)
    build.digests[file] = hashlib.sha256(data).hexdigest()
    build.reach[file] = reach
    if file.is_file() and file.read_bytes() == data:
        build.counts["unchanged"] += 1
        return
    fresh = f"{file.parent}/.{file.name}.new"
    with open(fresh, "wb") as out:  # noqa: PTH123 - a Path for each of thousands of files costs more
        out.write(data)
    os.replace(fresh, file)  # noqa: PTH105 - as above
    build.counts["written"] += 1


def _is_free(file: Path, build: Build) -> bool:
    """Return whether a file may stand here, and make its folder: no folder is there, and nothing above it is a file."""
    folder = file.parent
    if folder not in build.folders:
        if any(parent.is_file() for parent in file.parents):
            return False
        folder.mkdir(parents=True, exist_ok=True)
        build.folders.add(folder)
    return not file.is_dir()


def remove_stale(settings: Settings) -> None:
    """Remove what the last build wrote here and this one did not. Files of others are never touched."""
    build, output = build_of(settings), Path(settings["OUTPUT_PATH"])
    now = {file.relative_to(output).as_posix() for file in build.written if file.is_relative_to(output)}
    for path in sorted(set(read_ledger(cache_of(settings), output) or ()) - now):
        build.counts["removed"] += _remove(output, path)
    build.folders.clear()  # one that is empty now is gone
    save_ledger(cache_of(settings), output, now)


def _remove(output: Path, path: str) -> int:
    """Remove a file that lies inside the output folder, and the folders that it leaves empty."""
    file = output / path
    if not file.resolve().is_relative_to(output.resolve()) or not file.is_file():
        return 0
    file.unlink()
    for folder in file.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return 1
