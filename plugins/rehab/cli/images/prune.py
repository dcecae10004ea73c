"""`rehab images prune`: remove from the cache what no picture of the site uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.options import settings_option
from rehab.cli.project import PUBLISH_SETTINGS, settings_fault
from rehab.cli.show import complain, counted, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@settings_option
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def prune(settings: Path, dry_run: bool) -> int:  # noqa: FBT001 - click passes names
    """Remove from the cache what no picture of the site uses.

    What previews and publishing use stays, by the settings named and by publishconf.py beside them.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.pictures import read_shelf  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.images.tally import find_unused, remove_unused  # noqa: PLC0415 - as above

    files = (settings, settings.with_name(PUBLISH_SETTINGS.name))
    try:
        shelves = [read_shelf(file) for file in dict.fromkeys(files) if file.is_file()]
    except ValueError as wrong:
        return complain(str(wrong), CONFIGURATION)
    keys = frozenset(key for shelf in shelves for key in shelf.keys)
    unused = find_unused(shelves[0].cache, keys)
    if not dry_run:
        try:
            remove_unused(unused)
        except OSError as wrong:
            return complain(f"the cache could not be tidied: {reason_of(wrong)}", ENVIRONMENT)
    done = "would be removed" if dry_run else "removed"
    say(f"{counted(len(unused), 'entry').replace('entrys', 'entries')} of the cache {done}")
    return OK
