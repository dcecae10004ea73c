"""Shapes of the field tables → JSON Schema, short forms and all.

In: a shape. Out: its schema as YAML 1.2 sees the value: `sets: 3` is a number there and text to us, so a text may be a
number or a truth value too. What needs grammar or a second file is left to `rehab check`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.model.dose.shape import DOSE_FIELDS, DoseShape
from rehab.model.exercise import Exercise
from rehab.model.nouns import RedFlag
from rehab.model.post import Post
from rehab.model.records import Facts, ListOf, RecordOf
from rehab.model.shapes import FILE_OF_SITE, SLUG, URL, WHOLE, YES_NO, Choice, FileName, Moment, Reference, Words
from rehab.model.spec import specs
from rehab.model.use import Use, UseShape
from rehab.source.nodes import Scalar
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.model.spec import Shape, Spec

Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
NAME: Schema = {**TEXT, "pattern": r"^[\s,;]*[^\s,;][^,;]*[\s,;]*$"}
"""One name where a list is meant: without a comma between words."""

_NUMBER_DAY = r"[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/|\.[0-9]{1,2}\.)[0-9]{1,2}"
_WORD_DAY = r"([A-Za-z]{3,9},? )?([0-9]{1,2}(st|nd|rd|th)?[ -][A-Za-z]{3,9}|[A-Za-z]{3,9}\.? [0-9]{1,2})"

# Patterns that JavaScript and Python read alike; what they let through besides is found by `rehab check`.
_MATCHING: Mapping[str, Schema] = {
    WHOLE.name: {"type": ["integer", "string"], "minimum": 0, "maximum": 999_999_999, "pattern": r"^\s*[0-9]{1,9}\s*$"},
    YES_NO.name: {"enum": [True, False, "yes", "no", "true", "false"]},
    URL.name: {"type": "string", "pattern": rf"^\s*{URL.pattern.pattern}\s*$"},
    SLUG.name: {
        "type": ["string", "number"],
        "pattern": r"^\s*[^\sA-Z_!-/:-@\[-`{-~]+([-_.][^\sA-Z_!-/:-@\[-`{-~]+)*\s*$",
    },
    FILE_OF_SITE.name: {"type": ["string", "number"], "pattern": rf"^\s*{FILE_OF_SITE.pattern.pattern}\s*$"},
    Moment().name: {"type": "string", "pattern": rf"^\s*({_NUMBER_DAY}|{_WORD_DAY})"},
}


_ONE_OF: Mapping[type[Any], list[Schema]] = {
    Post: [
        {"required": ["date"], "properties": {"date": {"type": "string"}}},
        {"required": ["date_basis"], "properties": {"date_basis": {"const": "unknown"}}},
    ],
    RedFlag: [{"required": ["id"]}, {"required": ["sign"]}],
}
"""Where one of two fields is needed: a post has a date or says that nobody knows it, a red flag an id or a sign."""


def group_schema(noun: type[Any], defs: dict[str, Schema]) -> Schema:
    """Return the schema of a group of fields; the groups that stand inside it are put into `defs`."""
    table = specs(noun)
    schema: Schema = {
        "type": "object",
        "properties": {spec.key: field_schema(spec, defs) for spec in table},
        "additionalProperties": False,
    }
    required = [spec.key for spec in table if spec.required]
    schema |= {"required": required} if required else {}
    return schema | ({"anyOf": _ONE_OF[noun]} if noun in _ONE_OF else {})


def field_schema(spec: Spec, defs: dict[str, Schema]) -> Schema:
    """Return the schema of a field. One that is left empty is as if it were not there, unless it is required."""
    schema = shape_schema(spec.shape, defs)
    schema = schema if spec.required else any_of(schema, {"type": "null"})
    return {"description": spec.doc, **schema}


def any_of(*schemas: Schema) -> Schema:
    """Return the schema of what fits one of these, without an `anyOf` inside another or a form twice."""
    flat = [part for schema in schemas for part in (schema["anyOf"] if set(schema) == {"anyOf"} else [schema])]
    unique = [part for index, part in enumerate(flat) if part not in flat[:index]]
    return unique[0] if len(unique) == 1 else {"anyOf": unique}


def shape_schema(shape: Shape[Any], defs: dict[str, Schema]) -> Schema:
    """Return the schema of a shape; groups of fields are put into `defs`. Raise KeyError for a shape without one."""
    if shape.name in _MATCHING:
        return _MATCHING[shape.name]
    return _SHAPES[type(shape)](shape, defs)


def _list(shape: ListOf[Any], defs: dict[str, Schema]) -> Schema:
    item = shape_schema(shape.item, defs)
    alone = [NAME if part == TEXT and _is_of_names(shape) else part for part in item.get("anyOf", [item])]
    return any_of({"type": "array", "items": item}, *alone, {"type": "null"})


def _is_of_names(shape: ListOf[Any]) -> bool:
    """Return whether a list takes a single name alone, and no text with commas that was meant as a list."""
    value, problems = shape.parse(Scalar("a, b", Place("")))
    return not value and bool(problems)


def _record(shape: RecordOf[Any], defs: dict[str, Schema]) -> Schema:
    """Return the long form and the short ones: a bare value, and `first: second` on one line."""
    table = {spec.key: spec for spec in specs(shape.noun)}
    forms: list[Schema] = [_reference(shape.noun, defs)]
    if shape.short:
        forms.append(_scalar(shape_schema(table[shape.short].shape, defs)))
    if shape.pair:
        forms.append(_one_row(list(table), field_schema(table[shape.pair[1]], defs)))
    return any_of(*forms)


def _scalar(schema: Schema) -> Schema:
    """Return what of a schema one value without brackets may be."""
    parts = [
        part for part in schema.get("anyOf", [schema]) if "$ref" not in part and part.get("type") not in _NO_SCALARS
    ]
    return any_of(*parts)


_NO_SCALARS = ("array", "object", "null")


def _one_row(keys: list[str], value: Schema) -> Schema:
    return {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "propertyNames": {"not": {"enum": keys}},
        "additionalProperties": value,
    }


def _reference(noun: type[Any], defs: dict[str, Schema]) -> Schema:
    name = noun.__name__
    if name not in defs:
        defs[name] = {}
        defs[name] = group_schema(noun, defs)
    return {"$ref": f"#/$defs/{name}"}


_DOSE_LINE: Schema = {"type": "string", "pattern": r"\S"}
_DOSE_VALUE: Schema = {"type": ["string", "number"]}


def _dose(_shape: Shape[Any], defs: dict[str, Schema]) -> Schema:
    fields = dict.fromkeys(DOSE_FIELDS, _DOSE_VALUE)
    defs["Dose"] = {"type": "object", "properties": fields, "additionalProperties": False}
    return any_of(_DOSE_LINE, {"$ref": "#/$defs/Dose"})


def _use(_shape: Shape[Any], defs: dict[str, Schema]) -> Schema:
    """Return the four forms of a use: a slug, `slug: dose`, a group with `exercise`, a definition with `name`."""
    own = {spec.key: field_schema(spec, defs) for spec in specs(Use)}
    own |= {key: any_of(_DOSE_VALUE, {"type": "null"}) for key in DOSE_FIELDS}
    of_exercise = {
        spec.key: field_schema(spec, defs) for spec in specs(Exercise) if spec.key not in {"title", "dose", "images"}
    }
    named = {"name": {**TEXT, "description": "The name of a new exercise, which this post defines."}}
    used = {"exercise": {**TEXT, "description": "The slug of the exercise."}}
    defs["UseOf"] = {"type": "object", "properties": own, "additionalProperties": False}
    defs["Use"] = {**defs["UseOf"], "properties": {**used, **own}, "required": ["exercise"]}
    defs["Definition"] = {**defs["UseOf"], "properties": {**named, **used, **of_exercise, **own}, "required": ["name"]}
    keys = ["exercise", "name", *own, *of_exercise]
    line = any_of(_DOSE_LINE, {"$ref": "#/$defs/UseOf"}, {"type": "null"})
    return any_of(TEXT, _one_row(keys, line), {"$ref": "#/$defs/Use"}, {"$ref": "#/$defs/Definition"})


_SHAPES: Mapping[type[Any], Callable[[Any, dict[str, Schema]], Schema]] = {
    Words: lambda _shape, _defs: TEXT,
    FileName: lambda _shape, _defs: TEXT,
    Reference: lambda _shape, _defs: TEXT,
    Choice: lambda shape, _defs: {"enum": list(shape.options)},
    Facts: lambda _shape, _defs: {"type": "object"},
    DoseShape: _dose,
    UseShape: _use,
    ListOf: _list,
    RecordOf: _record,
}
