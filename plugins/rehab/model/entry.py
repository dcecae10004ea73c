"""What every kind of file has in common: a slug, a place, a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from rehab.model.records import Facts
from rehab.model.spec import spec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.source.place import Place

Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Free names and texts, in the author's order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every kind has: its slug, where it stands, its text, and where each of its fields stands.

    `path` is the source file; for an exercise that a post defines, the post's file. `at` maps a
    front-matter key to its place. `body` is Markdown, `body_line` the line it begins on.
    """

    slug: str
    path: str
    place: Place
    body: str = ""
    body_line: int = 1
    at: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    silence: Pairs = field(
        default=(), metadata=spec(Facts(), "Warnings that you have read and mean to live with: `code: reason`.")
    )

    def where(self, key: str) -> Place:
        """Return the place of a field, or of the whole where the field is not there."""
        return self.at.get(key, self.place)
