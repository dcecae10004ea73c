"""`rehab test`: run the test suite with pytest."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import click

from rehab.cli.exits import ENVIRONMENT
from rehab.cli.show import complain


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> int:
    """Run the tests.

    ARGUMENTS go to pytest as they are.
    """
    if find_spec("pytest") is None:
        return complain("the tests' packages are not installed: run 'make test'", ENVIRONMENT)
    command = [sys.executable, "-m", "pytest", *(arguments or ("-n", "auto", "--dist", "loadfile"))]
    return subprocess.run(command, check=False).returncode
