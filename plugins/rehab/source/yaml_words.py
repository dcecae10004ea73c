"""What the YAML library complains of, in the words of somebody who writes posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    import yaml

_CURLY = re.compile("[\u2018\u201c-\u201e]")
_ONLY_A_NAME = re.compile(r"\s+[\w-]+")

_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    # (what the library says, what we say, what to do, whether the place is where the thing opened)
    ("mapping values are not allowed", "a second colon stands in this value", 'put the value in quotes: "…"', False),
    ("while scanning an alias", "a value that begins with * is read as an alias", "put the value in quotes", True),
    ("while scanning an anchor", "a value that begins with & is read as an alias", "put the value in quotes", True),
    ("found unexpected end of stream", "a quote that opens here is never closed", "close it with the same quote", True),
    (
        "found unexpected document separator",
        "a quote that opens here is never closed",
        "close it with the same quote",
        True,
    ),
    ("expected ',' or ']'", "a bracket that opens here is never closed", "close it with ]", True),
    (
        "expected ',' or '}'",
        "a brace that opens here is never closed",
        "close it with }, or put the text in quotes",
        True,
    ),
    (
        "could not find expected ':'",
        "this line is not `name: value`",
        "add the colon, or indent it below its field",
        True,
    ),
    ("expected <block end>", "this stands at another depth than the lines above", "line it up with them", False),
    ("did not find expected key", "this stands at another depth than the lines above", "line it up with them", False),
    ("did not find expected '-'", "this stands at another depth than the list above", "line it up with it", False),
    ("found undefined alias", "a value that begins with * is read as an alias", "put the value in quotes", False),
    ("sequence entries are not allowed", "a list cannot begin on this line", "begin it on a line of its own", False),
    ("found unknown escape character", "a backslash in double quotes begins a code", "use single quotes", False),
    ("found duplicate anchor", "anchors (&) and aliases (*) are not understood here", "write the value in full", False),
)


def explain(error: yaml.YAMLError, text: str, base: Place) -> Problem:
    """Return the problem that a YAML error means. `base` is the place of the text's first character."""
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        return _bad_character(error, text, base)
    tab = _tab_before(text, mark.line)
    if tab is not None:
        place = Place(base.path, base.line + mark.line, tab + 1)
        return Problem("yaml-tab", place, "a tab stands before the text of this line", "use spaces instead")
    line = text.split("\n")[mark.line] if mark.line <= text.count("\n") else ""
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    special = _by_line(said, line, mark.column)
    if special is not None:
        column, message, hint = special
        return Problem("yaml-syntax", Place(base.path, base.line + mark.line, column + 1), message, hint)
    for needle, message, hint, opening in _WORDS:
        if needle in said:
            at = getattr(error, "context_mark", None) if opening else mark
            return _at(at or mark, base, message, hint)
    if "cannot start any token" in said:
        letter = line[mark.column : mark.column + 1]
        return _at(mark, base, f"a value cannot begin with '{letter}'", "put the value in quotes")
    return _at(mark, base, "this cannot be understood", "check quotes, brackets and indentation")


_Found: TypeAlias = tuple[int, str, str]
"""A column from 0, a message and a hint."""


def _by_line(said: str, line: str, column: int) -> _Found | None:
    """Return what the line itself tells better than the library does, if it does."""
    if "mapping values are not allowed" in said:
        return _second_colon(line, column)
    if any(each in said for each in ("expected <block end>", "did not find expected key", "<document start>")):
        return _words_after(line, column)
    return None


def _second_colon(line: str, column: int) -> _Found | None:
    if _CURLY.search(line):
        return (
            column,
            "a second colon stands in this value, and curly quotes do not hold it",
            'use straight quotes: "…"',
        )
    if _ONLY_A_NAME.fullmatch(line[:column]):
        hint = "line it up with the field above, or put the text above in quotes"
        return len(line) - len(line.lstrip()), "this field stands deeper than the one above", hint
    return None


def _words_after(line: str, column: int) -> _Found | None:
    """Words that follow a closing quote or bracket on its line."""
    before = line[:column].rstrip()
    if before[-1:] in {"'", '"'}:
        hint = "put all of it in one pair of double quotes, where an apostrophe does no harm"
        return column, "words stand after the closing quote", hint
    if before[-1:] in {"]", "}"}:
        opening = line.find("[[")
        if opening >= 0:
            return opening, "a value that begins with [[ is read as a list", 'put all of it in quotes: "[[…]] …"'
        return column, "words stand after the closing bracket", "put all of it in quotes, or take the words away"
    return None


def no_field(text: str, place: Place) -> Problem:
    """Return the problem of a line that names no field. `place` is its beginning."""
    line = text.split("\n", 1)[0].strip()
    if line.startswith("<"):
        hint = "begin a note with #; HTML goes below the front matter"
    elif ":" in line:
        hint = "write a space after the colon"
    elif "=" in line:
        hint = "write a colon and a space in place of the ="
    else:
        hint = "write a colon and a space after the name, or indent the line below its field"
    return Problem("yaml-syntax", place, "this line is not `name: value`", hint, max(len(line), 1))


def _at(mark: Any, base: Place, message: str, hint: str) -> Problem:  # noqa: ANN401 - the library has no types for marks
    code = "yaml-alias" if "alias" in message else "yaml-syntax"
    place = Place(base.path, base.line + mark.line, mark.column + 1)
    return Problem(code, place, message, hint)


def _tab_before(text: str, line: int) -> int | None:
    """Return the column (from 0) of a tab in the indentation of a line, if there is one."""
    lines = text.split("\n")
    row = lines[line] if line < len(lines) else ""
    indent = row[: len(row) - len(row.lstrip())]
    return indent.find("\t") if "\t" in indent else None


def _bad_character(error: yaml.YAMLError, text: str, base: Place) -> Problem:
    position = int(getattr(error, "position", 0) or 0)
    before = text[:position]
    place = Place(base.path, base.line + before.count("\n"), position - before.rfind("\n"))
    return Problem("yaml-syntax", place, "a control character stands here", "delete it and type the text again")
