"""Our documents as Pelican's articles and pages.

The core has read every file already, so this reader opens none: it looks the noun up by its path, turns
the body into HTML with placeholders, and hands Pelican the fields that are Pelican's own.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.contents import Article, Author, Category, Content, Tag
from pelican.plugins import signals
from pelican.readers import MarkdownReader
from pelican.utils import SafeDatetime

from rehab.adapter.build import bodies_of, build_of
from rehab.site.waiting import SCHEDULED
from rehab.source.decode import MARKDOWN
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.model.page import Page
    from rehab.model.post import Post

UNDATED = SafeDatetime(1900, 1, 1, tzinfo=dt.UTC)
"""What Pelican sorts a post by whose date nobody knows. It is never shown, and never in a feed."""

RESERVED = frozenset(name for name in dir(Content)) | {"settings", "context", "source_path", "metadata", "template"}
"""Names that an old header must not set, for Pelican would take them for its own attributes."""


_NONE = "misc"
"""Pelican's word for no category."""


class RehabReader(MarkdownReader):  # type: ignore[misc] # Pelican has no types
    """Pelican's reader for Markdown, fed by the core."""

    def __init__(self, settings: Settings) -> None:
        """Take the Markdown of the run."""
        super().__init__(settings)
        self.bodies = bodies_of(settings)
        self._words: dict[tuple[type[Any], str], Any] = {}

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML of a file's body, and its metadata for Pelican. One that the core leaves out is skipped."""
        build = build_of(self.settings)
        path = build.path_of(Path(source_path))
        noun = build.sources.get(path)
        if noun is None or path in build.withheld:
            return "", {"status": "skip"}
        return self.bodies.render(noun.body), self._metadata(noun, build)

    def _metadata(self, noun: Post | Page, build: Build) -> dict[str, Any]:
        status = "draft" if noun.status == SCHEDULED else noun.status
        # Pelican asks every draft for its category, and gives it none where a site has no pages of categories.
        category = noun.category or (str(self.settings["DEFAULT_CATEGORY"] or _NONE) if status == "draft" else "")
        known = {
            "title": noun.title,
            "slug": noun.slug,
            "status": status,
            "date": _moment(noun.date) or UNDATED,
            "modified": _moment(noun.modified),
            "category": self._word(Category, category) if category else None,
            "tags": [self._word(Tag, tag) for tag in noun.tags],
            "authors": [self._word(Author, name) for name in _bylines(noun)],
            "summary": noun.summary,
            "lang": noun.lang.lower(),
            "template": noun.template,
            "save_as": noun.save_as,
            "url": noun.url,
            "translation": "true" if noun.translation else "",
        }
        return {**self._extra(noun, build), **{key: value for key, value in known.items() if value}, "rehab": noun}

    def _word(self, kind: type[Any], name: str) -> Any:  # noqa: ANN401 - Pelican has no types
        """Return the category, tag or author of a name: the same for all texts, for each works out its address anew."""
        if (kind, name) not in self._words:
            self._words[kind, name] = kind(name, self.settings)
        return self._words[kind, name]

    def _extra(self, noun: Post | Page, build: Build) -> dict[str, Any]:
        """Return the fields of an old header that we have no name for, without those that would break Pelican."""
        extra = {}
        for key, text in noun.extra:
            if key in RESERVED:
                message = f"the field '{key}' has a meaning of its own in Pelican"
                build.found.append(Problem("unknown-key", noun.where(key), message, "give it another name"))
            else:
                extra[key] = self.process_metadata(key, text)
        return extra


def read_ours(readers: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Have Pelican read Markdown with our reader. Connected to `readers_init`."""
    for suffix in MARKDOWN:
        readers.reader_classes[suffix.lstrip(".")] = RehabReader


def _bylines(noun: Post | Page) -> tuple[str, ...]:
    return noun.authors or ((noun.author,) if noun.author else ())


def _moment(moment: dt.datetime | None) -> SafeDatetime | None:
    if moment is None:
        return None
    return SafeDatetime.fromisoformat(moment.isoformat())


def read_alone(generator: Any, content_class: type[Any], file: Path) -> Any:  # noqa: ANN401 - Pelican has no types
    """Return one file as an article or a page, read by Pelican as it reads all of them in a whole run."""
    kind = "article" if content_class is Article else "page"
    return generator.readers.read_file(
        base_path=generator.path,
        path=str(file.relative_to(Path(generator.path).resolve())),
        content_class=content_class,
        context=generator.context,
        preread_signal=getattr(signals, f"{kind}_generator_preread"),
        preread_sender=generator,
        context_signal=getattr(signals, f"{kind}_generator_context"),
        context_sender=generator,
    )
