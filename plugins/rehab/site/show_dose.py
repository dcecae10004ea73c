"""A dose → the words of a bib: its huge number, its line, the facts along its edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.model.dose_totals import other_unit
from rehab.model.dose_words import facts, format_dose, headline

if TYPE_CHECKING:
    from rehab.model.dose import Dose

_BARE = {"side", "how often", "effort"}
"""Facts that speak for themselves on a line: "each side", "3 times a week", "RPE 7"."""


def dose_headline(dose: Dose | None) -> str:
    """Return the largest words, `3 × 10`, or the whole line where there is no work to count."""
    return (headline(dose) or format_dose(dose)) if dose else ""


def dose_line(dose: Dose | None) -> str:
    """Return the whole dose for readers: the headline, then everything else in the order of the facts."""
    if dose is None:
        return ""
    if not headline(dose):
        return format_dose(dose)
    known = dict(facts(dose))
    side, load = known.pop("side", ""), known.pop("load", "")
    first = " ".join(part for part in (headline(dose), side, f"@ {load}" if load else "") if part)
    return ", ".join((first, *(value if label in _BARE else f"{label} {value}" for label, value in known.items())))


def dose_facts(dose: Dose | None) -> tuple[tuple[str, str], ...]:
    """Return label and value of what stands along the edge, the load and the distance also in the other unit."""
    if dose is None:
        return ()
    other = other_unit(dose) or ""
    if other and not dose.load:
        return (*facts(dose), ("distance", other))
    return tuple((label, f"{value} ({other})" if label == "load" and other else value) for label, value in facts(dose))


def dose_other_unit(dose: Dose | None) -> str:
    """Return the load, else the distance, in the unit the author did not write, or nothing."""
    return (other_unit(dose) or "") if dose else ""
