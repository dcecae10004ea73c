"""Every comment of a blog with the room it lies in: on the site, waiting in the inbox, or kept after a rejection.

In: a content folder, and the folder `inbox` beside it, whose files have the same form. Out: each file with what it
says, and the one that somebody means by part of its id. What is waiting lies outside the content folder, so that no
build reads it; nothing reached through a link is looked at.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct

from rehab.comments.letters import remove_unseen
from rehab.comments.store import FOLDER
from rehab.model.comment import THREAD_FOLDERS
from rehab.model.entries import parse_entries
from rehab.model.nearest import near
from rehab.source.decode import decode
from rehab.source.document import Document, Tree
from rehab.source.header import split_text
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehab.model.comment import Comment

INBOX: Final = "inbox"
UNDO: Final = ".undo"
LARGEST: Final = 1_000_000
"""Bytes of a comment's file that is still looked at: a hundred times the longest comment that is shown."""
_MOST_NAMED = 5

Room: TypeAlias = Literal["content", "inbox", "undo"]
State: TypeAlias = Literal["approved", "pending", "spam", "deleted", "rejected"]


class Held(Struct, frozen=True):
    """One comment's file: the room it lies in, its path from the blog's folder, its bytes and what they say."""

    room: Room
    path: str
    data: bytes
    comment: Comment

    @property
    def id(self) -> str:
        """Return `thread/id`, which names one comment of the blog."""
        return f"{self.comment.thread}/{self.comment.slug}"

    @property
    def below(self) -> str:
        """Return its path below the folder of its room: where it lies in any other room."""
        return "/".join(self.path.split("/")[_DEPTH[self.room] :])

    @property
    def state(self) -> State:
        """Return what has been decided: in the inbox, whatever its file says, nothing is approved."""
        if self.room == "undo":
            return "rejected"
        status = self.comment.status
        if self.room == "inbox":
            return "spam" if status == "spam" else "pending"
        return _STATES.get(status, "approved")

    @property
    def text(self) -> str | None:
        """Return the file's text with its own line ends, or None where it is not UTF-8."""
        try:
            return self.data.decode("utf-8")
        except UnicodeDecodeError:
            return None


_DEPTH: Final[dict[Room, int]] = {"content": 2, "inbox": 1, "undo": 2}
"""Folders above the threads of each room, from the blog's folder."""
_STATES: Final[dict[str, State]] = {"approved": "approved", "pending": "pending", "spam": "spam", "deleted": "deleted"}


def read_held(content: Path) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Read all comments of a blog in order of path, and name the files that could not be read."""
    held: list[Held] = []
    unread: list[str] = []
    for room, folder, path in _rooms(content):
        for file, below in _files(folder):
            here = f"{path}/{below}"
            try:
                data = file.read_bytes() if file.stat().st_size <= LARGEST else None
            except OSError:
                data = None
            if data is None:
                unread.append(here)
            else:
                held.append(parse_held(room, here, data))
    return tuple(sorted(held, key=lambda each: each.path)), tuple(sorted(unread))


def _rooms(content: Path) -> tuple[tuple[Room, Path, str], ...]:
    inbox = content.parent / INBOX
    rooms: tuple[tuple[Room, Path, str], ...] = (
        ("content", content / FOLDER, f"{content.name}/{FOLDER}"),
        ("inbox", inbox, INBOX),
        ("undo", inbox / UNDO, f"{INBOX}/{UNDO}"),
    )
    links = {folder for _, folder, _ in rooms if folder.is_symlink()}
    return tuple(each for each in rooms if links.isdisjoint({each[1], each[1].parent}))


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files `<thread>/<id>.md` below a folder: nothing hidden, nothing behind a link."""
    threads = [each for each in _entries(folder) if each.is_dir(follow_symlinks=False)]
    inner = [each for one in threads if one.name in THREAD_FOLDERS for each in _entries(Path(one.path))]
    for thread in (*threads, *(each for each in inner if each.is_dir(follow_symlinks=False))):
        for entry in _entries(Path(thread.path)):
            if entry.is_file(follow_symlinks=False) and entry.name.endswith(".md"):
                yield Path(entry.path), Path(entry.path).relative_to(folder).as_posix()


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:
        return []


def parse_held(room: Room, path: str, data: bytes) -> Held:
    """Return a comment's file with what it says; a file with mistakes says what can be read of it."""
    place = "/".join(["content", FOLDER, *path.split("/")[_DEPTH[room] :]])
    text, _ = decode(data, place)
    split, _ = split_text(text, place)
    document = Document(place, split.root, split.body, split.body_line, "", split.legacy)
    entries, _ = parse_entries(Tree((document,), (), {}))
    return Held(room, path, data, entries.comments[0])


def fitting(word: str, held: Sequence[Held]) -> tuple[Held, ...]:
    """Return the comments whose id is a word; where there is none, those whose id begins or ends with it.

    `thread/id` narrows it down to one thread, of which the slug is enough.
    """
    named, _, part = word.replace("\\", "/").removesuffix(".md").rpartition("/")
    inside = _inside(named, held)
    exact = tuple(each for each in inside if each.comment.slug == part)
    return exact or tuple(each for each in inside if part and _begins_or_ends(each.comment.slug, part))


def _inside(named: str, held: Sequence[Held]) -> list[Held]:
    """Return the comments of the thread that a path ends with, else of those that end with a name; all for none."""
    if not named:
        return list(held)
    threads = {each.comment.thread for each in held}
    on_path = sorted((each for each in threads if f"/{named}".endswith(f"/{each}")), key=len)
    meant = on_path[-1:] or [each for each in threads if each.endswith(f"/{named}")]
    return [each for each in held if each.comment.thread in meant]


def find_held(word: str, held: Sequence[Held]) -> Held | str:
    """Return the one comment that a word fits, or the sentence that says why there is none."""
    found = fitting(word, held)
    if len(found) == 1:
        return found[0]
    if found:
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        ids = ", ".join(visible(each.id) for each in found[:_MOST_NAMED])
        return f"'{visible(word)}' fits {len(found)} comments: {ids}{more}: write more of the one you mean"
    part = word.replace("\\", "/").rpartition("/")[2]
    close = near(part, tuple(dict.fromkeys(each.comment.slug for each in held))).words
    hint = f"did you mean '{visible(close[0])}'?" if close else "'rehab comments queue' lists what waits"
    return f"no comment is called '{visible(word)}': {hint}"


def _begins_or_ends(slug: str, part: str) -> bool:
    return slug.startswith(part) or slug.endswith(part)


def excerpt(text: str, length: int) -> str:
    """Return the first words of a stranger's text on one line, with nothing in it that a terminal would obey."""
    words = visible(" ".join(remove_unseen(text).split()))
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"
