"""`rehab clean`: remove what builds made in this project, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import SETTINGS, settings_fault
from rehab.cli.show import complain, say
from rehab.source.fault import reason_of

MADE_BY_BUILDS = (Path("output"), Path(".cache"))

# A folder with one of these holds somebody's work, whatever it is called.
SIGNS_OF_WORK = (".git", "pelicanconf.py", "pyproject.toml", "content")


def reason_to_keep(folder: Path) -> str | None:
    """Return why a folder must stay, or None where a build made it."""
    if folder.is_symlink():
        return f"'{folder}' is a link and stays: remove it by hand"
    if not folder.is_dir():
        return f"'{folder}' is no folder and stays: remove it by hand"
    for sign in SIGNS_OF_WORK:
        if (folder / sign).exists():
            return f"'{folder}' holds '{sign}' and stays: no build made that"
    return None


def remove(folder: Path) -> int:
    """Remove one folder that a build made; return the exit code."""
    if reason := reason_to_keep(folder):
        return complain(reason, CONFIGURATION)
    try:
        shutil.rmtree(folder)
    except OSError as wrong:
        return complain(f"'{folder}' could not be removed: {reason_of(wrong)}", ENVIRONMENT)
    say(f"removed {folder}/")
    return OK


@click.command()
def clean() -> int:
    """Remove output/ and the cache of this blog."""
    if reason := settings_fault(SETTINGS):
        return complain(reason, CONFIGURATION)
    found = [folder for folder in MADE_BY_BUILDS if folder.is_symlink() or folder.exists()]
    if not found:
        say("nothing to remove")
    return max((remove(folder) for folder in found), default=OK)
