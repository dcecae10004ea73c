"""How long `rehab html` takes beside stock Pelican: cold, with nothing changed, and after an edit of one post.

    .venv/bin/python tests/bench/build.py [POSTS]

Prints CPU seconds and the most memory of whole processes, and each as a multiple of stock Pelican's in the same run,
which builds the same posts with its own `simple` theme: no cards, no checks, no comments, no structured data. Ours has
all of that. The texts of the posts differ, so that no two bodies are parsed as one.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.check import PLUGINS, write_blog
from bench.comments import SETTINGS, WORDS, Figure, run, say

STOCK = """
PATH = "content/posts"
SITENAME = "Bench"
THEME = "simple"
PLUGINS = []
ARTICLE_URL = "posts/{slug}/"
ARTICLE_SAVE_AS = "posts/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = 20
TIMEZONE = "UTC"
"""


def write_site(folder: Path, posts: int) -> None:
    """Write the blog with a text of its own for each post, and settings for both."""
    write_blog(folder, posts)
    for number in range(posts):
        lines = (" ".join(WORDS[(number * at + at * 7) % len(WORDS)] for at in range(1, 60)) for _ in range(4))
        with (folder / "content" / "posts" / f"post-{number}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n## Part {number}\n\n" + "\n\n".join(f"{line} **{number}**." for line in lines) + "\n")
    theme = str(PLUGINS.parent / "theme")
    (folder / "pelicanconf.py").write_text(SETTINGS.format(theme=theme, plugins=str(PLUGINS)), "utf-8")
    (folder / "stock.py").write_text(STOCK, "utf-8")


def stock(folder: Path) -> Figure:
    """Build with stock Pelican."""
    return run(folder, "-s", "stock.py", "-o", "stock", "-q", module="pelican")


def measure(posts: int) -> None:
    """Print a line for each kind of build."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder, posts)
        os.chdir(folder)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody's Python compiles all anew in each run
        run(folder, "html")  # cards are drawn and code is compiled once, whoever builds
        stock(folder)
        shutil.rmtree(folder / "output")
        for file in (folder / ".cache").glob("*.json"):
            file.unlink()
        edited = folder / "content" / "posts" / f"post-{posts // 2}.md"
        for title in ("cold", "nothing changed", "one edit"):
            if title == "one edit":
                edited.write_text(edited.read_text("utf-8") + "\nOne sentence more.\n", "utf-8")
            ours, theirs = run(folder, "html"), stock(folder)
            ratios = f"{ours.cpu / theirs.cpu:5.2f} x CPU, {ours.memory / theirs.memory:4.2f} x memory"
            say(f"{title:16}{ours}   stock Pelican {theirs}   {ratios}")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
