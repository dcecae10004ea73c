"""`rehab images stats`: how many pictures there are, and what they weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.options import settings_option
from rehab.cli.project import settings_fault
from rehab.cli.show import complain, say

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@settings_option
def stats(settings: Path) -> int:
    """Count the pictures and their bytes: originals, what is published, what is kept."""
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.pictures import read_shelf  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.images.tally import render_tally, tally_images  # noqa: PLC0415 - as above

    try:
        shelf = read_shelf(settings)
    except ValueError as wrong:
        return complain(str(wrong), CONFIGURATION)
    say(render_tally(tally_images(shelf.built, shelf.output, shelf.cache, shelf.keys)))
    return OK
