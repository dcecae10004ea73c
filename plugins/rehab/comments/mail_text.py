r"""The words of a mail: what its writer typed, without signature and without the mail that it answers.

In: a part's text, as lines of plain text or as HTML. Out: text, and what was left out, in words. The rules are narrow:
a line that is not certainly a signature or the head of a quotation stays, for an author can delete what a program must
not guess at.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import nh3

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST: Final = 200_000
"""Characters of a part that are looked at: twenty times the longest comment."""

LONGEST_HTML: Final = 50_000
"""Characters of HTML that are parsed: the time that tags inside tags take grows with their square."""
_DEEPEST: Final = 20
"""Quotations inside quotations that are still told apart, as in `rehab.comments.clean`."""

_TAGS: Final = {"p", "div", "br", "li", "tr", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
_TAG: Final = re.compile(r"<(/?)(\w+)[^<>]*>")
_SENT_FROM: Final = re.compile(
    r"(?:Sent|Get Outlook) (?:from|for) (?:my |Mail for )?\w+(?: \w+){0,2}|Von meinem \w+ gesendet|Envoyé de mon \w+"
    r"|Enviado desde mi \w+|Inviato da \w+",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|Em) .{6,400}(?:wrote|schrieb|écrit|escribió|scritto|schreef|skrev|escreveu).{0,120}:",
    re.IGNORECASE | re.DOTALL,
)
_ORIGINAL: Final = re.compile(
    r"-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original)\s*-{2,}", re.IGNORECASE
)
_RULE: Final = re.compile(r"_{20,}")
_FROM: Final = re.compile(r"\*?(?:From|Von|De|Da|Van):")
"""What stands below the rule that Outlook puts before the mail that is answered."""
_HEAD_LINES: Final = 4
"""Lines over which "On ..., somebody wrote:" may be folded."""


def unflow(text: str, *, delsp: bool = False) -> str:
    """Return the text of a `format=flowed` part with its paragraphs joined again (RFC 3676)."""
    lines: list[str] = []
    open_at = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        words = words[:-1] if flows and delsp else words
        if open_at == depth and words != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{words}")
        open_at = depth if flows else -1
    return "\n".join(line if line == "-- " else line.rstrip() for line in lines)


def parse_html(text: str) -> str:
    """Return the words of an HTML part as plain text: a line for each block, quotations behind `>`."""
    begin = max(text.lower().find("<body"), 0)
    source = text[begin : begin + LONGEST_HTML]
    shaped = nh3.clean(source, tags=_TAGS, attributes={}, clean_content_tags={"script", "style", "title"})
    lines: list[str] = []
    above = 0
    gap = False
    for depth, words, parts in _blocks(shaped):
        if words and gap and lines:
            lines.append(("> " * min(above, depth)).rstrip())
        if words:
            lines.append("> " * depth + words)
            above = depth
        gap = parts or (gap and not words)
    return "\n".join(lines)


def _blocks(shaped: str) -> Iterator[tuple[int, str, bool]]:
    """Yield what stands between tags of clean HTML: how deeply quoted, its words, whether a paragraph ends there."""
    depth = at = 0
    for found in _TAG.finditer(shaped):
        yield depth, _tidy(shaped[at : found.start()]), found[2] in {"p", "blockquote"}
        at = found.end()
        if found[2] == "blockquote":
            depth = min(max(depth + (-1 if found[1] else 1), 0), _DEEPEST)
    yield depth, _tidy(shaped[at:]), False


def _tidy(line: str) -> str:
    return " ".join(html.unescape(line).replace("\xa0", " ").split())


def strip_mail(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what the writer of a mail typed, and what was left out of it. What would leave nothing stays."""
    lines = text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    remarks: list[str] = []
    for cut, remark in _CUTS:
        at = cut(lines)
        if at is not None and any(line.strip() for line in lines[:at]):
            lines = lines[:at]
            remarks.append(remark)
    return "\n".join(line.rstrip() for line in lines).strip(), tuple(remarks)


def _quotation(lines: Sequence[str]) -> int | None:
    """Return the line where the mail begins that this one answers, if nothing of its writer's comes after it."""
    original = next((at for at in range(len(lines)) if _is_original(lines, at)), None)
    if original is not None:
        return original
    first = len(lines)
    while first and (lines[first - 1].startswith(">") or not lines[first - 1].strip()):
        first -= 1
    if not any(line.startswith(">") for line in lines[first:]):
        return None
    return next((at for at in _heads(first, lines) if _WROTE.fullmatch(" ".join(lines[at:first]).strip())), None)


def _is_original(lines: Sequence[str], at: int) -> bool:
    line = lines[at].strip()
    if not _RULE.fullmatch(line):
        return bool(_ORIGINAL.fullmatch(line))
    below = next((each for each in lines[at + 1 : at + 3] if each.strip()), "")
    return bool(_FROM.match(below))


def _heads(first: int, lines: Sequence[str]) -> Iterator[int]:
    """Yield where the head of a quotation may begin, the nearest first; it is one paragraph."""
    for at in range(first - 1, max(first - 1 - _HEAD_LINES, -1), -1):
        if not lines[at].strip():
            return
        yield at


def _signature(lines: Sequence[str]) -> int | None:
    """Return the last line that is nothing but two hyphens, as RFC 3676 has it, or what is left of that."""
    for at in range(len(lines) - 1, -1, -1):
        bare = lines[at] == "--" and at > 0 and not lines[at - 1].strip()
        if lines[at] == "-- " or bare:
            return at
    return None


def _sent_from(lines: Sequence[str]) -> int | None:
    """Return the last line with words where a telephone wrote it."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    return last if last >= 0 and _SENT_FROM.fullmatch(lines[last].strip(" .")) else None


_CUTS: Final = (
    (_quotation, "the mail that it answers, quoted at its end, was left out"),
    (_signature, "its signature was left out"),
    (_sent_from, "the line that a telephone added was left out"),
)
