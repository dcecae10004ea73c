"""Values that YAML takes for something else → the same values in quotes.

In: a reading. Out: the first change that puts a value in quotes and is proven: the value is then exactly the text
that stands there, and everything else is as it was. Covers a second colon, signs that mean something to YAML at the
start of a value (`%`, `@`, `*`, `&`, `!`, `#`, a bracket, a closed quote), and a list item that a colon splits in two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehab.authoring.fix.fields import known_keys, meant_key, prose_keys, text_keys
from rehab.authoring.fix.letters import without_curly_quotes
from rehab.authoring.fix.reading import Change, Reading, keeps_the_rest, read_source, references, scalars_of
from rehab.authoring.fix.spots import Spot, parse_scalar, quoted, spots_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COLON = re.compile(r":(?:[ \t]|$)")
_NUMBERED = re.compile(r"[ \t]#\d")
_TAG = re.compile(r"#[^\s#]")
_BACKSLASHES = re.compile(r'''"(?:[^"'\\\n]|\\[^0abtnvfre "/\\N_LPxuU\n\t'])*"''')
"""Text in double quotes in which no backslash begins a code of YAML's."""
_ALIAS = re.compile(r"\*[\w-]+")
_NEXT_FIELD = re.compile(r"[ \t]{2,}([a-z_]+):(?:[ \t]|$)")
_CLOSING = {'"': '"', "'": "'", "[": "]", "{": "}"}
_SIGNS = frozenset("*&!%@`>|?").union(_CLOSING)
_SPEECH = re.compile(r"[^\W\d_a-z]|\w+ \w")
"""How text begins, and no name of a field does: with a capital, or with two words."""

COLON = "a value with a second colon needs quotes"
SIGN = "a value that begins with {} needs quotes"
HASH = "without quotes, everything from # on is left out"
BACKSLASH = "in double quotes a backslash begins a code"
ITEM = "a list item with a colon needs quotes to be text"


def quote_unreadable(reading: Reading) -> Change | None:
    """Put a value in quotes that keeps a field from being read."""
    for slip in reading.slips:
        if slip.code in {"yaml-syntax", "yaml-alias"} and slip.place.line in reading.front:
            for change in _changes(reading, slip.place.line, _reason_unreadable):
                if _reads_better(reading, change, slip.place.line):
                    return change
    return None


def quote_misread(reading: Reading) -> Change | None:
    """Put a list item in quotes that is text, and that a colon made a group of fields of."""
    for fault in reading.faults:
        if fault.code in {"wrong-type", "unknown-key"} and fault.place.line in reading.front:
            for change in _changes(reading, fault.place.line, _reason_misread):
                after = _proven(reading, change, fault.place.line)
                if after and after.errors < reading.errors and not _is_reference(after, change):
                    return change
    return None


def _changes(reading: Reading, line: int, reason_of: Callable[[Reading, Spot], str]) -> Iterator[Change]:
    for spot in spots_on(reading, line):
        reason = reason_of(reading, spot)
        text = without_curly_quotes(spot.value) or spot.value
        form = quoted(text[1:-1] if reason == BACKSLASH else text) if reason else None
        if form:
            yield Change(spot.start, spot.start + len(spot.value), form, reason)


def _reason_unreadable(reading: Reading, spot: Spot) -> str:
    """Return why a value needs quotes to be read, or nothing where it does not, or may mean something else."""
    if spot.key:
        spot = spot._replace(key=meant_key(spot.key))
        if not spot.key:
            return ""
    reason = _reason_by_hash(spot) or _reason_by_sign(reading, spot) or _reason_by_colon(spot)
    return reason or (BACKSLASH if _BACKSLASHES.fullmatch(spot.value) else "")


def _reason_by_hash(spot: Spot) -> str:
    numbered = spot.key in text_keys() and _NUMBERED.search(spot.value)
    return HASH if numbered or _TAG.match(spot.value) else ""


def _reason_by_sign(reading: Reading, spot: Spot) -> str:
    first = spot.value[0]
    needed = first in "%@`>|?"
    if first in "*&!":
        needed = not _is_meant_as_alias(reading, spot.value)
    elif first in _CLOSING:
        needed = spot.key in text_keys() and _goes_on(spot.value)
    return SIGN.format(first) if needed else ""


def _reason_by_colon(spot: Spot) -> str:
    if spot.value[0] in _SIGNS or not _COLON.search(spot.value):
        return ""
    if any(key in known_keys() for key in _NEXT_FIELD.findall(spot.value)):
        return ""
    return COLON if spot.key in prose_keys() or (not spot.key and _SPEECH.match(spot.value)) else ""


def _reason_misread(reading: Reading, spot: Spot) -> str:  # noqa: ARG001 - as its sibling
    if spot.key or spot.value[0] in _CLOSING:
        return ""
    return ITEM if _COLON.search(spot.value) and _SPEECH.match(spot.value) else ""


def _is_meant_as_alias(reading: Reading, value: str) -> bool:
    """Return whether somebody uses YAML's anchors here, which only they can write out."""
    name = re.match(r"&([\w-]+)", value)
    front = "\n".join(reading.lines[line - 1] for line in reading.front)
    return _ALIAS.fullmatch(value) is not None or (name is not None and f"*{name[1]}" in front)


def _goes_on(value: str) -> bool:
    """Return whether text follows the quote or bracket that a value begins with."""
    end = value.rfind(_CLOSING[value[0]])
    return 0 < end < len(value) - 1 and bool(re.search(r"\w", value[end + 1 :]))


def _proven(reading: Reading, change: Change, line: int) -> Reading | None:
    """Return the reading after a change if the value is then the text that stands there, and the rest as it was."""
    after = read_source(change.apply(reading.text), reading.path)
    if not keeps_the_rest(reading, after, reading.field_at(line)):
        return None
    place = (line, change.start - reading.offset(line) + 2)
    wanted = parse_scalar(change.new)
    found = (each for each in scalars_of(after.root) if (each.place.line, each.place.column) == place)
    return after if any(" ".join(each.value.split()) == wanted for each in found) else None


def _reads_better(reading: Reading, change: Change, line: int) -> bool:
    """Return whether a change takes one slip away, or leaves only one further down in the same field."""
    after = read_source(change.apply(reading.text), reading.path)
    if not keeps_the_rest(reading, after, reading.field_at(line)):
        return False
    old = {(slip.place.line, slip.place.column) for slip in reading.slips}
    new = {(slip.place.line, slip.place.column) for slip in after.slips}
    new_faults = (fault for fault in after.faults if fault.place.line == line and fault not in reading.faults)
    if any(fault.code != "unknown-key" for fault in new_faults):
        return False
    if _is_reference(after, change):
        return False
    further = {place for place in new - old if place[0] > line}
    return new < old or (len(new) <= len(old) and new - old == further != set())


def _is_reference(after: Reading, change: Change) -> bool:
    """Return whether a value that was put in quotes is taken for the slug of something, which it cannot be."""
    named = ((after.offset(place.line, place.column), slug) for place, slug in references(after))
    return any(start == change.start + 1 and slug == parse_scalar(change.new) for start, slug in named)
