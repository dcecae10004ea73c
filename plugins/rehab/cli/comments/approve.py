"""`rehab comments approve`: put comments on the site."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import decide


@click.command()
@click.argument("ids", nargs=-1, required=True)
def approve(ids: tuple[str, ...]) -> int:
    """Put comments on the site.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("approve", ids)
