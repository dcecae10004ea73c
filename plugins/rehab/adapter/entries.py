"""Exercises, injuries, treatments, programs, regions and galleries as Pelican pages.

They are Pelican's own kind of object, so `{filename}` links and other plugins (sitemap, search) see
them as pages. Their names give their address settings: `Exercise` → `EXERCISE_URL`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.contents import Page

from rehab.site.site import KIND_OF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.adapter.build import Build


class EntryPage(Page):  # type: ignore[misc] # Pelican has no types
    """A page made from a noun. `noun` is the noun; `kind` its kind."""

    kind = ""


class Exercise(EntryPage):
    """The page of an exercise."""

    kind = default_template = "exercise"


class Injury(EntryPage):
    """The page of an injury."""

    kind = default_template = "injury"


class Treatment(EntryPage):
    """The page of a treatment."""

    kind = default_template = "treatment"


class Program(EntryPage):
    """The page of a program."""

    kind = default_template = "program"


class Region(EntryPage):
    """The page of a region of the body."""

    kind = default_template = "region"


class Gallery(EntryPage):
    """The page of a gallery."""

    kind = default_template = "gallery"


PAGES: tuple[tuple[str, type[EntryPage]], ...] = (
    ("exercises", Exercise),
    ("injuries", Injury),
    ("treatments", Treatment),
    ("programs", Program),
    ("regions", Region),
    ("galleries", Gallery),
)
"""Where the site keeps each kind, and the page it becomes."""
_PAGE_OF = {page.kind: page for _, page in PAGES}


def entry_pages(build: Build, context: dict[str, Any], settings: dict[str, Any], bodies: Any) -> Iterator[EntryPage]:  # noqa: ANN401 - avoids a cycle
    """Yield a page for each noun that has one, in the site's order."""
    for where, _ in PAGES:
        for noun in getattr(build.linked, where):
            yield entry_page(noun, build, context, settings, bodies)


def entry_page(noun: Any, build: Build, context: dict[str, Any], settings: dict[str, Any], bodies: Any) -> EntryPage:  # noqa: ANN401 - as above
    """Return the page of one noun."""
    page = _PAGE_OF[KIND_OF[type(noun)]]
    metadata = {"title": noun.title, "slug": noun.slug, "rehab": noun}
    return page(bodies.render(getattr(noun, "body", "")), metadata, settings, _source_of(build, noun), context)


def _source_of(build: Build, noun: Any) -> str | None:  # noqa: ANN401 - any noun
    """Return the noun's own file, or None where a post or the vocabulary defines it."""
    path = getattr(noun, "path", "")
    own = path and path not in build.sources and path in build.linked.texts
    return str(build.content.parent / path) if own else None
