"""Groups of commands, each loaded when it is called, so that nothing waits for what it does not need.

In: the names of a group's commands, in the order of a working day. Out: a class for `click.group`. `comments import`
lies in `rehab.cli.comments_import`, under the same name.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def group_of(names: Sequence[str], prefix: str = "") -> type[click.Group]:
    """Return a class of groups with these commands, whose modules' names begin with `prefix`."""

    class Group(click.Group):
        """Commands by name, each loaded when its name is asked for."""

        def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
            """Return the names of all commands, in their order."""
            return list(names)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
            """Return the command of that name, or None. A word of Python's own has an underscore after it there."""
            if cmd_name not in names:
                return None
            name = prefix + cmd_name.replace("-", "_")
            name += "_" if iskeyword(name) else ""
            command: click.Command = getattr(import_module(f"rehab.cli.{name}"), name)
            return command

    return Group
