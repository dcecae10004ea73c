"""Entries → what the public site is made of: posts in order, exercises put together, each slug once.

In: all entries. Out: `Nouns` and the problems of things that share a slug. Exists because an exercise may be defined
in a post and told more of in its own file, and because drafts must not reach any public page.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from rehab.model.entry import Entry
from rehab.model.exercise import Exercise
from rehab.model.refs import Ref
from rehab.model.spec import specs
from rehab.site.waiting import schedule
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.model.entries import Entries
    from rehab.model.exercise import Ladder
    from rehab.model.injury import Injury, Treatment
    from rehab.model.page import Gallery, Page
    from rehab.model.post import Post
    from rehab.model.program import Program
    from rehab.site.options import Options

E = TypeVar("E", bound=Entry)

_FIELDS = tuple(each.name for each in specs(Exercise))
_JOINED = ("aliases", "injuries", "images")
"""Fields of an exercise in which a file adds to the post; in all others the file's words win."""


class Nouns(Struct, frozen=True, kw_only=True):
    """What is public, each slug once.

    `unlisted` are posts without a public entry: drafts, those of a later day, hidden ones, translations.
    `defined_in` is the slug of the post that defines an exercise, by the exercise's slug.
    """

    posts: tuple[Post, ...]
    unlisted: tuple[Post, ...]
    exercises: tuple[Exercise, ...]
    injuries: tuple[Injury, ...]
    treatments: tuple[Treatment, ...]
    programs: tuple[Program, ...]
    ladders: tuple[Ladder, ...]
    galleries: tuple[Gallery, ...]
    pages: tuple[Page, ...]
    drafts: tuple[Page, ...]
    defined_in: dict[str, str]


def gather(entries: Entries, options: Options) -> tuple[Nouns, Problems]:
    """Return the public nouns; of two with one slug the first stands, and the other is a problem.

    Of a post and its translation, the one written in the site's own language is the post.
    """
    public, unlisted = _split_posts(schedule(entries.posts, options.last_day), options.language)
    posts, problems = _unique(public, "post")
    defined, found = _unique(_definitions(posts), "exercise", "defined")
    problems += found
    own_files, found = _unique(entries.exercises, "exercise")
    problems += found
    injuries, found = _unique(entries.injuries, "injury")
    problems += found
    treatments, found = _unique(entries.treatments, "treatment")
    problems += found
    programs, found = _unique(entries.programs, "program")
    problems += found
    ladders, found = _unique(entries.ladders, "ladder")
    problems += found
    galleries, found = _unique(entries.galleries, "gallery")
    problems += found
    pages, found = _unique(tuple(page for page in entries.pages if is_public(page)), "page")
    problems += found
    nouns = Nouns(
        posts=tuple(sorted(posts, key=newest_first)),
        unlisted=unlisted,
        exercises=_joined_exercises(defined, own_files),
        injuries=_by_title(injuries),
        treatments=_by_title(treatments),
        programs=_by_title(programs),
        ladders=ladders,
        galleries=_by_title(galleries),
        pages=_by_title(pages),
        drafts=tuple(page for page in entries.pages if not is_public(page)),
        defined_in=_defining_posts(posts),
    )
    return nouns, problems


def is_public(entry: Post | Page) -> bool:
    """Return whether a post or a page is on the site, as far as it says itself."""
    return entry.status == "published" and not entry.translation


def _split_posts(posts: tuple[Post, ...], language: str) -> tuple[tuple[Post, ...], tuple[Post, ...]]:
    """Of posts with one slug and different languages, one is public: the one in the site's language, else the first."""
    languages: dict[str, str] = {}
    public: list[Post] = []
    unlisted: list[Post] = []
    for post in sorted(posts, key=lambda post: post.lang not in {"", language}):
        lang = post.lang or language
        listed = is_public(post) and languages.setdefault(post.slug, lang) == lang
        (public if listed else unlisted).append(post)
    return tuple(public), tuple(unlisted)


def newest_first(post: Post) -> tuple[bool, float, str, str]:
    """Return what posts are sorted by: undated ones are last."""
    known = post.date is not None and post.date_basis != "unknown"
    return (not known, -post.date.timestamp() if post.date and known else 0.0, post.title.casefold(), post.slug)


def title_first(thing: Entry) -> tuple[str, str]:
    """Return what all else is sorted by."""
    return getattr(thing, "title", "").casefold(), thing.slug


def _by_title(things: tuple[E, ...]) -> tuple[E, ...]:
    return tuple(sorted(things, key=title_first))


def _definitions(posts: tuple[Post, ...]) -> tuple[Exercise, ...]:
    """Return the exercises that posts define; what such a one says of an injury, it says in that post."""
    return tuple(_with_source(use.defines, post) for post in posts for use in post.exercises if use.defines)


def _with_source(exercise: Exercise, post: Post) -> Exercise:
    related = tuple(
        relation if relation.source else dataclasses.replace(relation, source=Ref("post", post.slug, post.place))
        for relation in exercise.injuries
    )
    return dataclasses.replace(exercise, injuries=related)


def _defining_posts(posts: tuple[Post, ...]) -> dict[str, str]:
    pairs = [(use.defines.slug, post.slug) for post in posts for use in post.exercises if use.defines]
    return dict(reversed(pairs))


def _unique(things: Iterable[E], kind: str, verb: str = "here") -> tuple[tuple[E, ...], Problems]:
    """Return the first thing of each slug, and a problem for each later one."""
    first: dict[str, E] = {}
    problems: list[Problem] = []
    for thing in things:
        known = first.setdefault(thing.slug.casefold(), thing)
        if known is not thing:
            problems.append(_twice(thing, known, kind, verb))
    return tuple(first.values()), tuple(problems)


def _twice(thing: Entry, first: Entry, kind: str, verb: str) -> Problem:
    message = f"there are two {kind}s called '{thing.slug}'".replace("ys called", "ies called")
    hint = "name the exercise by its slug here" if verb == "defined" else "give one of the two another name"
    return Problem("duplicate-slug", thing.place, message, hint, related=((first.place, f"the first is {verb}"),))


def _joined_exercises(defined: tuple[Exercise, ...], files: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
    in_posts = {exercise.slug.casefold(): exercise for exercise in defined}
    joined = [_join(in_posts.pop(file.slug.casefold(), None), file) for file in files]
    return _by_title((*joined, *in_posts.values()))


def _join(defined: Exercise | None, file: Exercise) -> Exercise:
    """Return the file's exercise with what only the post says of it."""
    if defined is None:
        return file
    missing = {name: getattr(defined, name) for name in _FIELDS if not getattr(file, name)}
    both = {name: tuple(dict.fromkeys((*getattr(file, name), *getattr(defined, name)))) for name in _JOINED}
    return dataclasses.replace(file, **{**missing, **both}, at={**defined.at, **file.at})
