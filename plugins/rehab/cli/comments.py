"""`rehab comments`: what is done with readers' comments, one file per command (`rehab.cli.comments_<name>`).

In: words on the command line. Out: what the command below it returns. Each command is loaded when it is called.
"""

from __future__ import annotations

from importlib import import_module

import click

NAMES = (
    "queue", "review", "show", "approve", "reject", "spam", "delete", "restore",
    "redact", "stats", "import", "export", "bench-spam", "pull", "mail",
)  # fmt: skip


class Comments(click.Group):
    """The group of commands, each loaded when its name is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in the order of a working day."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None: `rehab.cli.comments_<name>` holds it."""
        if cmd_name not in NAMES:
            return None
        name = f"comments_{cmd_name.replace('-', '_')}"
        command: click.Command = getattr(import_module(f"rehab.cli.{name}"), name)
        return command


@click.group(cls=Comments)
def comments() -> None:
    """Moderate, import and export what readers wrote."""
