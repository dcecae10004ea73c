"""Nouns → edges: each kind of link has one function that says where it comes from.

In: nouns whose references may lead nowhere. Out: `Edge`s between things that exist, each once, in a stable order.
Exists so that every link can be followed both ways and counted, on pages and in `/rehab.json` alike. What a post
merely *did* for an injury makes no edge between exercise and injury: that relation is not stated, and none is invented.
"""

from __future__ import annotations

from itertools import pairwise
from sys import intern
from typing import TYPE_CHECKING

from msgspec import structs

from rehab.model.comment import host_id
from rehab.model.words import RELATIONS as BEARINGS
from rehab.site.site import KIND_OF, Edge
from rehab.site.wording import OF_OUTCOME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rehab.model.anatomy import Muscle, Region
    from rehab.model.comment import Comment
    from rehab.model.entry import Entry
    from rehab.model.exercise import Exercise, Ladder
    from rehab.model.injury import Injury
    from rehab.model.post import Post
    from rehab.model.program import Program
    from rehab.model.refs import Ref
    from rehab.site.names import Names
    from rehab.site.text.refs import FoundRef

RELATIONS: dict[str, str] = {
    **dict.fromkeys(BEARINGS, "an exercise or a treatment → an injury"),
    "no-change": "a treatment that changed nothing → an injury",
    "unclear": "a treatment of which it is unclear what it did → an injury",
    "uses": "a post → an exercise, with the dose",
    "avoids": "a post → an exercise that made it worse",
    "about": "a post → an injury",
    "tried": "a post → a treatment, with the outcome",
    "follows": "a post → a program",
    "promises": "a post → an exercise it says more of later",
    "mentions": "any text → what it names",
    "includes": "a program → an exercise, with the dose",
    "for": "a program → an injury",
    "told-in": "a program → the post that tells of it",
    "works": "an exercise → a muscle it works mainly",
    "works-also": "an exercise → a muscle it works too",
    "harder": "an exercise → the next harder one",
    "involves": "an injury → a muscle, tendon or nerve",
    "mistaken-for": "an injury → one it can be mistaken for",
    "in-region": "an injury or a muscle → a region",
    "part-of": "a muscle → its group",
    "on": "a comment → the post, exercise or injury that it stands on",
    "reply-to": "a comment → the comment it answers",
}
"""Every relation that an edge may have, from → to."""


def id_of(noun: Entry | Muscle | Region) -> str:
    """Return `kind:slug` of a noun: one text, however often it is asked for, and so with all ids."""
    return intern(f"{KIND_OF[type(noun)]}:{noun.slug}")


def comment_id(thread: str, comment: str) -> str:
    """Return the id of a comment in the graph."""
    return f"comment:{thread}/{comment}"


def _ids(refs: Iterable[Ref], names: Names) -> Iterator[str]:
    return (id_ for ref in refs if (id_ := names.id_of(ref)))


def edges_of_post(post: Post, names: Names) -> Iterator[Edge]:
    """A post uses exercises, is about injuries, avoids, tried, follows, promises and mentions."""
    here = id_of(post)
    injuries = tuple(dict.fromkeys(_ids(post.injuries, names)))
    yield from (Edge(from_=here, to=injury, relation="about") for injury in injuries)
    for use in post.exercises:
        for exercise in _ids((use.exercise,), names):
            yield Edge(from_=here, to=exercise, relation="uses", dose=use.dose, note=use.note)
    yield from _avoided(post, injuries, names)
    yield from _tried(post, injuries, names)
    yield from (Edge(from_=here, to=program, relation="follows") for program in _ids(post.programs, names))
    for promise in post.promises:
        for exercise in _ids(promise.exercises, names):
            yield Edge(from_=here, to=exercise, relation="promises", note=promise.text)
    yield from _mentioned(here, post, names)


def _avoided(post: Post, injuries: tuple[str, ...], names: Names) -> Iterator[Edge]:
    here = id_of(post)
    for avoided in post.avoid:
        for exercise in _ids((avoided.exercise,), names):
            yield Edge(from_=here, to=exercise, relation="avoids", note=avoided.note)
            for injury in injuries:
                yield Edge(
                    from_=exercise, to=injury, relation="aggravates", evidence="author-experience",
                    source=here, note=avoided.note,
                )  # fmt: skip


def _tried(post: Post, injuries: tuple[str, ...], names: Names) -> Iterator[Edge]:
    here = id_of(post)
    for tried in post.treatments:
        for treatment in _ids((tried.treatment,), names):
            yield Edge(from_=here, to=treatment, relation="tried", note=tried.note, outcome=tried.outcome)
            for injury in injuries:
                yield Edge(
                    from_=treatment, to=injury, relation=OF_OUTCOME[tried.outcome], evidence="author-experience",
                    source=here, note=tried.note, outcome=tried.outcome,
                )  # fmt: skip


def _mentioned(here: str, noun: Post | Comment, names: Names) -> Iterator[Edge]:
    """What an author or an editor lists as named in passing. Exercises there are free words: some have a page."""
    if noun.mentions is None:
        return
    exercises = (names.find("exercise", word) for word in noun.mentions.exercises)
    found = (f"exercise:{slug}" for slug in exercises if slug)
    for id_ in (*_ids((*noun.mentions.injuries, *noun.mentions.regions), names), *found):
        yield Edge(from_=here, to=id_, relation="mentions")


def edges_of_exercise(exercise: Exercise, names: Names) -> Iterator[Edge]:
    """An exercise bears on injuries, works muscles, and is easier or harder than others."""
    here = id_of(exercise)
    for relation in exercise.injuries:
        for injury in _ids((relation.injury,), names):
            yield Edge(
                from_=here, to=injury, relation=relation.relation, evidence=relation.evidence,
                source=names.id_of(relation.source) or "", note=relation.note,
            )  # fmt: skip
    if exercise.muscles:
        yield from (Edge(from_=here, to=id_, relation="works") for id_ in _ids(exercise.muscles.primary, names))
        yield from (Edge(from_=here, to=id_, relation="works-also") for id_ in _ids(exercise.muscles.secondary, names))
    yield from (Edge(from_=id_, to=here, relation="harder") for id_ in _ids(exercise.easier, names))
    yield from (Edge(from_=here, to=id_, relation="harder") for id_ in _ids(exercise.harder, names))


def edges_of_ladder(ladder: Ladder, names: Names) -> Iterator[Edge]:
    """Each step of a ladder leads to the next, harder one, where that is another exercise."""
    steps = _ids((rung.exercise for rung in ladder.steps), names)
    return (Edge(from_=low, to=high, relation="harder") for low, high in pairwise(steps) if low != high)


def edges_of_injury(injury: Injury, names: Names) -> Iterator[Edge]:
    """An injury lies in a region, involves structures, is mistaken for others, and treatments bear on it."""
    here = id_of(injury)
    yield from (Edge(from_=here, to=id_, relation="in-region") for id_ in _ids((injury.region,), names))
    yield from (Edge(from_=here, to=id_, relation="involves") for id_ in _ids(injury.structures, names))
    for other in injury.differential:
        for id_ in _ids((other.injury,), names):
            yield Edge(from_=here, to=id_, relation="mistaken-for", note=other.why)
    for relation in injury.treatments:
        for treatment in _ids((relation.treatment,), names):
            yield Edge(
                from_=treatment, to=here, relation=relation.relation, evidence=relation.evidence,
                source=names.id_of(relation.source) or "", note=relation.note,
            )  # fmt: skip


def edges_of_program(program: Program, names: Names) -> Iterator[Edge]:
    """A program is for injuries, includes exercises, and is told of in a post."""
    here = id_of(program)
    yield from (Edge(from_=here, to=id_, relation="for") for id_ in _ids(program.injuries, names))
    if program.source:
        yield from (Edge(from_=here, to=id_, relation="told-in") for id_ in _ids((program.source,), names))
    for item in (item for phase in program.phases for item in phase.items):
        for id_ in _ids((item.exercise,), names):
            yield Edge(from_=here, to=id_, relation="includes", dose=item.dose, note=item.note)


def edges_of_muscle(muscle: Muscle, names: Names) -> Iterator[Edge]:
    """A muscle is part of its group and lies in a region."""
    here = id_of(muscle)
    if muscle.parent:
        yield from (Edge(from_=here, to=id_, relation="part-of") for id_ in _ids((muscle.parent,), names))
    if muscle.region:
        yield from (Edge(from_=here, to=id_, relation="in-region") for id_ in _ids((muscle.region,), names))


def edges_of_comment(comment: Comment, names: Names) -> Iterator[Edge]:
    """A comment mentions things."""
    return _mentioned(comment_id(comment.thread, comment.slug), comment, names)


def edges_in_thread(thread: str, answers: Iterable[tuple[str, str]]) -> Iterator[Edge]:
    """A comment stands on a page, and may answer another one, whose id stands beside its own, or ""."""
    host = host_id(thread)
    for comment, answered in answers:
        here = comment_id(thread, comment)
        yield Edge(from_=here, to=host, relation="on")
        if answered:
            yield Edge(from_=here, to=comment_id(thread, answered), relation="reply-to")


def edges_of_text(here: str, refs: Iterable[FoundRef], names: Names) -> Iterator[Edge]:
    """A text mentions whatever its `[[references]]` lead to."""
    found = dict.fromkeys(id_ for each in refs if (id_ := names.resolve(each.ref)))
    return (Edge(from_=here, to=id_, relation="mentions") for id_ in found if id_ != here)


def unique_edges(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Return each edge once, in order. Two that differ in nothing but a missing note or outcome are one."""
    first: dict[tuple[object, ...], Edge] = {}
    for edge in edges:
        known = first.setdefault(key_of(edge), edge)
        if known is not edge:
            first[key_of(edge)] = structs.replace(
                known, note=known.note or edge.note, outcome=known.outcome or edge.outcome
            )
    return tuple(first.values())


def key_of(edge: Edge) -> tuple[object, ...]:
    """Return what makes an edge another one than any else."""
    return (edge.from_, edge.to, edge.relation, edge.evidence, edge.source, edge.dose)
