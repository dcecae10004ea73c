"""`rehab todo`: what the author still has to do, from promises to drafts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rehab.cli.check import prefix_of
from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.project import SETTINGS, content_folder, publishes_early
from rehab.cli.show import complain, say


def parse_day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> dt.date | None:
    """Return the day that an option names, as `2026-05-01`; what is none is one sentence."""
    try:
        return dt.date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day: write one as 2026-05-01") from None


@click.command()
@click.argument("content", required=False, type=click.Path(path_type=Path))
@click.option("--on", "day", metavar="DAY", callback=parse_day, help="The day to ask about.  [default: today, in UTC]")
@click.option("--all", "every", is_flag=True, help="Show everything, also what is silenced with a reason.")
def todo(content: Path | None, day: dt.date | None, every: bool) -> int:  # noqa: FBT001 - click passes names
    """List what is still to be done.

    CONTENT is another content folder than the blog's own.
    """
    from rehab.authoring.todo import plan_todo, render_todo  # noqa: PLC0415 - as in `rehab check`
    from rehab.compile import compile_site  # noqa: PLC0415
    from rehab.site.options import Options  # noqa: PLC0415

    folder = content or content_folder(SETTINGS)
    if not folder.is_dir():
        return complain(f"there is no folder '{folder}': name a content folder", CONFIGURATION)
    today = day or dt.datetime.now(dt.UTC).date()
    site, problems = compile_site(folder, Options(today=today, future=publishes_early(SETTINGS)))
    say(render_todo(plan_todo(site, problems), prefix_of(folder), every=every).rstrip("\n"))
    return OK
