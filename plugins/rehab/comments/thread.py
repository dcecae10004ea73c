"""Threads: the comments on one page in reading order, with every answer below what it answers.

Comments come in with the safe HTML of their bodies; a `Thread` and problems come out. Pure and free of
libraries, so that the site room may use it. Nothing is lost: each comment is an entry, or a tombstone,
or counted in `hidden`. Every walk is a loop, so a chain of 100,000 answers is no deeper than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from rehab.comments.addresses import clean_url
from rehab.comments.answers import Answers, link_answers
from rehab.comments.letters import CAP, clean_name, is_cut
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from rehab.model.comment import Comment

DEEPEST_SHOWN = 3
"""The last of four levels that are indented: on a phone a fifth leaves too little room for words."""
PAGE_LENGTH = 200
"""Comments on one page: with more, a phone takes seconds to lay the page out."""


class Reply(Struct, frozen=True, kw_only=True):
    """One comment as a page shows it.

    `author` is plain text, empty for Anonymous; `html` is safe; `url` is safe or empty. `depth` counts
    from 0 and is true, `shown_depth` ends at 3. `number` counts from 1 in reading order.
    `reply_to_number` and `reply_to_author` are of the entry it answers. `reply_to_hidden`: it answers a
    comment that is not shown (pending, spam, or missing), so it stands on the first level and the page
    says "In reply to a comment that is not shown". `deleted`: a tombstone, kept because somebody
    answered it, without name, address and text. `aliases` are anchors of older pages.

    A template prints the nested lists without recursion: `<ol>` where `opens`, else `</li>`; then `<li>`
    and the comment; then `</li></ol>` as often as `closes` says.
    """

    id: str
    number: int
    author: str
    by_post_author: bool
    date: dt.datetime | None
    date_precision: str
    url: str
    html: str
    depth: int
    shown_depth: int
    reply_to_number: int | None
    reply_to_author: str | None
    reply_to_hidden: bool
    aliases: tuple[str, ...]
    deleted: bool
    repaired: bool
    opens: bool
    closes: int

    @property
    def anchor(self) -> str:
        """Return its id on the page."""
        return f"comment-{self.id}"


class Thread(Struct, frozen=True, kw_only=True):
    """The comments on a post, an exercise or an injury. `state` is its `comments`: open, closed or off.

    `shown` counts comments with their text; `hidden` those without an entry: pending, spam, and deleted
    ones that nobody answered. `declared` is how many an older page said it had.
    """

    name: str
    entries: tuple[Reply, ...]
    shown: int
    hidden: int
    declared: int | None
    state: str

    @property
    def words(self) -> str:
        """Return how many comments there are, in words."""
        return count_words(self.shown, self.declared)


class Host(Struct, frozen=True, kw_only=True):
    """What a page says of its thread: how many comments an older page had, where it says so, its state."""

    thread: str
    declared: int | None = None
    declared_at: Place | None = None
    state: str = "open"


def count_words(shown: int, declared: int | None = None) -> str:
    """Return an honest count: `No comments yet`, `1 comment`, `9 comments (7 kept here)`."""
    total = max(shown, declared or 0)
    if not total:
        return "No comments yet"
    words = f"{total} comment" if total == 1 else f"{total} comments"
    return words if shown == total else f"{words} ({shown or 'none'} kept here)"


def build_thread(comments: tuple[Comment, ...], html: Mapping[str, str], host: Host) -> tuple[Thread, Problems]:
    """Return one thread, and what is wrong with its comments.

    `html` maps a comment's `path` (unlike its id, never the same twice) to the safe HTML of its body.
    Siblings stand oldest first, undated ones last. Answers to a comment that is not there, or is not
    shown, and comments that answer each other in a circle stand on the first level, like new threads: a
    reader must not lose them because of a comment somebody else wrote. What is pending or spam raises
    no problem, so that no stranger can stop a site from being published.
    """
    answers, problems = link_answers(comments)
    entries = _entries(answers, _reading_order(answers), html)
    shown = sum(not entry.deleted for entry in entries)
    hidden = len(comments) - len(entries)
    thread = Thread(
        name=host.thread, entries=entries, shown=shown, hidden=hidden, declared=host.declared, state=host.state
    )
    return thread, (*problems, *_check_length(answers.comments), *_check_declared(shown, host))


def page_of(number: int) -> int:
    """Return the page, from 1, on which the comment of a number stands."""
    return (number - 1) // PAGE_LENGTH + 1


def count_pages(thread: Thread) -> int:
    """Return on how many pages a thread is shown: one also where it is empty."""
    return page_of(max(len(thread.entries), 1))


def entries_on(thread: Thread, page: int) -> tuple[Reply, ...]:
    """Return the entries of one page, from 1, in reading order, nested anew.

    What answers a comment of an earlier page stands as far out as it can; whom it answers is said with it.
    """
    entries = thread.entries[(page - 1) * PAGE_LENGTH : page * PAGE_LENGTH]
    levels = _levels_within(tuple(entry.shown_depth for entry in entries))
    nested = zip(entries, levels, plan_nesting(levels), strict=True)
    return tuple(
        entry
        if (entry.shown_depth, entry.opens, entry.closes) == (level, *plan)
        else replace(entry, shown_depth=level, opens=plan[0], closes=plan[1])
        for entry, level, plan in nested
    )


def _levels_within(levels: Sequence[int]) -> tuple[int, ...]:
    """Return how many of those before it on the page each entry stands below."""
    above: list[int] = []
    within: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        within.append(len(above))
        above.append(level)
    return tuple(within)


def _check_length(comments: Sequence[Comment]) -> Problems:
    return tuple(_long_problem(each) for each in comments if each.status == "approved" and is_cut(each.body))


def _long_problem(comment: Comment) -> Problem:
    length = len(comment.body.removesuffix("\n"))
    return Problem(
        "long-comment",
        Place(comment.path, comment.body_line),
        f"this comment has {length:,} characters, and its page shows the first {CAP:,}",
        "move the rest into a second comment that answers this one",
    )


def _check_declared(shown: int, host: Host) -> Problems:
    if host.declared is None or host.declared_at is None or shown <= host.declared:
        return ()
    are = "comment is" if shown == 1 else "comments are"
    message = f"{shown} {are} here, but the old page is said to have had {host.declared}"
    return (
        Problem("comments-more-than-declared", host.declared_at, message, "correct comments_declared, or remove it"),
    )


def _reading_order(answers: Answers) -> tuple[int, ...]:
    """Return the positions of the comments that get an entry: each before its answers, oldest first."""
    children: dict[int | None, list[int]] = {}
    for at, parent in enumerate(answers.parents):
        children.setdefault(parent, []).append(at)
    order: list[int] = []
    waiting = children.get(None, [])[::-1]
    while waiting:
        at = waiting.pop()
        order.append(at)
        waiting += reversed(children.get(at, ()))
    return _without_barren(answers, order)


def _without_barren(answers: Answers, order: Sequence[int]) -> tuple[int, ...]:
    """Return the order without deleted comments below which nothing is shown."""
    kept: set[int | None] = set()
    for at in reversed(order):
        if at in kept or answers.comments[at].status == "approved":
            kept |= {at, answers.parents[at]}
    return tuple(at for at in order if at in kept)


class _Spot(Struct, frozen=True):
    """Where an entry stands: its comment's position, its number and its parent's, levels, lists."""

    at: int
    number: int
    parent_number: int | None
    depth: int
    level: int
    opens: bool
    closes: int


def _entries(answers: Answers, order: Sequence[int], html: Mapping[str, str]) -> tuple[Reply, ...]:
    return tuple(_entry(answers, spot, html) for spot in _spots(answers, order))


def _spots(answers: Answers, order: Sequence[int]) -> Iterator[_Spot]:
    numbers: dict[int | None, int] = {at: number for number, at in enumerate(order, 1)}
    depths: dict[int | None, int] = {None: -1}
    for at in order:
        depths[at] = depths[answers.parents[at]] + 1
    levels = [min(depths[at], DEEPEST_SHOWN) for at in order]
    for at, level, (opens, closes) in zip(order, levels, plan_nesting(levels), strict=True):
        yield _Spot(at, numbers[at], numbers.get(answers.parents[at]), depths[at], level, opens, closes)


def plan_nesting(levels: Sequence[int]) -> tuple[tuple[bool, int], ...]:
    """Return for each entry whether a list opens before it, and how many lists close after it.

    `levels` count from 0, and none is more than one deeper than the one before it.
    """
    before = (-1, *levels)
    after = (*levels[1:], -1)
    return tuple(
        (here > last, max(here - coming, 0)) for last, here, coming in zip(before, levels, after, strict=False)
    )


def _entry(answers: Answers, spot: _Spot, html: Mapping[str, str]) -> Reply:
    comment, parent = answers.comments[spot.at], answers.parents[spot.at]
    deleted = comment.status == "deleted"
    return Reply(
        id=answers.ids[spot.at],
        number=spot.number,
        author=_author(comment),
        by_post_author=comment.by_post_author and not deleted,
        date=comment.date,
        date_precision=comment.date_precision,
        url="" if deleted else clean_url(comment.url) or "",
        html="" if deleted else html.get(comment.path, ""),
        depth=spot.depth,
        shown_depth=spot.level,
        reply_to_number=spot.parent_number,
        reply_to_author=None if parent is None else _author(answers.comments[parent]),
        reply_to_hidden=spot.at in answers.lost,
        aliases=answers.aliases[spot.at],
        deleted=deleted,
        repaired=bool(comment.repaired) and not deleted,
        opens=spot.opens,
        closes=spot.closes,
    )


def _author(comment: Comment) -> str:
    """Return the name to show: none for somebody whose comment was deleted."""
    return "" if comment.status == "deleted" else clean_name(comment.author)
