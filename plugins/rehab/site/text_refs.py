"""Markdown text → the `[[references]]` in it, with their places.

In: a text and where it begins. Out: each reference outside code, as `FoundRef`. Exists so that links in text are
checked, and counted as links both ways, before any page is made; turning them into HTML is done elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rehab.model.refs import TextRef, parse_text_ref
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_REF = re.compile(r"(?<!\\)(!?)\[\[([^\[\]\n]+)\]\]")
_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)")
_DIVIDER = re.compile(r" {0,3}~{4,}[ \t]*")
# As Python-Markdown has it: a span may begin with a part of a run of backticks, and ends within its paragraph.
_SPAN = re.compile(r"(?<!\\)(`+)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_RAW = re.compile(r"<!--.*?-->|<(pre|code|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LIST = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s")
_NOT_NEWLINE = re.compile(r"[^\n]")


@dataclass(frozen=True, slots=True)
class FoundRef:
    """A reference in a text. `placed` says that it stands alone on its line with a `!`: a card belongs there."""

    ref: TextRef
    place: Place
    placed: bool


def find_text_refs(text: str, path: str, line: int = 1) -> tuple[FoundRef, ...]:
    """Return the references of a text that begins on a line of a file, in order."""
    if "[[" not in text:
        return ()
    masked = mask_code(text)
    return tuple(
        found
        for number, words in enumerate(masked.split("\n"), start=line)
        if "[[" in words
        for found in _in_line(words, path, number)
    )


def _in_line(words: str, path: str, number: int) -> Iterator[FoundRef]:
    for match in _REF.finditer(words):
        ref = parse_text_ref(match[2])
        if ref is not None:
            placed = bool(match[1]) and words.strip() == match[0]
            yield FoundRef(ref, Place(path, number, match.start(2) + 1), placed)


def mask_code(text: str) -> str:
    """Return the text with everything in code blocks, code spans and raw blocks blanked, and each line in its place."""
    blocks = "\n".join(_without_code_blocks(text.split("\n")))
    return _SPAN.sub(_blank, _RAW.sub(_blank, blocks))


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match[0])


def _without_code_blocks(lines: list[str]) -> Iterator[str]:
    last = {line.rstrip(): number for number, line in enumerate(lines) if _FENCE.match(line)}
    fence, after_blank, in_list = "", True, False
    for number, line in enumerate(lines):
        if fence:
            fence = "" if line.rstrip() == fence else fence
            yield ""
            continue
        opening = _FENCE.fullmatch(line)
        if opening and last.get(opening[1], -1) > number and not _is_divider(lines, number):
            fence = opening[1]
            yield ""
            continue
        in_list = _stays_in_list(line, in_list=in_list, after_blank=after_blank)
        is_code = after_blank and not in_list and line.startswith(("    ", "\t")) and line.strip() != ""
        after_blank = is_code or not line.strip()
        yield "" if is_code else line


def _is_divider(lines: list[str], number: int) -> bool:
    """Return whether a line of tildes stands between two empty lines, as old posts divide their parts."""
    around = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    return _DIVIDER.fullmatch(lines[number]) is not None and not any(line.strip() for line in around)


def _stays_in_list(line: str, *, in_list: bool, after_blank: bool) -> bool:
    """Return whether a line is part of a list: an item, what is indented below one, or a paragraph that goes on."""
    if _LIST.match(line):
        return True
    return in_list and (not after_blank or not line.strip() or line.startswith((" ", "\t")))
