"""`rehab check`: the core alone reads the content and reports everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, OK
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, counted, has_errors, say
from rehab.source.report import FORMATS, Format, count_problems, render_report


def prefix_of(content: Path) -> str:
    """Return what stands before the paths of problems, so that an editor finds them from this folder."""
    parent = content.parent.as_posix()
    return "" if parent == "." else f"{parent.rstrip('/')}/"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "shape", default="text", type=click.Choice(FORMATS), help="How to report.")
def check(paths: tuple[Path, ...], shape: Format) -> int:
    """Report everything that is wrong, without building.

    PATHS are content folders; without one, the blog's own is checked.
    """
    folders = paths or (content_folder(SETTINGS),)
    for folder in folders:
        if not folder.is_dir():
            return complain(f"there is no folder '{folder}': name a content folder", CONFIGURATION)
    return max(check_folder(folder, shape) for folder in folders)


def check_folder(folder: Path, shape: Format) -> int:
    """Report on one content folder; return the exit code."""
    from rehab.compile import compile_site  # noqa: PLC0415 - `rehab --help` needs none of it

    site, problems = compile_site(folder)
    if problems or shape == "json":
        say(render_report(problems, site.texts, shape, prefix_of(folder)).rstrip("\n"))
    if shape == "text":
        say(f"{count_problems(problems)} in {counted(len(site.texts), 'file')}")
    return CONTENT if has_errors(problems) else OK
