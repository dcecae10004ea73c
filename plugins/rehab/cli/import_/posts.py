"""`rehab import posts`: another blog's export becomes posts, pages, pictures and comments of this one.

Reads the export and the files that are given, asks the core what becomes of each item, writes the new files and says
what it did. Nothing is fetched unless `--fetch` says so; nothing that is there is ever written over, but the report.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.options import dry_run_option, every_option, into_option, partial_option
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from rehab.authoring.import_posts.items import Export
    from rehab.authoring.import_posts.outcomes import Plan
    from rehab.comments.imports.plan import Plan as Comments
    from rehab.site.site import Site

FORMATS = ("wordpress", "blogger", "page", "jekyll", "hugo", "pelican")
"""The names of the formats; a test keeps them in step with the core's."""


class Wanted(Struct, frozen=True, kw_only=True):
    """What is asked for."""

    file: Path
    content: Path
    format: str
    media: Path | None
    dates: str
    fetch: bool
    writes: bool
    partial: bool


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--format", "format_", default="", type=click.Choice(("", *FORMATS)), help="What it is, if unclear.")
@into_option
@click.option(
    "--media", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder with the old pictures."
)
@click.option("--fetch", is_flag=True, help="Fetch the old pictures from where they are on the web.")
@click.option("--dates", default="", type=click.Choice(("", "mdy", "dmy", "ymd")), help="The order of a page's dates.")
@dry_run_option
@partial_option
@every_option("item")
def posts(  # noqa: PLR0913 - click gives each option by name
    file: Path,
    format_: str,
    into: Path | None,
    media: Path | None,
    dates: str,
    *,
    fetch: bool,
    dry_run: bool,
    partial: bool,
    every: bool,
) -> int:
    """Turn another blog's export into posts and pages.

    FILE is WordPress's or Blogger's export, the text of an old page as copied from a browser, or the folder of a
    Jekyll, Hugo or Pelican blog. Drafts stay drafts; what was protected or private waits in the inbox. Comments come
    with it. A file that is there already is never written over.
    """
    content = (into or content_folder(SETTINGS)).resolve()
    if not content.is_dir():
        return complain(f"there is no folder '{content}': name a content folder with --into", CONFIGURATION)
    wanted = Wanted(
        file=file, content=content, format=format_, media=media, dates=dates, fetch=fetch, writes=not dry_run,
        partial=partial,
    )  # fmt: skip
    return run_import(wanted, every=every)


def run_import(wanted: Wanted, *, every: bool) -> int:
    """Carry out an import; return the exit code."""
    from rehab.cli.import_.read import read_export  # noqa: PLC0415 - `--help` needs none of it
    from rehab.compile import compile_site  # noqa: PLC0415 - as above
    from rehab.source.report import visible  # noqa: PLC0415 - as above

    export, fault, code = read_export(wanted.file, wanted.format, dates=wanted.dates)
    if export is None:
        return complain(f"'{visible(wanted.file.name)}': {visible(fault)}", code)
    site, _ = compile_site(wanted.content, shown=False)
    try:
        with tempfile.TemporaryDirectory(prefix="rehab-import-") as fetched:
            return _carry_out(wanted, export, site, Path(fetched), every=every)
    except OSError as wrong:
        reason = reason_of(wrong)
        return complain(f"'{visible(str(wrong.filename or wanted.file.name))}': {reason}", ENVIRONMENT)


def _carry_out(wanted: Wanted, export: Export, site: Site, fetched: Path, *, every: bool) -> int:
    from rehab.authoring.import_posts.outcomes import Around  # noqa: PLC0415 - as above
    from rehab.authoring.import_posts.plan import plan_posts  # noqa: PLC0415 - as above
    from rehab.authoring.import_posts.report import render_plan  # noqa: PLC0415 - as above
    from rehab.authoring.import_posts.slugs import find_present  # noqa: PLC0415 - as above
    from rehab.authoring.import_posts.suggest import Known, index_of  # noqa: PLC0415 - as above
    from rehab.cli.import_.comments import plan_comments, save_comments  # noqa: PLC0415 - as above
    from rehab.cli.import_.media import gather_media  # noqa: PLC0415 - as above
    from rehab.cli.import_.write import read_held_posts, save_plan  # noqa: PLC0415 - as above
    from rehab.comments.imports.report import render_import  # noqa: PLC0415 - as above

    media, files, said = gather_media(export, wanted.file, wanted.media, fetched if wanted.fetch else None)
    present = find_present(site, read_held_posts(wanted.content))
    known = Known(index_of(site.names), {each.slug: each.laterality for each in site.exercises})
    plan = plan_posts(export, Around(present=present, known=known, options=site.options, media=media))
    writes = wanted.writes and (not plan.fault or wanted.partial)
    fault = save_plan(plan, wanted.content, files) if writes else ""
    comments = plan_comments(wanted.file, export, plan, wanted.content, site, wanted.dates)
    if writes and not fault and comments is not None:
        fault = save_comments(comments, wanted.content)
    for line in said:
        say(f"note: {line}")
    say(render_plan(plan, written=writes and not fault, every=every).rstrip("\n"))
    if comments is not None:
        say(render_import(comments, written=True, every=every).rstrip("\n"))
    return _finish(wanted, plan, comments, fault, writes=writes)


def _finish(wanted: Wanted, plan: Plan, comments: Comments | None, fault: str, *, writes: bool) -> int:
    """Write the report, and return the exit code."""
    from rehab.cli.import_.write import save_reports  # noqa: PLC0415 - as above

    if fault:
        return complain(fault, ENVIRONMENT)
    if writes:
        say(save_reports(plan, comments, wanted.content, wanted.file))
    if plan.fault and not wanted.partial:
        return complain("get the whole file, or say --partial to take what is there", CONTENT)
    return CONTENT if plan.count("not understood") else OK
