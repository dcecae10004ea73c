"""A dose line, or the dose fields of a mapping → a `Dose`, or the reason why it is none.

In: what an author wrote, `3 x 10 each side @ 10 lb, hold 5 s` or `{sets: "3", hold: "1:30"}`. Out: a `Dose`, or a
`DoseRefusal` with the place of the words at fault. Clauses may come in any order. Nothing is guessed and no word is
passed over: what no clause understands is refused. Never raises, whatever the text.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from rehab.model.dose.clauses import (
    parse_effort,
    parse_lead,
    parse_load,
    parse_side,
    parse_timed,
    refuse_weight,
)
from rehab.model.dose.cursor import Cursor
from rehab.model.dose.fields import FIELD_PARSERS
from rehab.model.dose.frequency import parse_frequency
from rehab.model.dose.noun import Dose, DoseRefusal, FieldRefusal
from rehab.model.dose.tempo import parse_tempo
from rehab.model.dose.tokens import Refused, quoted, refused
from rehab.model.dose.vocabulary import BODY_PARTS, FOREIGN_UNITS, SEPARATORS, STARTERS
from rehab.model.dose.work import parse_work
from rehab.model.nearest import NOTHING, near

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEAR_ENOUGH: Final = 0.75
_EXAMPLE: Final = "'3 x 10 each side @ 10 lb'"
_WORK: Final = ("reps", "duration_s", "distance_m")
_LABELS: Final = {
    "duration_s": "time", "distance_m": "distance", "hold_s": "hold", "rest_s": "rest", "rpe": "RPE", "rir": "RIR",
}  # fmt: skip
_FREE: Final = (parse_frequency, parse_side, parse_tempo, parse_effort, parse_timed, parse_load, parse_work)
_LED: Final = (parse_tempo, parse_effort, parse_timed, parse_load)


@lru_cache(maxsize=8192)
def parse_dose(text: str) -> Dose | DoseRefusal:
    """Return the dose that a line says, with one set where it names none, or why it is not a dose."""
    try:
        return _parse_line(Cursor(text))
    except Refused as stop:
        return stop.refusal


def _parse_line(cursor: Cursor) -> Dose:
    dose = Dose()
    cursor.skip_separators()
    while cursor.peek().kind != "end":
        since = cursor.at
        dose = _merge(cursor, dose, _parse_clause(cursor), since)
        cursor.skip_separators()
    _check_brackets(cursor)
    return _check_complete(cursor, dose)


def _parse_clause(cursor: Cursor) -> Dose:
    since = cursor.at
    led = parse_lead(cursor)
    for parse in _LED if led else _FREE:
        part = parse(cursor)
        if part is not None:
            return part
    if led:
        refuse_weight(cursor)
    raise _not_understood(cursor, since)


def _merge(cursor: Cursor, dose: Dose, part: Dose, since: int) -> Dose:
    """Return both together; raises `Refused` for a thing said twice, or for two amounts of work."""
    known, given = _given(dose), _given(part)
    for name in given:
        if name.endswith("_unit"):
            continue
        label = _LABELS.get(name, name)
        if name in known:
            raise cursor.refused(f"{{}} gives the {label} a second time", "write it once", since)
        other = next((work for work in _WORK if work in known), None) if name in _WORK else None
        if other is not None:
            hint = f"keep one of {_LABELS.get(other, other)} and {label}; for a time per rep write 'hold 5 s'"
            raise cursor.refused(f"{{}} is a second amount beside the {_LABELS.get(other, other)}", hint, since)
    return Dose(**{**known, **given})


def _given(part: Dose) -> dict[str, Any]:
    """Return the fields that are set; their types are those of `Dose`, one by one."""
    return {name: value for name in _NAMES if (value := getattr(part, name)) is not None}


_NAMES: Final = tuple(field.name for field in fields(Dose))


def _not_understood(cursor: Cursor, since: int) -> Refused:
    """Return the refusal of a run of words that no clause knows, up to the next thing that may start one."""
    first = cursor.step()
    while first.kind == cursor.peek().kind == "word" and cursor.peek().key not in STARTERS:
        cursor.step()
    hint = FOREIGN_UNITS.get(first.key) or _nearest(first.key)
    return cursor.refused("{} is not part of a dose", hint, since)


def _nearest(word: str) -> str:
    known = tuple(sorted(STARTERS | BODY_PARTS))
    meant = near(word, known) if word not in known else NOTHING
    if meant.score >= _NEAR_ENOUGH:
        return f"write '{meant.words[0]}', or move other words to note:"
    return f"write sets x reps, as in {_EXAMPLE}, and move other words to note:"


def _check_brackets(cursor: Cursor) -> None:
    opened: list[int] = []
    for at, token in enumerate(cursor.tokens):
        if token.key == "(":
            opened.append(at)
        elif token.key == ")" and not opened:
            raise refused("')' closes nothing", "remove it", token.start, token.end)
        elif token.key == ")":
            opened.pop()
    for at in opened[:1]:
        raise refused("'(' is never closed", "write ')' or remove it", cursor.tokens[at].start, cursor.tokens[at].end)


def _check_complete(cursor: Cursor, dose: Dose) -> Dose:
    """Return the dose with one set if it names none; raises `Refused` where it does not say how much."""
    if any(getattr(dose, work) is not None for work in _WORK):
        return dose if dose.sets is not None else replace(dose, sets=1)
    cursor.at = len(cursor.tokens) - 1
    while cursor.at > 1 and cursor.peek(-1).key in SEPARATORS:
        cursor.at -= 1
    message, hint = _incomplete(cursor, dose)
    raise cursor.refused(message, hint, 0)


def _incomplete(cursor: Cursor, dose: Dose) -> tuple[str, str]:
    if dose == Dose():
        return "the dose is empty", f"write sets x reps, as in {_EXAMPLE}, or leave the dose out"
    if dose.frequency is not None and any(token.key == "days" for token in cursor.tokens):
        return "{} is a training change, not a dose", "write it under training_changes, with days_per_week"
    if dose.hold_s is not None:
        return "{} is a hold without reps", "write the time without 'hold' for one long hold, or add the reps"
    return "{} does not say how much", "add reps, a time or a distance, as in '3 x 10' or '3 x 30 s'"


def dose_from_fields(values: Mapping[str, str]) -> Dose | FieldRefusal:
    """Return the dose that fields give together (`hold: 1:30` is 90 s), or the field at fault and why.

    The fields are those of `FIELD_PARSERS`. A missing one is unknown, except that work without `sets` is one set.
    """
    dose, name, cursor = Dose(), "", Cursor("")
    for name, text in values.items():
        try:
            cursor = Cursor(text)
            dose = _merge(cursor, dose, _parse_field(cursor, name), 0)
        except Refused as stop:
            return _in_field(stop, name)
    try:
        return _check_complete(cursor, dose)
    except Refused as stop:
        return _in_field(stop, name)


def _parse_field(cursor: Cursor, name: str) -> Dose:
    if name not in FIELD_PARSERS:
        raise cursor.refused(
            f"{quoted(name, 0, len(name))} is not a dose field", f"use one of {', '.join(FIELD_PARSERS)}", 0
        )
    if cursor.peek().kind == "end":
        raise cursor.refused(f"{name} is empty", "write a value or remove the field", 0)
    part = FIELD_PARSERS[name](cursor)
    if cursor.peek().kind != "end":
        since = cursor.at
        cursor.at = len(cursor.tokens) - 1
        raise cursor.refused(f"{{}} is not part of {name}", "give it a field of its own, or move it to note:", since)
    return part


def _in_field(stop: Refused, name: str) -> FieldRefusal:
    refusal = stop.refusal
    return FieldRefusal(refusal.message, refusal.hint, refusal.start, refusal.end, field=name)
