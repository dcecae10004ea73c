"""`rehab images`: what the pictures weigh, what of the cache can go, and a last look at what is published.

In: words on the command line. Out: what the command below it returns. Each command is loaded when it is called.
"""

from __future__ import annotations

import click

from rehab.cli.groups import group_of

NAMES = ("stats", "prune", "audit")


@click.group(cls=group_of(NAMES, __name__))
def images() -> None:
    """Count pictures, tidy their cache, look at what is published."""
