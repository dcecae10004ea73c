"""How a noun's field is described once, for everybody: parser, checker, docs and editors.

A noun is a frozen dataclass. A field that an author may write carries a `Spec` in its metadata; the
fields without one (slug, place, body) come from the file itself. `specs(cls)` is the field table of
a kind, in order, and nothing else in the program lists fields.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.source.nodes import Node

from rehab.source.problem import Problems

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Result: TypeAlias = tuple[T | None, Problems]
"""What a shape makes of a node: the value, or None with at least one problem."""


class Shape(Protocol[T_co]):
    """Anything with a name that can read a node."""

    @property
    def name(self) -> str:
        """Return what messages and docs call this shape."""
        ...

    def parse(self, node: Node) -> tuple[T_co | None, Problems]:
        """Return the value and the problems found on the way."""
        ...


class Spec(Struct, frozen=True):
    """What an author may write under `key`: its shape, whether it is required, and one sentence of help."""

    key: str
    name: str
    shape: Shape[Any]
    doc: str
    required: bool = False


def spec(shape: Shape[Any], doc: str, *, required: bool = False, key: str = "") -> dict[str, Any]:
    """Return the metadata for `dataclasses.field`. `key` is needed where the name is a word of Python's."""
    return {"spec": (shape, doc, required, key)}


_OF_ALL_KINDS = ("slug", "silence")
_TABLES: dict[type, tuple[Spec, ...]] = {}


def specs(noun: type) -> tuple[Spec, ...]:
    """Return the field table of a noun: its own fields in their order, then those that every kind has."""
    if noun not in _TABLES:
        fields = [field for field in dataclasses.fields(noun) if "spec" in field.metadata]
        fields.sort(key=lambda field: field.name in _OF_ALL_KINDS)
        _TABLES[noun] = tuple(_spec(field) for field in fields)
    return _TABLES[noun]


def _spec(field: dataclasses.Field[Any]) -> Spec:
    shape, doc, required, key = field.metadata["spec"]
    return Spec(key or field.name, field.name, shape, doc, required)
