"""`rehab comments delete`: take comments off the site, in a way that keeps the place of what answers them."""

from __future__ import annotations

import click

from rehab.cli.moderate import decide


@click.command(name="delete")
@click.argument("ids", nargs=-1, required=True)
def comments_delete(ids: tuple[str, ...]) -> int:
    """Take comments off the site; what answers them keeps its place.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("delete", ids)
