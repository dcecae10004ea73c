"""`rehab comments approve`: put comments on the site."""

from __future__ import annotations

import click

from rehab.cli.moderate import decide


@click.command(name="approve")
@click.argument("ids", nargs=-1, required=True)
def comments_approve(ids: tuple[str, ...]) -> int:
    """Put comments on the site.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("approve", ids)
