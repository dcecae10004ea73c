"""Settings for hosts that build by themselves: templates, and what is filled into them.

In: the oldest Python that will do, the folder of the site and of the cache. Out: the files of `docs/hosts/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PYTHON, OUTPUT, CACHE = "3.12", "output", ".cache"
"""What is filled in: the Python of the hosts, and the folders of `pelicanconf.py`."""
NAMES: Final = ("github-actions.yml", "github-actions-deploy.yml", "netlify.toml", "cloudflare-pages.md")


def render_hosts() -> dict[str, str]:
    """Return the settings of each host by the name of the file."""
    words = {"{python}": PYTHON, "{output}": OUTPUT, "{cache}": CACHE}
    return {name: _fill((Path(__file__).parent / name).read_text("utf-8"), words) for name in NAMES}


def _fill(text: str, words: dict[str, str]) -> str:
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text
