"""`rehab rollback`: serve what was deployed before, at a target that keeps releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehab.cli.deploy import find_source, find_target
from rehab.cli.exits import CONFIGURATION, DEPLOY, OK
from rehab.cli.options import settings_of_web
from rehab.cli.project import settings_fault
from rehab.cli.show import complain, say
from rehab.source.report import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("target")
@click.option("--to", default="", help="A release by its name, as a deployment printed it; without it, the one before.")
@settings_of_web
def rollback(target: str, to: str, settings: Path) -> int:
    """Serve what TARGET served before its last deployment.

    Nothing is sent: a target of kind dir or ssh keeps its last releases. The next deployment goes on from there.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    found, source = find_target(settings, target), find_source(settings)
    if isinstance(found, str) or isinstance(source, str):
        return complain(found if isinstance(found, str) else str(source), CONFIGURATION)
    from rehab.publish.deploy import rollback as go_back  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.publish.places import DeployError  # noqa: PLC0415 - as above

    try:
        old, new = go_back(found, source, to)
    except DeployError as wrong:
        return complain(visible(str(wrong)), DEPLOY)
    say(f"{target} serves {new} again, no longer {old}")
    return OK
