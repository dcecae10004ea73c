"""Options that several commands have, so that they are called alike and say the same of themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    Option: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

settings_option = click.option(
    *("-s", "--settings"),
    default=SETTINGS,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Pelican's settings file.",
)
settings_of_web = click.option(
    *("-s", "--settings"),
    default=PUBLISH_SETTINGS,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Pelican's settings file for the web.",
)
into_option = click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Another content folder.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
partial_option = click.option("--partial", is_flag=True, help="Write what a file holds that breaks off.")


def every_option(thing: str) -> Option:
    """Return the option that names all things of a kind in a report, which else names a few."""
    return click.option("--all", "every", is_flag=True, help=f"Name every {thing} in the report.")
