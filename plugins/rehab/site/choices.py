"""Exercises → what readers choose them by: each answer to each question, with the exercises that fit it.

In: a site. Out: `Choice`s. Their order, and that of the exercises in them, is fixed: in each part of a list what most
posts did comes first, and stubs last. An exercise that somebody says is wrong for an injury is never among those for
it: it is `left_out`, and whoever lists the one lists the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec import Struct

from rehab.model.slug import slugify
from rehab.model.words import DIFFICULTY, EXERCISE_KINDS
from rehab.site.axes import ANY_ROOM, AXES, BODY_ALONE, KINDS, LEVELS, NOTHING, SIDES
from rehab.site.edges import id_of
from rehab.site.related import inline
from rehab.site.status import is_stub
from rehab.site.wording import BEARINGS, SIGNS, UNSTATED, WARNINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.model.exercise import Exercise
    from rehab.site.site import Site

IN_PROGRAM = "program"
"""How an exercise is tied to an injury that a program with it is for."""

NOWHERE = "Z"
"""The letter of OSIICS for what lies in no region: nobody looks for exercises there."""

_ORDER = (*(relation for relation in SIGNS if relation not in (*WARNINGS, UNSTATED)), IN_PROGRAM, UNSTATED)


class Choice(Struct, frozen=True, kw_only=True):
    """One answer on one axis. `title` is its label, `heading` the title of its page, `id` that of the thing behind it.

    `exercises` are slugs in the order of pages; `marks` says of each how it fits: a relation to the injury, "main" or
    "also" for a muscle, "" on other axes; `places` says where each stands. `left_out` are the
    slugs of those that the injury excludes.
    """

    axis: str
    slug: str
    title: str
    heading: str
    id: str
    exercises: tuple[str, ...]
    marks: Mapping[str, str]
    places: Mapping[str, int]
    left_out: tuple[str, ...] = ()


class _Rank(NamedTuple):
    """What orders exercises. In a part that says how they fit, stubs stand last; elsewhere `place` alone decides."""

    stub: bool
    place: int


Ranks: TypeAlias = "Mapping[str, _Rank]"


def make_choices(site: Site) -> Mapping[str, tuple[Choice, ...]]:
    """Return all answers that have exercises, by axis."""
    ranks = {slug: _Rank(is_stub(site.nouns[f"exercise:{slug}"]), rank) for rank, slug in enumerate(in_order(site))}
    made = {
        "for": _for(site, ranks),
        "with": _with(site, ranks),
        "region": _regions(site, ranks),
        "muscle": _muscles(site, ranks),
        "kind": _plain(site, ranks, "kind", [(kind, kind, *KINDS[kind]) for kind in EXERCISE_KINDS]),
        "level": _plain(site, ranks, "difficulty", [(level, level, *LEVELS[level]) for level in DIFFICULTY]),
        "sides": _plain(site, ranks, "laterality", [(each, *SIDES[each]) for each in SIDES]),
    }
    return {axis: tuple(made[axis]) for axis in AXES}


def posts_with(site: Site, exercise: Exercise) -> int:
    """Return how many posts did an exercise."""
    return len({edge.from_ for edge in site.edges_to(id_of(exercise), "uses")})


def in_order(site: Site) -> tuple[str, ...]:
    """Return the slugs of all exercises: what posts did, then the others.

    In both, stubs stand last; before that, what most posts did comes first, then what comes first by title.
    """

    def key(exercise: Exercise) -> tuple[bool, bool, int]:
        posts = posts_with(site, exercise)
        return not posts, is_stub(exercise), -posts

    return tuple(exercise.slug for exercise in sorted(site.exercises, key=key))


def _choice(  # noqa: PLR0913 - the parts of a Choice
    axis: str, slug: str, words: tuple[str, str], marks: Mapping[str, str], ranks: Ranks,
    *, id_: str = "", left_out: Iterable[str] = (), order: tuple[str, ...] = ("main", "", "also"),
) -> Choice:  # fmt: skip
    def key(each: str) -> tuple[int, bool, int]:
        return order.index(marks[each]), bool(marks[each]) and ranks[each].stub, ranks[each].place

    listed = sorted(marks, key=key)
    return Choice(
        axis=axis, slug=slug, title=words[0], heading=words[1], id=id_, exercises=tuple(listed), marks=marks,
        places={each: place for place, each in enumerate(listed)},
        left_out=tuple(sorted(left_out, key=lambda each: ranks[each])),
    )  # fmt: skip


def _plain(site: Site, ranks: Ranks, name: str, words: list[tuple[str, str, str, str]]) -> Iterator[Choice]:
    axis = {"difficulty": "level", "laterality": "sides"}.get(name, name)
    for value, slug, title, heading in words:
        marks = {each.slug: "" for each in site.exercises if getattr(each, name) == value}
        if marks:
            yield _choice(axis, slug, (title, heading), marks, ranks)


# For which injury


def _for(site: Site, ranks: Ranks) -> Iterator[Choice]:
    for injury in site.injuries:
        here = id_of(injury)
        tied = _tied(site, here)
        bad = {slug for slug, found in tied.items() if found & {*WARNINGS}}
        marks = {slug: min(found, key=_ORDER.index) for slug, found in tied.items() if slug not in bad}
        if tied:
            words = (injury.title, f"Exercises for {inline(injury.title)}")
            yield _choice("for", injury.slug, words, marks, ranks, id_=here, left_out=bad, order=_ORDER)


def _tied(site: Site, injury: str) -> dict[str, set[str]]:
    """Return how each exercise is tied to an injury, by its slug."""
    found: dict[str, set[str]] = {}
    pairs = [(edge.from_, edge.relation) for edge in site.edges_to(injury, *BEARINGS)]
    posts = [edge.from_ for edge in site.edges_to(injury, "about")]
    pairs += [(use.to, UNSTATED) for post in posts for use in site.edges_from(post, "uses")]
    programs = [edge.from_ for edge in site.edges_to(injury, "for")]
    pairs += [(item.to, IN_PROGRAM) for program in programs for item in site.edges_from(program, "includes")]
    for id_, relation in pairs:
        kind, _, slug = id_.partition(":")
        if kind == "exercise" and id_ in site.nouns:
            found.setdefault(slug, set()).add(relation)
    return found


# What is at hand


def things_of(site: Site, exercise: Exercise) -> dict[str, str]:
    """Return what an exercise needs, or can be done with, as slug → word; `nothing` where it needs nothing at all."""
    rungs = [rung for ladder in site.ladders_by_step.get(exercise.slug, ()) for rung in ladder.steps]
    helping = {slugify(word): word for rung in rungs if _is(site, rung.exercise, exercise) for word in rung.setup_any}
    if exercise.equipment is None:
        return _named(helping)
    needed = needed_by(exercise)
    return _named({**needed, **helping, **({} if needed else {NOTHING: ""})})


def _is(site: Site, ref: object, exercise: Exercise) -> bool:
    return site.names.id_of(ref) == id_of(exercise)  # type: ignore[arg-type] # a reference of a rung


def _named(words: dict[str, str]) -> dict[str, str]:
    return {slug: word for slug, word in words.items() if slug}


def needed_by(exercise: Exercise) -> dict[str, str]:
    """Return the things that an exercise cannot be done without, as slug → word."""
    equipment = exercise.equipment
    words = (equipment.load, *equipment.setup) if equipment else ()
    return {slugify(word): word for word in words if slugify(word) and slugify(word) not in BODY_ALONE}


def _with(site: Site, ranks: Ranks) -> Iterator[Choice]:
    at_home = {slugify(word): word for word in site.options.at_home}
    marks: dict[str, dict[str, str]] = {}
    words: dict[str, str] = {}
    for exercise in site.exercises:
        for slug, word in things_of(site, exercise).items():
            marks.setdefault(slug, {})[exercise.slug] = ""
            words[slug] = at_home.get(slug) or min(words.get(slug, word), word)
    room = {each.slug: "" for each in site.exercises if each.equipment and needed_by(each).keys() <= at_home.keys()}
    alone = marks.pop(NOTHING, {})
    if room:
        title = ("Only what any room has", "Exercises that a hotel room is enough for")
        yield _choice("with", ANY_ROOM, title, room, ranks)
    if alone:
        yield _choice("with", NOTHING, ("Nothing at all", "Exercises that need nothing"), alone, ranks)
    for slug in sorted(marks, key=lambda each: (each not in at_home, each)):
        yield _choice("with", slug, (upper(words[slug]), f"Exercises with {_a(words[slug])}"), marks[slug], ranks)


def upper(word: str) -> str:
    """Return a word as it begins a line."""
    return word[:1].upper() + word[1:]


def _a(word: str) -> str:
    """Return a thing with its article; plurals have none."""
    if word.endswith("s") and not word.endswith("ss"):
        return word
    return f"{'an' if word[:1].lower() in 'aeiou' and not word.lower().startswith('u') else 'a'} {word}"


# Which part of the body, which muscle


def _muscles(site: Site, ranks: Ranks) -> Iterator[Choice]:
    marks: dict[str, dict[str, str]] = {}
    for exercise in site.exercises:
        for mark, relation in (("also", "works-also"), ("main", "works")):
            for edge in site.edges_from(id_of(exercise), relation):
                for muscle in (edge.to, *_groups_above(site, edge.to)):
                    marks.setdefault(muscle, {})[exercise.slug] = mark
    for id_ in sorted(marks, key=lambda each: (site.targets[each].title.casefold(), each)):
        target = site.targets[id_]
        words = (target.title, f"Exercises that work the {inline(target.title)}")
        yield _choice("muscle", target.slug, words, marks[id_], ranks, id_=id_)


def _groups_above(site: Site, muscle: str) -> Iterator[str]:
    """Yield the groups that a muscle is part of. A site's own vocabulary may run in a circle."""
    seen = {muscle}
    while above := next((edge.to for edge in site.edges_from(muscle, "part-of") if edge.to not in seen), ""):
        seen.add(above)
        yield above
        muscle = above


def _regions(site: Site, ranks: Ranks) -> Iterator[Choice]:
    for region in site.regions:
        if region.osiics == NOWHERE:
            continue
        here = id_of(region)
        ends = [edge.from_ for edge in site.edges_to(here, "in-region")]
        works = [edge.from_ for end in ends for edge in site.edges_to(end, "works", "works-also")]
        injuries = [end for end in ends if end.startswith("injury:")]
        done = [f"exercise:{slug}" for injury in injuries for slug in _good(site, injury)]
        marks = {id_.partition(":")[2]: "" for id_ in (*works, *done)}
        if marks:
            words = (region.title, f"Exercises for the {inline(region.title)}")
            yield _choice("region", region.slug, words, marks, ranks, id_=here)


def _good(site: Site, injury: str) -> Iterator[str]:
    return (slug for slug, found in _tied(site, injury).items() if not found & {*WARNINGS})
