"""`rehab serve`: build, show the site on this machine and rebuild on each change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.options import settings_option
from rehab.cli.project import settings_fault
from rehab.cli.show import complain, say

if TYPE_CHECKING:
    from pathlib import Path

PORT = 8000


@click.command()
@click.option("-p", "--port", default=PORT, type=click.IntRange(0, 65535), help="Port to use.")
@settings_option
def serve(port: int, settings: Path) -> int:
    """Build, show the site, and rebuild on each change.

    It runs until Ctrl-C and answers this machine alone. A port that is taken gives way to the next one.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.serve.server import serve as serve_site  # noqa: PLC0415 - what watches files is for this command alone

    try:
        return serve_site(settings, port, _tell)
    except OSError as error:
        return complain(f"no port from {port} on is free: {error}", ENVIRONMENT)
    except KeyboardInterrupt:
        return OK


def _tell(text: str) -> None:
    if text.strip():
        say(text.rstrip("\n"))
