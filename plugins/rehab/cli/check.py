"""`rehab check`: the core alone reads the content and reports everything that is wrong with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, OK
from rehab.cli.project import SETTINGS, content_folder, locate, publishes_early
from rehab.cli.show import complain, counted, has_errors, say
from rehab.source.report import FORMATS, Format, count_problems, render_report

if TYPE_CHECKING:
    from collections.abc import Iterable


MEMORY = Path(".cache/checked.json")
"""Where the last check of this blog is kept."""


class Manner(NamedTuple):
    """How to report, and how strictly."""

    shape: Format = "text"
    strict: bool = False
    folded: bool = True


def prefix_of(content: Path) -> str:
    """Return what stands before the paths of problems, so that an editor finds them from this folder."""
    parent = content.parent.as_posix()
    return "" if parent == "." else f"{parent.rstrip('/')}/"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "shape", default="text", type=click.Choice(FORMATS), help="How to report.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors for the exit code.")
@click.option("--all", "unfolded", is_flag=True, help="Show problems of one cause one by one.")
def check(paths: tuple[Path, ...], shape: Format, strict: bool, unfolded: bool) -> int:  # noqa: FBT001 - click passes names
    """Report everything that is wrong, without building.

    PATHS are content folders, or files and folders in one: then everything is read, and only their problems are
    shown. Without one, the blog's own content is checked.
    """
    home = content_folder(SETTINGS)
    for path in paths or (home,):
        if not path.exists():
            return complain(
                f"there is no folder '{path}', and no file: name a content folder or a part of it", CONFIGURATION
            )
    manner = Manner(shape, strict, not unfolded)
    parts: dict[Path, list[str]] = {}
    for content, part in (locate(path, home) for path in paths or (home,)):
        parts.setdefault(content, []).append(part)
    return max(check_folder(content, manner, parts[content], _memory(content, home)) for content in parts)


def _memory(content: Path, home: Path) -> Path | None:
    """Return where to remember: for this blog's own content only, so that no cache appears anywhere else."""
    return MEMORY if content == home and SETTINGS.is_file() else None


def check_folder(content: Path, manner: Manner, parts: Iterable[str] = ("",), memory: Path | None = None) -> int:
    """Report on some parts of one content folder (paths below it, `/` between them); return the exit code.

    `memory` is where the last check of this folder is kept, if it is.
    """
    from rehab.authoring.checked import check_content  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.site.options import Options  # noqa: PLC0415 - as above

    wanted = tuple(f"{content.name}/{part}" if part else content.name for part in parts)
    options = Options(today=dt.datetime.now(dt.UTC).date(), future=publishes_early(SETTINGS))
    checked = check_content(content, options, memory)
    problems = tuple(problem for problem in checked.problems if _is_in(problem.place.path, wanted))
    if problems or manner.shape == "json":
        report = render_report(problems, checked.texts, manner.shape, prefix_of(content), folded=manner.folded)
        say(report.rstrip("\n"))
    if manner.shape == "text":
        say(f"{count_problems(problems)} in {counted(sum(_is_in(path, wanted) for path in checked.paths), 'file')}")
    return CONTENT if has_errors(problems) or (manner.strict and problems) else OK


def _is_in(path: str, wanted: tuple[str, ...]) -> bool:
    return any(path == each or path.startswith(f"{each}/") for each in wanted)
