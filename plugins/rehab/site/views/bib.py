"""What a template sees of an exercise with a dose, the bib, of who did it, and of the rungs beside it.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.views.picture import PictureView
    from rehab.site.views.small import Crumb, DateView, LinkView, StepView


class OtherUnit(Struct, frozen=True):
    """A dose as it reads with the unit first that its author did not write: `unit` is lb|kg|mi|km.

    `headline`, `line` and `facts` are as in `BibView`, each with the author's own words beside it.
    """

    unit: str
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...]


class DoseUse(Struct, frozen=True, kw_only=True):
    """How much of an exercise one post did. `line` is the whole dose ("3 × 10 each side @ 10 lb"), "" without one.

    `headline` is "3 × 10"; `other_unit` the load in the other unit ("≈ 4.5 kg") or "", `other` the dose with it first,
    or None; `note` is Markdown;
    `achieved_words` says that the author does not reach all of it; `when` is the post's date, `injuries`
    what for. `said` is what that post says came of it.
    """

    post: Crumb
    when: DateView
    headline: str
    line: str
    other_unit: str
    other: OtherUnit | None
    facts: tuple[tuple[str, str], ...]
    note: str
    achieved: str
    achieved_words: str
    injuries: tuple[Crumb, ...]
    data: Mapping[str, object] | None
    said: tuple[LinkView, ...] = ()


class RungView(Struct, frozen=True, kw_only=True):
    """One step of a ladder. `current` is true where it is the exercise whose page shows it; `setup_any` is any of."""

    title: str
    url: str
    slug: str
    number: int
    variation: str
    setup_any: tuple[str, ...]
    current: bool
    stub: bool


class BibView(Struct, frozen=True, kw_only=True):
    """The exercise card, the race bib: the same in a post, on the exercise's page, in a program and in print.

    `headline` is the huge number: "3 × 10", "details to come" for a stub without a dose here, or "". `line` is the
    whole dose on one line, "" without one. `facts` are the small facts along the edge, as (label, value): side, load
    with the other unit, hold, tempo, rest, equipment…. `data` is the dose as numbers, or None; `plan` the part of it
    that a timer needs ("sets=3;reps=10;side=each"), or "". `other` is the dose with the other unit first, or None.
    `steps`, `cues`, `note`, `stop_if` are Markdown. `achieved` is full|partial|"" with `achieved_words`.
    `warnings` are the links that aggravate or come too early; `for_injuries` all others, relation by relation.
    `rungs` are the steps of its first ladder, those of other exercises among them.
    In lists a bib is its face alone: no steps, cues, rungs, links, pictures or notes.
    `position` counts from 1 within its post or phase (0 elsewhere); `anchor` is an id that is unique on the page.
    `start_at` is the rung to start at, in words, or "". `count_words` is "in 3 posts" in lists, else "".
    """

    title: str
    url: str
    slug: str
    status: str
    stub: bool
    anchor: str
    position: int
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...]
    data: Mapping[str, object] | None
    plan: str
    other: OtherUnit | None
    steps: tuple[StepView, ...]
    steps_by: str
    cues: tuple[str, ...]
    stop_if: tuple[str, ...]
    note: str
    achieved: str
    achieved_words: str
    start_at: str
    images: tuple[PictureView, ...]
    easier: tuple[Crumb, ...]
    harder: tuple[Crumb, ...]
    rungs: tuple[RungView, ...]
    warnings: tuple[LinkView, ...]
    for_injuries: tuple[LinkView, ...]
    count_words: str
