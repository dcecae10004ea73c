"""Field tables → JSON Schemas of front matter, one for each kind, for editors.

In: the tables of `rehab.model`. Out: schemas of JSON Schema 2020-12 as text, for front matter and for the lists in
`.yml` files. Whether a slug exists is beyond them: they know fields, words and forms.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rehab.authoring.editors.shapes import TEXT, Schema, group_schema
from rehab.model.anatomy import Muscle, Region
from rehab.model.comment import Comment
from rehab.model.exercise import Exercise, Ladder
from rehab.model.glossary import Term
from rehab.model.injury import Injury, Treatment
from rehab.model.nouns import RedFlag
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.model.spec import specs

if TYPE_CHECKING:
    from collections.abc import Mapping

DRAFT = "https://json-schema.org/draft/2020-12/schema"

KINDS: Mapping[str, type[Any]] = {
    "post": Post,
    "exercise": Exercise,
    "injury": Injury,
    "treatment": Treatment,
    "program": Program,
    "comment": Comment,
    "gallery": Gallery,
    "page": Page,
}
"""Front matter of Markdown files, by the schema's name."""

LISTS: Mapping[str, tuple[type[Any], str]] = {
    "ladders": (Ladder, "id"),
    "regions": (Region, "slug"),
    "muscles": (Muscle, "slug"),
    "red-flags": (RedFlag, "id"),
    "glossary": (Term, "slug"),
}
"""Lists in `.yml` files, by the schema's name: the noun of an item, and the field that names it."""

_PLAIN_LIST = re.compile(r"\[\n\s+([^\[\]{}]*?)\n\s+\]")
_GAPS = re.compile(r"\n\s+")


def render_schemas() -> dict[str, str]:
    """Return every schema as JSON text, by its file's name."""
    schemas = {name: kind_schema(name) for name in KINDS} | {name: list_schema(name) for name in LISTS}
    return {f"{name}.schema.json": render_json(schema) for name, schema in schemas.items()}


def render_json(value: object) -> str:
    """Return JSON with a row for each member; a list of plain values stands on one line."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _PLAIN_LIST.sub(lambda match: f"[{_GAPS.sub(' ', match[1])}]", text) + "\n"


def kind_schema(name: str) -> Schema:
    """Return the schema of the front matter of a kind."""
    noun = KINDS[name]
    defs: dict[str, Schema] = {}
    body = group_schema(noun, defs)
    title = f"Front matter of {'an' if name[0] in 'aeiou' else 'a'} {name}"
    return {"$schema": DRAFT, "title": title, **body, **_sorted(defs)}


def list_schema(name: str) -> Schema:
    """Return the schema of a `.yml` file. What is built in may be given in parts, so only its name is needed."""
    noun, key = LISTS[name]
    defs: dict[str, Schema] = {}
    item = group_schema(noun, defs)
    item["properties"].setdefault(key, {**TEXT, "description": "Its short name."})
    item["required"] = [key, *(each.key for each in specs(noun) if each.required and noun is Ladder)]
    return {"$schema": DRAFT, "title": f"List of {name}", "type": ["array", "null"], "items": item, **_sorted(defs)}


def _sorted(defs: dict[str, Schema]) -> Schema:
    return {"$defs": {key: defs[key] for key in sorted(defs)}} if defs else {}
