"""What the YAML library complains of, in the words of somebody who writes posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehab.source.problem import Problem

if TYPE_CHECKING:
    import yaml

    from rehab.source.place import Place

_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    # (what the library says, what we say, what to do, whether the place is where the thing opened)
    ("mapping values are not allowed", "a second colon stands in this value", 'put the value in quotes: "…"', False),
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
        place = base.__class__(base.path, base.line + mark.line, tab + 1)
        return Problem("yaml-tab", place, "a tab stands before the text of this line", "use spaces instead")
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    for needle, message, hint, opening in _WORDS:
        if needle in said:
            at = getattr(error, "context_mark", None) if opening else mark
            return _at(at or mark, base, message, hint)
    if "cannot start any token" in said:
        letter = text.splitlines()[mark.line][mark.column : mark.column + 1]
        return _at(mark, base, f"a value cannot begin with '{letter}'", "put the value in quotes")
    return _at(mark, base, "this cannot be read as YAML", "check quotes, brackets and indentation")


def _at(mark: Any, base: Place, message: str, hint: str) -> Problem:  # noqa: ANN401 - the library has no types for marks
    code = "yaml-alias" if "alias" in message else "yaml-syntax"
    place = base.__class__(base.path, base.line + mark.line, mark.column + 1)
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
    place = base.__class__(base.path, base.line + before.count("\n"), position - before.rfind("\n"))
    return Problem("yaml-syntax", place, "a control character stands here", "delete it and type the text again")
