"""After any sequence of edits the output folder is what a build into an empty folder makes, byte by byte."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from edit_scripts import EDITS, Blog, start_blog
from rehab.cli import rehab

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = int(os.environ.get("REHAB_SCRIPTS", "16"))
"""Scripts of edits to try; a thorough run by hand takes hundreds."""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, release_signals: None) -> None:  # noqa: ARG001 - for the whole test
    """Let the clock that a build begins by be an hour ahead, so that what was just edited counts as old."""
    ahead = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr("rehab.cli.html.time.time_ns", lambda: ahead)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def build(blog: Blog, folder: str) -> str:
    """Build into a folder with a cache of its own, and return what was said but for the last word on the work done."""
    settings = blog.configure(folder)
    done = CliRunner().invoke(rehab, ["html", "-s", str(settings), "-o", str(blog.folder / folder / "output")])
    assert done.exit_code == 0, done.output
    return done.output


def report_of(said: str) -> list[str]:
    return [line for line in said.splitlines() if not line.startswith("built ")]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_after_any_edits_the_output_is_that_of_a_cold_build(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same edits each time are the point
    blog = start_blog(tmp_path)
    warm = build(blog, "warm")
    done = []
    for _ in range(chance.randrange(2, 6)):
        edit = chance.choice(EDITS)
        edit(blog, chance)
        done.append(edit.__name__)
        warm = build(blog, "warm")
    cold = build(blog, "cold")
    ours, theirs = (files_of(tmp_path / name / "output") for name in ("warm", "cold"))
    differing = [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)]
    assert (done, differing, report_of(warm)) == (done, [], report_of(cold))
