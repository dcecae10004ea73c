"""Bodies in which little is marked up: what most readers write, made HTML without two parsers.

In: a body as it was written. Out: the same HTML that the whole of the cleaning makes of it, or None where it is not
plain beyond doubt. Of ten thousand comments, cleaning takes two seconds; of plain ones, a tenth of one. Nothing but the
characters of `_INSIDE` gets through here, none of which means anything in HTML, Markdown or a template, and a few
simple marks: some words in `*`, `**`, `~~` or backticks, and a link to a plain address.
"""

from __future__ import annotations

import re
from typing import Final

REL: Final = "ugc nofollow noopener noreferrer"
"""What every link in a comment says of itself."""

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ÿ"
_OPENING: Final = "\"'(“\u2018"
_INSIDE: Final = f"{_LETTERS}0-9.,;:!?/%+={_OPENING})’”–—…-"

_WORDS: Final = f"[{_LETTERS}0-9]++(?:[ .,/-][{_LETTERS}0-9]++)*+"
"""What stands in a mark: it begins and ends with a letter or a digit, so that there is no doubt where the mark does."""
_NAME: Final = "[a-z0-9]++(?:-[a-z0-9]++)*+"
_ADDRESS: Final = rf"https?://(?:{_NAME}\.)++[a-z]{{2,20}}(?:/[A-Za-z0-9/_.-]*+(?:\?[A-Za-z0-9/_.=&-]*+)?+)?+"
_MARKS: Final = {"*": "em", "**": "strong", "~~": "del", "`": "code"}
_MARKED: Final = "|".join(f"{re.escape(mark)}{_WORDS}{re.escape(mark)}" for mark in _MARKS)
_MARK: Final = rf"(?<![^ (\n])(?:{_MARKED}|\[{_WORDS}\]\({_ADDRESS}\))(?=[ .,;:!?)\n]|\Z)"

_LINE: Final = f"(?:[{_LETTERS}{_OPENING}]|{_MARK})(?:[{_INSIDE}]| (?=[*~`\\[{_INSIDE}])|{_MARK})*+"
"""A line begins with a letter, so that it is no list, no heading and no rule; single spaces stand between words."""
_PLAIN: Final = re.compile(f"{_LINE}(?:\n++{_LINE})*+\n*+")
_BETWEEN: Final = re.compile("\n\n+")
_EACH_MARK: Final = re.compile(rf"(\*\*|\*|~~|`)({_WORDS})\1|\[({_WORDS})\]\(({_ADDRESS})\)")


def render_plain(text: str) -> str | None:
    """Return a plain body as paragraphs, with a `<br>` for each single line end; None where it is not plain."""
    if not _PLAIN.fullmatch(text):
        return None
    paragraphs = _BETWEEN.split(_EACH_MARK.sub(_marked, text.rstrip("\n")))
    return "".join(f"<p>{each}</p>" for each in paragraphs).replace("\n", "<br>\n")


def _marked(found: re.Match[str]) -> str:
    mark, words, link, address = found.groups()
    if mark:
        return f"<{_MARKS[mark]}>{words}</{_MARKS[mark]}>"
    return f'<a href="{address.replace("&", "&amp;")}" rel="{REL}">{link}</a>'
