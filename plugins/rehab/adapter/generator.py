"""Our generator: pages of our own kinds, the lists of them, and the files for machines.

It runs after Pelican's articles and pages and before its static files, so it knows every page and can
still decide which files are copied.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pelican.generators import Generator

from rehab.adapter.bodies import Bodies
from rehab.adapter.build import Build, build_of
from rehab.adapter.entries import EntryPage, entry_pages
from rehab.adapter.links import keep_links_inside
from rehab.adapter.pages import LISTS
from rehab.adapter.settings import file_of, root_of
from rehab.adapter.styles import Styles, read_styles
from rehab.adapter.threads import later_thread_pages, render_comment_feeds
from rehab.adapter.writer import save_calmly
from rehab.site.graph import render_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.adapter.writer import CalmWriter


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
        bodies = Bodies(self.settings)
        self.entries = tuple(entry_pages(self.build, self.context, self.settings, bodies))
        for entry in self.entries:
            if entry.source_path:
                self.add_source_path(entry)
        self.context["pages"] = [*self.context["pages"], *self.entries]
        styles = read_styles(Path(self.theme))
        self.context |= {"site": self.build.site, "stylesheet": styles.url, "rehab_styles": styles}

    def contents(self) -> Iterator[Any]:
        """Yield everything with a body: articles, pages, and our own."""
        names = ("articles", "drafts", "hidden_articles", "pages", "hidden_pages", "draft_pages")
        for name in names:
            for content in self.context[name]:
                yield content
                yield from content.translations

    def generate_output(self, writer: CalmWriter) -> None:
        """Write our pages, lists and machine files."""
        for entry in self.entries:
            self._write(writer, entry.save_as, entry.template, entry.url, entry=entry, content=Markup(entry.content))  # noqa: S704 - made by us
        for name in LISTS:
            url, save_as = (self.settings[f"{name.upper()}_{part}"] for part in ("URL", "SAVE_AS"))
            self._write(writer, save_as, name, url, list_name=name)
        for view in later_thread_pages(self.build.site):
            self._write(writer, file_of(view.url), "comments", view.url, thread_page=view)
        self._write(writer, "404.html", "404", "404.html", list_name="404")
        self._write_for_machines()
        self._copy_static_files()

    def _write(self, writer: CalmWriter, save_as: str, template: str, url: str, **kwargs: Any) -> None:  # noqa: ANN401
        writer.write_file(save_as, self.get_template(template), self.context, url=url, **kwargs)

    def _write_for_machines(self) -> None:
        output = Path(self.output_path)
        save_calmly(output / "rehab.json", render_graph(self.build.site).encode(), self.build)
        for name, data in render_comment_feeds(self.build.site):
            save_calmly(output / name, data, self.build)
        styles: Styles = self.context["rehab_styles"]
        for name, data in styles.files.items():
            save_calmly(output / name, data, self.build)
        variables = {**self.context, "urls": sorted(self.build.urls)}
        for name in ("sitemap.xml", "robots.txt"):
            text = self.env.get_template(name).render(variables)
            save_calmly(output / name, text.encode(), self.build)

    def _copy_static_files(self) -> None:
        """Copy the files that Pelican would, but only those that differ; then leave it nothing to copy."""
        if self.settings["STATIC_CREATE_LINKS"]:
            return
        for static in self.context["staticfiles"]:
            data = Path(static.source_path).read_bytes()
            save_calmly(Path(self.output_path) / static.save_as, data, self.build)
        self.context["staticfiles"].clear()
