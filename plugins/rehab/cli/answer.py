"""What is said of a build, kept beside its record, so that it can be said again where nothing has changed since.

In: what came of a build, or what was kept of it. Out: plain words and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from rehab.cli.show import counted, has_errors, read_texts
from rehab.site.waiting import render_waiting
from rehab.source.report import count_problems, render_report

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.run import BuildResult


class Answer(Struct, frozen=True):
    """What other plugins said, the report of problems, what was made, how many files, and the last lines."""

    messages: tuple[str, ...]
    report: str
    made: str
    files: int
    last: tuple[str, ...]


def words_of_made(built: BuildResult) -> str:
    """Return how many pages and images a build made."""
    return f"{counted(built.pages, 'page')} and {counted(built.images, 'image')}"


def answer_to(built: BuildResult, folder: Path) -> Answer:
    """Return what there is to say of a build; `folder` holds the content folder."""
    problems = built.problems
    report = render_report(problems, read_texts(problems, folder)).rstrip("\n") if problems else ""
    last = [count_problems(problems)] if problems else []
    if has_errors(problems):
        last = [f"{count_problems(problems)}, shown on the pages: 'make publish' waits until no error is left"]
    if built.waiting:
        last.append(render_waiting(built.waiting).rstrip("\n"))
    return Answer(built.messages, report, words_of_made(built), built.written + built.unchanged, tuple(last))


def answer_of(known: Any) -> Answer | None:  # noqa: ANN401 - as it came from a file
    """Return a remembered answer, or None where there is none."""
    try:
        return Answer(tuple(known["messages"]), known["report"], known["made"], known["files"], tuple(known["last"]))
    except (TypeError, KeyError):
        return None
