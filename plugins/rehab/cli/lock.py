"""`rehab lock`: write `requirements.lock` anew from `pyproject.toml`.

One resolution serves the site and its tests, so that the tests run with the versions that authors get. It is
written in two parts: what the site needs, then what the tests and linters need (`plugins/bootstrap.py` reads
the upper part alone for authors). pip and uv both install it.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT
from rehab.cli.show import complain, say

LOCK = Path("requirements.lock")
PROJECT = Path("pyproject.toml")
DEV_MARK = "# ---- what the tests and linters need ----"
HEAD = """\
# Exact versions and hashes of every package, for pip and uv alike, on each system and Python from 3.11 on.
# Written by 'make lock' from pyproject.toml; not to be edited by hand.
#
# ---- what the site needs ----
"""
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade"),
    *(
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--no-emit-index-url",
        "--no-emit-find-links",
        str(PROJECT),
    ),
)


def resolve(uv: str, *groups: str) -> str:
    """Return the resolution of the project with these dependency groups; raise CalledProcessError."""
    wanted = [word for group in groups for word in ("--group", group)]
    command = [uv, *COMPILE, *wanted]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def split_requirements(resolution: str) -> dict[str, str]:
    """Return the blocks of a resolution (a requirement and its hashes) by package name, in its order."""
    blocks: dict[str, str] = {}
    name = ""
    for line in resolution.splitlines(keepends=True):
        if not line[:1].isspace():
            name = line.partition("==")[0]
        blocks[name] = blocks.get(name, "") + line
    return blocks


def render_lock(site: str, everything: str) -> str:
    """Return the lock: the blocks of `everything`, those of the packages that `site` names first."""
    above = split_requirements(site).keys()
    blocks = split_requirements(everything)
    upper = "".join(block for name, block in blocks.items() if name in above)
    lower = "".join(block for name, block in blocks.items() if name not in above)
    return f"{HEAD}{upper}\n{DEV_MARK}\n{lower}"


@click.command()
def lock() -> int:
    """Write requirements.lock anew (needs uv)."""
    uv = shutil.which("uv")
    if uv is None:
        return complain("'uv' is not here: install it, then run 'make lock' again", ENVIRONMENT)
    if not PROJECT.is_file():
        return complain("there is no pyproject.toml here: run this in the project's folder", CONFIGURATION)
    try:
        text = render_lock(resolve(uv, "build"), resolve(uv, "build", "dev"))
    except subprocess.CalledProcessError:
        return complain("uv could not resolve the packages: see its lines above", ENVIRONMENT)
    LOCK.write_text(text, encoding="utf-8", newline="\n")
    say(f"wrote {LOCK}: {sum(line[0].isalnum() for line in text.splitlines() if line)} packages")
    return 0
