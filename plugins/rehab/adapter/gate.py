"""The gate of a publishing run: with an error in the content nothing is written.

Closing is a `SystemExit`, so Pelican's own command stops with our exit code and without a traceback.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rehab.site.waiting import render_waiting
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.report import count_problems, render_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings

CONTENT = 1
"""The exit code for content with errors."""


class GateClosed(SystemExit):
    """The content has errors and must not be published."""

    def __init__(self) -> None:
        """Carry the exit code."""
        super().__init__(CONTENT)
        self.exitcode = CONTENT


def close_gate(build: Build, settings: Settings) -> None:
    """Stop a strict run that has errors. Raises `GateClosed`."""
    if build.strict and build.has_errors:
        show_problems(build, settings)
        raise GateClosed


def show_problems(build: Build, settings: Settings) -> None:
    """Print the report, for those who run Pelican's own command. Ours prints it by itself."""
    if settings["REHAB_REPORT"] and build.problems:
        sys.stderr.write(render_report(build.problems, build.site.texts))
        sys.stderr.write(f"{count_problems(build.problems)}\n")


def show_waiting(build: Build, settings: Settings) -> None:
    """Print what readers do not see yet, for those who run Pelican's own command."""
    if settings["REHAB_REPORT"]:
        sys.stderr.write(render_waiting(build.waiting))


def check_nothing_lost(build: Build, generated: Mapping[str, object]) -> None:
    """Report each source file of a post or page that Pelican dropped and that no other problem explains."""
    explained = {problem.place.path for problem in build.found if problem.severity == "error"}
    for path in build.sources:
        inside = Path(path).relative_to(build.content.name).as_posix()
        if generated.get(inside) is None and path not in explained and path not in build.withheld:
            hint = "run `pelican -D` to see why, and report it if the file looks right"
            build.found.append(Problem("lost-file", Place(path), "Pelican did not take this file", hint))
