"""The nouns of a dose: how much of an exercise, in the author's own units.

In: nothing but values that the grammar has already checked. Out: frozen records that compare by
what they mean. This exists so that every room speaks of sets, reps, seconds and metres in one way.

An amount is a number, or `(low, high)` where the author gave a range. Whole numbers are `int`; a `float` only
appears where the author's text had a fraction, or where a mile was turned into metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

Number: TypeAlias = int | float
Amount: TypeAlias = Number | tuple[Number, Number]
Side: TypeAlias = Literal["each", "left", "right", "alternating"]
TimeUnit: TypeAlias = Literal["s", "min", "h", "clock"]
DistanceUnit: TypeAlias = Literal["m", "km", "mi"]
LoadUnit: TypeAlias = Literal["lb", "kg", "bodyweight"]
Per: TypeAlias = Literal["day", "week", "2 days"]


class Load(Struct, frozen=True):
    """What is moved: a weight, the body alone (value 0, unit `bodyweight`), or an elastic band.

    `band` is its colour or strength ("red", "light"). `implement` is the thing named with the weight
    ("dumbbell", "kettlebells") or the kind of band ("mini band"), in the author's number.
    """

    value: Amount | None = None
    unit: LoadUnit | None = None
    band: str | None = None
    implement: str | None = None


class Frequency(Struct, frozen=True):
    """`times` sessions in each `per`; every other day is one per "2 days"."""

    times: Amount
    per: Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise.

    A parsed dose has `sets` and exactly one of `reps`, `duration_s` and `distance_m`. Times are seconds, distances
    metres, `hold_s` is per rep and `rest_s` between sets. `tempo` is three or four parts, "3-1-1-0" or "3-1-X-0".
    `rpe` is effort on the scale of 1 to 10, `rir` the repetitions left in reserve.

    The `*_unit` fields remember the unit the author wrote ("clock" is `1:30`), so that formatting gives it back.
    They take no part in equality: 60 s and 1 min are the same dose. Load keeps its unit as part of its value,
    since a 10 lb and a 4.5 kg dumbbell are two different things.
    """

    sets: Amount | None = None
    reps: Amount | Literal["amrap"] | None = None
    duration_s: Amount | None = None
    distance_m: Amount | None = None
    hold_s: Amount | None = None
    tempo: str | None = None
    rest_s: Amount | None = None
    side: Side | None = None
    load: Load | None = None
    frequency: Frequency | None = None
    rpe: Amount | None = None
    rir: Amount | None = None
    duration_unit: TimeUnit | None = field(default=None, compare=False)
    distance_unit: DistanceUnit | None = field(default=None, compare=False)
    hold_unit: TimeUnit | None = field(default=None, compare=False)
    rest_unit: TimeUnit | None = field(default=None, compare=False)


class DoseRefusal(Struct, frozen=True):
    """Why a text is not a dose, with `text[start:end]` as the words at fault (empty when something is missing)."""

    message: str
    hint: str
    start: int
    end: int


class FieldRefusal(DoseRefusal, frozen=True):
    """A refusal inside one field of the mapping form; `start` and `end` count in that field's text."""

    field: str
