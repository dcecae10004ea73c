"""Our generator: pages of our own kinds, the lists of them, and the files for machines.

It runs after Pelican's articles and pages and before its static files, so it knows every page and can
still decide which files are copied.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from pelican.generators import Generator

from rehab.adapter.build import Build, bodies_of, build_of
from rehab.adapter.entries import EntryPage, entry_pages
from rehab.adapter.feeds.of_injuries import feed_of_injury, injury_feeds
from rehab.adapter.links import keep_links_inside
from rehab.adapter.pages import LISTS
from rehab.adapter.post_lists import SAID
from rehab.adapter.saved import save_calmly, save_pieces
from rehab.adapter.settings import file_of, root_of
from rehab.adapter.theme.styles import Styles, read_styles
from rehab.adapter.threads import later_thread_pages, render_comment_feeds
from rehab.adapter.words import NONE, OWN, SEARCH
from rehab.site.drawing import DRAWING
from rehab.site.graph import graph_lines
from rehab.site.headers import page_policy
from rehab.site.llms import render_llms
from rehab.site.offline import MANIFEST, OFFLINE, SAVED, render_manifest
from rehab.site.pages import exercise_lists, forget_cards, photo_views, posts_about_pages, program_view
from rehab.site.search.build import prepare_search, search_index
from rehab.site.show.browse import data_url
from rehab.site.show.choices_json import render_choices
from rehab.site.show.form import THANKS, has_thanks
from rehab.site.task_list import render_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.adapter.writer import CalmWriter
    from rehab.site.views.thread import ThreadPageView


_OURS: Final = {"site", "styles", "policy", "offline", "drawing", "feed_of_injury", "localsiteurl"}
"""What we give to every template."""
SEARCH_LIST: Final = "search"
"""The list whose page is written when nobody asks for cards any more: all words of the site are counted for it."""


class RehabGenerator(Generator):  # type: ignore[misc] # Pelican has no types
    """Makes everything that Pelican does not make by itself."""

    entries: tuple[EntryPage, ...] = ()

    @property
    def build(self) -> Build:
        """Return the running build."""
        return build_of(self.settings)

    def generate_context(self) -> None:
        """Make our pages, show them to other plugins, and check what Pelican would copy."""
        keep_links_inside(self.build, self.context)
        self.context["localsiteurl"] = root_of(self.settings)
        bodies = bodies_of(self.settings)
        self.entries = tuple(entry_pages(self.build, self.context, self.settings, bodies))
        for entry in self.entries:
            if entry.source_path:
                self.add_source_path(entry)
        # Of what stands among the pages, Pelican copies the source, if the site wants that: some of ours have none.
        shown = (each for each in self.entries if each.source_path or not self.settings["OUTPUT_SOURCES"])
        self.context["pages"] = [*self.context["pages"], *shown]
        self.show_to_templates()

    def show_to_templates(self, styles: Styles | None = None) -> None:
        """Give every template the site, the styles, and what else is the same for all pages."""
        styles = styles or read_styles(Path(self.theme))
        self.context |= {
            "styles": styles,
            "policy": partial(page_policy, self.build.site.options),
            "offline": bool(self.settings["REHAB_OFFLINE"]) and "offline.js" in styles.scripts,
            "drawing": DRAWING,
        }
        self.show_site()

    def show_site(self) -> None:
        """Give every template the site as it is now."""
        self.context |= {"site": self.build.site, "feed_of_injury": partial(feed_of_injury, self.build.site)}

    def heed_templates(self, environments: Iterable[Any]) -> None:
        """Have noted where a template asks for what Pelican made of other texts: nobody notes what is read of that."""
        telling = self.context.keys() - self.settings.keys() - _OURS
        for environment in environments:
            environment.rehab_modules.telling = frozenset(telling)

    def contents(self) -> Iterator[Any]:
        """Yield everything with a body: articles, pages, and our own."""
        names = ("articles", "drafts", "hidden_articles", "pages", "hidden_pages", "draft_pages")
        for name in names:
            for content in self.context[name]:
                yield content
                yield from content.translations

    def generate_output(self, writer: CalmWriter) -> None:
        """Write our pages, lists and machine files."""
        self.build.names, self.build.styles = frozenset(self.context), self.context["styles"]
        for entry in self.entries:
            self.write_entry(writer, entry)
        self.write_lists(writer)
        for path, title, articles in injury_feeds(self.build.linked, self.context["articles"]):
            writer.write_feed(articles, self.context, path, feed_title=title)
        writer.end_feeds()
        self._forget_lists()
        prepare_search(self.build.site, self.build.heed)
        self.write_list(writer, SEARCH_LIST)
        self._write_task_lists()
        self._write_for_machines()
        self._copy_static_files()

    def write_lists(self, writer: CalmWriter) -> None:
        """Write all pages of ours but those of single things, and the search."""
        for name in (each for each in LISTS if each != SEARCH_LIST):
            self.write_list(writer, name)
        for view in later_thread_pages(self.build.linked):
            self.write_thread_page(writer, view)
        for listing in exercise_lists(self.build.site):
            self._write(writer, file_of(listing.url), "exercises", listing.url, exercises=listing)
        for some in posts_about_pages(self.build.site):
            self._write(writer, file_of(some.url), "posts_about", some.url, posts_about=some)
        for photo in photo_views(self.build.site):
            self._write(writer, file_of(photo.url), "photo", photo.url, photo=photo)
        self._write(writer, "404.html", "404", "404.html", list_name="404")
        self._write(writer, file_of(SAVED), "saved", SAVED, list_name="saved")
        if self.context["offline"]:
            self._write(writer, file_of(OFFLINE), "offline", OFFLINE, list_name="offline")
        if has_thanks(self.build.site.options):
            self._write(writer, file_of(THANKS), "thanks", THANKS, list_name="thanks")

    def _forget_lists(self) -> None:
        """Let go of what lists have shown. What comes now is nearly as large, and need not be held beside it."""
        forget_cards(self.build.site)
        self.build.drawn.forget()

    def write_entry(self, writer: CalmWriter, entry: EntryPage) -> None:
        """Write the page of one exercise, injury, ..."""
        self._write(writer, entry.save_as, entry.template, entry.url, entry=entry, content=Markup(entry.content))  # noqa: S704 - made by us

    def write_list(self, writer: CalmWriter, name: str) -> None:
        """Write the page of a list, by its name."""
        url, save_as = (self.settings[f"{name.upper()}_{part}"] for part in ("URL", "SAVE_AS"))
        self._write(writer, save_as, name, url, list_name=name)

    def write_thread_page(self, writer: CalmWriter, view: ThreadPageView) -> None:
        """Write a later page of a thread."""
        self._write(writer, file_of(view.url), "comments", view.url, thread_page=view)

    def _write(self, writer: CalmWriter, save_as: str, template: str, url: str, **kwargs: Any) -> None:  # noqa: ANN401
        writer.write_file(save_as, self.get_template(template), self.context, url=url, **kwargs)

    def _write_task_lists(self) -> None:
        for program in self.build.linked.programs:
            view = program_view(self.build.site, program.slug)
            if view.tasks:
                data = render_tasks(view, self.build.site.options).encode()
                save_calmly(view.tasks, data, self.build, NONE)

    def _write_for_machines(self) -> None:
        if self.build.linked.exercises:
            save_calmly(data_url(self.build.site), render_choices(self.build.site).encode(), self.build, NONE)
        save_pieces("rehab.json", graph_lines(self.build.linked), self.build, NONE)
        marks: dict[str, bytes] = {}
        for name, data in render_comment_feeds(self.build.linked, partial(self._feed_stands, marks)):
            free = name not in self.build.written
            save_calmly(name, data, self.build, OWN)
            digest = self.build.digests.get(name) if free and name in marks else None
            if digest and self.build.left:
                self.build.left.keep(name, digest, marks[name], ())
        styles: Styles = self.context["styles"]
        for name, text in search_index(self.build.site).files.items():
            save_calmly(name, text.encode(), self.build, SEARCH)
        for name, data in styles.files.items():
            save_calmly(name, data, self.build, NONE)
        variables = {**self.context, "urls": sorted(self.build.urls)}
        save_calmly("llms.txt", render_llms(self.build.linked, SAID["index"]).encode(), self.build, NONE)
        if self.context["offline"]:
            manifest = render_manifest(self.build.site.options, styles.files)
            save_calmly(MANIFEST, manifest.encode(), self.build, NONE)
        for name in ("sitemap.xml", "robots.txt"):
            text = self.env.get_template(name).render(variables)
            save_calmly(name, text.encode(), self.build, NONE)

    def _feed_stands(self, marks: dict[str, bytes], name: str, thread: str) -> bool:
        """Return whether a thread's feed can be left as it is, and so counts as written; if not, note its mark."""
        left = self.build.left
        if left is None or name in self.build.written:
            return False
        marks[name] = left.mark_of_feed(thread)
        if not left.standing(name, Path(self.output_path, name), marks[name]):
            return False
        self.build.written.add(name)
        self.build.reach[name] = OWN
        self.build.counts["unchanged"] += 1
        return True

    def _copy_static_files(self) -> None:
        """Copy the files that Pelican would, but only those that differ; then leave it nothing to copy."""
        if self.settings["STATIC_CREATE_LINKS"]:
            return
        from rehab.adapter.pictures import read_static  # noqa: PLC0415 - a change of words loads no decoder of pictures

        for static in self.context["staticfiles"]:
            data = read_static(Path(static.source_path), self.build, self.settings)
            if data is not None:
                save_calmly(static.save_as, data, self.build, NONE)
        self.context["staticfiles"].clear()
