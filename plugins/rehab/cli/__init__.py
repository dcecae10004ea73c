"""The command line: `rehab html`, `rehab check` and their siblings, one file per command.

In: words on the command line. Out: sentences, a report, an exit code (`rehab.cli.exits`). Commands decide
nothing about content: they call the core or the adapter and print what comes back. Each is loaded when it
is called, so `rehab check` never waits for Pelican. `comments`, `images` and `import_` are groups, a folder each.

`project` knows a blog's folder, `options` what several commands are called with, `show` prints, `exits` has the codes.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import ENVIRONMENT
from rehab.cli.groups import group_of
from rehab.cli.show import complain, prepare_streams

if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = (
    "html", "serve", "check", "explain", "fix", "todo", "new", "import", "comments", "intake",
    "publish", "preview", "redirects", "headers", "deploy", "rollback", "doctor", "images", "clean", "test",
    "lint", "lock", "docs",
)  # fmt: skip
CONTEXT = {"help_option_names": ["-h", "--help"], "show_default": True}


@click.group(cls=group_of(COMMANDS, __name__), context_settings=CONTEXT)
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
    codes: list[int] = []
    atexit.register(_end_at_once, codes)  # before all others, and so called after them
    try:
        rehab.main(prog_name="rehab")
    except SystemExit as end:
        codes += [end.code] if isinstance(end.code, int) else []
        raise
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] == "rehab":
            raise
        advice = "run 'make html' (Windows: 'py plugins\\bootstrap.py')"
        sys.exit(complain(f"the package '{missing.name}' is not installed: {advice}", ENVIRONMENT))
    raise AssertionError


def _end_at_once(codes: list[int]) -> None:
    """End with the code of a command, if there is one: the system lets go at once of what Python takes apart."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # nobody reads any more: Python ends as it always does
    for code in codes:
        os._exit(code)
