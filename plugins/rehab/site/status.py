"""Whether a page has its details yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehab.model.exercise import Exercise


def is_stub(exercise: Exercise) -> bool:
    """Return whether an exercise's details are to come: it says so, or it says nothing and has no steps."""
    return exercise.status == "stub" or (not exercise.status and not exercise.steps)
