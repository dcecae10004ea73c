"""`rehab comments queue`: what waits for a decision."""

from __future__ import annotations

import click

from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.moderate import find_content, read_all
from rehab.cli.show import counted, say


@click.command(name="queue")
@click.option("--spam", "with_spam", is_flag=True, help="List what is marked as spam instead.")
def comments_queue(with_spam: bool) -> int:  # noqa: FBT001 - click passes names
    """List the comments that wait for a decision, oldest first."""
    from rehab.comments.moderation import in_state, render_line  # noqa: PLC0415 - `--help` needs none of it

    content = find_content()
    if content is None:
        return CONFIGURATION
    found = in_state("spam" if with_spam else "pending", read_all(content))
    width = len(str(len(found)))
    for number, each in enumerate(found, start=1):
        say(f"{number:>{width}}  {render_line(each)}")
    word = "marked as spam" if with_spam else "waiting"
    say(f"{counted(len(found), 'comment')} {word}" if found else f"no comment is {word}")
    return OK
