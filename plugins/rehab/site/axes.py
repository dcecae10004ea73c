"""The ways to choose an exercise: a table of them, and of the words that readers see for their values.

In: nothing. Out: tables. Each axis is a question that readers ask, and has a page for each answer that has exercises.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Axis(NamedTuple):
    """A question, words for its other answers, the noun that counts them, and what is said of who gives no answer."""

    label: str
    other: str
    noun: str
    unsaid: str


AXES: Mapping[str, Axis] = MappingProxyType(
    {
        "for": Axis("For which injury", "Another injury", "injury", "No injury is named for {}."),
        "with": Axis("What is at hand", "Something else at hand", "thing", "What is needed is not said of {}."),
        "region": Axis("Where in the body", "Elsewhere in the body", "part", "No part of the body is named for {}."),
        "muscle": Axis("Which muscle", "Another muscle", "muscle", "No muscle is named for {}."),
        "kind": Axis("What kind", "Another kind", "kind", "The kind is not said of {}."),
        "level": Axis("How hard", "Easier or harder", "level", "How hard it is, is not said of {}."),
        "sides": Axis("One side or both", "The sides otherwise", "way", "It is not said of {}."),
    }
)
"""By their names, which are words of addresses and of settings (`EXERCISES_FOR_URL`)."""

URL_OF: Final = "exercises_{}"
"""What the address pattern of an axis is called in `Options.urls`."""

NOTHING: Final = "nothing"
ANY_ROOM: Final = "any-room"

BODY_ALONE: Final = frozenset({"bodyweight", "body-weight", "body-only", "nothing", "none", "no-equipment"})
"""Words of equipment, as slugs, that name none."""

AT_HOME: Final = (
    "bath towel", "bed", "belt", "blanket", "book", "bottle", "bottom stair", "chair", "coffee table", "couch",
    "cushion", "desk", "door", "door frame", "doorway", "edge of a bed", "floor", "pillow", "rolled towel", "scarf",
    "sofa", "stair", "stairs", "step", "stool", "table", "towel", "wall", "water bottle",
)  # fmt: skip
"""Things that stand in any hotel room or lie in any bag, where the site's settings name no others."""

KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "strength": ("Strength", "Strength exercises"),
        "stretch": ("Stretch", "Stretches"),
        "mobility": ("Mobility", "Mobility exercises"),
        "balance": ("Balance", "Balance exercises"),
        "plyometric": ("Jumps and bounds", "Plyometric exercises: jumps and bounds"),
        "self-massage": ("Self-massage", "Self-massage"),
        "cardio": ("Cardio", "Cardio exercises"),
        "drill": ("Running drill", "Running drills"),
    }
)
"""The label and the title of each kind."""

LEVELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "beginner": ("To begin with", "Exercises to begin with"),
        "intermediate": ("Intermediate", "Intermediate exercises"),
        "advanced": ("Advanced", "Advanced exercises"),
    }
)

SIDES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "unilateral": ("one-side", "One side at a time", "Exercises for one side at a time"),
        "bilateral": ("both-sides", "Both sides at once", "Exercises for both sides at once"),
        "alternating": ("in-turn", "The sides in turn", "Exercises for the sides in turn"),
    }
)
"""The slug, the label and the title of each way to use the two sides."""
