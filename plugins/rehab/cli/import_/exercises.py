"""`rehab import exercises`: records of free-exercise-db become exercise files.

In: its JSON. Out: new files below the content folder, and what was done with each record.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.options import dry_run_option, every_option, into_option
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from rehab.authoring.import_exercises.plan import Plan


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, readable=True))
@into_option
@dry_run_option
@every_option("record")
def exercises(file: Path, into: Path | None, dry_run: bool, every: bool) -> int:  # noqa: FBT001 - click passes names
    """Make exercise files of the JSON of free-exercise-db.

    FILE is its exercises.json. A file that is there already is never touched. Pictures are never taken.
    """
    from rehab.authoring.import_exercises.catalogue import LARGEST, parse_catalogue  # noqa: PLC0415 - as in `rehab check`
    from rehab.authoring.import_exercises.plan import find_present, plan_import, render_import  # noqa: PLC0415
    from rehab.compile import compile_site  # noqa: PLC0415

    content = into or content_folder(SETTINGS)
    if not content.is_dir():
        return complain(f"there is no folder '{content}': name a content folder with --into", CONFIGURATION)
    try:
        with file.open("rb") as opened:
            catalogue = parse_catalogue(opened.read(LARGEST + 1))
    except OSError as wrong:
        return complain(f"'{file}' cannot be read: {reason_of(wrong)}", ENVIRONMENT)
    if catalogue.fault:
        return complain(f"'{file}': {catalogue.fault}", CONTENT)
    site, _ = compile_site(content)
    plan = plan_import(catalogue, find_present(site))
    if not dry_run and (fault := save_new_files(plan, content)):
        return complain(fault, ENVIRONMENT)
    say(render_import(plan, written=not dry_run, every=every).rstrip("\n"))
    return CONTENT if plan.count("held") else OK


def save_new_files(plan: Plan, content: Path) -> str:
    """Write the new files of an import below a content folder; return what went wrong, or the empty string.

    A file that is there already stays as it is. Where writing fails, the files so far are whole, and the import can
    be run again.
    """
    from rehab.authoring.import_exercises.plan import FOLDER  # noqa: PLC0415 - as above

    folder = content / FOLDER
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        return f"'{folder}' is no folder of its own: nothing was written"
    try:
        folder.mkdir(exist_ok=True)
        for outcome in plan.outcomes:
            if outcome.verdict == "imported":
                _save_new(folder / f"{outcome.slug}.md", outcome.text)
    except OSError as wrong:
        return f"'{folder}' cannot be written: {reason_of(wrong)}; run this again once it can"
    return ""


def _save_new(file: Path, text: str) -> None:
    """Write a file whole or not at all, and never over another. Raises OSError."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(text.encode())
    if file.is_symlink() or file.exists():
        fresh.unlink()
        raise FileExistsError(17, f"'{file.name}' is there already")
    fresh.replace(file)
