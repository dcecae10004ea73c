"""A dose → the words of a bib: its huge number, its line, the facts along its edge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.model.dose.totals import other_unit
from rehab.model.dose.words import dose_data, facts, format_dose, headline, measure_words, number_words
from rehab.site.memo import once
from rehab.site.views.bib import OtherUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.model.dose import Amount, Dose
    from rehab.site.site import Site

_BARE = {"side", "how often", "effort"}
"""Facts that speak for themselves on a line: "each side", "3 times a week", "RPE 7"."""
_MEASURE = re.compile(r"(?<=\d) (?=(?:lb|kg|s|min|h|m|km|mi)\b)")
"""The space within a measure, as `format_dose` and the facts write it."""


class DoseWords(Struct, frozen=True):
    """All that views say of a dose, as they have it. Many posts did the same, so it is made once for each dose."""

    headline: str
    line: str
    facts: tuple[tuple[str, str], ...]
    data: Mapping[str, object] | None
    plan: str
    other_unit: str
    other: OtherUnit | None


def words_of(site: Site, dose: Dose | None) -> DoseWords:
    """Return what views say of a dose."""
    return once(site, make_words, dose)


def make_words(_: Site, dose: Dose | None) -> DoseWords:
    """Return the same, made anew."""
    return DoseWords(
        headline=dose_headline(dose),
        line=dose_line(dose),
        facts=dose_facts(dose),
        data=dose_data(dose) if dose else None,
        plan=dose_plan(dose),
        other_unit=dose_other_unit(dose),
        other=other_words(dose),
    )


def dose_headline(dose: Dose | None) -> str:
    """Return the largest words, `3 × 10`, or the whole line where there is no work to count."""
    return (headline(dose) or format_dose(dose)) if dose else ""


def dose_line(dose: Dose | None) -> str:
    """Return the whole dose for readers: the headline, then everything else in the order of the facts."""
    if dose is None:
        return ""
    number = headline(dose)
    return _line(number, dict(facts(dose))) if number else format_dose(dose)


def dose_words(line: str, number: str = "") -> str:
    """Return the line of a dose for a page, without the headline where that stands above it.

    However narrow its place is, no line ends between a number and its unit.
    """
    return _MEASURE.sub("\u00a0", line.replace(number, "", 1).strip(" ,"))


def _line(number: str, known: Mapping[str, str]) -> str:
    rest = {label: value for label, value in known.items() if label not in {"side", "load"}}
    load = f"@ {known['load']}" if "load" in known else ""
    first = " ".join(part for part in (number, known.get("side", ""), load) if part)
    return ", ".join((first, *(value if label in _BARE else f"{label} {value}" for label, value in rest.items())))


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


def other_words(dose: Dose | None) -> OtherUnit | None:
    """Return a dose as it reads with the unit first that the author did not write; None where there is none.

    The author's own words stay beside it, and are called the author's.
    """
    other = dose_other_unit(dose)
    if dose is None or not other or not headline(dose):
        return None
    return _other_load(dose, other) if dose.load else _other_distance(dose, other)


def _other_load(dose: Dose, other: str) -> OtherUnit:
    known = dict(facts(dose))
    own = f"(author: {known['load']})"
    changed = known | {"load": f"{_whole(other)} {_whole(own)}"}
    return OtherUnit(_unit(other), headline(dose), _line(headline(dose), changed), tuple(changed.items()))


def _other_distance(dose: Dose, other: str) -> OtherUnit:
    own = measure_words(dose.distance_m, dose.distance_unit or "m", "–")
    number = headline(dose).replace(own, other)
    known = dict(facts(dose))
    line = _line(f"{number} (author: {own})", known)
    return OtherUnit(_unit(other), number, line, (*known.items(), ("distance", f"author: {own}")))


def _whole(words: str) -> str:
    """Return words that no line end parts."""
    return words.replace(" ", "\u00a0")


def _unit(words: str) -> str:
    return words.rpartition(" ")[2]


def dose_plan(dose: Dose | None) -> str:
    """Return what a timer must know, as `sets=3;reps=8-12;hold=5;side=each`; "" without a dose.

    Times are whole or broken seconds; what the author does not say is not there.
    """
    if dose is None or not headline(dose):
        return ""
    ranged = {name: _span(getattr(dose, field)) for name, field in _PLANNED.items()}
    distance = measure_words(dose.distance_m, dose.distance_unit or "m", "–")
    known = {**ranged, "distance": distance, "tempo": dose.tempo or "", "side": dose.side or ""}
    return ";".join(f"{name}={value}" for name, value in known.items() if value)


_PLANNED = {"sets": "sets", "reps": "reps", "time": "duration_s", "hold": "hold_s", "rest": "rest_s"}


def _span(amount: Amount | str | None) -> str:
    ends = amount if isinstance(amount, tuple) else (amount,)
    return "-".join(each if isinstance(each, str) else number_words(each) for each in ends if each is not None)
