"""From comments to threads: each body is cleaned once, each folder becomes the thread of its post.

Comments, what the posts say of theirs, and the posts' slugs come in; a thread for every post and the
problems go out. The site room gets threads from here and never meets a comment's raw text.
"""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from rehab.comments.thread import Host, Thread, build_thread
from rehab.model.nearest import nearest
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.comments.clean import Format
    from rehab.model.comment import Comment
    from rehab.source.place import Place

Clean: TypeAlias = "Callable[[str, Format], str]"
_NO_STATES: Final[Mapping[str, str]] = MappingProxyType({})


def parse_threads(
    comments: tuple[Comment, ...],
    declared: Mapping[str, tuple[int | None, Place]],
    posts: frozenset[str],
    states: Mapping[str, str] = _NO_STATES,
    clean: Clean | None = None,
) -> tuple[Mapping[str, Thread], Problems]:
    """Return the thread of every post, also of those without comments, by the post's slug.

    `declared` gives a post's `comments_declared` and its place, `states` its `comments` (open where it
    is not there). Comments in a folder that is no post's are in no thread; each such folder is one
    problem. `clean` makes safe HTML of a body; without one, it is our one policy (`rehab.comments.clean`).
    """
    clean = clean or _policy()
    folders: defaultdict[str, list[Comment]] = defaultdict(list)
    for comment in sorted(comments, key=lambda each: each.path):
        folders[comment.post].append(comment)
    threads: dict[str, Thread] = {}
    problems = [_stray_folder(folders[slug], posts) for slug in sorted(folders.keys() - posts)]
    for slug in sorted(posts):
        found = tuple(folders.get(slug, ()))
        number, place = declared.get(slug, (None, None))
        host = Host(slug=slug, declared=number, declared_at=place, state=states.get(slug, "open"))
        threads[slug], more = build_thread(found, _cleaned(found, clean), host)
        problems.extend(more)
    return MappingProxyType(threads), tuple(problems)


def _policy() -> Clean:
    from rehab.comments.clean import clean_body  # noqa: PLC0415 - who only checks never loads the cleaners

    return clean_body


def _cleaned(comments: tuple[Comment, ...], clean: Clean) -> Mapping[str, str]:
    """Return the safe HTML of each comment that may be shown, by its path."""
    approved = (each for each in comments if each.status == "approved")
    return {each.path: clean(each.body, cast("Format", each.format)) for each in approved}


def _stray_folder(comments: list[Comment], posts: frozenset[str]) -> Problem:
    slug = comments[0].post
    close = nearest(slug, tuple(sorted(posts)))
    return Problem(
        "comment-without-post",
        comments[0].place,
        f"no post is called '{slug}', so the comments in this folder are on no page",
        f"rename the folder to '{close}'" if close else "name the folder after the slug of its post",
    )
