"""The shape of a dose in front matter: one line of text, or a group of dose fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.model.dose.grammar import dose_from_fields, parse_dose
from rehab.model.dose.noun import DoseRefusal, FieldRefusal
from rehab.model.shapes import describe, refuse
from rehab.model.spec import Result
from rehab.source.nodes import Node, Row, Scalar, Table
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.model.dose.noun import Dose
    from rehab.source.place import Place

DOSE_FIELDS = (
    "sets", "reps", "hold", "time", "distance", "side", "load", "tempo", "rest", "frequency", "rpe", "rir",
)  # fmt: skip


def refused_dose(refusal: DoseRefusal, place: Place) -> Problem:
    """Return the problem of a dose that was refused; the caret stands under the words in question."""
    span = max(refusal.end - refusal.start, 1)
    return Problem("bad-dose", place.right(refusal.start), refusal.message, refusal.hint, span)


def parse_dose_fields(rows: Mapping[str, Row]) -> Result[Dose]:
    """Return the dose that fields such as `sets: 3` and `hold: 5 s` give together, or None without any."""
    texts = {key: row.value.value for key, row in rows.items() if isinstance(row.value, Scalar)}
    for row in rows.values():
        if not isinstance(row.value, Scalar):
            return refuse(
                "wrong-type", row.value.place, f"'{row.key.value}' is {describe(row.value)}", "write one value"
            )
    if not texts:
        return None, ()
    dose = dose_from_fields(texts)
    if isinstance(dose, FieldRefusal):
        return None, (refused_dose(dose, rows[dose.field].value.place),)
    return dose, ()


class DoseShape(Struct, frozen=True):
    """A dose line such as `3 x 10 each side @ 10 lb`, or its fields."""

    name: str = "a dose, such as 3 x 10 each side"

    def parse(self, node: Node) -> Result[Dose]:
        """Return the dose, or the reason why it was refused."""
        match node:
            case Scalar(value, place):
                dose = parse_dose(value)
                return (None, (refused_dose(dose, place),)) if isinstance(dose, DoseRefusal) else (dose, ())
            case Table(rows, _) if all(row.key.value in DOSE_FIELDS for row in rows):
                return parse_dose_fields({row.key.value: row for row in rows})
            case _:
                return refuse("bad-dose", node.place, f"this is {describe(node)}, not a dose", "write it on one line")


DOSE = DoseShape()
