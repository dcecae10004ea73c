"""What the fields of a value of ours are called.

In: a class. Out: names, in order. Most values are structs; those that say more of their fields are data classes.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from msgspec import Struct


def field_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields that a class is given; none where it is no value of ours."""
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    if dataclasses.is_dataclass(kind):
        return tuple(each.name for each in dataclasses.fields(kind) if each.init)
    return ()
