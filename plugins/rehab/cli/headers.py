"""`rehab headers`: show what a server should say with each file of the built site, in its own words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS, read_assigned, settings_fault
from rehab.cli.show import complain

FORMS = ("netlify", "cloudflare", "apache", "nginx", "caddy")
"""Those of `rehab.publish.headers.FORMS`, which `rehab --help` does not wait for."""


@click.command()
@click.option("--for", "form", default="netlify", type=click.Choice(FORMS), help="Whose words to use.")
@click.option("-o", "--output", default="output", type=click.Path(path_type=Path), help="The built site.")
def headers(form: str, output: Path) -> int:
    """Show what a server should say with each file."""
    if reason := settings_fault(SETTINGS):
        return complain(reason, CONFIGURATION)
    from rehab.publish.headers import render_headers  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.publish.tree import list_files  # noqa: PLC0415 - as above

    if not (output / "index.html").is_file():
        return complain(f"'{output}' holds no built site: run `make publish` first", ENVIRONMENT)
    url = read_assigned(PUBLISH_SETTINGS, "SITEURL", default="") or read_assigned(SETTINGS, "SITEURL", default="")
    sys.stdout.write(render_headers(form, url, list_files(output)))
    return OK
