"""One page written by itself, by the generators of a build that is over, as they write it among all others.

In: the generators, and the noun that the page is about, as the build's site has it now. Out: the file, and the page's
address. Pelican reads the text again, from our reader, and the generators know it in the place of the old one.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, PagesGenerator

from rehab.adapter.build import bodies_of, build_of
from rehab.adapter.entries import EntryPage, entry_page
from rehab.adapter.fill import Filler
from rehab.adapter.filled import fill_content
from rehab.adapter.generator import RehabGenerator
from rehab.adapter.reader import read_alone
from rehab.adapter.settings import root_of
from rehab.adapter.writer import CalmWriter
from rehab.model.page import Page as PageNoun
from rehab.model.post import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_LISTS: Mapping[type[Any], Mapping[str, tuple[str, str]]] = {
    ArticlesGenerator: {
        "published": ("articles", "translations"),
        "draft": ("drafts", "drafts_translations"),
        "hidden": ("hidden_articles", "hidden_translations"),
    },
    PagesGenerator: {
        "published": ("pages", "translations"),
        "draft": ("draft_pages", "draft_translations"),
        "hidden": ("hidden_pages", "hidden_translations"),
    },
}
"""Where Pelican's two generators keep what they write, by its status: in the site's language, and in others."""


def ours_of(generators: Sequence[Any]) -> RehabGenerator:
    """Return our own of a build's generators."""
    return next(each for each in generators if isinstance(each, RehabGenerator))


def contents_in(ours: RehabGenerator, names: AbstractSet[str]) -> list[Any]:
    """Return what has its page in one of some files, by their names. To ask thousands where theirs is takes long."""
    likely = (
        each
        for each in ours.contents()
        if hasattr(each, "override_save_as") or any(each.slug in name for name in names)
    )
    return [each for each in likely if each.save_as in names]


def names_of(ours: RehabGenerator, files: Iterable[Path]) -> set[str]:
    """Return what files of the output folder are called there."""
    output = Path(ours.output_path).resolve()
    return {file.relative_to(output).as_posix() for file in files if file.is_relative_to(output)}


def write_page(generators: Sequence[Any], noun: Any) -> str:  # noqa: ANN401 - any noun that has a page
    """Write the page of a noun as it is now, and return its address, site-relative."""
    if isinstance(noun, Post | PageNoun):
        return _write_content(generators, noun)
    return _write_entry(ours_of(generators), noun)


def write_as_it_is(generators: Sequence[Any], content: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Write the page of a content that the generators have, and which is filled already."""
    ours = ours_of(generators)
    if isinstance(content, EntryPage):
        ours.write_entry(CalmWriter(ours.output_path, ours.settings), content)
    else:
        kind = ArticlesGenerator if isinstance(content, Article) else PagesGenerator
        _write_alone(next(each for each in generators if type(each) is kind), content)


def _write_entry(ours: RehabGenerator, noun: Any) -> str:  # noqa: ANN401 - as above
    """Write the page of an exercise, an injury, ..."""
    page = entry_page(noun, ours.build, ours.context, ours.settings, bodies_of(ours.settings))
    _fill(ours, page)
    others = [each for each in ours.context["pages"] if each.save_as != page.save_as]
    ours.context["pages"] = [*others, page]
    ours.write_entry(CalmWriter(ours.output_path, ours.settings), page)
    return str(page.url)


def _write_content(generators: Sequence[Any], noun: Post | PageNoun) -> str:
    """Have Pelican read a post or a page again, and write it."""
    kind, content_class = (ArticlesGenerator, Article) if isinstance(noun, Post) else (PagesGenerator, Page)
    generator = next(each for each in generators if type(each) is kind)
    lists = _LISTS[kind]
    new = read_alone(generator, content_class, ours_of(generators).build.content.parent / noun.path)
    old = _take(generator, lists, new.source_path)
    if old is not None:
        # What Pelican and other plugins found out of all files together stays.
        for name in vars(old).keys() - old.metadata.keys():
            vars(new).setdefault(name, vars(old)[name])
        new.translations = old.translations
    getattr(generator, lists[new.status][0 if new.in_default_lang else 1]).append(new)
    _fill(generator, new)
    _write_alone(generator, new)
    return str(new.url)


def _write_alone(generator: Any, content: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Have Pelican write a content as if it were all that its generator has to write."""
    alone = copy.copy(generator)
    for name in (name for names in _LISTS[type(generator)].values() for name in names):
        setattr(alone, name, [each for each in getattr(generator, name) if each is content])
    writer = CalmWriter(generator.output_path, generator.settings)
    if isinstance(content, Page):
        alone.generate_output(writer)
    else:
        alone.generate_articles(writer.write_file)
        alone.generate_drafts(writer.write_file)


def _fill(generator: Any, content: Any) -> None:  # noqa: ANN401 - as above
    """Make a content ready to be written, as the signals of a whole run do."""
    build = build_of(generator.settings)
    fill_content(Filler(generator.env, build, root_of(generator.settings), bodies_of(generator.settings)), content)
    content.refresh_metadata_intersite_links()
    build.written.discard(build.name_of(content.save_as))


def _take(generator: Any, lists: Mapping[str, tuple[str, str]], source: str) -> Any:  # noqa: ANN401 - as above
    """Take the content of a file out of the generator's lists, and return it, or None where it was in none."""
    taken = None
    for known in (getattr(generator, name) for names in lists.values() for name in names):
        for content in known:
            if content.source_path == source:
                taken = content
        known[:] = [content for content in known if content.source_path != source]
    return taken
