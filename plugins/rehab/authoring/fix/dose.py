"""`sets: 3x10` → `sets: 3` and `reps: 10`.

In: a reading. Out: the change for the first field of a dose that holds both numbers, if with it the dose is
understood. A dose on one line is valid in many forms and stays as the author wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehab.authoring.fix.reading import Change, Reading, mends, read_source, rows_of
from rehab.source.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.source.nodes import Row

_BOTH = re.compile(r"(?P<sets>\d+)[ \t]*[x×X*][ \t]*(?P<reps>\d+(?:[ \t]*[-–][ \t]*\d+)?)")
_BEFORE_KEY = re.compile(r"[ ]*(?:- +)*")

REASON = "sets and reps are two fields"


def split_dose(reading: Reading) -> Change | None:
    """Write sets and reps apart where one field holds both."""
    places = {(fault.place.line) for fault in reading.faults if fault.code == "bad-dose"}
    for row in rows_of(reading.root):
        if row.key.value in {"sets", "reps"} and row.value.place.line in places:
            for change in _changes(reading, row):
                after = read_source(change.apply(reading.text), reading.path)
                if mends(reading, after, reading.field_at(row.key.place.line)):
                    return change
    return None


def _changes(reading: Reading, row: Row) -> Iterator[Change]:
    """Yield both numbers as two fields, and the field's own number alone, for where the other stands already."""
    match = _BOTH.fullmatch(row.value.value.strip()) if isinstance(row.value, Scalar) else None
    if match is None:
        return
    start = reading.offset(row.key.place.line, row.key.place.column)
    written = re.compile(rf"{row.key.value}(?P<colon>[ \t]*:[ \t]*)(?P<quote>['\"]?){re.escape(match[0])}(?P=quote)")
    found = written.match(reading.text, start)
    if found is None:
        return
    both = f"sets{found['colon']}{match['sets']}{_between(reading, row)}reps{found['colon']}{match['reps']}"
    yield Change(start, found.end(), both, REASON)
    if _other_is_the_same(reading, row, match):
        yield Change(start, found.end(), f"{row.key.value}{found['colon']}{match[row.key.value]}", REASON)


def _between(reading: Reading, row: Row) -> str:
    """Return what goes between two fields: a new line at the same depth, or a comma inside braces."""
    before = reading.lines[row.key.place.line - 1][: row.key.place.column - 1]
    return "\n" + " " * len(before) if _BEFORE_KEY.fullmatch(before) else ", "


def _other_is_the_same(reading: Reading, row: Row, match: re.Match[str]) -> bool:
    """Return whether a field near it says the other number, and the same one."""
    other = "reps" if row.key.value == "sets" else "sets"
    field = reading.field_at(row.key.place.line)
    near = [each.value for each in rows_of(reading.root) if each.key.value == other and each.key.place.line in field]
    return len(near) == 1 and isinstance(near[0], Scalar) and near[0].value.strip() == match[other]
