"""Front matter whose first or last line is not quite `---` → front matter that begins and ends.

In: a reading. Out: a change, where it is certain: the lines between are fields that this kind of file has, and what
follows is no field. A horizontal line far down in a text is nobody's end of front matter.
"""

from __future__ import annotations

import re

from rehab.authoring.fix.fields import known_keys
from rehab.authoring.fix.letters import ODD, is_almost_fence, with_plain_spaces, without_quotes_and_odd_spaces
from rehab.authoring.fix.reading import Change, Reading, fields, read_source, rows_of

_LIKE_A_FIELD = re.compile(rf"\s*$|[ \t{ODD}]|[-#]|[“”]?[\w-]+[“”]?[ \t{ODD}]*:(?:\s|$)")
"""A line of front matter: empty, deeper, an item, a note, or a name and a colon."""

FIRST = "front matter begins with a line ---"
LAST = "front matter ends with a line ---"


def open_front_matter(reading: Reading) -> Change | None:
    """Make the first line `---` where it was meant so: below empty lines, with other dashes or spaces, or left out."""
    first = next((number for number, words in enumerate(reading.lines) if with_plain_spaces(words).strip()), None)
    if first is None or reading.is_data:
        return None
    if not any(slip.code == "no-front-matter" for slip in reading.slips):
        return None
    if is_almost_fence(reading.lines[first]) and _begins_fields(reading.lines[first + 1 :]):
        return Change(0, reading.offset(first + 1) + len(reading.lines[first]), "---", FIRST)
    change = Change(0, 0, "---\n", FIRST)
    return change if _begins_fields(reading.lines) and _keeps_fields(reading, change) else None


def close_front_matter(reading: Reading) -> Change | None:
    """Put `---` where front matter ends: at a line that was meant so, or before the empty line above the text."""
    if not any(slip.code == "unclosed-front-matter" for slip in reading.slips):
        return None
    change = _at_almost_fence(reading)
    if change is None:
        change = _at_empty_line(reading)
        change = change if change and _is_front_matter(reading, change) else None
    return change


def _at_almost_fence(reading: Reading) -> Change | None:
    """Find the line that was meant as the end: all lines above it look like fields."""
    above = reading.lines[1:]
    number = next((number for number, words in enumerate(above) if is_almost_fence(words)), None)
    if number is None or not _begins_fields(above) or not all(_is_like_field(words) for words in above[:number]):
        return None
    start = reading.offset(number + 2)
    return Change(start, start + len(above[number]), "---", LAST)


def _at_empty_line(reading: Reading) -> Change | None:
    lines = reading.lines
    empty = next((number for number, words in enumerate(lines[1:], start=2) if not words.strip()), None)
    if empty is None:
        return Change(len(reading.text), len(reading.text), "\n---\n", LAST)
    text = next((words for words in lines[empty - 1 :] if words.strip()), "")
    if text and _is_like_field(text):
        return None
    return Change(reading.offset(empty), reading.offset(empty), "---\n", LAST)


def _begins_fields(lines: tuple[str, ...]) -> bool:
    """Return whether the first of some lines is a field by its name."""
    words = without_quotes_and_odd_spaces(next((words for words in lines if words.strip()), "").partition(":")[0])
    return words.lower() in known_keys()


def _is_like_field(words: str) -> bool:
    return _LIKE_A_FIELD.match(words.strip("\ufeff")) is not None


def _keeps_fields(reading: Reading, change: Change) -> bool:
    """Return whether the fields that are read already are read with a change too."""
    kept = iter(fields(read_source(change.apply(reading.text), reading.path)))
    said = fields(reading)
    return bool(said) and all(each in kept for each in said)


def _is_front_matter(reading: Reading, change: Change) -> bool:
    """Return whether a change makes whole front matter of fields that are known here, and loses none."""
    after = read_source(change.apply(reading.text), reading.path)
    unknown = any(fault.code == "unknown-key" for fault in after.faults)
    has_fields = any(row.key.value in known_keys() for row in rows_of(after.root))
    return not after.slips and has_fields and not unknown and _keeps_fields(reading, change)
