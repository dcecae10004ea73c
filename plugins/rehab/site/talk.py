"""What comments are linked with inside their own threads, made when somebody asks.

In: threads, and whom their public comments answer. Out: what a page shows of a comment by its id, and the links between
a comment, what it stands on and what it answers. A large blog has a hundred thousand comments, and who asks of them
does so thread by thread, so that what is said of one thread's is in hand at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from rehab.model.comment import host_id, thread_name
from rehab.site.edges import comment_id, edges_in_thread, unique_edges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.comments.thread import Reply, Thread
    from rehab.model.comment import Comment
    from rehab.site.site import Edge

Answers: TypeAlias = "Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]"
"""By thread: the ids of the public comments, and beside each that of the public comment which it answers, or ""."""
By: TypeAlias = "Mapping[str, tuple[Edge, ...]]"
_OF_COMMENT: Final = "comment:"


def answers_of(comments: Iterable[Comment]) -> Answers:
    """Return whom comments answer, which know one another by their old ids too."""
    found: defaultdict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        found[comment.thread].append(comment)
    return {thread: (tuple(each.slug for each in some), tuple(_answered(some))) for thread, some in found.items()}


def _answered(comments: list[Comment]) -> Iterator[str]:
    known = {name: comment.slug for comment in comments for name in (*comment.aliases, comment.slug)}
    return (known.get(comment.reply_to.slug, "") if comment.reply_to else "" for comment in comments)


def thread_in(id_: str) -> str:
    """Return the thread in which the comment of an id stands; "" of anything else."""
    return id_.removeprefix(_OF_COMMENT).rpartition("/")[0] if id_.startswith(_OF_COMMENT) else ""


class Replies(Mapping[str, "Reply"]):
    """What pages show of comments, by their ids."""

    __slots__ = ("_last", "_threads")

    def __init__(self, threads: Mapping[str, Thread]) -> None:
        """Take the threads."""
        self._threads = threads
        self._last: tuple[str, dict[str, Reply]] = ("", {})

    def __getitem__(self, id_: str) -> Reply:
        """Return what is shown of a comment."""
        thread = thread_in(id_)
        if not thread:
            raise KeyError(id_)
        if self._last[0] != thread:
            self._last = (thread, {comment_id(thread, each.id): each for each in self._threads[thread].entries})
        return self._last[1][id_]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids, thread by thread."""
        return (comment_id(name, each.id) for name, thread in self._threads.items() for each in thread.entries)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(len(thread.entries) for thread in self._threads.values())


class Talk:
    """The links inside threads. `answers` are whom public comments answer, by their thread."""

    __slots__ = ("_last", "answers")

    def __init__(self, answers: Answers) -> None:
        """Take whom comments answer."""
        self.answers = answers
        self._last: tuple[str, By, By] = ("", {}, {})

    def leaving(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that begin at a comment. One that is public has any."""
        return self._inside(thread_in(id_))[1].get(id_, ())

    def ending(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that end at a comment, or at what a thread stands on."""
        return self._inside(thread_in(id_) or thread_on(id_))[2].get(id_, ())

    def comments(self) -> Iterator[str]:
        """Go through the ids of the public comments, thread by thread."""
        return (id_ for thread in self.answers for id_ in self.comments_in(thread))

    def comments_in(self, thread: str) -> Iterator[str]:
        """Go through the ids of the public comments of a thread."""
        return (comment_id(thread, slug) for slug in dict.fromkeys(self.answers[thread][0]))

    def _inside(self, thread: str) -> tuple[str, By, By]:
        """Return the links in a thread, by where they begin and by where they end."""
        if self._last[0] != thread:
            rows = self.answers.get(thread, ((), ()))
            found = unique_edges(edges_in_thread(thread, zip(*rows, strict=True)))
            self._last = (thread, by_end(found, "from_"), by_end(found, "to"))
        return self._last


def thread_on(id_: str) -> str:
    """Return the thread that stands on a thing; "" where none can."""
    name = thread_name(id_)
    return name if host_id(name) == id_ else ""


def by_end(found: Iterable[Edge], end: str) -> dict[str, tuple[Edge, ...]]:
    """Return links by one of their ends, in order."""
    index: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in found:
        index[getattr(edge, end)].append(edge)
    return {id_: tuple(each) for id_, each in index.items()}
