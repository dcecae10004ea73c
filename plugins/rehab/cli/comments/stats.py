"""`rehab comments stats`: how many comments there are, in which state, and what the chance of spam goes by."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.show import say


@click.command()
def stats() -> int:
    """Count the comments by what was decided on them."""
    from rehab.comments.moderation import render_counts  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.spam.history import count, decisions_of  # noqa: PLC0415 - as above
    from rehab.comments.spam.ranking import render_standing  # noqa: PLC0415 - as above
    from rehab.comments.spam.store import newest  # noqa: PLC0415 - as above

    content = find_content()
    if content is None:
        return CONFIGURATION
    held = read_all(content)
    say(render_counts(held))
    say(render_standing(count(newest(decisions_of(held)))))
    return OK
