"""`rehab images audit`: open every picture of the built site, and fail on what readers should not get."""

from __future__ import annotations

from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, OK
from rehab.cli.html import OUTPUT
from rehab.cli.show import complain, say
from rehab.source.report import count_problems, render_report


@click.command()
@click.argument("output", required=False, type=click.Path(path_type=Path, file_okay=False))
def audit(output: Path | None) -> int:
    """Look for places, serial numbers, thumbnails and wrong sizes in every picture of OUTPUT.

    Without OUTPUT, in output/.
    """
    folder = output or OUTPUT
    if not folder.is_dir():
        return complain(f"there is no folder '{folder}': build first, or name another", CONFIGURATION)
    from rehab.images.audit import audit_images, list_images  # noqa: PLC0415 - `--help` needs no decoder

    problems = audit_images(folder, folder.as_posix())
    if problems:
        say(render_report(problems, {}, "concise").rstrip("\n"))
        return complain(f"not fit for the web: {count_problems(problems)}", CONTENT)
    many = len(list_images(folder))
    say(f"{many} {'picture' if many == 1 else 'pictures'} in {folder}/: no place, no serial number, no thumbnail")
    return OK
