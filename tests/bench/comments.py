"""What comments cost a build: ten thousand on one post, and twenty-five thousand in seventeen hundred threads.

    .venv/bin/python tests/bench/comments.py one|many [--plain|--nested]

Prints wall and CPU seconds and the most memory of whole processes (`rehab html`): without any comment, with all of
them and nothing remembered, with all of them again, and after one of them was edited. Every comment has markup of the
kinds that readers write, and a line at the end says how many of them were cleaned the long way, by two parsers: with
`--plain` none has markup, with `--nested` every one has marks inside marks, so that all go the long way. Processes that
only start and load the program are measured beside them. The corpus is the same on every machine.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.check import PLUGINS, write_blog

SETTINGS = """
PATH = "content"
SITENAME = "Bench"
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
PLUGINS = ["rehab"]
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
ARTICLE_URL = "posts/{{slug}}/"
ARTICLE_SAVE_AS = "posts/{{slug}}/index.html"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = 20
TIMEZONE = "UTC"
"""
WORDS = (
    "knee hamstring stretch after the run my physio said rest and ice did nothing for two weeks then glute bridge "
    "three times ten each side it felt better on hills but worse when sitting so I stopped speed work thank you"
).split()
MARKS = ("*{}*", "**{}**", "`{}`", "[{}](https://example.org/a?b=c&d)", "~~{}~~", "_{}_", "***{}***", "<{}>", "{}:\\*")
NESTED = "**so *it* was**"
BLOCKS = ("\n\n> {}\n\n", "\n\n- {}\n- and more\n\n", "\n\n1. {}\n\n", "\n\n```\n{}\n```\n\n")

BLOCK_SHARE = 0.2
"""How many comments have a list, a quote or code on lines of its own."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one process took: seconds of the wall clock and of the processor, and its most memory in MB."""

    wall: float
    cpu: float
    memory: int

    def __str__(self) -> str:
        """Return the figure as a table's cells."""
        return f"{self.wall:7.1f} s wall {self.cpu:7.1f} s CPU {self.memory:6} MB"


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(f"{line}\n")


def text_of(chance: random.Random, way: str = "") -> str:
    """Return a comment's words: some 400 characters, as readers write."""
    words = [chance.choice(WORDS) for _ in range(chance.randrange(30, 110))]
    if way != "--plain":
        for kinds, count in ((MARKS, 2), (BLOCKS, chance.random() < BLOCK_SHARE)):
            for _ in range(count):
                at = chance.randrange(len(words))
                words[at] = chance.choice(kinds).format(words[at])
    if way == "--nested":
        words.append(NESTED)
    return " ".join(words)


def write_comments(content: Path, threads: list[int], way: str = "") -> None:
    """Write comments, so many for each post; two of three answer one of the ten before them."""
    chance = random.Random(4)  # noqa: S311 - the same corpus every time is the point
    for post, count in enumerate(threads):
        folder = content / "comments" / f"post-{post}"
        if count:
            folder.mkdir(parents=True)
        for at in range(count):
            answered = max(0, at - chance.randrange(1, 10))
            reply = f"reply_to: c{answered:05}\n" if at and chance.random() < 2 / 3 else ""
            date = f"2022-{1 + at * 12 // count:02}-{1 + at * 12 * 28 // count % 28:02}"
            head = f"author: Reader {chance.randrange(400)}\ndate: {date}\n{reply}aliases: [comment-{post}{at:05}]\n"
            (folder / f"c{at:05}.md").write_text(f"---\n{head}---\n{text_of(chance, way)}\n", "utf-8")


def threads_of(kind: str) -> list[int]:
    """Return how many comments each post has: a few have many, most have few."""
    if kind == "one":
        return [10_000]
    rough = [1 + 2_000 // (3 + rank) for rank in range(1_700)]
    scale = 25_000 / sum(rough)
    counts = [max(1, round(each * scale)) for each in rough]
    counts[0] += 25_000 - sum(counts)
    return counts


def run(folder: Path, *words: str, module: str = "rehab.cli") -> Figure:
    """Run a command of ours, or another module, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(PLUGINS)}
    started = time.perf_counter()
    child = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", module, *words],
        env,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, str(folder / "log"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)],
    )
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit((folder / "log").read_text("utf-8"))
    return Figure(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def count_long(content: Path) -> int:
    """Return how many comments are cleaned the long way."""
    sys.path.insert(0, str(PLUGINS))
    from rehab.comments.clean import clean_short  # noqa: PLC0415 - only once the figures are known

    bodies = (file.read_text("utf-8").split("---\n", 2)[2] for file in (content / "comments").rglob("*.md"))
    return sum(clean_short(body, "markdown") is None for body in bodies)


def measure(kind: str, way: str = "") -> None:
    """Print the figures of one kind of blog."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        counts = threads_of(kind)
        write_blog(folder, len(counts))
        shutil.rmtree(folder / "content" / "comments", ignore_errors=True)
        theme = PLUGINS.parent / "theme"
        (folder / "pelicanconf.py").write_text(SETTINGS.format(theme=str(theme), plugins=str(PLUGINS)), "utf-8")
        os.chdir(folder)
        figures = {"start alone": run(folder, "--help")}
        figures["without comments"] = run(folder, "html", "-o", "bare")
        shutil.rmtree(folder / ".cache", ignore_errors=True)
        write_comments(folder / "content", counts, way)
        figures["with them, cold"] = run(folder, "html", "-o", "full")
        figures["again, unchanged"] = run(folder, "html", "-o", "full")
        edited = folder / "content" / "comments" / f"post-{len(counts) // 2}" / "c00000.md"
        edited.write_text(edited.read_text("utf-8") + "One word more.\n", "utf-8")
        figures["one edited"] = run(folder, "html", "-o", "full")
        long = count_long(folder / "content")
        shutil.rmtree(folder / "content" / "comments")
        figures["without, again"] = run(folder, "html", "-o", "bare")
        for title, figure in figures.items():
            say(f"{title:18}{figure}")
        bare, cold, warm = (figures[each] for each in ("without comments", "with them, cold", "one edited"))
        again = figures["without, again"]
        say(f"comments' share, cold: {cold.wall - bare.wall:.1f} s wall, {cold.cpu - bare.cpu:.1f} s CPU")
        say(f"comments' share, one edited: {warm.wall - again.wall:.1f} s wall, {warm.cpu - again.cpu:.1f} s CPU")
        largest = max(file.stat().st_size for file in (folder / "full").rglob("*.html"))
        say(f"{sum(counts)} comments on {len(counts)} posts, {long} cleaned the long way")
        say(f"largest page {largest // 1024} kB")


if __name__ == "__main__":
    said = sys.argv[1:]
    measure(
        next((each for each in said if not each.startswith("-")), "many"), *(each for each in said if each[0] == "-")
    )
