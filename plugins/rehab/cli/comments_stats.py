"""`rehab comments stats`: how many comments there are, and in which state."""

from __future__ import annotations

import click

from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.moderate import find_content, read_all
from rehab.cli.show import say


@click.command(name="stats")
def comments_stats() -> int:
    """Count the comments by what was decided on them."""
    from rehab.comments.moderation import render_counts  # noqa: PLC0415 - `--help` needs none of it

    content = find_content()
    if content is None:
        return CONFIGURATION
    say(render_counts(read_all(content)))
    return OK
