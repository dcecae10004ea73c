"""After any sequence of edits the output folder is what a build into an empty folder makes, byte by byte."""

from __future__ import annotations

import datetime as dt
import os
import random
import subprocess
import sys
import time
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from click.testing import CliRunner
from pelican.log import LimitFilter

from edit_scripts import (
    DAYS,
    EDITS,
    HEADERS,
    KINDS_OF_BLOGS,
    PROGRAM,
    PUBLIC,
    SECRET,
    SMALL,
    Blog,
    Clock,
    change_program,
    edit_library_version,
    start_blog,
    write_more,
)
from rehab.cli import rehab
from rehab.cli.publish import finish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rehab.adapter.run import BuildResult

SCRIPTS = int(os.environ.get("REHAB_SCRIPTS", "16"))
"""Scripts of edits to try; a thorough run by hand takes hundreds."""
AN_HOUR = 3600 * 10**9
Said = TypeVar("Said")
ADDRESS = "https://knees.test.org"
PUBLISHED: dict[str, object] = {"SITEURL": ADDRESS, "FEED_DOMAIN": ADDRESS, "REHAB_STRICT": True}
LATER = f"""\
import time
ahead = time.time_ns() + {AN_HOUR}
time.time_ns = lambda: ahead
from rehab.cli import main
main()
"""
"""The command in a process of its own, by the clock of the tests."""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch, release_signals: None) -> None:  # noqa: ARG001 - for the whole test
    """Let the clock that a build begins by be an hour ahead, so that what was just edited counts as old."""
    ahead = time.time_ns() + AN_HOUR
    monkeypatch.setattr("rehab.cli.html.time.time_ns", lambda: ahead)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let builds of this process know their day by a clock that edits put forward."""
    clock = Clock()
    told = SimpleNamespace(UTC=dt.UTC, date=dt.date, datetime=SimpleNamespace(now=clock.now))
    for reader in ("settings", "keep.surroundings"):
        monkeypatch.setattr(f"rehab.adapter.{reader}.dt", told)
    return clock


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def build(blog: Blog, folder: str) -> str:
    """Build into a folder with a cache of its own, and return what was said but for the last word on the work done."""
    words = ["html", "-s", str(blog.configure(folder)), "-o", str(blog.folder / folder / "output")]
    if blog.program:
        return build_apart(blog, words)
    LimitFilter._raised_messages.clear()  # noqa: SLF001 - an author's build is a process of its own, and says it all
    done = CliRunner().invoke(rehab, words)
    assert done.exit_code == 0, done.output
    return done.output


def build_apart(blog: Blog, words: list[str]) -> str:
    """Do the same in a new process, with the blog's own copies of the program and of a library."""
    told = {**os.environ, "PYTHONPATH": str(blog.code)}
    command = [sys.executable, "-c", LATER, *words]
    done = subprocess.run(command, env=told, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def report_of(said: str) -> list[str]:
    return [line for line in said.splitlines() if not line.startswith(("built ", "gone since "))]


def publish(blog: Blog, folder: str) -> tuple[int, str]:
    """Publish into a folder with a cache of its own; return the exit code, and what was said of the content."""
    place = blog.folder / folder / "output"
    words = ["publish", "-s", str(blog.configure(folder)), "-o", str(place)]
    LimitFilter._raised_messages.clear()  # noqa: SLF001 - as above
    done = CliRunner().invoke(rehab, words)
    return done.exit_code, "\n".join(report_of(done.output)).replace(str(place), "")


def edited(
    blog: Blog, seed: int, edits: Sequence[Callable[[Blog, random.Random], None]], make: Callable[[Blog, str], Said]
) -> tuple[list[str], Said, Said, list[str]]:
    """Edit a blog and make it after each edit, then make it from nothing.

    Return the edits, what was said of the last and of the one from nothing, and the files in which they differ.
    """
    chance = random.Random(seed)  # noqa: S311 - the same edits each time are the point
    warm, done = make(blog, "warm"), []
    for _ in range(chance.randrange(2, 6)):
        edit = chance.choice(edits)
        edit(blog, chance)
        done.append(edit.__name__)
        warm = make(blog, "warm")
    cold = make(blog, "cold")
    ours, theirs = (files_of(blog.folder / name / "output") for name in ("warm", "cold"))
    return done, warm, cold, [name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("edits", [EDITS, SMALL, HEADERS], ids=["any", "small", "headers"])
@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_after_any_edits_the_output_is_that_of_a_cold_build(
    seed: int, edits: Sequence[Callable[[Blog, random.Random], None]], tmp_path: Path, clock: Clock
) -> None:
    done, warm, cold, differing = edited(start_blog(tmp_path, clock), seed, edits, build)
    assert (done, differing, report_of(warm)) == (done, [], report_of(cold))


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("edits", [SMALL, HEADERS], ids=["small", "headers"])
@pytest.mark.parametrize("seed", range(max(SCRIPTS // 2, 1)))
def test_the_same_holds_of_blogs_of_every_kind(
    seed: int, edits: Sequence[Callable[[Blog, random.Random], None]], tmp_path: Path, clock: Clock
) -> None:
    blog = start_blog(tmp_path, clock)
    write_more(blog)
    blog.settings |= KINDS_OF_BLOGS[seed % len(KINDS_OF_BLOGS)]
    done, warm, cold, differing = edited(blog, seed, edits, build)
    assert (done, differing, report_of(warm)) == (done, [], report_of(cold))


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("edits", [PUBLIC, SECRET], ids=["public", "secret"])
@pytest.mark.parametrize("seed", range(SCRIPTS))
def test_after_any_edits_what_is_published_is_what_a_first_publication_publishes(
    seed: int, edits: Sequence[Callable[[Blog, random.Random], None]], tmp_path: Path, clock: Clock
) -> None:
    blog = start_blog(tmp_path, clock)
    blog.settings |= PUBLISHED
    done, warm, cold, differing = edited(blog, seed, edits, publish)
    is_published = cold[0] == 0  # what may not be published leaves the last publication in its place
    assert (done, differing if is_published else [], warm) == (done, [], cold)


@pytest.mark.usefixtures("settled")
def test_a_publication_makes_only_pages_that_show_something_new(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stood: list[set[str]] = []

    def listen(built: BuildResult, *given: Any) -> int:
        stood.append({name for name in built.stood if name.startswith("posts/") and name.endswith(".html")})
        return finish(built, *given)

    monkeypatch.setattr("rehab.cli.publish.finish", listen)
    blog = start_blog(tmp_path, clock)
    blog.settings |= PUBLISHED
    blog.write("posts/far.md", "---\ntitle: Far\ndate: 1990-01-01\n---\nText.\n")
    for day, title in ((DAYS[0], "Far"), (DAYS[1], "Far"), (DAYS[1], "Further")):
        clock.day = day
        blog.write("posts/far.md", f"---\ntitle: {title}\ndate: 1990-01-01\n---\nText.\n")
        assert publish(blog, "warm")[0] == 0
    posts = {f"posts/{name}/index.html" for name in ("far", "post-0", "post-1", "post-2", "post-3")}
    assert stood == [set(), posts, posts - {"posts/far/index.html", "posts/post-0/index.html"}]


@pytest.mark.usefixtures("settled")
def test_another_version_of_the_program_or_of_a_library_shows_on_pages(tmp_path: Path) -> None:
    blog = start_blog(tmp_path)
    blog.write("posts/marked.md", "---\ntitle: Marked\ndate: 2020-01-01\n---\nA term\n: and what it means\n")
    changes = [partial(change_program, blog, *row) for row in PROGRAM]
    changes += [partial(edit_library_version, blog, random.Random(0))] * 2  # noqa: S311 - it has no choice
    seen = []
    for change in changes:
        change()
        build(blog, "warm")
        seen.append(files_of(tmp_path / "warm" / "output"))
    assert [before == after for before, after in pairwise(seen)] == [False] * (len(changes) - 1)
    build(blog, "cold")
    assert files_of(tmp_path / "cold" / "output") == seen[-1]
