"""How long `rehab check` takes at 1,000 posts with their exercises and comments: cold, and with nothing changed.

    .venv/bin/python tests/bench/check.py [POSTS]

Prints CPU seconds of whole processes, the median of five, beside those of a process that only reads the same
files and splits their front matter, so that the ratio says something on any machine.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
ROUNDS = 5
EXERCISES, INJURIES = 40, 12
READ_ONLY = """
import sys, yaml
from pathlib import Path
for file in sorted(Path("content").rglob("*.md")):
    yaml.compose(file.read_text("utf-8").split("---")[1], Loader=yaml.CSafeLoader)
"""


def write_blog(folder: Path, posts: int) -> None:
    """Write a blog of that many posts, each with two doses, two tags, links in its text; half of them with comments."""
    files = {"pelicanconf.py": 'PATH = "content"\n'}
    for number in range(EXERCISES):
        files[f"content/exercises/ex{number}.md"] = (
            f"---\ntitle: Exercise {number}\nlaterality: unilateral\nkind: strength\nsteps: [Do it.]\n"
            f"injuries: [{{injury: in{number % INJURIES}, relation: helps, evidence: author-experience}}]\n---\n"
        )
    for number in range(INJURIES):
        files[f"content/injuries/in{number}.md"] = (
            f"---\ntitle: Injury {number}\nregion: knee\nred_flags: []\n---\nText.\n"
        )
    for number in range(posts):
        first, second = number % EXERCISES, (number + 7) % EXERCISES
        files[f"content/posts/post-{number}.md"] = (
            f"---\ntitle: Post {number}\ndate: 20{10 + number % 12}-01-{1 + number % 28:02d}\ntags: [t{number % 20}]\n"
            f"injuries: [in{number % INJURIES}]\nexercises:\n  - ex{first}: 3 x 10 each side @ 10 lb\n"
            f"  - ex{second}: 2 x 30 s each side\n---\n" + f"Some *text* with [[ex{first}]] and words.\n\n" * 8
        )
        for reply in range(3 if number % 2 == 0 else 0):
            files[f"content/comments/post-{number}/c{reply}.md"] = (
                f"---\nauthor: R{reply}\ndate: 2022-01-0{reply + 1}\n---\nGood *post*.\n"
            )
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def cpu_seconds(command: list[str], folder: Path) -> float:
    """Return the CPU seconds of a command, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, "PYTHONPATH": str(PLUGINS)}
    done = subprocess.run(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.stderr:
        sys.exit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(posts: int) -> None:
    """Print the three figures and their ratios."""
    check = [sys.executable, "-m", "rehab.cli", "check"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_blog(folder, posts)
        figures: dict[str, list[float]] = {"read only": [], "cold": [], "nothing changed": []}
        for _ in range(ROUNDS):
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            figures["read only"].append(cpu_seconds([sys.executable, "-c", READ_ONLY], folder))
            figures["cold"].append(cpu_seconds(check, folder))
            figures["nothing changed"].append(cpu_seconds(check, folder))
    floor = statistics.median(figures["read only"])
    for label, seconds in figures.items():
        median = statistics.median(seconds)
        sys.stdout.write(f"{label:16} {median:6.3f} CPU s   {median / floor:4.2f} x reading the files\n")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
