"""`rehab comments show`: one comment as it was written, with nothing in it that a terminal would obey."""

from __future__ import annotations

import click

from rehab.cli.comments.chances import read_chances
from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, OK
from rehab.cli.show import complain, say


@click.command()
@click.argument("id_", metavar="ID")
def show(id_: str) -> int:
    """Show one comment: what is known of it, and its whole text.

    While it waits, the signs follow that speak most for and against spam.
    """
    from rehab.comments.inbox import find_held  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.moderation import render_whole  # noqa: PLC0415 - as above
    from rehab.comments.spam.ranking import render_reasons  # noqa: PLC0415 - as above

    content = find_content()
    if content is None:
        return CONFIGURATION
    held = read_all(content)
    found = find_held(id_, held)
    if isinstance(found, str):
        return complain(found, CONFIGURATION)
    say(render_whole(found))
    model = read_chances(content, held) if found.state == "pending" else None
    if model:
        say(f"\n{render_reasons(found, model)}")
    return OK
