"""Markdown → HTML with placeholders, and front-matter strings → inline HTML.

The result depends on the text and the site's Markdown settings alone. One Markdown instance serves all texts of a run:
making one costs more than most bodies. What earlier runs made of a text is taken from the cache.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.keep.kept import Kept
from rehab.adapter.text.plain import is_plain_way, render_plain

if TYPE_CHECKING:
    from markdown import Markdown

    from rehab.adapter.settings import Settings

_HEADING = re.compile(r"<(/?)h([1-5])\b")
_ONE_PARAGRAPH = re.compile(r"<p>(.*)</p>", re.DOTALL)
_META: Final = {"meta", "markdown.extensions.meta"}
"""Pelican adds this extension for its own headers. The core has read ours, and a text may begin with "Note: "."""
_PARTS: Final = (
    *(f"adapter/text/{name}.py" for name in ("bodies", "films", "markdown", "plain")),
    "model/refs.py",
    "site/text/images.py",
)
"""The modules that make the HTML what it is, beside the library."""
OWN: Final = "markdown.extensions."
"""How the names of Markdown's own extensions begin."""
_LONG: Final = 400
"""Letters of a text that is rendered again rather than kept, where that is cheap: few of them stand twice in a site."""


class Bodies:
    """The Markdown of one site. Texts whose HTML a cache folder holds are not parsed."""

    def __init__(self, settings: Settings, folder: Path | None = None) -> None:
        """Make the instance from Pelican's `MARKDOWN` setting and our extension."""
        options: dict[str, Any] = {**settings["MARKDOWN"]}
        given = [each for each in options.get("extensions", []) if each not in _META]
        self._options = {**options, "extensions": given}
        self._kept = Kept(folder, maker_of(self._options) if folder else "")
        self._plain = is_plain_way(self._options)

    def render(self, text: str) -> str:
        """Return the HTML of a body. A text with first-level headings has all its headings one level deeper."""
        plain = render_plain(text) if self._plain and len(text) > _LONG else None
        html = plain if plain is not None else self._kept.get(text, self._convert)
        if "<h1" in html:
            return _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)
        return html

    def render_inline(self, text: str) -> str:
        """Return the HTML of a front-matter string: without a paragraph around it where it is only one."""
        html = self._kept.get(text, self._convert)
        match = _ONE_PARAGRAPH.fullmatch(html.strip())
        return match[1] if match and "<p>" not in match[1] else html

    def save(self) -> None:
        """Keep what was made for the next run."""
        self._kept.save()

    def _convert(self, text: str) -> str:
        plain = render_plain(text) if self._plain else None
        if plain is not None:
            return plain
        self._markdown.reset()
        return self._markdown.convert(text)

    @cached_property
    def _markdown(self) -> Markdown:
        from markdown import Markdown  # noqa: PLC0415 - plain texts, and those that are kept, need no library

        from rehab.adapter.text.markdown import RehabExtension  # noqa: PLC0415 - as above

        return Markdown(**{**self._options, "extensions": [*self._options["extensions"], RehabExtension()]})


def maker_of(options: dict[str, Any]) -> str:
    """Return a hash of all that decides what a text becomes, or "" where that cannot be known.

    Of extensions that are not Markdown's own, nobody knows what they read.
    """
    names = options.get("extensions", [])
    if not all(isinstance(name, str) and name.startswith(OWN) for name in names):
        return ""
    libraries = [sys.version, *(_version(each) for each in ("Markdown", "Pygments"))]
    try:
        said = json.dumps([options, libraries], sort_keys=True)
    except (TypeError, ValueError):
        return ""
    digest = hashlib.sha256(said.encode())
    for part in _PARTS:
        digest.update((Path(__file__).parents[2] / part).read_bytes())
    return digest.hexdigest()


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only what is kept needs to know

    try:
        return version(library)
    except PackageNotFoundError:
        return ""
