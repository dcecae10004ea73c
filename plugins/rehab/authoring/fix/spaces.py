"""Tabs and odd spaces in what YAML reads as structure → plain spaces.

In: a reading. Out: a change to the depth of a field's lines, or to the spaces around a dash or a colon. Spaces inside
of words and sentences are the author's, but for the no-break spaces that the report warns of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehab.authoring.fix.fields import known_keys
from rehab.authoring.fix.letters import ODD, has_odd_space, with_plain_spaces
from rehab.authoring.fix.reading import Change, Reading, fields, keeps_the_rest, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEPTH = re.compile(r"[ \t]*")
_STRUCTURE = re.compile(
    rf"(?P<depth>[ \t{ODD}]*)(?P<dash>(?:-[ \t{ODD}]+)*)"
    rf"(?:(?P<key>[A-Za-z_]+)(?P<colon>[ \t{ODD}]*:[ \t{ODD}]*))?(?P<rest>.*?)(?P<end>[ \t{ODD}]*)"
)
_BLOCK = re.compile(r":[ \t]+[|>][-+0-9]*[ \t]*(?:#.*)?$")
_NO_BREAK = "\u00a0"

_GLUED_KEY = re.compile(r"[ ]*(?:- +)*(?P<key>[a-z_]+):(?=\S)")
_GLUED = r"-(?=[^\W\d]|[\"'\[{“])"
_GLUED_ITEM = re.compile(r"[ ]*" + _GLUED)

COLON_SPACE = "a space belongs after the colon"
HYPHEN_SPACE = "a space belongs after the hyphen of a list item"
TAB = "YAML takes no tabs for depth"
ODD_SPACE = "this space is none to YAML"
NO_BREAK = "an invisible no-break space becomes an ordinary one"


def replace_tabs(reading: Reading) -> Change | None:
    """Put spaces for the tabs before the lines of a field, where every width of a tab means the same."""
    for slip in reading.slips:
        if slip.place.line not in reading.front:
            continue
        field = reading.field_at(slip.place.line)
        if any("\t" in _depth(reading.lines[line - 1]) for line in field) and not _has_block(reading, field):
            change = _with_spaces(reading, field)
            if change is not None:
                return change
    return None


def add_missing_spaces(reading: Reading) -> Change | None:
    """Put a space after a colon or a hyphen that has none, where that makes a field or a list of a line."""
    for slip in reading.slips:
        line = slip.place.line
        if line not in reading.front:
            continue
        words = reading.lines[line - 1]
        glued = _GLUED_KEY.match(words)
        if glued and glued["key"] in known_keys():
            change = Change(reading.offset(line) + glued.end(), reading.offset(line) + glued.end(), " ", COLON_SPACE)
        elif _GLUED_ITEM.match(words):
            change = _with_hyphens_apart(reading, line)
        else:
            continue
        after = read_source(change.apply(reading.text), reading.path)
        if len(after.slips) < len(reading.slips) and keeps_the_rest(reading, after, reading.field_at(line)):
            return change
    return None


def _with_hyphens_apart(reading: Reading, line: int) -> Change:
    """Return the lines of a list, from one on, with a space after each hyphen at its depth."""
    lines = [reading.lines[number - 1] for number in range(line, reading.field_at(line).stop)]
    hyphen = re.compile(rf"^{_depth(lines[0])}{_GLUED}")
    apart = [hyphen.sub(lambda match: f"{match[0]} ", each, count=1) for each in lines]
    start = reading.offset(line)
    return Change(start, start + len("\n".join(lines)), "\n".join(apart), HYPHEN_SPACE)


def replace_odd_spaces(reading: Reading) -> Change | None:
    """Put plain spaces for odd ones before a line's text, around its dash and its colon, and at its end."""
    for line in reading.front if has_odd_space(reading.text) else ():
        words = reading.lines[line - 1]
        field = reading.field_at(line) if has_odd_space(words) else range(0)
        if not field or _has_block(reading, range(field.start, line)):
            continue
        clean = _cleaned(words)
        if clean == words:
            continue
        start = reading.offset(line)
        change = Change(start, start + len(words), clean, ODD_SPACE)
        after = read_source(change.apply(reading.text), reading.path)
        if len(after.slips) <= len(reading.slips) and keeps_the_rest(reading, after, field):
            return change
    return None


def replace_no_break_spaces(reading: Reading, first: int) -> Change | None:
    """Put ordinary spaces for the no-break spaces of a line, from some line on, if no field becomes another by that."""
    for line in range(first, len(reading.lines) + 1):
        words = reading.lines[line - 1]
        if _NO_BREAK in words:
            start = reading.offset(line)
            change = Change(start, start + len(words), words.replace(_NO_BREAK, " "), NO_BREAK)
            after = read_source(change.apply(reading.text), reading.path)
            if len(after.slips) <= len(reading.slips) and _said(after) == _said(reading):
                return change
    return None


def _said(reading: Reading) -> str:
    """Return what a file says, with no-break spaces as ordinary ones."""
    said = repr((fields(reading), reading.document.body))
    return said.replace("\\xa0", " ")


def _depth(words: str) -> str:
    found = _DEPTH.match(words)
    return found[0] if found and words.strip() else ""


def _has_block(reading: Reading, lines: range) -> bool:
    return any(_BLOCK.search(reading.lines[line - 1]) for line in lines)


def _cleaned(words: str) -> str:
    match = _STRUCTURE.fullmatch(words)
    if match is None:
        return words
    key, colon = match["key"] or "", match["colon"] or ""
    if has_odd_space(colon):
        if key.lower() not in known_keys():
            return words
        colon = ": " if match["rest"] else ":"
    dash = re.sub(r"- +", "- ", with_plain_spaces(match["dash"])) if has_odd_space(match["dash"]) else match["dash"]
    end = "" if has_odd_space(match["end"]) else match["end"]
    return f"{with_plain_spaces(match['depth'])}{dash}{key}{colon}{match['rest']}{end}"


def _with_spaces(reading: Reading, field: range) -> Change | None:
    """Return the lines of a field with spaces for tabs, if all widths that can be read say the same."""
    tried: list[tuple[int, str, Change]] = []
    for lines in _widths(reading, field):
        start = reading.offset(field.start)
        old = "\n".join(reading.lines[line - 1] for line in field)
        change = Change(start, start + len(old), "\n".join(lines), TAB)
        after = read_source(change.apply(reading.text), reading.path)
        if keeps_the_rest(reading, after, field):
            slips = sum(slip.place.line in field for slip in after.slips)
            tried.append((slips, repr(fields(after)), change))
    best = [each for each in tried if each[0] == min(slips for slips, _, _ in tried)]
    if not best or (best[0][0] and not _begin_with_tabs(reading, field)):
        return None
    return best[0][2] if len({said for _, said, _ in best}) == 1 else None


def _begin_with_tabs(reading: Reading, field: range) -> bool:
    """Return whether each deeper line begins with a tab: then one tab a level is as deep as any width of spaces."""
    return not any(_depth(reading.lines[line - 1]).startswith(" ") for line in field)


def _widths(reading: Reading, field: range) -> Iterator[list[str]]:
    """Yield the lines of a field with tabs of each width that editors use."""
    for width in (2, 4, 8, 3, 1):
        yield [_spaced(reading.lines[line - 1], " " * width) for line in field]
    for width in (4, 8):
        yield [_stopped(reading.lines[line - 1], width) for line in field]


def _spaced(words: str, spaces: str) -> str:
    depth = _depth(words)
    return depth.replace("\t", spaces) + words[len(depth) :]


def _stopped(words: str, width: int) -> str:
    depth = _depth(words)
    return depth.expandtabs(width) + words[len(depth) :]
