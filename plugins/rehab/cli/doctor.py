"""`rehab doctor`: look whether everything is there that writing, publishing and deploying need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.options import settings_of_web
from rehab.cli.project import read_targets, settings_fault
from rehab.cli.show import complain, counted, say
from rehab.source.report import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@settings_of_web
def doctor(settings: Path) -> int:
    """Say what is missing here, and what to do about it.

    One line each: Python, packages, pictures, git, address, targets, folders, disk.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.run import read_places  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.images.encode import codecs  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.publish.health import Patient, examine  # noqa: PLC0415 - as above

    places = read_places(settings)
    if isinstance(places, str):
        return complain(places, CONFIGURATION)
    try:
        targets = read_targets(settings)
    except ValueError as wrong:
        return complain(str(wrong), CONFIGURATION)
    patient = Patient(
        home=settings.absolute().parent,
        site_url=places.site_url,
        cache=places.cache,
        output=places.output,
        targets=targets,
        codecs=codecs(),
    )
    found = examine(patient)
    for each in found:
        word = "ok  " if not each.fix else "FIX " if each.needed else "note"
        say(visible(f"{word} {each.what}: {each.said}" + (f": {each.fix}" if each.fix else "")))
    ill = sum(bool(each.fix) and each.needed for each in found)
    return complain(f"{counted(ill, 'thing')} to mend", ENVIRONMENT) if ill else OK
