"""`rehab html`: build the site into `output/` and say what was built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION
from rehab.cli.project import content_folder, settings_fault, settings_option
from rehab.cli.show import complain, counted, has_errors, say, show_messages, show_report
from rehab.site.waiting import render_waiting
from rehab.source.report import count_problems

if TYPE_CHECKING:
    from rehab.adapter.run import BuildResult

OUTPUT = Path("output")


def summary(built: BuildResult, output: Path) -> str:
    """Return what a build did, in one sentence."""
    changes = [f"{built.written} rewritten", f"{built.unchanged} unchanged"]
    if built.removed:
        changes.append(f"{built.removed} removed")
    made = f"{counted(built.pages, 'page')} and {counted(built.images, 'image')}"
    return f"built {made} in {output}/ ({', '.join(changes)}) in {built.seconds:.1f} s"


@click.command()
@click.argument("content", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to build.")
@settings_option
def html(content: Path | None, output: Path | None, settings: Path) -> int:
    """Build the site into output/.

    CONTENT is another content folder than the one that the settings name.

    Problems are reported, shown on the page, and keep nothing from being built.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.run import build  # noqa: PLC0415 - Pelican takes a second to load

    built = build(settings, content=content, output=output)
    show_messages(built.messages)
    show_report(built.problems, (content or content_folder(settings)).parent)
    if built.exit_code:
        return complain("the build stopped before its end", built.exit_code)
    say(summary(built, output or OUTPUT))
    if has_errors(built.problems):
        say(f"{count_problems(built.problems)}, shown on the pages: 'make publish' needs them mended")
    elif built.problems:
        say(count_problems(built.problems))
    if built.waiting:
        say(render_waiting(built.waiting).rstrip("\n"))
    return 0
