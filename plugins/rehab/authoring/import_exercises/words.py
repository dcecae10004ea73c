"""The words of free-exercise-db → ours: one documented table for each of its fields.

In: a word of the catalogue. Out: our word for it. A word that is not in a table has no counterpart here: it is kept
as it is, reported, and never guessed at. `docs/how-to/import-exercises.md` shows the same tables, kept by a test.
Source: the catalogue's own `schema.json`, which lists every word that a record may use.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CATALOGUE = "free-exercise-db"
ADDRESS = "https://github.com/yuhonas/free-exercise-db"
LICENCE = "Unlicense"
"""SPDX name. It covers the texts; of the pictures nobody says whose they are, so none is ever taken."""

MUSCLES: Mapping[str, str] = MappingProxyType(
    {
        "abdominals": "abdominals",
        "abductors": "hip-abductors",
        "adductors": "adductors",
        "biceps": "biceps-brachii",
        "calves": "calves",
        "chest": "pectorals",
        "forearms": "forearm-muscles",
        "glutes": "glutes",
        "hamstrings": "hamstrings",
        "lats": "latissimus-dorsi",
        "lower back": "back-extensors",
        "middle back": "middle-back-muscles",
        "neck": "neck-muscles",
        "quadriceps": "quadriceps",
        "shoulders": "shoulder-muscles",
        "traps": "trapezius",
        "triceps": "triceps-brachii",
    }
)
"""Its muscles, by our slugs. No two share one."""

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "strength": "strength",
        "stretching": "stretch",
        "plyometrics": "plyometric",
        "cardio": "cardio",
        "powerlifting": "strength",
        "olympic weightlifting": "strength",
        "strongman": "strength",
    }
)
"""Its categories, by our kinds."""

FIRST_OF_KIND = frozenset({"strength", "stretching", "plyometrics", "cardio"})
"""Categories that our kind says wholly. Of the others the record's own word is kept besides."""

LEVELS: Mapping[str, str] = MappingProxyType(
    {"beginner": "beginner", "intermediate": "intermediate", "expert": "advanced"}
)
"""Its levels, by our difficulties."""

LOADS: Mapping[str, str] = MappingProxyType(
    {
        "body only": "bodyweight",
        "dumbbell": "dumbbell",
        "barbell": "barbell",
        "e-z curl bar": "e-z curl bar",
        "kettlebells": "kettlebell",
        "medicine ball": "medicine ball",
        "bands": "band",
    }
)
"""Its equipment that is lifted or pulled, by our words for `equipment.load`."""

SETUPS: Mapping[str, str] = MappingProxyType(
    {"cable": "cable", "machine": "machine", "exercise ball": "exercise ball", "foam roll": "foam roll"}
)
"""Its equipment that stands or lies around, by our words for `equipment.setup`."""
