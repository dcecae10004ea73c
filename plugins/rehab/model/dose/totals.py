"""What follows from a dose by arithmetic: total reps, total seconds, and the load or distance in the other unit.

In: a `Dose`. Out: numbers and text for readers. Derived each time and never stored, so it cannot disagree with the
dose. None wherever the dose does not say enough.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rehab.model.dose.amounts import exact_number
from rehab.model.dose.vocabulary import KG_PER_LB, METRES_PER_MILE
from rehab.model.dose.words import number_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.model.dose.noun import Amount, Dose, Load, Number

_METRES_PER_KM: Final = Fraction(1000)


def total_reps(dose: Dose) -> Amount | None:
    """Return sets times reps over both sides; None for a time, a distance, or as many as possible."""
    if dose.reps is None or dose.reps == "amrap" or dose.sets is None:
        return None
    return _times(_times(dose.sets, dose.reps), _sides(dose))


def total_seconds(dose: Dose) -> Amount | None:
    """Return the seconds of work over both sides, without rest; None where neither time, hold nor tempo is given.

    A dose with both a hold and a tempo gives None: the hold may be one of the tempo's pauses, or come on top.
    """
    if dose.sets is None:
        return None
    if dose.duration_s is not None:
        return _times(_times(dose.sets, dose.duration_s), _sides(dose))
    reps, each = total_reps(dose), _seconds_per_rep(dose)
    return _times(reps, each) if reps is not None and each is not None else None


def _seconds_per_rep(dose: Dose) -> Amount | None:
    if dose.tempo is None or dose.hold_s is not None:
        return dose.hold_s if dose.tempo is None else None
    parts = dose.tempo.split("-")
    return None if "X" in parts else sum(int(part) for part in parts)


def _sides(dose: Dose) -> int:
    """Return how often the work is done: an alternating count already holds both sides."""
    return 2 if dose.side == "each" else 1


def _times(left: Amount, right: Amount) -> Amount:
    left_ends = left if isinstance(left, tuple) else (left, left)
    right_ends = right if isinstance(right, tuple) else (right, right)
    low, high = (_exact(a) * _exact(b) for a, b in zip(left_ends, right_ends, strict=True))
    return exact_number(low) if low == high else (exact_number(low), exact_number(high))


@lru_cache(maxsize=1_000)
def _exact(value: Number) -> Fraction:
    return Fraction(str(value))


def other_unit(dose: Dose) -> str | None:
    """Return the load (else the distance) in the unit the author did not write, rounded: `≈ 4.5 kg` for 10 lb.

    Loads are rounded to 0.1 below 5, to 0.5 below 20, to 1 above: no gym has finer weights. Distances are rounded to
    0.1; metres below a kilometre have no other unit. Factors: the 1959 yard and pound agreement, in `vocabulary`.
    """
    return _other_load(dose.load) if dose.load else _other_distance(dose)


def _other_load(load: Load) -> str | None:
    if load.value is None or load.unit not in {"lb", "kg"}:
        return None
    factor, unit = (KG_PER_LB, "kg") if load.unit == "lb" else (1 / KG_PER_LB, "lb")
    return _about(load.value, factor, unit, _load_step)


def _other_distance(dose: Dose) -> str | None:
    if dose.distance_m is None:
        return None
    if dose.distance_unit == "mi":
        return _about(dose.distance_m, 1 / _METRES_PER_KM, "km", _distance_step)
    longest = dose.distance_m[1] if isinstance(dose.distance_m, tuple) else dose.distance_m
    if longest < _METRES_PER_KM:
        return None
    return _about(dose.distance_m, 1 / METRES_PER_MILE, "mi", _distance_step)


def _load_step(value: Fraction) -> Fraction:
    if value < 5:  # noqa: PLR2004 - the table of the docstring of `other_unit`
        return Fraction(1, 10)
    return Fraction(1, 2) if value < 20 else Fraction(1)  # noqa: PLR2004 - the same


def _distance_step(_: Fraction) -> Fraction:
    return Fraction(1, 10)


def _about(amount: Amount, factor: Fraction, unit: str, step_of: Callable[[Fraction], Fraction]) -> str:
    ends = amount if isinstance(amount, tuple) else (amount,)
    shown = [_rounded(_exact(end) * factor, step_of) for end in ends]
    return f"≈ {'–'.join(dict.fromkeys(shown))} {unit}"


def _rounded(value: Fraction, step_of: Callable[[Fraction], Fraction]) -> str:
    # At least one step: nothing that weighs something is shown as 0.
    step = step_of(value)
    return number_words(exact_number(max(round(value / step), 1) * step))
