"""Who answers whom: the ids of one thread's comments, and each comment's parent.

Comments come in; those that a thread is made of go out with unique ids and parents that lead nowhere in
circles, and with problems: ids used twice, answers to nothing, circles, answers older than what they
answer. Pending and spam comments count as known but not shown, and raise no problem.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, TypeAlias

from msgspec import Struct

from rehab.model.nearest import near
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehab.model.comment import Comment

IN_THREAD: Final = frozenset({"approved", "deleted"})
"""The statuses whose comments stand in a thread, with their text or as a tombstone."""

EXACTNESS: Final[Mapping[str, dt.timedelta]] = {
    "second": dt.timedelta(seconds=1),
    "minute": dt.timedelta(minutes=1),
    "day": dt.timedelta(days=1),
    "month": dt.timedelta(days=31),
    "year": dt.timedelta(days=366),
}
"""How long the time is that a date of this precision names; the date is its first moment."""

# Comparing every unknown id with every known one takes a second at some 500 of each.
_MOST_COMPARED = 200
_MOST_NAMED = 5
_NO_DATE = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_DIGITS = re.compile(r"([0-9]+)")
_ANCHOR = re.compile(r"(?=[^0-9]*[0-9])(?!bib-)[0-9A-Za-z][0-9A-Za-z_.:-]{0,99}")
"""Ids of older pages that may be ids of ours. Old systems count (`comment-123`, `c9876`), and no id that our pages
have by themselves holds a digit but those of cards, so none can stand on a page twice."""

SiblingKey: TypeAlias = tuple[bool, dt.datetime, tuple[tuple[int, str], ...], str]


class Answers(Struct, frozen=True):
    """The comments of a thread, oldest first, and for each (by position) what is known of it.

    `ids` are unique. `parents` are positions, None on the first level. `aliases` are ids of older pages
    that no other comment has. `lost` are the positions of those that answer what is not shown.
    """

    comments: tuple[Comment, ...]
    ids: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    parents: tuple[int | None, ...]
    lost: frozenset[int]


def link_answers(comments: tuple[Comment, ...]) -> tuple[Answers, Problems]:
    """Return who answers whom among the comments of one thread, with the problems found."""
    kept = tuple(sorted((each for each in comments if each.status in IN_THREAD), key=sibling_order))
    names, taken_twice = _claim_names(kept)
    unseen = {name for each in comments if each.status not in IN_THREAD for name in (each.slug, *each.aliases)}
    parents, lost, missing = _find_parents(kept, names, unseen)
    loops = _find_loops(parents)
    in_loop = frozenset(at for loop in loops for at in loop)
    straight = tuple(None if at in in_loop else parent for at, parent in enumerate(parents))
    ids = _unique_ids(kept, names)
    answers = Answers(kept, ids, _own_aliases(kept, names, ids), straight, lost)
    circles = tuple(_loop_problem(kept, loop) for loop in loops)
    return answers, (*taken_twice, *missing, *circles, *_check_dates(kept, straight))


def sibling_order(comment: Comment) -> SiblingKey:
    """Return the key by which answers to one comment are sorted: date, then id (`2` before `10`)."""
    date = moment(comment)
    return (date is None, date or _NO_DATE, _natural(comment.slug), comment.path)


def moment(comment: Comment) -> dt.datetime | None:
    """Return when it was written; a time without a zone is UTC, as in front matter."""
    date = comment.date
    return date.replace(tzinfo=dt.UTC) if date is not None and date.tzinfo is None else date


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which numbers inside text sort by value: a number's length, then its digits."""
    parts = enumerate(_DIGITS.split(text))
    return tuple((len(part.lstrip("0")), part.lstrip("0")) if at % 2 else (0, part) for at, part in parts)


def _claim_names(kept: Sequence[Comment]) -> tuple[dict[str, int], Problems]:
    """Return which comment each id belongs to: its own name first, then those of older pages."""
    names: dict[str, int] = {}
    problems: list[Problem] = []
    by_path = sorted(range(len(kept)), key=lambda at: kept[at].path)
    for field in ("slug", "aliases"):
        for at in by_path:
            for name in kept[at].aliases if field == "aliases" else (kept[at].slug,):
                owner = names.setdefault(name, at)
                if owner != at:
                    problems.append(_name_problem(name, kept[at], kept[owner], field))
    return names, tuple(problems)


def _name_problem(name: str, comment: Comment, first: Comment, field: str) -> Problem:
    return Problem(
        "duplicate-slug",
        comment.where(field),
        f"two comments in this thread are called '{name}'",
        "remove it from aliases" if field == "aliases" else "give this file another name",
        related=((first.place, "the other one"),),
    )


def _unique_ids(kept: Sequence[Comment], names: Mapping[str, int]) -> tuple[str, ...]:
    """Return an id for each comment; one whose name is taken gets a number after it (`7-2`)."""
    used = set(names)
    ids: list[str] = []
    counts: dict[str, int] = {}
    for at, comment in enumerate(kept):
        name = comment.slug
        while names.get(name) != at and name in used:
            counts[comment.slug] = counts.get(comment.slug, 1) + 1
            name = f"{comment.slug}-{counts[comment.slug]}"
        used.add(name)
        ids.append(name)
    return tuple(ids)


def _own_aliases(kept: Sequence[Comment], names: Mapping[str, int], ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return each comment's older ids that can be anchors: its own, safe as an id, in use nowhere."""
    used = {*ids, *(f"comment-{each}{more}" for each in ids for more in ("", "-by"))}
    return tuple(
        tuple(
            name
            for name in dict.fromkeys(comment.aliases)
            if names[name] == at and name not in used and _ANCHOR.fullmatch(name)
        )
        for at, comment in enumerate(kept)
    )


def _find_parents(
    kept: Sequence[Comment], names: Mapping[str, int], unseen: set[str]
) -> tuple[tuple[int | None, ...], frozenset[int], Problems]:
    """Return each comment's parent, which answer what is not shown, and problems for what is not there."""
    asked = [None if each.reply_to is None else each.reply_to.slug for each in kept]
    parents = tuple(None if name is None else names.get(name) for name in asked)
    lost = frozenset(at for at, name in enumerate(asked) if name is not None and parents[at] is None)
    known = tuple(sorted(names)) if len(names) <= _MOST_COMPARED else ()
    missing = (at for at in sorted(lost) if asked[at] not in unseen and not kept[at].reply_to_hidden)
    return parents, lost, tuple(_missing_problem(kept[at], asked[at] or "", known) for at in missing)


def _missing_problem(comment: Comment, name: str, known: tuple[str, ...]) -> Problem:
    close = next((word for word in near(name, known).words if word != comment.slug), "")
    return Problem(
        "reply-to-missing",
        comment.where("reply_to"),
        f"no comment in this thread is called '{name}'",
        f"use '{close}'" if close else "write the id of the comment it answers, or remove reply_to",
        span=max(len(name), 1),
    )


def _find_loops(parents: Sequence[int | None]) -> tuple[tuple[int, ...], ...]:
    """Return every circle once, from its oldest comment along the answers."""
    walked: list[int | None] = [None] * len(parents)
    loops: list[tuple[int, ...]] = []
    for start in range(len(parents)):
        path: list[int] = []
        at: int | None = start
        while at is not None and walked[at] is None:
            walked[at] = start
            path.append(at)
            at = parents[at]
        if at is not None and walked[at] == start:
            loop = path[path.index(at) :]
            oldest = loop.index(min(loop))
            loops.append((*loop[oldest:], *loop[:oldest]))
    return tuple(loops)


def _loop_problem(kept: Sequence[Comment], loop: Sequence[int]) -> Problem:
    oldest = kept[loop[0]]
    named = [f"'{kept[at].slug}'" for at in loop[:_MOST_NAMED]]
    more = [f"{len(loop) - _MOST_NAMED} more"] if len(loop) > _MOST_NAMED else []
    circle = f"these comments answer each other in a circle: {', '.join([*named, *more])}"
    return Problem(
        "reply-loop",
        oldest.where("reply_to"),
        circle if len(loop) > 1 else "this comment answers itself",
        "remove reply_to from the comment that came first",
        related=tuple((kept[at].where("reply_to"), "in the circle") for at in loop[1:_MOST_NAMED]),
    )


def _check_dates(kept: Sequence[Comment], parents: Sequence[int | None]) -> Problems:
    """Return a problem for each answer that is surely older than what it answers."""
    pairs = ((kept[at], kept[parent]) for at, parent in enumerate(parents) if parent is not None)
    return tuple(_older_problem(child, parent) for child, parent in pairs if _is_surely_older(child, parent))


def _is_surely_older(child: Comment, parent: Comment) -> bool:
    first, second = moment(child), moment(parent)
    return first is not None and second is not None and second - first >= _exactness(child, first)


def _exactness(comment: Comment, date: dt.datetime) -> dt.timedelta:
    """Return how long a time the date names; where nobody says, midnight is a day and the rest a minute."""
    midnight = date.time() == dt.time(0)
    return EXACTNESS[comment.date_precision or ("day" if midnight else "minute")]


def _older_problem(child: Comment, parent: Comment) -> Problem:
    return Problem(
        "reply-before-parent",
        child.where("reply_to"),
        f"this comment is older than '{parent.slug}', which it answers",
        "correct one of the two dates, or reply_to",
        related=((child.where("date"), "the answer's date"), (parent.where("date"), "the date of what it answers")),
    )
