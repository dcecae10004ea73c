"""`rehab lint`: style, import contracts and types, each named with its result."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Final

import click

from rehab.cli.exits import ENVIRONMENT, OK
from rehab.cli.show import complain, say

CONTRACTS: Final = "from importlinter.cli import lint_imports_command as run; run()"

CHECKS: Final = {
    "ruff check": ("-m", "ruff", "check", "--quiet"),
    # Still a preview in ruff: Windows would open a file in another encoding where none is said.
    "file encodings": ("-m", "ruff", "check", "--quiet", "--preview", "--select", "PLW1514"),
    "ruff format": ("-m", "ruff", "format", "--check", "--quiet"),
    "import contracts": ("-c", CONTRACTS, "--no-logo", "--cache-dir", ".cache/import-linter"),
    "mypy": ("-m", "mypy", "--no-error-summary"),
}


def run_check(arguments: tuple[str, ...]) -> tuple[bool, str]:
    """Run one linter; return whether it is content, and what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return done.returncode == 0, done.stdout.strip()


@click.command()
def lint() -> int:
    """Check style, import contracts and types."""
    if find_spec("ruff") is None:
        return complain("the linters are not installed: run 'make lint'", ENVIRONMENT)
    failed = 0
    for name, arguments in CHECKS.items():
        passed, printed = run_check(arguments)
        if not passed and printed:
            say(printed)
        say(f"{name}: {'ok' if passed else 'failed'}")
        failed += not passed
    return 1 if failed else OK
