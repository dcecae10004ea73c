"""How a post uses an exercise: which one, how much, and what to say of it.

Three forms, all on the daily path: a slug; `slug: dose line`; a group of fields with `exercise` (a
slug) or `name` (which defines a new exercise, with any field of that kind) and dose fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from rehab.model.dose.shape import DOSE, DOSE_FIELDS, parse_dose_fields
from rehab.model.exercise import Exercise
from rehab.model.nouns import IMAGES
from rehab.model.records import ListOf, parse_record, unique_rows
from rehab.model.refs import Ref
from rehab.model.shapes import PROSE, WORDS, Choice, describe, refuse
from rehab.model.slips import short_form
from rehab.model.slug import slugify
from rehab.model.spec import Result, spec, specs
from rehab.source.nodes import Node, Row, Scalar, Table
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from rehab.model.dose import Dose
    from rehab.model.nouns import Image
    from rehab.source.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One exercise as one post did it. `defines` is the exercise that the post itself defines here, if any."""

    exercise: Ref
    dose: Dose | None = field(default=None, metadata=spec(DOSE, "How much, on one line."))
    achieved: str = field(
        default="", metadata=spec(Choice(("full", "partial")), "Whether the author really does all of it.")
    )
    note: str = field(default="", metadata=spec(PROSE, "Anything that belongs to it."))
    images: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Pictures of the author doing it."))
    defines: Exercise | None = None
    place: Place


_OWN = tuple(each.key for each in specs(Use))
_OF_EXERCISE = tuple(each.key for each in specs(Exercise) if each.key not in {"title", "dose", "images"})
_KEYS = ("exercise", "name", *_OWN, *DOSE_FIELDS)
USE_FIELDS = tuple(dict.fromkeys((*_KEYS, *_OF_EXERCISE)))
"""Every field that an item of `exercises` may have: those of the use, of the dose, and of an exercise defined here."""


class UseShape(Struct, frozen=True):
    """One item of a post's `exercises`."""

    name: str = "an exercise, `slug: dose`, or a group with `exercise` or `name`"
    is_a_name: ClassVar[bool] = True

    def parse(self, node: Node) -> Result[Use]:
        """Return the use; a dose that is refused leaves the use without one."""
        match node:
            case Scalar(value, place) if value.strip():
                return Use(exercise=Ref("exercise", value.strip(), place), place=place), ()
            case Table((Row(key, value),), _) if key.value not in (*_KEYS, *_OF_EXERCISE):
                return _one_line(key, value)
            case Table():
                return _group(node)
            case _:
                return refuse("wrong-type", node.place, f"this is {describe(node)}, not {self.name}", "write a slug")


def _one_line(key: Scalar, value: Node) -> Result[Use]:
    """Read `slug: dose line`, or a slug with its fields below it."""
    if isinstance(value, Table):
        named = Row(Scalar("exercise", key.place), key)
        return _group(Table((named, *value.rows), key.place))
    use = Use(exercise=Ref("exercise", key.value, key.place), place=key.place)
    if isinstance(value, Scalar) and not value.value.strip():
        return use, ()
    dose, problems = DOSE.parse(value)
    return Use(exercise=use.exercise, dose=dose, place=use.place), problems


def _group(node: Table) -> Result[Use]:
    slip = short_form(node, ("exercise", "dose"), USE_FIELDS)
    if slip:
        return None, (slip,)
    defining = any(row.key.value == "name" for row in node)
    rows, problems = unique_rows(node, (*_KEYS, *_OF_EXERCISE) if defining else _KEYS)
    exercise, defines, found = _named(node, rows)
    problems += found
    if exercise is None:
        return None, problems
    dose, found = _dose(rows)
    given = {"exercise": exercise, "defines": defines, "place": node.place}
    own = Table(tuple(row for key, row in rows.items() if key in _OWN and key != "dose"), node.place)
    use, more = parse_record(Use, own, {**given, "dose": dose} if dose else given)
    return use, problems + found + more


def _dose(rows: dict[str, Row]) -> Result[Dose]:
    fields = {key: row for key, row in rows.items() if key in DOSE_FIELDS}
    if "dose" not in rows:
        return parse_dose_fields(fields)
    if not fields:
        return DOSE.parse(rows["dose"].value)
    first = next(iter(fields.values())).key
    return refuse("bad-dose", first.place, "the dose is given twice, as a line and as fields", "keep one of the two")


def _named(node: Table, rows: dict[str, Row]) -> tuple[Ref | None, Exercise | None, Problems]:
    """Return the exercise that is used, and its definition where the post gives one."""
    if "name" in rows:
        return _defined(node, rows)
    if "exercise" not in rows:
        missing = Problem(
            "missing-field", node.place, "this says no exercise", "add `exercise: slug` or `name: Its name`"
        )
        return None, None, (missing,)
    value = rows["exercise"].value
    slug, problems = WORDS.parse(value)
    return (Ref("exercise", slug, value.place) if slug else None), None, problems


def _defined(node: Table, rows: dict[str, Row]) -> tuple[Ref | None, Exercise | None, Problems]:
    name = rows["name"]
    title, problems = WORDS.parse(name.value)
    if title is None:
        return None, None, problems
    place = name.value.place
    slug = slugify(title)
    kept = tuple(row for key, row in rows.items() if key in _OF_EXERCISE)
    table = Table((Row(Scalar("title", name.key.place), name.value), *kept), node.place)
    at = {key: row.key.place for key, row in rows.items()}
    given = {"slug": slug, "path": place.path, "place": place, "at": at}
    exercise, more = parse_record(Exercise, table, given)
    return Ref("exercise", slug, place), exercise, problems + more


USES = ListOf(UseShape())
