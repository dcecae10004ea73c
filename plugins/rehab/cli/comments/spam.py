"""`rehab comments spam`: mark comments as spam."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import decide


@click.command()
@click.argument("ids", nargs=-1, required=True)
def spam(ids: tuple[str, ...]) -> int:
    """Mark comments as spam.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("spam", ids)
