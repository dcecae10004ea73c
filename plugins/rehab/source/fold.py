"""Problems → groups of one cause each, so that a slip in forty posts is read once.

Two problems have the same cause where code, message and hint are the same; only their places differ. Of codes that
speak of a whole thing by its name (`Code.alike`) all are one cause. Pure, and nothing is lost: a group holds every
problem of its cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.source.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.source.problem import Problem

_FEWEST = 3
"""Two of a kind are both shown in full: the second tells as much as a sentence about it."""
_SHOWN = 3
_NOUNS = {
    "posts": "post", "exercises": "exercise", "injuries": "injury", "treatments": "treatment", "programs": "program",
    "comments": "comment", "galleries": "gallery", "pages": "page",
}  # fmt: skip


class Group(Struct, frozen=True):
    """Problems of one cause: the first in order of place, and the others."""

    first: Problem
    others: tuple[Problem, ...] = ()


def fold(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """Return the problems in groups of one cause, in order of the place of each group's first."""
    causes: dict[tuple[str, ...], list[Problem]] = {}
    for problem in sorted(problems, key=lambda problem: problem.order):
        words = () if CODES[problem.code].alike else (problem.message, problem.hint)
        causes.setdefault((problem.code, *words), []).append(problem)
    groups = (group for same in causes.values() for group in _groups(same))
    return tuple(sorted(groups, key=lambda group: group.first.order))


def _groups(same: list[Problem]) -> Iterable[Group]:
    if len(same) < _FEWEST:
        return [Group(problem) for problem in same]
    return [Group(same[0], tuple(same[1:]))]


def others_in_words(group: Group, prefix: str = "") -> str:
    """Return `and in 37 more posts: content/posts/a.md:4, …`, or nothing where the first is the only one."""
    if not group.others:
        return ""
    shown = [f"{prefix}{each.place.path}:{each.place.line}" for each in group.others[:_SHOWN]]
    more = ["…"] if len(group.others) > _SHOWN else []
    return f"and {_how_many(group)}: {', '.join([*shown, *more])}"


def _how_many(group: Group) -> str:
    paths = dict.fromkeys(each.place.path for each in group.others)
    paths.pop(group.first.place.path, None)
    if not paths:
        return f"{len(group.others)} more times in this file"
    files = f"in {len(paths)} more {_noun(paths)}"
    return files if len(paths) == len(group.others) else f"{len(group.others)} more times, also {files}"


def _noun(paths: Iterable[str]) -> str:
    """Return what all the files are: `posts` where all lie in that folder, else `files`."""
    folders = {path.split("/")[1] if path.count("/") > 1 else "" for path in paths}
    folder = folders.pop()
    word = _NOUNS.get(folder, "file") if not folders else "file"
    one = len(tuple(paths)) == 1
    return word if one else folder if word != "file" else "files"
