"""Which pages take comments: read from the content folder, and read again where a file changed.

In: a content folder. Out: each thread with its state and the title of its page, and the comments that it shows. A
file is parsed when it is new or its time or size changed; comments are looked up one by one, when somebody asks.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from rehab.comments.inbox import parse_held
from rehab.comments.store import FOLDER, comment_file
from rehab.comments.submitted import ThreadKnown
from rehab.model.entries import parse_entries
from rehab.source.decode import MARKDOWN
from rehab.source.document import Tree
from rehab.source.read import read_document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from rehab.model.comment import Comment
    from rehab.model.exercise import Exercise
    from rehab.model.injury import Injury
    from rehab.model.post import Post

PAUSE = 1.0
"""Seconds for which a look at the content folder is taken as the truth."""


class Place(NamedTuple):
    """A page with a thread: its title, `open`, `closed` or `off`, and the first day it is public, or nothing.

    In what one file says, an empty state is that of another file, or open.
    """

    title: str
    state: str
    day: str = ""


class _Read(NamedTuple):
    mark: tuple[int, int]
    places: dict[str, Place]


class Shown(Mapping[str, "Comment"]):
    """The comments that a thread shows, by id: each is read when it is asked for."""

    def __init__(self, content: Path, thread: str) -> None:
        self._content, self._thread = content, thread

    def __getitem__(self, id_: str) -> Comment:
        """Return a comment. Raises KeyError where none of that id is shown."""
        found = read_comment(self._content, self._thread, id_)
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield the ids of all files; which are shown is known when they are read."""
        folder = comment_file(self._content, self._thread, "x").parent
        try:
            names = sorted(entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False))
        except OSError:
            return
        yield from (name.removesuffix(".md") for name in names if name.endswith(".md") and not name.startswith("."))

    def __len__(self) -> int:
        """Return how many files there are."""
        return sum(1 for _ in self)


def read_comment(content: Path, thread: str, id_: str) -> Comment | None:
    """Return the approved comment of a known thread that has an id, or None. The id may be anything."""
    file = comment_file(content, thread, id_)
    if file.stem != id_ or file.is_symlink():
        return None
    try:
        data = file.read_bytes()
    except (OSError, ValueError):
        return None
    comment = parse_held("content", f"content/{FOLDER}/{thread}/{file.name}", data).comment
    return comment if comment.status == "approved" else None


class Threads:
    """The threads of one content folder. With `early`, a post is public before its day."""

    def __init__(
        self, content: Path, clock: Callable[[], dt.datetime], *, early: bool = False, pause: float = PAUSE
    ) -> None:
        self._content, self._clock, self._early, self._pause = content, clock, early, pause
        self._lock = threading.Lock()
        self._files: dict[str, _Read] = {}
        self._places: dict[str, Place] = {}
        self._looked: float | None = None

    def look(self) -> dict[str, Place]:
        """Return every page with a thread, by the thread's name, public today or later."""
        with self._lock:
            now = time.monotonic()
            if self._looked is None or now - self._looked >= self._pause:
                self._look()
                self._looked = now
            return self._places

    def find(self, thread: str) -> Place | None:
        """Return the page of a thread that is public today, or None."""
        place = self.look().get(thread)
        today = self._clock().date().isoformat()
        return place if place and (self._early or place.day <= today) else None

    def known(self, thread: str) -> dict[str, ThreadKnown]:
        """Return what a submission to a thread is checked against; nothing where there is no such thread."""
        place = self.find(thread)
        return {thread: ThreadKnown(state=place.state, shown=Shown(self._content, thread))} if place else {}

    def _look(self) -> None:
        seen: dict[str, _Read] = {}
        for path, entry in _documents(self._content):
            status = entry.stat(follow_symlinks=False)
            mark = (status.st_mtime_ns, status.st_size)
            known = self._files.get(path)
            seen[path] = known if known and known.mark == mark else _Read(mark, _read_places(entry.path, path))
        if seen != self._files:
            self._files = seen
            self._places = _joined(seen)


def _documents(content: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the text files outside the folder of comments with their paths; nothing hidden, nothing behind a link."""
    waiting = [(content.name, str(content))]
    while waiting:
        path, folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            here = f"{path}/{entry.name}"
            if entry.name.startswith(".") or here == f"{content.name}/{FOLDER}":
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((here, entry.path))
            elif entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(MARKDOWN):
                yield here, entry


def _read_places(file: str, path: str) -> dict[str, Place]:
    """Return the pages with a thread that one file makes."""
    document, _, _ = read_document(file, path)
    entries, _ = parse_entries(Tree((document,), (), {}))
    places: dict[str, Place] = {}
    for post in entries.posts:
        if post.status == "published" and not post.translation:
            day = post.date.date().isoformat() if post.date else ""
            places[post.slug] = _place(post, day)
            defined = (use.defines for use in post.exercises)
            places |= {f"exercises/{each.slug}": _place(each, day) for each in defined if each}
    places |= {f"exercises/{each.slug}": _place(each) for each in entries.exercises}
    return places | {f"injuries/{each.slug}": _place(each) for each in entries.injuries}


def _place(entry: Post | Exercise | Injury, day: str = "") -> Place:
    return Place(entry.title, entry.comments, day)


def _joined(files: Mapping[str, _Read]) -> dict[str, Place]:
    """Return all pages, as `rehab.comments.read.hosts_of` has them: an exercise's own file goes before the posts."""
    places: dict[str, Place] = {}
    for _, read in sorted(files.items(), key=lambda each: (_is_own(each[0]), each[0])):
        for name, place in read.places.items():
            other = places.get(name)
            state = place.state or (other.state if other else "") or "open"
            places[name] = place._replace(state=state)
    return places


def _is_own(path: str) -> bool:
    return path.split("/")[1:2] == ["exercises"]
