"""`rehab docs`: write the reference pages anew from the tables that they describe."""

from __future__ import annotations

from pathlib import Path

import click

from rehab.authoring.reference import render_front_matter, render_problems
from rehab.cli.exits import CONFIGURATION
from rehab.cli.show import complain, say

FOLDER = Path("docs/reference")


@click.command()
def docs() -> int:
    """Write docs/reference/ anew from its tables."""
    if not FOLDER.is_dir():
        return complain(f"there is no folder '{FOLDER}' here: run this in the project's folder", CONFIGURATION)
    for name, text in (("front-matter.md", render_front_matter()), ("problems.md", render_problems())):
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        say(f"wrote {FOLDER / name}")
    return 0
