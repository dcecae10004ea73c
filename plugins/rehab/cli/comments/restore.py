"""`rehab comments restore`: take a rejection, a deletion or the mark of spam back."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import decide


@click.command()
@click.argument("ids", nargs=-1, required=True)
def restore(ids: tuple[str, ...]) -> int:
    """Take a rejection, a deletion or a mark of spam back.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("restore", ids)
