"""`rehab comments reject`: turn comments down; what waits is kept aside, what is on the site becomes a tombstone."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import decide


@click.command()
@click.argument("ids", nargs=-1, required=True)
def reject(ids: tuple[str, ...]) -> int:
    """Turn comments down; 'restore' brings them back.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("reject", ids)
