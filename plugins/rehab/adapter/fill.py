"""Placeholders → what the site knows: links, cards, galleries, pictures.

The HTML around them stays as Markdown made it. Cards are drawn by the theme's own macros
(`templates/parts/`), so a theme decides what they look like and nothing here does.
"""

from __future__ import annotations

import json
import re
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from rehab.adapter.text.markdown import PICTURE, PICTURES, PLACE, REF
from rehab.adapter.theme.quick import module_with
from rehab.model.dose import DoseRefusal
from rehab.model.dose.grammar import parse_dose
from rehab.model.post import Post
from rehab.model.refs import TextRef
from rehab.site import pages
from rehab.site.paid import mark_paid
from rehab.site.text.images import resolve
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from jinja2 import Environment

    from rehab.adapter.build import Build
    from rehab.adapter.text.bodies import Bodies
    from rehab.model.entry import Entry
    from rehab.model.use import Use
    from rehab.site.site import Target
    from rehab.site.views.chart import DosesChart
    from rehab.site.views.picture import PictureView

_PLACEHOLDER = re.compile(
    rf"<({REF}|{PLACE}|{PICTURES}|{PICTURE})((?:\s[^<>]*)?)>(.*?)</\1>|<({PICTURE})((?:\s[^<>]*)?)\s*/?>", re.DOTALL
)
_ATTRIBUTE = re.compile(r'data-([a-z]+)="([^"]*)"')
_HEADING = re.compile(r"<h([1-6])\b")


class Host(NamedTuple):
    """What a text belongs to, if anything, and the page it stands on."""

    noun: Entry | None
    page_url: str


class Filler:
    """Fills the placeholders of one site. `root` goes before each address: empty, `/blog`, or the whole SITEURL."""

    def __init__(self, env: Environment, build: Build, root: str, bodies: Bodies) -> None:
        """Take the theme's environment, the running build and the Markdown of the site."""
        self.env, self.build, self.root, self.bodies = env, build, root, bodies

    def fill(self, html: str, noun: Entry | None = None, page_url: str = "") -> str:
        """Return HTML with its placeholders filled.

        `noun` is what the text belongs to: its pictures lie beside it. `page_url` is the page it stands on: a
        card there need not say where it is from.
        """
        html = mark_paid(html, (*self.build.site.options.paid_hosts, *getattr(noun, "paid_links", ())))
        if "<rehab-" not in html:
            return html
        return _PLACEHOLDER.sub(partial(self._one, html=html, host=Host(noun, page_url)), html)

    def inline(self, text: str) -> Markup:
        """Return a front-matter string as HTML inside a line: Markdown with `[[links]]`."""
        return Markup(self.fill(self.bodies.render_inline(str(text))))  # noqa: S704 - the author's own Markdown

    def block(self, text: str) -> Markup:
        """Return a front-matter string as HTML paragraphs."""
        return Markup(self.fill(self.bodies.render(str(text))))  # noqa: S704 - the author's own Markdown

    def short(self, text: str) -> Markup:
        """Return a few words as HTML, their abbreviations with their words as titles."""
        return Markup(pages.short_words(self.build.site, str(text)))  # noqa: S704 - escaped there

    def charts(self, slug: str) -> tuple[DosesChart, ...]:
        """Return the charts of what posts did of an exercise."""
        return pages.dose_charts(self.build.site, slug)

    def _one(self, match: re.Match[str], html: str, host: Host) -> str:
        tag = match[1] or match[4]
        data = {name: unescape(value) for name, value in _ATTRIBUTE.findall(match[2] or match[5] or "")}
        if tag == PICTURES:
            return self._pictures(data, host)
        if tag == PICTURE:
            return self._picture(data, host)
        ref = TextRef(data.get("slug", ""), data.get("kind", ""), data.get("words", ""))
        if self.build.site.resolve(ref) is None:
            self._report(ref, host)
        if tag == REF:
            return self._link(ref)
        return self._card(ref, _level_at(html, match.start()), host)

    def _report(self, ref: TextRef, host: Host) -> None:
        """Report a reference that leads nowhere, unless the core has seen it: its reading of code is its own."""
        place = host.noun.place if host.noun else Place(self.build.content.name)
        if not any(problem.place.path == place.path and ref.slug in problem.message for problem in self.build.found):
            hint = "write the slug of something that is there"
            self.build.found.append(Problem("unknown-slug", place, f"nothing is called '{ref.slug}'", hint))

    def _link(self, ref: TextRef) -> str:
        target = self.build.site.resolve(ref)
        words = escape(ref.words or (target.title if target else ref.slug))
        if target is None:
            return f'<span class="ref-lost">{words}</span>'
        return f'<a href="{escape(self._url(target.url))}">{words}</a>'

    def _url(self, url: str) -> str:
        return f"{self.root}/{url}"

    def _card(self, ref: TextRef, level: int, host: Host) -> str:
        target = self.build.site.resolve(ref)
        if target is None:
            return f'<p class="ref-lost">{escape(ref.slug)}</p>'
        draw = {
            "exercise": self._exercise,
            "gallery": self._gallery,
            "program": self._program,
            "injury": self._injury,
        }.get(target.kind)
        return draw(target, ref, level, host) if draw else f"<p>{self._link(ref)}</p>"

    def _exercise(self, target: Target, ref: TextRef, level: int, host: Host) -> str:
        """Draw a bib: with the dose written there, else with the post's own, else without one."""
        dose = parse_dose(ref.words) if ref.words else None
        if dose is None or isinstance(dose, DoseRefusal):
            view = pages.bib_view(self.build.site, target.slug, use=self._use(host.noun, target.slug))
        else:
            view = pages.bib_view(self.build.site, target.slug, dose=dose)
        return str(self.macros("parts/bib.html", host).bib(view, level, "full", host.page_url))

    def _use(self, noun: Entry | None, exercise: str) -> Use | None:
        uses = noun.exercises if isinstance(noun, Post) else ()
        return next((use for use in uses if self._slug_of(use.exercise.slug) == exercise), None)

    def _slug_of(self, name: str) -> str:
        target = self.build.site.target("exercise", name)
        return target.slug if target else name

    def _gallery(self, target: Target, ref: TextRef, level: int, host: Host) -> str:  # noqa: ARG002 - as the others
        view = pages.gallery_view(self.build.site, target.slug)
        return str(self.macros("parts/gallery.html", host).gallery_in_text(view.pictures, view.title))

    def _program(self, target: Target, ref: TextRef, level: int, host: Host) -> str:  # noqa: ARG002 - as the others
        return str(self.macros("parts/link.html", host).program_card(pages.program_view(self.build.site, target.slug)))

    def _injury(self, target: Target, ref: TextRef, level: int, host: Host) -> str:  # noqa: ARG002 - as the others
        return str(self.macros("parts/link.html", host).injury_card(pages.injury_view(self.build.site, target.slug)))

    def _picture(self, data: dict[str, str], host: Host) -> str:
        """Draw a picture of the text; one that is not there is its words alone, and the core has reported it."""
        view = self._view(data, host)
        macros = self.macros("parts/picture.html", host)
        if view.lost:
            return f'<span class="picture-lost">{escape(view.alt)}</span>'
        return str(macros.figure(view) if data.get("alone") else macros.picture(view))

    def _pictures(self, data: dict[str, str], host: Host) -> str:
        """Draw pictures that stand together in a paragraph: rows of them, or one over the other."""
        views = tuple(self._view(each, host) for each in _items_of(data.get("items", "")))
        if data.get("together") == "compare":
            views = tuple(replace(view, role=role) for view, role in zip(views, ("before", "after"), strict=False))
        return str(self.macros("parts/gallery.html", host).gallery_in_text(views))

    def _view(self, data: dict[str, str], host: Host) -> PictureView:
        source = resolve(data.get("file", ""), host.noun.path if host.noun else "") or ""
        return pages.picture_view(self.build.site, source, alt=data.get("alt", ""), caption=data.get("caption", ""))

    def macros(self, name: str, host: Host) -> Any:  # noqa: ANN401 - a template's module has no type
        """Return the macros of one of the theme's parts, for this root and page."""
        return module_with(self.env, name, {"root": self.root, "page_url": host.page_url})


def _items_of(text: str) -> list[dict[str, str]]:
    """Return what our Markdown wrote of each picture; nothing where somebody else wrote the placeholder by hand."""
    try:
        items = json.loads(text)
    except ValueError:
        return []
    items = items if isinstance(items, list) else []
    return [each for each in items if isinstance(each, dict) and _is_told(each)]


def _is_told(item: dict[object, object]) -> bool:
    return "file" in item and all(isinstance(value, str) for value in item.values())


def _level_at(html: str, position: int) -> int:
    """Return the heading level that fits at a position: one below the last heading before it, 2 without any."""
    levels = _HEADING.findall(html, 0, position)
    return min(int(levels[-1]) + 1, 6) if levels else 2
