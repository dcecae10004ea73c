"""How long it takes from a save to the browser being told to load the page again, and how much memory serving takes.

    .venv/bin/python tests/bench/serve.py [POSTS...] [--rounds N] [--rebuilds N]

For each size a blog is written and served. Each kind of save that a blog sees is made several times, with the page
open that its author looks at. `shown` is the wall time until that page hears `reload`, `done` until the whole site is
built; medians, and the slowest. With `--rebuilds`, so many whole builds follow, and the memory of the server and of the
process that builds is printed on the way.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS), str(TESTS.parent / "plugins")]

from bench.check import write_blog  # noqa: E402 - a bench is a program, and finds its neighbours itself
from conftest import ROOT, write_settings  # noqa: E402
from serving import Event, Live, Stream, ask, running  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 900.0
"""Seconds that a whole build may take on a machine that others use."""
MEANWHILE = "words, while it builds"
STEP = 0.4
"""Seconds by which each save comes later in a build that runs."""
EVERY = 20
"""Rebuilds between two looks at the memory."""
POST, PAGE = "content/posts/post-5.md", "/posts/post-5/"
NEW = "---\ntitle: New {}\ndate: 2021-05-05\ntags: [t1]\nexercises:\n  - ex1: 3 x 10 each side\n---\nText.\n"
REPLY = "---\nauthor: R{}\ndate: 2023-01-01\n---\nGood *post*.\n"


class Save(NamedTuple):
    """A kind of save: the file, the page that is open, and the text of the file after the Nth one; None deletes it."""

    file: str
    page: str
    text: Callable[[str, int], str | None]


def other(old: str, new: str) -> Callable[[str, int], str]:
    """Return what puts something else, with the number of the save in it, in the place of some words."""
    return lambda text, number: text.replace(old, new.format(number), 1)


def more(new: str) -> Callable[[str, int], str]:
    """Return what writes something more at the end."""
    return lambda text, number: text + new.format(number)


ARTICLE = '<article class="'
SAVES: dict[str, Save] = {
    "words": Save(POST, PAGE, more("\nRound {}.\n")),
    "a link in the words": Save(POST, PAGE, more("\nAs in [[post-1{}]].\n")),
    "title": Save(POST, PAGE, other("title: Post 5", "title: Round {}")),
    "dose in the header": Save(POST, PAGE, other("3 x 10", "3 x 2{}")),
    "new exercise in the header": Save(POST, PAGE, other("exercises:\n", "exercises:\n  - ex2{}: 2 x 5 each side\n")),
    "tag": Save(POST, PAGE, other("tags: [", "tags: [t1{}, ")),
    "date": Save(POST, PAGE, other("date: 2015-01-06", "date: 2016-02-1{}")),
    "new post": Save("content/posts/new-{}.md", "/posts/new-{}/", lambda _, number: NEW.format(number)),
    "deleted post": Save("content/posts/post-1{}.md", "/posts/post-1{}/", lambda _, __: None),
    "new comment": Save("content/comments/post-5/new-{}.md", PAGE, lambda _, number: REPLY.format(number)),
    "an exercise's file": Save("content/exercises/ex5.md", "/exercises/ex5/", more("\nRound {}.\n")),
    "an injury's file": Save("content/injuries/in5.md", "/injuries/in5/", more("\nRound {}.\n")),
    "template": Save("theme/templates/article.html", PAGE, other(ARTICLE, ARTICLE.replace(" ", ' data-round="{}" '))),
    "stylesheet": Save("theme/styles/30-base.css", PAGE, more("\n@layer base {{ body {{ tab-size: {}; }} }}\n")),
    "setting": Save("pelicanconf.py", PAGE, more('SITENAME = "Round {}"\n')),
}
"""Every kind of save. Posts that are deleted do not come back, so nothing after that may need them."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def is_reload(event: Event) -> bool:
    """Return whether an event loads the page again."""
    return event.name == "reload"


def seconds(live: Live, page: str, save: Callable[[], object]) -> tuple[float, float]:
    """Save something and return the seconds until the open page is told, and until the site is built."""
    stream = Stream(live.port, page, ask(live.port, page).text.split('data-seen="')[1].split('"')[0])
    stream.wait(lambda event: event.name == "state")
    started = time.perf_counter()
    save()
    stream.wait(is_reload, PATIENCE)
    told = time.perf_counter() - started
    live.line("built ", PATIENCE)
    stream.close()
    return told, time.perf_counter() - started


def write(file: Path, text: str | None) -> None:
    """Save a file as an editor does, or delete it."""
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def while_it_builds(live: Live, folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Save words while the build of an earlier save runs, each time later in it, and return the two times of each."""
    text, other = (folder / POST).read_text("utf-8"), folder / POST.replace("5", "6")
    title = other.read_text("utf-8")
    found: list[tuple[float, float]] = []
    for number in range(1, rounds + 1):
        write(other, title.replace("title: Post", f"title: {number} Post"))
        time.sleep(number * STEP)
        found.append(seconds(live, PAGE, partial(write, folder / POST, f"{text}\nMeanwhile {number}.\n")))
    told, built = zip(*found, strict=True)
    return list(told), list(built)


def figures(live: Live, folder: Path, save: Save, rounds: int) -> tuple[list[float], list[float]]:
    """Make the saves of one kind, leave things as they were, and return the two times of each."""
    found: list[tuple[float, float]] = []
    first = folder / save.file
    before = first.read_text("utf-8") if first.is_file() else ""
    for number in range(1, rounds + 1):
        file = folder / save.file.format(number)
        found.append(seconds(live, save.page.format(number), partial(write, file, save.text(before, number))))
    if before:
        write(first, before)
        live.line("built ", PATIENCE)
    told, built = zip(*found, strict=True)
    return list(told), list(built)


def memory_of(process: int) -> tuple[float, float]:
    """Return the resident memory of a process and of those right below it, in megabytes."""
    own, below = 0.0, 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            size = int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        except OSError:
            continue
        own += size if int(folder.name) == process else 0
        below += size if parent == process else 0
    return own, below


def say_memory(when: str, process: int) -> None:
    """Print the memory of a server and of the process that builds for it."""
    own, below = memory_of(process)
    say(f"       {when:<12}: server {own:4.0f} MB, building {below:5.0f} MB")


def say_row(kind: str, told: list[float], built: list[float]) -> None:
    """Print the figures of one kind of save."""
    medians, slowest = ([f(each) for each in (told, built)] for f in (statistics.median, max))
    say(f"       {kind:<27} {medians[0]:5.3f} ({slowest[0]:5.3f})   {medians[1]:6.2f} ({slowest[1]:6.2f}) s")


def measure(posts: int, rounds: int, rebuilds: int, only: list[str]) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_blog(folder, posts)
        shutil.copytree(ROOT / "theme", folder / "theme")
        places = {"OUTPUT_PATH": str(folder / "out"), "THEME": str(folder / "theme")}
        settings = write_settings(folder, folder / "content", folder / ".cache", **places)
        with running(settings) as live:
            live.line("built ", PATIENCE)
            say(f"{posts:>6} posts                      shown (slowest)    done (slowest)")
            for kind, save in SAVES.items():
                if not only or kind in only:
                    say_row(kind, *figures(live, folder, save, rounds))
            if not only or MEANWHILE in only:
                say_row(MEANWHILE, *while_it_builds(live, folder, rounds))
            text = (folder / POST).read_text("utf-8")
            for each in range(rebuilds):
                if each % EVERY == 0:
                    say_memory(f"rebuild {each:>4}", live.process.pid)
                new = SAVES[("words", "title", "dose in the header")[each % 3]].text(text, each % 90 + 10)
                seconds(live, PAGE, partial(write, folder / POST, new))
            say_memory("at the end", live.process.pid)
            live.end()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("posts", nargs="*", type=int, default=[100, 1000])
    words.add_argument("--rounds", type=int, default=5, help="saves of each kind, at most 9")
    words.add_argument("--rebuilds", type=int, default=0, help="whole builds after them")
    words.add_argument(
        "--only", action="append", default=[], choices=[*SAVES, MEANWHILE], help="only this kind of save; repeatable"
    )
    given = words.parse_args()
    if hasattr(os, "getloadavg"):
        say(f"this machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before anything is measured")
    for size in given.posts:
        measure(size, given.rounds, given.rebuilds, given.only)
