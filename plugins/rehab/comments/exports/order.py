"""In which order comments are exported, and which number each of them answers.

In: comments of any posts. Out: the same in a fixed order, and for each the position of its parent or None. Systems
that number their comments follow parents without end where they go in a circle, so a circle is opened here.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rehab.model.comment import Comment


def in_order(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Return the comments in order of thread, id and path."""
    return tuple(sorted(comments, key=lambda each: (each.thread, each.slug, each.path)))


def by_thread(comments: Iterable[Comment]) -> Iterator[tuple[str, tuple[Comment, ...]]]:
    """Yield each thread's name with its comments."""
    for thread, group in groupby(in_order(comments), key=lambda each: each.thread):
        yield thread, tuple(group)


def find_parents(comments: Sequence[Comment]) -> tuple[int | None, ...]:
    """Return the position of what each comment of one post answers; None at the top, and where a circle is opened."""
    names: dict[str, int] = {}
    for field in ("slug", "aliases"):
        for at, each in enumerate(comments):
            for name in (each.slug,) if field == "slug" else each.aliases:
                names.setdefault(name, at)
    parents = [names.get(each.reply_to.slug) if each.reply_to else None for each in comments]
    walked: list[int | None] = [None] * len(parents)
    for start in range(len(parents)):
        here: int | None = start
        while here is not None and walked[here] is None:
            walked[here] = start
            above = parents[here]
            if above is not None and walked[above] == start:
                parents[here] = above = None
            here = above
    return tuple(parents)
