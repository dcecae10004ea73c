"""Groups of commands, each loaded when it is called, so that nothing waits for what it does not need.

In: the names of a group's commands, in the order of a working day, and the package in which each has a module and a
function of its name. Out: a class for `click.group`. `comments import` is `import_` in `rehab.cli.comments.import_`.
"""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def group_of(names: Sequence[str], package: str) -> type[click.Group]:
    """Return a class of groups with these commands, whose modules lie in a package."""

    class Group(click.Group):
        """Commands by name, each loaded when its name is asked for."""

        def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
            """Return the names of all commands, in their order."""
            return list(names)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
            """Return the command of that name, or None. A word of Python's own has an underscore after it there."""
            if cmd_name not in names:
                return None
            name = cmd_name.replace("-", "_")
            name += "_" if iskeyword(name) else ""
            command: click.Command = getattr(import_module(f"{package}.{name}"), name)
            return command

        def resolve_command(
            self, ctx: click.Context, args: list[str]
        ) -> tuple[str | None, click.Command | None, list[str]]:
            """Return the command that is meant; one that is misspelt is answered with its right name."""
            if args[0] not in names and not args[0].startswith("-"):
                from rehab.model.nearest import near, use  # noqa: PLC0415 - a right name needs none of it

                hint = use(near(args[0], tuple(names)).words) or f"'{ctx.command_path} --help' lists all"
                ctx.fail(f"there is no command '{args[0]}': {hint}")
            return super().resolve_command(ctx, args)

    return Group
