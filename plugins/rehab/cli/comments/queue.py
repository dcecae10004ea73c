"""`rehab comments queue`: what waits for a decision."""

from __future__ import annotations

import click

from rehab.cli.comments.chances import read_chances
from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.show import counted, say


@click.command()
@click.option("--spam", "with_spam", is_flag=True, help="List what is marked as spam instead.")
@click.option("--oldest", is_flag=True, help="List the oldest first, whatever its chance of spam.")
def queue(with_spam: bool, oldest: bool) -> int:  # noqa: FBT001 - click passes names
    """List what waits for a decision, most likely honest first.

    Before 20 comments are accepted and 20 marked as spam, the oldest come first.
    """
    from rehab.comments.moderation import in_state  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.spam.ranking import rank, render_standing  # noqa: PLC0415 - as above

    content = find_content()
    if content is None:
        return CONFIGURATION
    held = read_all(content)
    found = in_state("spam" if with_spam else "pending", held)
    model = read_chances(content, held) if found and not (with_spam or oldest) else None
    width = len(str(len(found)))
    for number, each in enumerate(rank(found, model), start=1):
        say(f"{number:>{width}}  {each.line}")
    word = "marked as spam" if with_spam else "waiting"
    say(f"{counted(len(found), 'comment')} {word}" if found else f"no comment is {word}")
    if model:
        say(render_standing(model.totals))
    return OK
