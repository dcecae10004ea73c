"""`rehab comments redact`: remove a person from every comment, after showing what that does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.show import complain, counted, say

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.comments.redact import Redaction


@click.command()
@click.argument("who", metavar="NAME|ID")
@click.option("--text", is_flag=True, help="Remove what the person wrote as well.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def redact(who: str, text: bool, yes: bool) -> int:  # noqa: FBT001 - click passes names
    """Remove a person from every comment, after showing how.

    Name and address go from every comment by that name, on the site and in the inbox.
    'restore' does not bring them back.
    """
    from rehab.comments.redact import plan_redaction  # noqa: PLC0415 - `--help` needs none of it

    content = find_content()
    if content is None:
        return CONFIGURATION
    plan = plan_redaction(who, read_all(content), text=text)
    if isinstance(plan, str):
        return complain(plan, CONFIGURATION)
    say("\n".join(plan.said))
    count = counted(len(plan.said), "file")
    if not yes and not sys.stdin.isatty():
        say(f"{count}; nothing is written, for there is nobody to ask: add --yes")
        return CONTENT
    if not yes and not click.confirm(f"Change {count}?", default=False):
        say("nothing is written")
        return CONTENT
    return _write(plan, content)


def _write(plan: Redaction, content: Path) -> int:
    from rehab.comments.moves import write_steps  # noqa: PLC0415 - as above

    done, fault = write_steps(content, plan.steps)
    say(f"changed {counted(done, 'file')}")
    if fault:
        return complain(fault, ENVIRONMENT)
    if plan.named_in:
        say("the name also stands in other texts, which are left alone: " + ", ".join(plan.named_in))
    say("run 'rehab clean' and build again, and the pages are without it; a repository's history keeps what it had")
    return OK
