"""`rehab comments`: what is done with readers' comments, one file per command.

In: words on the command line. Out: what the command below it returns. Each command is loaded when it is called.
`moderate`, `arrivals`, `chances` and `fetch` are what several of them do.
"""

from __future__ import annotations

import click

from rehab.cli.groups import group_of

NAMES = (
    "queue", "review", "show", "approve", "reject", "spam", "delete", "restore",
    "redact", "stats", "import", "export", "bench-spam", "pull", "mail",
)  # fmt: skip


@click.group(cls=group_of(NAMES, __name__))
def comments() -> None:
    """Moderate, import and export what readers wrote."""
