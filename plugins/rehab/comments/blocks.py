"""HTML of many tags rewritten in our few, so that a parser reads back exactly what we wrote.

Well-formed HTML comes in (nh3's output, never a stranger's own text); HTML comes out in which words
stand only in `p`, `pre` or at the beginning of an `li`, no inline tag stands in itself, and nothing is
empty. Headings, table rows and the like become paragraphs. This strict form is why cleaning twice is
the same as cleaning once.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehab.comments.flow import LISTS, Flow
from rehab.comments.letters import remove_unseen
from rehab.comments.runs import LINE_BREAK, Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

# Markdown allows nine digits before the point of an item.
_OTHER_START = re.compile(r"(?!1$)[0-9]{1,9}")

_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>|([^<]+)')
_GIVEN = re.compile(r' ([a-z]+)="([^"]*)"')
"""Tags, attributes and words as nh3 writes them: no other sign `<` is left, and every value stands in quotes."""

INLINE: Mapping[str, str] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("strong", "b", "mark"), "strong"),
    **dict.fromkeys(("del", "s", "strike"), "del"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "a": "a",
}
"""Each tag inside a line that is read, and what it becomes."""

NESTING = frozenset({*LISTS, "li", "blockquote"})
CELLS = frozenset({"td", "th"})
VOID = frozenset({"br", "hr", "img"})
BREAKING = frozenset(
    "pre p h1 h2 h3 h4 h5 h6 div section article aside header footer main nav address figure figcaption "
    "hgroup center details summary dl dt dd table caption thead tbody tfoot tr form fieldset legend".split()
)
"""Tags that begin and end a paragraph."""

READ_TAGS = frozenset({*INLINE, *NESTING, *CELLS, *VOID, *BREAKING})
ALLOWED_TAGS = frozenset({*INLINE.values(), *NESTING, "p", "br", "pre"})


@dataclass(slots=True)
class _Element:
    """An element that is open in the input, and what its end must undo.

    `number` is the number of its next item, for a list that is written as paragraphs; `cells` how many
    cells of a table's row have begun.
    """

    tag: str
    levels: int
    mark: Mark | None = None
    number: int | None = None
    cells: int = 0


def rewrite(parsed: str, *, most_addresses: int) -> str:
    """Return well-formed HTML in our few tags.

    Links are kept until their addresses come to `most_addresses` characters together: a parser that
    mends HTML repeats a long address in every paragraph, and no source is longer than its cap.
    """
    reader = _Reader(most_addresses)
    for piece in _PIECE.finditer(parsed):
        end, tag, given, words = piece.groups()
        if words:
            reader.read_words(html.unescape(words))
        elif end:
            reader.read_end(tag)
        else:
            reader.read_start(tag, {name: html.unescape(value) for name, value in _GIVEN.findall(given)})
    return reader.flow.finish()


class _Reader:
    """The input: elements as they open and close, each doing its part to the flow."""

    def __init__(self, most_addresses: int) -> None:
        self.flow = Flow()
        self._addresses_left = most_addresses
        self._open: list[_Element] = []
        self._marks: tuple[Mark, ...] = ()
        self._pre = 0

    def read_start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in VOID:
            self._read_void(tag, given)
            return
        element = _Element(tag, len(self.flow.blocks))
        if self._pre:
            self._add(LINE_BREAK if tag in BREAKING | NESTING and self.flow.runs else "")
        elif tag in INLINE:
            element.mark = self._mark(INLINE[tag], given.get("href", ""))
        elif tag in CELLS:
            self._begin_cell()
        else:
            self._end_paragraph()
            self._open_block(element, given.get("start", "1"))
        self._pre += tag == "pre"
        self._open.append(element)

    def read_end(self, tag: str) -> None:
        if tag in VOID or not self._open:
            return
        element = self._open.pop()
        self._marks = tuple(mark for mark in self._marks if mark is not element.mark)
        self._pre -= tag == "pre"
        if self._pre:
            return
        if tag == "pre":
            self.flow.end_pre()
        if tag in NESTING or tag in BREAKING:
            self._end_paragraph()
            self.flow.close_down_to(element.levels)
            self.flow.lead = self.flow.lead if element.number is None else ""

    def read_words(self, words: str) -> None:
        self._add(remove_unseen(words))

    def _add(self, text: str) -> None:
        if text:
            self.flow.runs.append((self._marks, text))

    def _end_paragraph(self) -> None:
        """End a paragraph; a link ends with it, so that its address is written once."""
        if self.flow.end_paragraph():
            self._marks = tuple(mark for mark in self._marks if mark[0] != "a")

    def _mark(self, tag: str, address: str) -> Mark | None:
        """Begin a tag inside a line, unless it stands in itself already or is a link to nowhere."""
        if any(tag == outer for outer, _ in self._marks):
            return None
        if tag == "a":
            if not 0 < len(address) <= self._addresses_left:
                return None
            self._addresses_left -= len(address)
        mark = (tag, address if tag == "a" else "")
        self._marks = (*self._marks, mark)
        return mark

    def _open_block(self, element: _Element, start: str) -> None:
        """Open a quote, a list or an item; a list that begins at another number than 1 becomes paragraphs."""
        match element.tag:
            case "ol" if _OTHER_START.fullmatch(start):
                element.number = int(start)
            case "ul" | "ol" | "blockquote":
                self.flow.open_block(element.tag)
            case "li":
                self._open_item()

    def _open_item(self) -> None:
        numbered = self._open[-1] if self._open else None
        if numbered is None or numbered.number is None:
            self.flow.open_item()
            return
        self.flow.lead = f"{numbered.number}. "
        numbered.number += 1

    def _begin_cell(self) -> None:
        """Put a bar between the cells of a row."""
        if self._open:
            self._add(" | " if self._open[-1].cells else "")
            self._open[-1].cells += 1

    def _read_void(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "br":
            self._add(LINE_BREAK)
        elif tag == "hr" and not self._pre:
            self._end_paragraph()
        elif tag == "img":
            self._read_picture(remove_unseen(given.get("alt", "")).strip(), given.get("src", ""))

    def _read_picture(self, alt: str, src: str) -> None:
        """Write a picture as a link to it; one that stands for a sign (`:)`, an emoji) as that sign."""
        words = any(letter.isalnum() for letter in alt)
        mark = self._mark("a", src) if (words or not alt) and not self._pre else None
        self._add(alt or src)
        self._marks = tuple(each for each in self._marks if each is not mark)
