r"""A line in which little is marked up → its HTML, without two parsers.

In: a line as it was written, without what makes it a quote or an item. Out: the same HTML that the whole of the
cleaning makes of it, or None where it is not plain beyond doubt. Nothing gets through here but letters and signs that
mean nothing in Markdown or a template, signs that mean nothing where they stand (`3 * 10`, `~5 km`, `<3`, `a_b`,
`[sic]`), and a few simple marks: some words in `*`, `_`, `**`, `***`, `~~` or backticks, and a link to a plain address.
"""

from __future__ import annotations

import html
import re
from typing import Final

REL: Final = "ugc nofollow noopener noreferrer"
"""What every link in a comment says of itself."""

LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ÿ"
"""Letters that are one character each, however they are written."""
_PICTURES: Final = "\U0001f300-\U0001f3f3\U0001f3f5-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff"
"""Smileys and the like; not the black flag, after which letters may stand that nobody sees."""
_ANYWHERE: Final = rf"{LETTERS}\"'(“\u2018)’”–—….,;:!?/%@$^{_PICTURES}"
_INSIDE: Final = f"{_ANYWHERE}0-9+=#>-"

_WORDS: Final = f"[{LETTERS}0-9]++(?:[ .,/'’-][{LETTERS}0-9]++)*+"
"""What stands in a mark: it begins and ends with a letter or a digit, so that there is no doubt where the mark does."""
_NAME: Final = "[a-z0-9]++(?:-[a-z0-9]++)*+"
_ADDRESS: Final = rf"https?://(?:{_NAME}\.)++[a-z]{{2,20}}(?:/[A-Za-z0-9/_.-]*+(?:\?[A-Za-z0-9/_.=&-]*+)?+)?+"
_MARKS: Final = {
    "***": ("<em><strong>", "</strong></em>"),
    "**": ("<strong>", "</strong>"),
    "*": ("<em>", "</em>"),
    "_": ("<em>", "</em>"),
    "~~": ("<del>", "</del>"),
    "`": ("<code>", "</code>"),
}
_MARKED: Final = "|".join(f"{re.escape(mark)}{_WORDS}{re.escape(mark)}" for mark in _MARKS)
_MARK: Final = rf"(?<![^ (])(?:{_MARKED}|\[{_WORDS}\]\({_ADDRESS}\))(?=[ .,;:!?)]|\Z)"
_ODD: Final = "|".join(
    (
        r"&(?![A-Za-z0-9#]*+;)",
        r"<(?=[ 0-9-]|/?[A-Za-z]++>)(?![^ <>@]*+@)",
        rf"(?<=[{LETTERS}0-9])_(?=[{LETTERS}0-9])",
        r"(?<= )\*(?= )",
        r"(?<!~)~(?!~)",
        r"\\[*_~`]",
        rf"\[(?:{_WORDS}|\.\.\.|…)\](?![(\[:])",
    )
)
"""Signs that mean something elsewhere and nothing here: no entity, no address, no mark; and signs that say so."""

_NO_NUMBER: Final = r"(?!\d{1,9}[.)](?: |\Z))"
_START: Final = rf"[{_ANYWHERE}]|{_NO_NUMBER}[0-9]|[+-](?=[0-9])|#(?=[{LETTERS}0-9])|{_MARK}|{_ODD}"
"""How a line begins that is no heading, no rule, no quote and no item."""
_LINE: Final = re.compile(rf"(?:{_START})(?:[ {_INSIDE}]++|{_MARK}|{_ODD})*+")
_MEANS_MORE: Final = re.compile(r"[&<>*_~`\\\[]")
_EACH: Final = re.compile(
    r"([\\*_~`[])(?:(?<=\\)(.)|(?<![^ (].)(?:"
    rf"(?<=\[)({_WORDS})\]\(([^)]*+)\)|((?<=~)~|(?<=\*)\*{{0,2}}+|(?<=[_`]))({_WORDS})\5\1))"
)
"""A sign that says of the next that it means nothing; a link; a mark. It begins with a sign, so it is found quickly."""


def render_line(line: str) -> str | None:
    """Return the HTML of a line, which neither begins nor ends with a space; None where it is not plain."""
    if not _LINE.fullmatch(line):
        return None
    return _EACH.sub(_marked, html.escape(line, quote=False)) if _MEANS_MORE.search(line) else line


def _marked(found: re.Match[str]) -> str:
    first, sign, link, address, more, words = found.groups()
    if link:
        return f'<a href="{address}" rel="{REL}">{link}</a>'
    if sign:
        return str(sign)
    start, end = _MARKS[first + more]
    return f"{start}{words}{end}"
