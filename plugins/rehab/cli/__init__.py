"""The command line: `rehab html`, `rehab check` and their siblings, one file per command.

In: words on the command line. Out: sentences, a report, an exit code (`rehab.cli.exits`). Commands decide
nothing about content: they call the core or the adapter and print what comes back. Each is loaded when it
is called, so `rehab check` never waits for Pelican.
"""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import ENVIRONMENT
from rehab.cli.show import complain, prepare_streams

if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = (
    "html", "serve", "check", "explain", "fix", "todo", "new", "import", "comments", "intake",
    "publish", "preview", "redirects", "headers", "deploy", "rollback", "doctor", "images", "clean", "test",
    "lint", "lock", "docs",
)  # fmt: skip


class Rehab(click.Group):
    """The group of commands, each loaded when its name is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in the order of a working day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None: `rehab.cli.<name>` holds it under the same name.

        A word of Python's own has an underscore after it there: `import_`.
        """
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"rehab.cli.{name}"), name)
        return command


@click.group(cls=Rehab, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def rehab() -> None:
    """Build a blog about running and rehab: cards, injuries, threads and galleries from plain text."""


@rehab.result_callback()
@click.pass_context
def leave(ctx: click.Context, exit_code: int) -> None:
    """End with what the command returned."""
    ctx.exit(exit_code)


def main() -> NoReturn:
    """Run the command line; a package that is not installed is one sentence, not a traceback."""
    prepare_streams()
    try:
        rehab.main(prog_name="rehab")
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "rehab":
            raise
        advice = "run 'make html' (Windows: 'py plugins\\bootstrap.py')"
        sys.exit(complain(f"the package '{missing.name}' is not installed: {advice}", ENVIRONMENT))
    raise AssertionError
