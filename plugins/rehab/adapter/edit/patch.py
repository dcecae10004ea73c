"""The pages of texts whose words or comments alone were changed, written without building the site.

In: what the last whole build left, and the files touched since. Out: how many files were written; None where the site
must be built whole. Pelican reads and writes the pages as it does in every build, but of these texts alone: a page
that asks for anything that only a whole build knows ends this, and so do files and templates that cannot be used.
Whatever else goes wrong is a fault of the program's, and is raised.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateError
from msgspec import Struct
from pelican.contents import Article
from pelican.contents import Page as PelicanPage
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.plugins import signals

from rehab.adapter.build import KEY, Build, bodies_of
from rehab.adapter.edit.asked import Lost, Unknown
from rehab.adapter.edit.feed_entries import reword_feeds
from rehab.adapter.edit.only_words import NotOnlyWords
from rehab.adapter.edit.reworded import reword
from rehab.adapter.edit.snapshot import read_snapshot
from rehab.adapter.environment import prepare_environment
from rehab.adapter.fill import Filler
from rehab.adapter.filled import fill_content
from rehab.adapter.generator import RehabGenerator
from rehab.adapter.listener import listen
from rehab.adapter.offline import save_worker
from rehab.adapter.reader import read_alone, read_ours
from rehab.adapter.saved import remove_stale, save_calmly
from rehab.adapter.settings import complete_settings, options_of, output_of, root_of
from rehab.adapter.settings_file import read_anew
from rehab.adapter.words import SEARCH
from rehab.adapter.writer import CalmWriter
from rehab.model.comment import host_id
from rehab.model.post import Post
from rehab.site.offline import WORKER
from rehab.site.search.documents import document_of
from rehab.site.search.index import HEAD, count_words
from rehab.site.search.reword import reword_index
from rehab.site.search.weights import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.edit.reworded import Reworded
    from rehab.adapter.edit.snapshot import Snapshot
    from rehab.model.page import Page


_HOME: Final = "index"


class Whole(Struct, frozen=True, kw_only=True):
    """The last whole build: where its snapshot is, with which digest, what Pelican said, and which files there are."""

    snapshot: Path
    digest: str
    messages: tuple[str, ...]
    files: tuple[str, ...]
    search: tuple[str, ...]


class Patched(Struct, frozen=True, kw_only=True):
    """How many files were rewritten and removed; the names of all, of the search index, and of what was made."""

    written: int
    removed: int
    files: tuple[str, ...]
    search: tuple[str, ...]
    made: frozenset[str]


def patch(
    settings_file: Path, touched: Iterable[str], whole: Whole, *, content: Path | None, output: Path | None
) -> Patched | None:
    """Write what stands in the words of touched files, which are given by their absolute paths.

    The folders are those that the command names. Return None where the site must be built whole, which mends whatever
    was written here. Raises what no settings, texts or templates can be the reason of.
    """
    touched = tuple(touched)
    if len(touched) > AT_ONCE:
        return None
    listener = listen()
    override: dict[str, Any] = {"REHAB_REPORT": False}
    override |= {"PATH": str(content.resolve())} if content else {}
    override |= {"OUTPUT_PATH": str(output.resolve())} if output else {}
    try:
        settings = read_anew(settings_file, override)
        complete_settings(settings)
    except Exception:  # noqa: BLE001 - a settings file is a program and may raise anything: the whole build says it
        return None
    settings["OUTPUT_PATH"] = output_of(settings)
    kept = read_snapshot(whole.snapshot, whole.digest, options_of(settings))
    try:
        done = _patch(settings, kept, touched, whole) if kept else None
    except (NotOnlyWords, Lost, OSError, TemplateError):  # the whole build meets what is wrong, and says it
        return None
    return done if listener.messages.keys() <= set(whole.messages) else None


def _patch(settings: dict[str, Any], snapshot: Snapshot, touched: tuple[str, ...], whole: Whole) -> Patched:
    content = Path(settings["PATH"]).resolve()
    build = settings[KEY] = Build(
        site=snapshot.site,
        content=content,
        output=Path(settings["OUTPUT_PATH"]).as_posix(),
        strict=False,
        found=list(snapshot.told),
        sources={},
    )
    known = len(build.found)
    paths = (build.path_of(Path(each)) for each in touched)
    new = reword(snapshot, content, paths, bodies_of(settings).render)
    build.site, build.sources = new.site, {each.path: each for each in _spoken(new)}
    signals.generator_init.connect(prepare_environment)
    signals.readers_init.connect(read_ours)
    _write(settings, build, snapshot, new)
    if len(build.found) != known:
        raise NotOnlyWords
    search = _write_index(settings, build, snapshot, new, whole) if whole.search else ()
    return _finish(settings, build, snapshot, whole, search)


def _finish(
    settings: dict[str, Any], build: Build, snapshot: Snapshot, whole: Whole, search: tuple[str, ...]
) -> Patched:  # fmt: skip
    """Write what is of all files, and remove those of the search index that are no more."""
    standing = {*whole.files, *search} - ({*whole.search} - {*search}) - {WORKER, *build.written}
    save_worker(build, settings, {name: snapshot.digests.get(name, "") for name in standing})
    remove_stale(settings, standing)
    made = frozenset(build.written)
    written, removed = build.counts["written"], build.counts["removed"]
    return Patched(written=written, removed=removed, files=tuple(sorted({*standing, *made})), search=search, made=made)


def _write_index(
    settings: dict[str, Any], build: Build, snapshot: Snapshot, new: Reworded, whole: Whole
) -> tuple[str, ...]:  # fmt: skip
    """Write what is new of the search index, and its name on the page of the search in the place of the last one's.

    Return the names of all its files.
    """
    fresh = (count_words(document_of(new.site, noun)) for noun in _spoken(new))
    index = reword_index(snapshot.index, fresh, {*whole.search})
    if index is None:
        raise NotOnlyWords
    output = Path(settings["OUTPUT_PATH"])
    page = str(settings["SEARCH_SAVE_AS"])
    for name, text in index.files.items():
        save_calmly(name, text.encode(), build, SEARCH)
    before = [name for name in whole.search if PurePosixPath(name).match(HEAD)]
    text = (output / page).read_text("utf-8")
    if len(before) != 1 or text.count(before[0]) != 1:
        raise NotOnlyWords
    save_calmly(page, text.replace(before[0], index.head).encode(), build, SEARCH)
    return index.places


def _spoken(new: Reworded) -> tuple[Post | Page, ...]:
    """Return the posts and pages that have new words, their own or their readers'."""
    hosts = (new.site.nouns[host_id(thread)] for thread in new.threads)
    return tuple({each.path: each for each in (*new.texts, *hosts)}.values())


def _write(settings: dict[str, Any], build: Build, snapshot: Snapshot, new: Reworded) -> None:
    context = _context(settings, snapshot)
    writer = CalmWriter(settings["OUTPUT_PATH"], settings)
    ours = _generator(RehabGenerator, context, settings)
    ours.show_to_templates(snapshot.styles)
    spoken = _spoken(new)
    posts = [each.path for each in spoken if isinstance(each, Post)]
    articles = _generator(ArticlesGenerator, context, settings)
    for path in posts:
        article = _read(articles, Article, build, path)
        articles.articles = [article]
        articles.generate_articles(partial(writer.write_file, relative_urls=settings["RELATIVE_URLS"]))
        reword_feeds(snapshot.feeds, article, writer.entry_id(article), build, settings)
    pages = _generator(PagesGenerator, context, settings)
    pages.pages = [_read(pages, PelicanPage, build, each.path) for each in spoken if not isinstance(each, Post)]
    pages.generate_output(writer)
    if new.threads:
        from rehab.adapter.edit.thread_files import save_newest, write_threads  # noqa: PLC0415 - with the cleaners

        write_threads(ours, writer, build, new)
        build.home = save_newest(build, snapshot, new)
        _write_home(articles, writer)


def _write_home(articles: ArticlesGenerator, writer: CalmWriter) -> None:
    """Write the first page, which shows what readers said last, if the site has one."""
    articles.settings = {**articles.settings, "DIRECT_TEMPLATES": {*articles.settings["DIRECT_TEMPLATES"]} & {_HOME}}
    articles.articles = articles.dates = Unknown()
    articles.generate_direct_templates(partial(writer.write_file, relative_urls=articles.settings["RELATIVE_URLS"]))


def _context(settings: dict[str, Any], snapshot: Snapshot) -> dict[str, Any]:
    """Return what templates are given by name, as a whole build has it, or unknown."""
    context = {**settings, "generated_content": {}, "static_links": set(), "static_content": {}}
    context["localsiteurl"] = root_of(settings)
    return {**{name: Unknown() for name in snapshot.names}, **context}


def _generator(kind: type[Any], context: dict[str, Any], settings: dict[str, Any]) -> Any:  # noqa: ANN401 - Pelican has no types
    return kind(
        context=context,
        settings=settings,
        path=settings["PATH"],
        theme=settings["THEME"],
        output_path=settings["OUTPUT_PATH"],
    )


def _read(generator: Any, kind: type[Any], build: Build, path: str) -> Any:  # noqa: ANN401 - as above
    """Have Pelican read a text, and fill it, as the signals of a whole run do."""
    content = read_alone(generator, kind, build.content.parent / path)
    filler = Filler(generator.env, build, root_of(generator.settings), bodies_of(generator.settings))
    fill_content(filler, content)
    content.refresh_metadata_intersite_links()
    return content
