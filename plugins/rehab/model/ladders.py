"""`exercises/ladders.yml` → ladders: exercises in steps, from easier to harder.

In: the document. Out: each ladder, or None where it cannot be read, with its problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.model.exercise import Ladder
from rehab.model.records import parse_record, places_of
from rehab.model.shapes import describe
from rehab.source.nodes import Items, Scalar, Table
from rehab.source.problem import Problem, Problems

if TYPE_CHECKING:
    from rehab.source.document import Document


def parse_ladders(document: Document) -> list[tuple[Ladder | None, Problems]]:
    """Read `ladders.yml`: a list of ladders, each with an `id`; or a table of `id: ladder`."""
    match document.root:
        case Items(items, _):
            return [_parse_ladder(item, document) for item in items]
        case Table((), _):
            return []
        case root:
            hint = "write a list: `- id: …` with `steps:` below"
            problem = Problem("wrong-type", root.place, f"this is {describe(root)}, not a list of ladders", hint)
            return [(None, (problem,))]


def _parse_ladder(node: Any, document: Document) -> tuple[Ladder | None, Problems]:  # noqa: ANN401 - any node may stand in the file
    if not isinstance(node, Table):
        return None, (Problem("wrong-type", node.place, f"this is {describe(node)}, not a ladder", "write `id:`"),)
    name = next((row.value for row in node if row.key.value == "id"), None)
    if not isinstance(name, Scalar) or not name.value.strip():
        return None, (Problem("missing-field", node.place, "'id' is missing", "add `id:` — the ladder's short name"),)
    given = {"slug": name.value.strip(), "path": document.path, "place": name.place, "at": places_of(node)}
    fields = Table(tuple(row for row in node if row.key.value != "id"), node.place)
    return parse_record(Ladder, fields, given)
