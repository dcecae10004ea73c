"""Problems → text for a terminal, an editor, a machine, or a code host.

Pure: the lines for the excerpts are passed in. What authors and readers wrote is shown with its control
characters made visible, so that a file can never write to the reader's terminal.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Literal, TypeAlias

from rehab.source.fold import Group, fold, others_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.source.place import Place
    from rehab.source.problem import Problem

Format: TypeAlias = Literal["text", "concise", "json", "github"]
FORMATS: tuple[Format, ...] = ("text", "concise", "json", "github")
_WIDEST = 160


def render_report(
    problems: Iterable[Problem],
    texts: Mapping[str, str],
    format: Format = "text",  # noqa: A002 - the option's name for users
    prefix: str = "",
    *,
    folded: bool = True,
) -> str:
    """Return the report of all problems, sorted by place.

    Unless `folded` is false, those of one cause are one entry of the text and concise reports; see
    `rehab.source.fold`. The other formats always hold each. `texts` maps a path to the file's text; `prefix` goes
    before each path, so that it can be opened from where the command runs. The empty string where there is no
    problem (`[]` for json).
    """
    ordered = sorted(problems, key=lambda problem: problem.order)
    if format == "json":
        return json.dumps([_data(problem, prefix) for problem in ordered], ensure_ascii=False, indent=2) + "\n"
    if format == "github":
        return "".join(_github(problem, prefix) + "\n" for problem in ordered)
    groups = fold(ordered) if folded else tuple(map(Group, ordered))
    if format == "concise":
        return "".join(_concise(group, prefix) + "\n" for group in groups)
    return "".join(_text(group, texts, prefix) + "\n" for group in groups)


def count_problems(problems: Iterable[Problem]) -> str:
    """Return `2 errors, 1 warning`, or `no problems`."""
    severities = [problem.severity for problem in problems]
    parts = [_count(severities.count(word), word) for word in ("error", "warning") if word in severities]
    return ", ".join(parts) or "no problems"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _first_line(problem: Problem, prefix: str) -> str:
    return f"{prefix}{visible(str(problem.place))}: {problem.severity}[{problem.code}]: {visible(problem.message)}"


def _concise(group: Group, prefix: str) -> str:
    line = _first_line(group.first, prefix)
    return f"{line} ({visible(others_in_words(group, prefix))})" if group.others else line


def _text(group: Group, texts: Mapping[str, str], prefix: str) -> str:
    problem = group.first
    parts = [_first_line(problem, prefix), *_excerpt(problem, texts)]
    if problem.hint:
        parts.append(f"  help: {visible(problem.hint)}")
    parts += [f"  see {prefix}{visible(str(place))}: {visible(word)}" for place, word in problem.related]
    if group.others:
        parts.append(f"  {visible(others_in_words(group, prefix))}")
    return "\n".join(parts) + "\n"


def _excerpt(problem: Problem, texts: Mapping[str, str]) -> list[str]:
    """Return the source line with a caret below it, cut to a window where the line is long; of a picture, nothing."""
    text = texts.get(problem.place.path, "")
    lines = text.split("\n")
    if not 1 <= problem.place.line <= len(lines) or "\0" in text:
        return []
    line, column = lines[problem.place.line - 1], problem.place.column - 1
    start = max(0, column - _WIDEST // 2) if len(line) > _WIDEST else 0
    shown = visible(line[start : start + _WIDEST])
    before = cells(visible(line[start:column]))
    marked = line[column : column + max(problem.span, 1)]
    carets = "^" * max(cells(visible(marked)), 1)
    gutter = f"{problem.place.line:>5} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * before + carets]


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide letters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def visible(text: str) -> str:
    """Return a text with control and direction characters written out, and tabs as one space."""
    text = text.replace("\t", " ")
    return "".join(letter if _harmless(letter) else f"\\u{ord(letter):04x}" for letter in text)


def _harmless(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _place_data(place: Place, prefix: str) -> dict[str, object]:
    return {"path": prefix + place.path, "line": place.line, "column": place.column}


def _data(problem: Problem, prefix: str) -> dict[str, object]:
    related = [{**_place_data(place, prefix), "message": word} for place, word in problem.related]
    return {
        **_place_data(problem.place, prefix),
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "help": problem.hint,
        "span": problem.span,
        "related": related,
    }


def _github(problem: Problem, prefix: str) -> str:
    place = problem.place
    message = _escape(f"{problem.message}. {problem.hint}".rstrip(" ."))
    path = _escape(prefix + place.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={path},line={place.line},col={place.column},title={problem.code}::{message}"


def _escape(text: str) -> str:
    return visible(text).replace("%", "%25")
