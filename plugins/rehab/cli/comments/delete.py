"""`rehab comments delete`: take comments off the site, in a way that keeps the place of what answers them."""

from __future__ import annotations

import click

from rehab.cli.comments.moderate import decide


@click.command()
@click.argument("ids", nargs=-1, required=True)
def delete(ids: tuple[str, ...]) -> int:
    """Take comments off the site; what answers them keeps its place.

    IDS may be cut to any beginning or end that fits one comment; `post/id` tells two apart.
    """
    return decide("delete", ids)
