"""`rehab images`: what the pictures weigh, what of the cache can go, and a last look at what is published.

In: words on the command line. Out: what the command below it returns. Each command is loaded when it is called
(`rehab.cli.images_<name>`).
"""

from __future__ import annotations

from importlib import import_module

import click

NAMES = ("stats", "prune", "audit")


class Images(click.Group):
    """The group of commands, each loaded when its name is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None: `rehab.cli.images_<name>` holds it."""
        if cmd_name not in NAMES:
            return None
        name = f"images_{cmd_name}"
        command: click.Command = getattr(import_module(f"rehab.cli.{name}"), name)
        return command


@click.group(cls=Images)
def images() -> None:
    """Count pictures, tidy their cache, look at what is published."""
