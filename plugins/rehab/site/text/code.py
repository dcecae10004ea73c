"""Markdown text → the same text with its code blanked, every line and column in its place.

In: a text. Out: its lines, where code spans and raw HTML are spaces and lines of code are empty. Exists because `[[`
means nothing in code, and what is looked for in a text must be found where Python-Markdown would find it. The work is
linear in the text: each run of backticks is looked at once, and what nothing closes is looked for once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)")
_DIVIDER = re.compile(r" {0,3}~{4,}[ \t]*")
_LIST = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])\s")
_OF_CODE = ("`", "<", "\t", "~~~", "\n    ")
"""Most texts have none of these, and nothing to blank. A pattern for all of them would take ten times as long."""
_NOT_NEWLINE = re.compile(r"[^\n]")
_PARAGRAPH_END = re.compile(r"\n(?=[ \t]*\n)")
_BACKTICKS = re.compile(r"`+")
_RAW = re.compile(r"<(!--|(?:pre|code|script|style)\b)", re.IGNORECASE)
_CLOSING = {"!--": re.compile("-->")} | {
    name: re.compile(rf"</{name}(?=\s*+>)\s*+>", re.IGNORECASE) for name in ("pre", "code", "script", "style")
}


def mask_code(text: str) -> str:
    """Return the text with everything in code blocks, code spans and raw blocks blanked, and each line in its place."""
    if not any(sign in text for sign in _OF_CODE) and not text.startswith("    "):
        return text
    without_blocks = "\n".join(_without_code_blocks(text.split("\n")))
    without_raw = _blank(without_blocks, _raw_blocks(without_blocks))
    return _blank(without_raw, _code_spans(without_raw))


def _blank(text: str, spans: Iterator[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += text[done:start], _NOT_NEWLINE.sub(" ", text[start:end])
        done = end
    return "".join((*parts, text[done:]))


def _raw_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments and raw elements begin and end. What nothing closes is text."""
    done, unclosed = 0, set[str]()
    for opening in _RAW.finditer(text):
        name = opening[1].lower()
        if opening.start() < done or name in unclosed:
            continue
        closing = _CLOSING[name].search(text, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        done = closing.end()
        yield opening.start(), done


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code spans begin and end. As Python-Markdown has it, a span ends within its paragraph."""
    start = 0
    for end in (*(found.start() for found in _PARAGRAPH_END.finditer(text)), len(text)):
        yield from _spans_between(text, start, end)
        start = end


def _spans_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    runs = [(run.start(), run.end()) for run in _BACKTICKS.finditer(text, start, end)]
    closers: Mapping[int, list[int]] = defaultdict(list)
    for begin, stop in runs:
        closers[stop - begin].append(begin)
    done = start
    for begin, stop in runs:
        if begin < done:
            continue
        opening = begin + (begin > 0 and text[begin - 1] == "\\")
        closed = _closed_at(stop - opening, stop, closers)
        if closed:
            done = closed
            yield opening, done


def _closed_at(most: int, after: int, closers: Mapping[int, Sequence[int]]) -> int:
    """Return where a span ends that a run of at most so many backticks opens, or 0: a part of the run may open it."""
    for length in sorted((each for each in closers if each <= most), reverse=True):
        at = bisect_left(closers[length], after)
        if at < len(closers[length]):
            return closers[length][at] + length
    return 0


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
