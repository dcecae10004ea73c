"""Markdown → HTML with placeholders, and front-matter strings → inline HTML.

The result depends on the text and the site's Markdown settings alone. One Markdown instance serves all
texts: making one costs more than most bodies.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown import Markdown

from rehab.adapter.markdown import RehabExtension

if TYPE_CHECKING:
    from rehab.adapter.settings import Settings

_HEADING = re.compile(r"<(/?)h([1-5])\b")
_ONE_PARAGRAPH = re.compile(r"<p>(.*)</p>", re.DOTALL)


class Bodies:
    """The Markdown of one site."""

    def __init__(self, settings: Settings) -> None:
        """Make the instance from Pelican's `MARKDOWN` setting and our extension."""
        options: dict[str, Any] = {**settings["MARKDOWN"]}
        options["extensions"] = [*options.get("extensions", []), RehabExtension()]
        self._markdown = Markdown(**options)
        self._render = cache(self._convert)

    def render(self, text: str) -> str:
        """Return the HTML of a body. A text with first-level headings has all its headings one level deeper."""
        html = self._render(text)
        if "<h1" in html:
            return _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)
        return html

    def render_inline(self, text: str) -> str:
        """Return the HTML of a front-matter string: without a paragraph around it where it is only one."""
        html = self._render(text)
        match = _ONE_PARAGRAPH.fullmatch(html.strip())
        return match[1] if match and "<p>" not in match[1] else html

    def _convert(self, text: str) -> str:
        self._markdown.reset()
        return self._markdown.convert(text)
