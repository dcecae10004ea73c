"""A `Dose` → text: the canonical line, the JSON form, and the words on an exercise's card.

In: a `Dose`. Out: plain text and plain data, never markup. `format_dose` is what the grammar reads back to the same
dose, in the author's units; the words for readers use typographic signs and need not be read back.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rehab.model.dose.amounts import exact_number
from rehab.model.dose.tokens import MAX_DECIMALS
from rehab.model.dose.vocabulary import FACTORS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.model.dose.noun import Amount, Dose, Frequency, Load, Number

_SIDE_WORDS: Final = {"each": "each side", "left": "left side", "right": "right side", "alternating": "alternating"}
_HOW_MANY: Final = {1: "once", 2: "twice"}


def format_dose(dose: Dose) -> str:
    """Return the canonical line, `3 x 10 each side @ 10 lb, hold 5 s, tempo 3-1-1-0, rest 60 s, 3/week, RPE 7`."""
    head = [_work(dose, " x ", "-", "AMRAP"), _SIDE_WORDS.get(dose.side or "", "")]
    head.append(f"@ {_load(dose.load, '-')}" if dose.load else "")
    clauses = (
        " ".join(part for part in head if part),
        _labelled("hold", dose.hold_s, dose.hold_unit),
        f"tempo {dose.tempo}" if dose.tempo else "",
        _labelled("rest", dose.rest_s, dose.rest_unit),
        _frequency(dose.frequency) if dose.frequency else "",
        f"RPE {_amount(dose.rpe, '-')}" if dose.rpe is not None else "",
        f"RIR {_amount(dose.rir, '-')}" if dose.rir is not None else "",
    )
    return ", ".join(clause for clause in clauses if clause)


def headline(dose: Dose) -> str:
    """Return the largest words of a card, `3 × 10`, `3 × 30 s`, `3 × max`; empty for a dose without work."""
    return _work(dose, " × ", "–", "max")


def facts(dose: Dose) -> tuple[tuple[str, str], ...]:
    """Return label and value of what stands beside the headline, in a fixed order, without what is unknown."""
    pairs = (
        ("side", _SIDE_WORDS.get(dose.side or "", "")),
        ("load", _load(dose.load, "–") if dose.load else ""),
        ("hold", measure_words(dose.hold_s, dose.hold_unit, "–")),
        ("tempo", dose.tempo or ""),
        ("rest", measure_words(dose.rest_s, dose.rest_unit, "–")),
        ("how often", _how_often(dose.frequency) if dose.frequency else ""),
        ("effort", _effort(dose)),
    )
    return tuple(pair for pair in pairs if pair[1])


def dose_data(dose: Dose) -> dict[str, object]:
    """Return the JSON form: keys in the order of `Dose`, ranges as two-item lists, nothing that is unknown.

    Times are seconds and distances metres. The implement is left out: the machine-readable graph has loads alone.
    """
    data = {
        "sets": _plain(dose.sets), "reps": _plain(dose.reps), "duration_s": _plain(dose.duration_s),
        "distance_m": _plain(dose.distance_m), "hold_s": _plain(dose.hold_s), "tempo": dose.tempo,
        "rest_s": _plain(dose.rest_s), "side": dose.side, "load": _load_data(dose.load),
        "frequency": _frequency_data(dose.frequency), "rpe": _plain(dose.rpe), "rir": _plain(dose.rir),
    }  # fmt: skip
    return {key: value for key, value in data.items() if value is not None}


def _plain(value: Amount | str | None) -> object:
    return list(value) if isinstance(value, tuple) else value


def _load_data(load: Load | None) -> object:
    if load is None:
        return None
    data = {"value": _plain(load.value), "unit": load.unit, "band": load.band}
    return {key: value for key, value in data.items() if value is not None}


def _frequency_data(frequency: Frequency | None) -> object:
    return {"times": _plain(frequency.times), "per": frequency.per} if frequency else None


def _work(dose: Dose, times: str, dash: str, most: str) -> str:
    amount = _work_amount(dose, dash, most)
    if dose.sets is None or dose.sets == 1:
        return f"{amount} reps" if isinstance(dose.reps, (int, float, tuple)) else amount
    return f"{_amount(dose.sets, dash)}{times}{amount}" if amount else f"{_amount(dose.sets, dash)} sets"


def _work_amount(dose: Dose, dash: str, most: str) -> str:
    if dose.reps is not None:
        return most if dose.reps == "amrap" else _amount(dose.reps, dash)
    if dose.duration_s is not None:
        return measure_words(dose.duration_s, dose.duration_unit, dash)
    return measure_words(dose.distance_m, dose.distance_unit or "m", dash)


def _each(amount: Amount, dash: str, words: Callable[[Number], str]) -> str:
    low, high = amount if isinstance(amount, tuple) else (amount, None)
    return words(low) if high is None else f"{words(low)}{dash}{words(high)}"


def _amount(amount: Amount, dash: str) -> str:
    return _each(amount, dash, number_words)


def number_words(value: Number) -> str:
    """Return a number without an exponent or needless zeros, `4.5`."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.9f}".rstrip("0").rstrip(".")


def measure_words(amount: Amount | None, unit: str | None, dash: str) -> str:
    """Return an amount of seconds or metres in its unit: 90 in min is `1.5 min`. Empty without an amount.

    It falls back to the base unit where the given one has no exact decimal; no unit means seconds.
    """
    if amount is None:
        return ""
    unit = unit or "s"
    ends = amount if isinstance(amount, tuple) else (amount,)
    if unit == "clock" and all(isinstance(end, int) for end in ends):
        return _each(amount, dash, _clock)
    base = "m" if unit in {"m", "km", "mi"} else "s"
    shown = [_in_unit(end, FACTORS[unit]) for end in ends]
    if unit == "clock" or None in shown:
        return f"{_amount(amount, dash)} {base}"
    return f"{dash.join(text for text in shown if text)} {unit}"


def _clock(seconds: Number) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@lru_cache(maxsize=4096)
def _in_unit(value: Number, factor: Fraction) -> str | None:
    """Return the shortest decimal that the grammar turns back into exactly this value, or None if there is none."""
    exact = Fraction(str(value)) / factor
    for digits in range(MAX_DECIMALS + 1):
        written = round(exact, digits)
        if exact_number(written * factor) == value:
            return number_words(exact_number(written))
    return None


def _labelled(label: str, seconds: Amount | None, unit: str | None) -> str:
    return f"{label} {measure_words(seconds, unit, '-')}" if seconds is not None else ""


def _load(load: Load, dash: str) -> str:
    if load.unit == "bodyweight":
        return "bodyweight"
    if load.band:
        return f"{load.band} {load.implement or 'band'}"
    weight = f"{_amount(load.value, dash)} {load.unit or ''}" if load.value is not None else ""
    return " ".join(f"{weight} {load.implement or ''}".split())


def _frequency(frequency: Frequency) -> str:
    if frequency.per == "2 days":
        return "every other day" if frequency.times == 1 else f"{_amount(frequency.times, '-')} times every other day"
    if frequency.times == 1 and frequency.per == "day":
        return "daily"
    return f"{_amount(frequency.times, '-')}/{frequency.per}"


def _how_often(frequency: Frequency) -> str:
    if frequency.times == 1 and frequency.per == "2 days":
        return "every other day"
    times = frequency.times
    count = _HOW_MANY.get(times) if isinstance(times, int) else None
    period = "every other day" if frequency.per == "2 days" else f"a {frequency.per}"
    return f"{count or _amount(times, '–') + ' times'} {period}"


def _effort(dose: Dose) -> str:
    rpe = f"RPE {_amount(dose.rpe, '–')}" if dose.rpe is not None else ""
    noun = "rep" if dose.rir == 1 else "reps"
    rir = f"{_amount(dose.rir, '–')} {noun} in reserve" if dose.rir is not None else ""
    return ", ".join(part for part in (rpe, rir) if part)
