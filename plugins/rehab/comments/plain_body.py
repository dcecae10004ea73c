"""Bodies in which little is marked up: what most readers write, made HTML without two parsers.

In: a body as it was written. Out: the same HTML that the whole of the cleaning makes of it, or None where it is not
plain beyond doubt. Of ten thousand comments, cleaning takes a second and a half; of plain ones, a tenth of one. A plain
body has paragraphs of plain lines (`rehab.comments.plain_line`), quotes of them, lists of which each item is one, and
code between lines of three backticks.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehab.comments.plain_line import LETTERS, render_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKER: Final = re.compile(r"(?:([>*+-])|([0-9]{1,9})([.)])) ")
"""What makes a line a quote or an item: its sign, or its number and the sign after it."""
_PARAGRAPH: Final = "p"
_QUOTE: Final = ">"
_FENCE: Final = "```"
_CODE: Final = re.compile(f"[ -_a-z~{LETTERS}]*+")
_NUMBERED: Final = frozenset({".", ")"})
_HTML: Final = {
    _PARAGRAPH: ("<p>", "<br>\n", "</p>"),
    _QUOTE: ("<blockquote><p>", "<br>\n", "</p></blockquote>"),
    _FENCE: ("<pre><code>", "\n", "</code></pre>"),
    **dict.fromkeys("*+-", ("<ul><li>", "</li><li>", "</li></ul>")),
    **dict.fromkeys(_NUMBERED, ("<ol><li>", "</li><li>", "</li></ol>")),
}
"""What stands before, between and after the lines of each kind of block."""
_LISTS: Final = _HTML.keys() - {_PARAGRAPH, _QUOTE, _FENCE}


@dataclass(slots=True)
class _Block:
    """Lines of one kind, as HTML. It is open until a line without words."""

    kind: str
    lines: list[str]
    open: bool = True

    def __str__(self) -> str:
        start, between, end = _HTML[self.kind]
        return f"{start}{between.join(self.lines)}{end}"


def render_plain(text: str) -> str | None:
    """Return a plain body as paragraphs, quotes, lists and code; None where it is not plain, or empty."""
    blocks: list[_Block] = []
    lines = iter(text.split("\n"))
    for line in lines:
        if words := line.strip(" "):
            if not (_add_code(blocks, lines) if line == _FENCE else _add(blocks, line, words)):
                return None
        elif blocks:
            blocks[-1].open = False
    return "".join(map(str, blocks)) or None


def _add(blocks: list[_Block], line: str, words: str) -> bool:
    """Add a line to the block that it belongs to; tell whether there is no doubt which one that is."""
    marker = _MARKER.match(line)
    kind = (marker[1] or marker[3]) if marker else _PARAGRAPH
    inside = render_line(words[marker.end() :] if marker else words)
    last = blocks[-1] if blocks else None
    if inside is None:
        return False
    if last is not None and last.open and last.kind == kind:
        last.lines.append(inside)
        return True
    blocks.append(_Block(kind, [inside]))
    return not (last and _goes_on(last, kind, line)) and not (kind in _NUMBERED and marker and marker[2] != "1")


def _add_code(blocks: list[_Block], lines: Iterator[str]) -> bool:
    """Add the lines down to the one that ends the code; tell whether there is one, and no doubt."""
    last = blocks[-1] if blocks else None
    blocks.append(_Block(_FENCE, [], open=False))
    for line in lines:
        if line == _FENCE:
            code = blocks[-1].lines
            return bool(code and code[0].strip() and code[-1]) and not (last and _goes_on(last, _FENCE, line))
        if not _CODE.fullmatch(line):
            return False
        blocks[-1].lines.append(html.escape(line, quote=False))
    return False


def _goes_on(last: _Block, kind: str, line: str) -> bool:
    """Tell whether a line of another kind may belong to the block above it.

    Words right below a quote or an item do, words that are indented go on with an item, and a list goes on after an
    empty line.
    """
    if last.open:
        return last.kind != _PARAGRAPH
    return last.kind in _LISTS and (kind in _LISTS or line.startswith("  "))
