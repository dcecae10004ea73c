"""What a browser shows of problems: the sentences, and where an editor opens them.

In: problems, and the setting that names the editor. Out: a value for JSON. Only errors and failures open anything over
the page; warnings stand in the terminal and on the page that they are about.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from rehab.source.report import count_problems, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehab.source.problem import Problem

EDITORS: Final[Mapping[str, str]] = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "vscodium": "vscodium://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{file}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{file}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{file}&line={line}&column={column}",
}
"""The addresses by which editors open a file at a place."""
MOST: Final = 50
_PLACE = re.compile(r"^(?P<file>(?:[A-Za-z]:)?[^:\n]+):(?P<line>\d+): ", re.MULTILINE)


def state_of(problems: Sequence[Problem], folder: Path, editor: str, *, failed: str = "") -> dict[str, Any]:
    """Return what is wrong. `folder` is where the paths of problems begin, `failed` why there was no build, or ""."""
    has_errors = any(each.severity == "error" for each in problems)
    ordered = sorted(problems, key=lambda each: (each.severity != "error", each.order)) if has_errors else []
    shown = [*_place_of(failed, editor), *(_entry(each, folder, editor) for each in ordered[:MOST])]
    left = len(ordered) - MOST
    return {
        "title": "The site could not be built" if failed else count_problems(ordered),
        "failed": visible_lines(failed),
        "problems": shown,
        "more": f"and {left} more, in the terminal" if left > 0 else "",
    }


def _entry(problem: Problem, folder: Path, editor: str) -> dict[str, str]:
    place = problem.place
    return {
        "severity": problem.severity,
        "message": visible(problem.message),
        "hint": visible(problem.hint),
        "where": visible(str(place)),
        "link": link_to(folder / place.path, place.line, place.column, editor),
    }


def _place_of(failed: str, editor: str) -> list[dict[str, str]]:
    """Return the place that the reason of a failure begins with, as one entry, if it does."""
    match = _PLACE.search(failed)
    if match is None or not Path(match["file"]).is_absolute():
        return []
    link = link_to(Path(match["file"]), int(match["line"]), 1, editor)
    where = f"{match['file']}:{match['line']}"
    return [{"severity": "error", "message": "here", "hint": "", "where": visible(where), "link": link}]


def link_to(file: Path, line: int, column: int, editor: str) -> str:
    """Return the address that opens a file in an editor, or "" where the setting names none."""
    pattern = EDITORS.get(editor, editor if "{file}" in editor else "")
    path = file.as_posix()
    path = quote(path if path.startswith("/") else f"/{path}", safe="/")
    return pattern.replace("{file}", path).replace("{line}", str(line)).replace("{column}", str(column))


def visible_lines(text: str) -> str:
    """Return a text of several lines with control characters written out."""
    return "\n".join(visible(line) for line in text.split("\n"))
