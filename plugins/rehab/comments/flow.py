"""The output of a comment: paragraphs, and the quotes and lists that they stand in.

Paragraphs come in one after the other, as runs, with blocks opened and closed around them; HTML goes
out in which an empty block was never written, a list holds items only, and an item begins with bare words.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

from rehab.comments.letters import settle
from rehab.comments.runs import LINE_BREAK, Run, render_runs, settle_runs

MOST_LEVELS = 20
"""Quotes, lists and items inside each other; what is deeper stands on the last level."""

LISTS = frozenset({"ul", "ol"})


@dataclass(slots=True)
class _Block:
    """A quote, list or item that is open in the output; its tag is written with the first words in it."""

    tag: str
    implied: bool = False
    written: bool = False


class Flow:
    """The output: what is written, the blocks that are open, the paragraph under way.

    `lead` is an item's number that waits for the words it belongs to.
    """

    def __init__(self) -> None:
        self.blocks: list[_Block] = []
        self.runs: list[Run] = []
        self.lead = ""
        self._out: list[str] = []

    def finish(self) -> str:
        """Return all that was written."""
        self.end_paragraph()
        self.close_down_to(0)
        return "".join(self._out)

    def open_block(self, tag: str) -> bool:
        """Open a quote or a list, unless it would be too deep; tell whether it was."""
        self._be_in_an_item()
        room = MOST_LEVELS - len(self.blocks)
        if room < (2 if tag in LISTS else 1):
            return False
        self.blocks.append(_Block(tag))
        return True

    def open_item(self) -> None:
        """Open an item, where a list is open."""
        if self.blocks and self.blocks[-1].implied:
            self.close_down_to(len(self.blocks) - 1)
        if self.blocks and self.blocks[-1].tag in LISTS:
            self.blocks.append(_Block("li"))

    def close_down_to(self, levels: int) -> None:
        """Close blocks until so many are open."""
        while len(self.blocks) > levels:
            block = self.blocks.pop()
            if block.written:
                self._out.append(f"</{block.tag}>")

    def end_paragraph(self) -> bool:
        """Write the paragraph under way, if there is anything to see in it; tell whether there was."""
        runs, self.runs = settle_runs(self.runs), []
        if not runs:
            return False
        inside = render_runs((((), self.lead), *runs))
        self.lead = ""
        self._out.append(inside if self._open_tags() else f"<p>{inside}</p>")
        return True

    def end_pre(self) -> None:
        """Write the paragraph under way as preformatted text."""
        text = settle("".join(text for _, text in self.runs)).replace(LINE_BREAK, "\n").strip("\n")
        self.runs = []
        if text.strip():
            self._open_tags()
            self._out.append(f"<pre><code>{html.escape(text, quote=False)}</code></pre>")

    def _open_tags(self) -> bool:
        """Write the tags of open blocks; tell whether words may follow without a `p` (first in an item)."""
        self._be_in_an_item()
        fresh = [block for block in self.blocks if not block.written]
        for block in fresh:
            block.written = True
            self._out.append(f"<{block.tag}>")
        return bool(fresh) and fresh[-1].tag == "li"

    def _be_in_an_item(self) -> None:
        if self.blocks and self.blocks[-1].tag in LISTS:
            self.blocks.append(_Block("li", implied=True))
