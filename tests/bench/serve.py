"""How long it takes from a save to the browser being told to load the page again, and how much memory serving takes.

    .venv/bin/python tests/bench/serve.py [POSTS...] [--rebuilds N]

For each size a blog is written and served. A post is saved, with another text and then with another title, and the wall
time is taken until its open page hears `reload`; then until the whole site is built. Medians of several rounds, and the
slowest. With `--rebuilds`, so many whole builds follow, and the memory of both processes is printed on the way.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "plugins")]

from bench.check import write_blog  # noqa: E402 - a bench is a program, and finds its neighbours itself
from conftest import write_settings  # noqa: E402
from serving import Event, Live, Stream, ask, running  # noqa: E402

ROUNDS = 9
PATIENCE = 600.0
"""Seconds that a whole build may take on a machine that others use."""
PAGE, SOURCE = "/posts/post-5/", "content/posts/post-5.md"


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def is_reload(event: Event) -> bool:
    """Return whether an event loads the page again."""
    return event.name == "reload"


def seconds(live: Live, source: Path, text: str) -> tuple[float, float]:
    """Save a text and return the seconds until the page is told, and until the site is built."""
    seen = ask(live.port, PAGE).text.split('data-seen="')[1].split('"')[0]
    stream = Stream(live.port, PAGE, seen)
    stream.wait(lambda event: event.name == "state")
    started = time.perf_counter()
    source.write_text(text, "utf-8")
    stream.wait(is_reload)
    told = time.perf_counter() - started
    live.line("built ", PATIENCE)
    return told, time.perf_counter() - started


def memory_of(process: int) -> float:
    """Return the resident memory of a process and those below it, in megabytes."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            pages = int((folder / "statm").read_text().split()[1])
        except OSError:
            continue
        if process in {int(folder.name), parent}:
            total += pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return total


def measure(posts: int, rebuilds: int) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_blog(folder, posts)
        settings = write_settings(folder, folder / "content", folder / ".cache", OUTPUT_PATH=str(folder / "out"))
        source = folder / SOURCE
        text = source.read_text("utf-8")
        with running(settings) as live:
            live.line("built ", PATIENCE)
            bodies = [seconds(live, source, f"{text}\nRound {each}.\n") for each in range(ROUNDS)]
            titles = [
                seconds(live, source, text.replace("title: Post 5", f"title: Round {each}")) for each in range(ROUNDS)
            ]
            for what, figures in (("text", bodies), ("title", titles)):
                told, built = zip(*figures, strict=True)
                say(
                    f"{posts:>6} posts, another {what:<5}: browser told after {statistics.median(told):.3f} s"
                    f" (slowest {max(told):.3f}), site built after {statistics.median(built):.2f} s"
                )
            for each in range(rebuilds):
                if each % 20 == 0:
                    say(f"{posts:>6} posts, rebuild {each:>4}: {memory_of(live.process.pid):.0f} MB")
                seconds(live, source, f"{text}\nRebuild {each}.\n")
            say(f"{posts:>6} posts, at the end  : {memory_of(live.process.pid):.0f} MB")
            live.end()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("posts", nargs="*", type=int, default=[100, 1000])
    words.add_argument("--rebuilds", type=int, default=0)
    given = words.parse_args()
    if hasattr(os, "getloadavg"):
        say(f"this machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before anything is measured")
    for size in given.posts:
        measure(size, given.rebuilds)
