"""Saved files → the site of the last build with them as they are now, before anything else is done.

In: the settings of a build, which lead to its site, and files. Out: the build's site, sources and problems, changed in
place, and whether everything was read and linked anew. A file is linked by itself where that says the same of its own
page (`rehab.site.new_entry`); else all files are, and that takes longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.adapter.build import build_of
from rehab.adapter.serve.release import empty
from rehab.adapter.settings import recipe_of
from rehab.adapter.signals import start_build
from rehab.comments.read import hosts_of, parse_threads
from rehab.comments.thread import Host
from rehab.model.comment import host_id, thread_of
from rehab.model.entries import parse_entries
from rehab.model.folders import folder_of
from rehab.model.page import Page
from rehab.model.post import Post
from rehab.site.new_entry import problems_of, with_entry, with_thread
from rehab.site.waiting import waiting_of
from rehab.source.document import Tree
from rehab.source.read import read_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.model.entries import Entries
    from rehab.model.entry import Entry


COMMENTS: Final = "comments"
_MANY: Final = 300
"""Comments in a thread that are read at once; with more, it is quicker to ask for what is known of all."""


def relink(settings: Settings, files: Iterable[Path]) -> bool:
    """Have a build know files as they are now. Return whether all of its site is another one."""
    build = build_of(settings)
    noted, before = build.site, build.linked
    build.forget_last()
    alone = all(_take(build, settings, file) for file in files)
    if not alone:
        fresh = start_build(settings)
        build.site, build.sources = fresh.linked, fresh.sources
        build.found, build.waiting = fresh.found, fresh.waiting
    for gone in (noted, before):
        if build.site is not gone:
            empty(gone)
    return not alone


def _take(build: Build, settings: Settings, file: Path) -> bool:
    """Link one file by itself, and return whether that can be done."""
    path = build.path_of(file)
    if folder_of(path) == COMMENTS:
        return _take_thread(build, thread_of(path.split("/")[2:]), path)
    document, text, problems = read_document(str(file), path)
    entries, found = parse_entries(Tree((document,), (), {path: text}))
    entry = _only_one(entries)
    threads, _ = parse_threads((), hosts_of(entries))
    fresh = threads.keys() - build.site.threads.keys()
    if entry is None or any((build.content / "comments" / each).is_dir() for each in fresh):
        return False
    new = with_entry(build.site, entry, text, recipe_of(settings), threads)
    if new is None:
        return False
    build.site, entry = new
    others = [each for each in build.found if each.place.path != path]
    build.found = [*others, *problems_of(build.site, entry, (*problems, *found))]
    if isinstance(entry, Post | Page):
        build.sources[path] = entry
        build.waiting = waiting_of(build.site)
    return True


def _take_thread(build: Build, name: str, touched: str) -> bool:
    """Link the thread in which a comment was touched, and return whether that can be done."""
    known, inside = build.site.threads.get(name), f"/{name}/"
    if known is None or known.declared is not None or host_id(name) not in build.site.nouns:
        return False
    paths = sorted({touched, *(path for path in build.site.texts if inside in path and folder_of(path) == COMMENTS)})
    files = {path: build.content.parent / path for path in paths if (build.content.parent / path).is_file()}
    if len(files) > _MANY:
        return False
    read = [read_document(str(file), path) for path, file in files.items()]
    texts = {document.path: text for document, text, _ in read}
    entries, problems = parse_entries(Tree(tuple(document for document, _, _ in read), (), texts))
    threads, found = parse_threads(entries.comments, (Host(thread=name, state=known.state),))
    approved = tuple(each for each in entries.comments if each.status == "approved" and each.thread == name)
    build.site = with_thread(build.site, threads[name], approved)
    others = [each for each in build.found if each.place.path not in paths]
    build.found = [*others, *problems, *found, *(each for _, _, some in read for each in some)]
    return True


def _only_one(entries: Entries) -> Entry | None:
    """Return the one thing that a file is about, or None where it is about none, or several."""
    found = [each for name in entries.__struct_fields__ for each in getattr(entries, name)]
    return found[0] if len(found) == 1 else None
