"""What a whole build leaves in the cache, so that a change of words needs no other.

In: a build that is done. Out: `Snapshot`, kept in a file and read again, most of it only where it is asked for; None
where the words of some text reach further than anybody knows, where a publishing run checks everything, and where the
file is not what was kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from msgspec import Struct

from rehab.adapter.build import build_of
from rehab.adapter.edit.asked import Asked, Comments, Listed, Lost, Read, Unknown, parts_of
from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.adapter.threads import lively_threads
from rehab.adapter.words import ANY, SEARCH, shows_only_its_own
from rehab.model.post import Post
from rehab.site.edges import id_of
from rehab.site.search.build import search_documents, search_index
from rehab.site.search.reword import Kept, Shard
from rehab.site.search.shards import size_of
from rehab.site.show.home import home_view
from rehab.site.site import Site
from rehab.site.talk import Replies, Talk
from rehab.site.targets import Targets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.adapter.theme.styles import Styles
    from rehab.site.options import Options
    from rehab.site.views.map import HomeView
    from rehab.source.packed import Packed
    from rehab.source.problem import Problems

_PICTURES: Final = "images/"
_ASKED: Final = (
    "threads", "pictures", "cards", "text_refs", "outgoing", "incoming", "folders",
)  # fmt: skip
"""Mappings of the site that are read as they are asked for."""
_UNKNOWN: Final = ("edges", "comments", "assets")
"""What no page of a text shows."""
_LISTS: Final = (
    "unlisted", "exercises", "injuries", "treatments", "programs", "ladders", "regions", "muscles", "galleries",
    "pages", "drafts", "red_flags", "names", "defined_in", "positions", "ladders_by_step", "glossary",
)  # fmt: skip
"""What is read in any case. The options are no part of this: a secret of the environment is among them."""
_THINGS, _ANSWERS = "targets", "answers"
"""What targets and links of comments are told by."""
_TEXTS, _COMMENTS = "texts", "comments"
"""Texts of the author's, and those of readers."""
_INDEX: Final = "search"
_HOME: Final = "home"
_STYLES: Final = "styles"
_DOCUMENTS: Final = "documents"


class Snapshot(Struct, frozen=True, kw_only=True):
    """A whole build: its site without options, what templates were given by name.

    `wrong` are the paths of files with problems, `told` the problems that the first page shows. `feeds` are the
    feeds of posts, `digests` are of files, `public` are the ids of posts and pages by their paths. `lively` are the
    threads with the newest comments, and the moment after which none stands elsewhere. `index` is what is kept of
    that of the search. Of the rest, `read` reads what is asked for.
    """

    site: Site
    wrong: frozenset[str]
    told: Problems
    feeds: Mapping[str, tuple[str, ...]]
    names: frozenset[str]
    digests: Mapping[str, str]
    public: Mapping[str, str]
    lively: tuple[dt.datetime | None, tuple[str, ...]]
    index: Kept
    read: Read

    @property
    def home(self) -> HomeView:
        """Return the view of the first page."""
        view: HomeView = self.read.part(_HOME)
        return view

    @property
    def styles(self) -> Styles:
        """Return the styles of the theme, as far as pages need them."""
        styles: Styles = self.read.part(_STYLES)
        return styles

    def comments_in(self, thread: str) -> Mapping[str, str]:
        """Return the texts of the comments in a thread, by their paths."""
        return self.read.comments_in(thread)


def save_snapshot(file: Path, settings: Settings) -> str:
    """Keep what a whole build left, and return the hash that it is asked for by; "" where nothing can be kept of it."""
    build = build_of(settings)
    templates = (*(Path(each) for each in settings["THEME_TEMPLATES_OVERRIDES"]), Path(settings["THEME"]) / "templates")
    if build.strict or not _is_known(build) or not shows_only_its_own(templates):
        return ""
    return save_parts(file, _parts(build))


def _parts(build: Build) -> Iterator[tuple[str, object]]:
    site = build.linked
    hidden = {each.slug for each in site.unlisted}
    yield (
        "whole",
        [
            {name: getattr(site, name) for name in _LISTS},
            {id_: noun for id_, noun in site.nouns.items() if not isinstance(noun, Post)},
            [id_of(post) for post in site.posts],
            frozenset(
                place.path for each in build.problems for place in (each.place, *(first for first, _ in each.related))
            ),
            build.told,
            build.feeds,
            build.names,
            {each.path: id_of(each) for each in (*site.posts, *site.pages) if each.slug not in hidden},
            lively_threads(site),
        ],
    )
    yield _HOME, home_view(build.site)
    if build.styles:
        yield _STYLES, build.styles.for_pages()
    yield "digests", build.digests
    basis = search_index(build.site).basis
    yield _INDEX, [basis.scale, basis.head, {key: size_of(texts) for key, texts in basis.shards.items()}]
    for key, texts in basis.shards.items():
        yield f"{_INDEX}-{key}", Shard(texts, {term: basis.said[term] for term in texts if term in basis.said})
    documents = {each.id: (number, each) for number, each in enumerate(search_documents(build.site))}
    posts = {id_: noun for id_, noun in site.nouns.items() if isinstance(noun, Post)}
    asked: dict[str, Mapping[str, Any]] = {name: getattr(site, name) for name in _ASKED}
    asked |= {_THINGS: cast("Targets", site.targets).things, _ANSWERS: site.talk.answers}
    texts = cast("Packed", site.texts)  # as they are in every process that ends
    asked |= {_TEXTS: texts.open, _COMMENTS: Comments(texts)}
    yield from parts_of({**asked, "nouns": posts, _DOCUMENTS: documents})


def _is_known(build: Build) -> bool:
    """Return whether of every file that was written somebody has said which words stand in it."""
    unsaid = build.written - build.reach.keys()
    return ANY not in build.reach.values() and all(name.startswith(_PICTURES) for name in unsaid)


def files_of_search(build: Build) -> tuple[str, ...]:
    """Return the names of the files of the search index, which are other ones after each change of words."""
    return tuple(sorted(name for name, reach in build.reach.items() if reach == SEARCH and not name.endswith(".html")))


def read_snapshot(file: Path, digest: str, options: Options) -> Snapshot | None:
    """Return what was kept under a hash, with the options of this run, or None."""
    parts = read_parts(file, digest) if digest else None
    try:
        read = Read(parts) if parts else None
        return _snapshot(read, options) if read else None
    except (Lost, TypeError, ValueError):
        return None


def _snapshot(read: Read, options: Options) -> Snapshot:
    fields, nouns, posts, wrong, told, feeds, names, public, lively = read.part("whole")
    scale, head, sizes = read.part(_INDEX)
    asked = {name: Asked(read, name) for name in _ASKED}
    things = Asked(read, "nouns", nouns)
    unknown = dict.fromkeys(_UNKNOWN, cast("Any", Unknown()))
    listed = cast("tuple[Post, ...]", Listed(posts, things))
    replies, talk = Replies(asked["threads"]), Talk(Asked(read, _ANSWERS))
    targets = Targets(Asked(read, _THINGS), talk, replies)
    spoken = {"replies": replies, "talk": talk, "targets": targets, "texts": Asked(read, _TEXTS)}
    site = Site(**{**fields, **asked, **unknown, **spoken}, nouns=things, posts=listed, options=options)
    return Snapshot(
        site=site,
        wrong=wrong,
        told=told,
        feeds=feeds,
        names=names,
        digests=read.part("digests"),
        public=public,
        lively=lively,
        read=read,
        index=Kept(
            scale=scale,
            head=head,
            sizes=sizes,
            read=lambda key: cast("Shard", read.part(f"{_INDEX}-{key}")),
            documents=Asked(read, _DOCUMENTS),
        ),
    )
