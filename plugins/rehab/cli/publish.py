"""`rehab publish`: build for the web with `publishconf.py`, or write nothing where the content has errors."""

from __future__ import annotations

from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, CONTENT
from rehab.cli.html import OUTPUT, summary
from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS, content_folder, settings_fault
from rehab.cli.show import complain, has_errors, say, show_messages, show_report
from rehab.site.waiting import render_waiting
from rehab.source.report import count_problems


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to build.")
@click.option(
    *("-s", "--settings"),
    default=PUBLISH_SETTINGS,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Pelican's settings file for the web.",
)
def publish(output: Path | None, settings: Path) -> int:
    """Build for the web, unless the content has errors.

    With an error in the content nothing is written and the exit code is 1.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.run import build  # noqa: PLC0415 - Pelican takes a second to load

    built = build(settings, content=None, output=output)
    show_messages(built.messages)
    show_report(built.problems, content_folder(settings.with_name(SETTINGS.name)).parent)
    if has_errors(built.problems):
        done = "nothing was written" if built.exit_code else "written, but not fit for the web"
        return complain(f"{done}: {count_problems(built.problems)}", CONTENT)
    if built.exit_code:
        return complain("the build stopped before its end", built.exit_code)
    say(summary(built, output or OUTPUT))
    if built.waiting:
        say(render_waiting(built.waiting).rstrip("\n"))
    return 0
