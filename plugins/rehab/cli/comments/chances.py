"""What the commands of moderation know of spam: the model of the blog's own decisions, out of its cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.cli.project import SETTINGS, read_assigned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rehab.comments.inbox import Held
    from rehab.comments.spam.model import Model

_CACHE = ".cache"


def read_chances(content: Path, held: Sequence[Held]) -> Model | None:
    """Return the model of a blog's decisions, or None where there are too few to go by.

    It is kept in the cache of the builds, and learnt again where that is gone.
    """
    from rehab.comments.spam.history import count, decisions_of  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.spam.store import read_model  # noqa: PLC0415 - as above

    decisions = decisions_of(held)
    if not count(decisions).is_enough:
        return None
    folder = content.parent / read_assigned(SETTINGS, "REHAB_CACHE", default=_CACHE)
    model = read_model(decisions, folder)
    return model if model.totals.is_enough else None
