"""The page of a file that was just saved, from what the last build left: on the screen before the site is built anew.

In: the generators of the last build, and the files that changed. Out: their own pages, written by the very generators
and the writer that write all pages. Where only the text of a post below its front matter differs, no link does, and
nothing is read but that file; else the whole content is read and linked, and the pages are written from that. What
other files' pages show of it comes with the whole build that follows each of these.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from rehab.adapter.build import bodies_of, build_of
from rehab.adapter.entries import entry_pages
from rehab.adapter.fill import Filler, fill_content
from rehab.adapter.generator import RehabGenerator
from rehab.adapter.settings import root_of
from rehab.adapter.signals import start_build
from rehab.adapter.writer import CalmWriter
from rehab.model.post import Post
from rehab.site.new_words import with_text
from rehab.site.text.refs import find_text_refs
from rehab.source.header import split_text
from rehab.source.read import MARKDOWN, read_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rehab.adapter.build import Build
    from rehab.model.page import Page as PageNoun

_PICTURE = re.compile(r"!\[[^\]]*\][^\n]*|<[a-zA-Z][^>]*>|[{|]\w+[}|]\S*")
"""Pictures, HTML, and Pelican's links to files."""
_ARTICLES = {
    "published": ("articles", "translations"),
    "draft": ("drafts", "drafts_translations"),
    "hidden": ("hidden_articles", "hidden_translations"),
}
_PAGES = {
    "published": ("pages", "translations"),
    "draft": ("draft_pages", "draft_translations"),
    "hidden": ("hidden_pages", "hidden_translations"),
}
"""Where Pelican's two generators keep what they write, by its status: in the site's language, and in others."""


def show_saved(generators: Sequence[Any], changed: Iterable[Path]) -> tuple[str, ...]:
    """Write the pages of changed files, and return their addresses, site-relative.

    The generators know the new texts from then on. Raises what Pelican and the theme raise.
    """
    build = build_of(generators[0].settings)
    files = [file for file in changed if _is_source(build, file)]
    saved = [_saved(build, file) for file in files]
    build.left = None  # it tells of the texts before
    if all(saved):
        for each in saved:
            if each is not None:
                build.sources[each[0].path] = each[0]
                build.site = with_text(build.site, *each)
    else:
        fresh = start_build(generators[0].settings)
        build.site, build.sources = fresh.site, fresh.sources
        build.found, build.waiting = fresh.found, fresh.waiting
    generators[0].context["site"] = build.site
    return tuple(url for file in files for url in _show(generators, build, build.path_of(file)))


def _is_source(build: Build, file: Path) -> bool:
    """Return whether a file is one that has a page of its own, as far as its name tells."""
    return file.is_relative_to(build.content) and file.name.lower().endswith(MARKDOWN) and file.is_file()


def _saved(build: Build, file: Path) -> tuple[Post | PageNoun, str] | None:
    """Return the noun of a file as it is now, and the file's text, if nothing but words below its front matter differs.

    A file with a problem is never one of these: its problem may have gone or moved.
    """
    path = build.path_of(file)
    known = build.sources.get(path)
    if known is None or path not in build.site.texts or any(each.place.path == path for each in build.found):
        return None
    document, text, problems = read_document(str(file), path)
    before = build.site.texts[path]
    split, _ = split_text(before, path)
    same = _head(text, document.body) == _head(before, split.body) and document.body_line == split.body_line
    if problems or not same or known.body != split.body or _named(document.body) != _named(split.body):
        return None
    return dataclasses.replace(known, body=document.body), text


def _named(body: str) -> tuple[list[object], list[str]]:
    """Return what a text refers to and which pictures it shows: these make links, and problems."""
    return [(each.ref, each.placed) for each in find_text_refs(body, "")], _PICTURE.findall(body)


def _head(text: str, body: str) -> str:
    return text[: len(text) - len(body)]


def _show(generators: Sequence[Any], build: Build, path: str) -> Iterator[str]:
    """Write the page of the file at a path, if it has one, and yield its address."""
    noun = build.sources.get(path)
    if noun is None:
        yield from _show_entry(next(each for each in generators if isinstance(each, RehabGenerator)), build, path)
    elif path not in build.withheld:
        yield from _show_content(generators, build, noun)


def _show_entry(generator: RehabGenerator, build: Build, path: str) -> Iterator[str]:
    """Write the page of an exercise, an injury, ..., that the file at a path is about."""
    file = str(build.content.parent / path)
    pages = entry_pages(build, generator.context, generator.settings, bodies_of(generator.settings))
    for entry in pages:
        if entry.source_path == file:
            _fill(generator, build, entry)
            generator.write_entry(CalmWriter(generator.output_path, generator.settings), entry)
            yield entry.url


def _show_content(generators: Sequence[Any], build: Build, noun: Post | PageNoun) -> Iterator[str]:
    """Have Pelican read a post or a page again, and write it as it writes all of them."""
    kind, content_class, lists = (
        (ArticlesGenerator, Article, _ARTICLES) if isinstance(noun, Post) else (PagesGenerator, Page, _PAGES)
    )
    generator = next(each for each in generators if type(each) is kind)
    new = _read(generator, content_class, build.content.parent / noun.path)
    old = _take(generator, lists, new.source_path)
    if old is not None:
        for name, value in vars(old).items():
            vars(new).setdefault(name, value)  # what Pelican and other plugins found out of all files together
        new.translations = old.translations
    getattr(generator, lists[new.status][0 if new.in_default_lang else 1]).append(new)
    _fill(generator, build, new)
    alone, writer = _alone(generator, lists, new), CalmWriter(generator.output_path, generator.settings)
    if content_class is Page:
        alone.generate_output(writer)
    else:
        alone.generate_articles(writer.write_file)
        alone.generate_drafts(writer.write_file)
    yield new.url


def _fill(generator: Any, build: Build, content: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Make a content ready to be written, as the signals of a whole run do."""
    fill_content(Filler(generator.env, build, root_of(generator.settings), bodies_of(generator.settings)), content)
    content.refresh_metadata_intersite_links()
    build.written.discard(Path(generator.output_path) / content.save_as)


def _read(generator: Any, content_class: type[Any], file: Path) -> Any:  # noqa: ANN401 - as above
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


def _take(generator: Any, lists: dict[str, tuple[str, str]], source: str) -> Any:  # noqa: ANN401 - as above
    """Take the content of a file out of the generator's lists, and return it, or None where it was in none."""
    taken = None
    for known in (getattr(generator, name) for names in lists.values() for name in names):
        for content in known:
            if content.source_path == source:
                taken = content
        known[:] = [content for content in known if content.source_path != source]
    return taken


def _alone(generator: Any, lists: dict[str, tuple[str, str]], content: Any) -> Any:  # noqa: ANN401 - as above
    """Return the generator as if this one file were all that it has to write."""
    alone = copy.copy(generator)
    for name in (name for names in lists.values() for name in names):
        setattr(alone, name, [each for each in getattr(generator, name) if each is content])
    return alone
