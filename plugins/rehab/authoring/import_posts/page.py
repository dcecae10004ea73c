"""The text of an old page, as copied from a browser → an export of one post.

The first line is its title. What stands before the first comment is its text, but for the furniture of the page (a
form's title, a button), which is left out and named line by line. A short line above a long paragraph is a heading.
Nothing else is guessed: no author, no date. `rehab.comments.imports.page` reads the comments of the same text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from rehab.authoring.import_posts.items import Export, Old
from rehab.comments.imports.mend import mend_letters
from rehab.comments.imports.page import find_declared, find_first
from rehab.site.alt_words import looks_like_file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FURNITURE: Final = re.compile(
    r"leave a (?:reply|comment)\b.*|cancel reply|\d{1,6} (?:comments?|responses?|replies|thoughts?)\b.*"
    r"|share this:?|like this:?|like ?loading\.*|loading\.*|related|print|e-?mail|tweet|pin ?it|share"
    r"|follow me!?|tap here|shop my \w+|skip to content|menu|search|read more|continue reading.*"
    r"|(?:posted|filed|tagged) (?:in|by|on|under|with)\b.*|(?:previous|next|older|newer) posts?\b.*",
    re.IGNORECASE,
)
"""Lines of a page that belong to the page and not to the post."""

_SOURCE = re.compile(r"[\[(]((?:image |photo )?(?:source|via|credit))[\])]", re.IGNORECASE)
_DIVIDER = re.compile(r"([~*_=-])(?:\s*\1){2,}")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(.+)")
_BULLET = re.compile(r"[•*◦▪‣·○-]\s+(.+)")
_HEADING = re.compile(r"[^\W\d_].{1,68}[^\s.,;:!…]")
_LONG = 60
_CAPTION = 60
_WRAPPED = 120
_MOST_NAMED = 60


class _Line(NamedTuple):
    """A line with words: its number in the file, and the words."""

    number: int
    words: str


def read_page(data: bytes) -> Export:
    """Return the post of a page's text. Damaged letters are mended where that is certain."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    first = find_first(lines)
    mended, repaired = mend_letters("\n".join(lines if first is None else lines[:first]))
    kept, dropped = _sort(mended.split("\n"))
    if not kept:
        return Export(format="page", fault="no words stand in it before the first comment")
    title, *body = kept
    declared = find_declared(text)
    old = Old(
        number=1,
        line=title.number,
        title=title.words,
        body="\n".join(_blocks(body, wrapped=max(map(len, lines)) < _WRAPPED)),
        form="html",
        declared=declared[0] if declared else None,
        lost_links=tuple(_lost(body)),
        question=_question(body),
        remarks=(*_remarks(body, dropped), *_mended(repaired), *_end(text, lines)),
        thread="page",
    )
    return Export(format="page", items=(old,))


def _sort(lines: Sequence[str]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines that have words, and those that belong to the page's furniture."""
    words = [_Line(at, " ".join(line.split())) for at, line in enumerate(lines, 1) if line.strip()]
    dropped = [each for each in words[1:] if FURNITURE.fullmatch(each.words)]
    return [each for each in words if each not in dropped], dropped


def _blocks(lines: Sequence[_Line], *, wrapped: bool) -> Iterator[str]:
    """Yield the HTML of each line, or, where lines were cut at a width, of each paragraph."""
    at = 0
    while at < len(lines):
        end = _end_of_block(lines, at, wrapped=wrapped)
        group = [each.words for each in lines[at:end]]
        following = lines[end].words if end < len(lines) else ""
        yield _block(group, following)
        at = end


def _end_of_block(lines: Sequence[_Line], at: int, *, wrapped: bool) -> int:
    end = at + 1
    while end < len(lines) and lines[end].number == lines[end - 1].number + 1:
        same = any(
            pattern.fullmatch(lines[at].words) and pattern.fullmatch(lines[end].words)
            for pattern in (_NUMBERED, _BULLET)
        )
        if not same and not (wrapped and not _stands_alone(lines[end].words)):
            break
        end += 1
    return end


def _stands_alone(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in (_NUMBERED, _BULLET, _DIVIDER, _SOURCE))


def _block(group: list[str], following: str) -> str:
    first = group[0]
    if _DIVIDER.fullmatch(first):
        return "<hr>"
    for pattern, tag in ((_NUMBERED, "ol"), (_BULLET, "ul")):
        found = [pattern.fullmatch(each) for each in group]
        if all(found):
            items = "".join(f"<li>{html.escape(each[each.lastindex or 0])}</li>" for each in found if each)
            start = f' start="{found[0][1]}"' if tag == "ol" and found[0] else ""
            return f"<{tag}{start}>{items}</{tag}>"
    if len(group) == 1 and _is_picture(first):
        return f'<p><img src="{html.escape(first)}" alt=""></p>'
    if len(group) == 1 and _is_heading(first, following):
        return f"<h2>{html.escape(first)}</h2>"
    return f"<p>{'<br>'.join(html.escape(each) for each in group)}</p>"


def _is_heading(words: str, following: str) -> bool:
    return bool(_HEADING.fullmatch(words)) and words[0].isupper() and len(following) >= _LONG


def _is_picture(words: str) -> bool:
    return looks_like_file_name(words) and any(letter.isdigit() for letter in words)


def _lost(lines: Sequence[_Line]) -> Iterator[tuple[str, str]]:
    """Yield each credit whose link was lost, with the caption above it."""
    for at, line in enumerate(lines):
        found = _SOURCE.fullmatch(line.words)
        above = lines[at - 1].words if found and at else ""
        if found:
            yield found[1], above if len(above) <= _CAPTION and not _SOURCE.fullmatch(above) else ""


def _question(lines: Sequence[_Line]) -> str:
    """Return what stands below a heading that says `Question`."""
    at = next((at for at, line in enumerate(lines[:-1]) if line.words.rstrip(":").casefold() == "question"), None)
    return lines[at + 1].words if at is not None and lines[at + 1].words.endswith("?") else ""


def _remarks(lines: Sequence[_Line], dropped: Sequence[_Line]) -> Iterator[str]:
    following = (*(each.words for each in lines[1:]), "")
    for line, below in zip(lines, following, strict=False):  # where nothing is left, nothing follows
        if _is_picture(line.words):
            yield f"line {line.number}: the name of a picture whose file is not here: '{line.words}'"
        elif _SOURCE.fullmatch(line.words):
            yield f"line {line.number}: a source whose link is lost"
        elif _DIVIDER.fullmatch(line.words):
            yield f"line {line.number}: a divider, kept"
        elif _is_heading(line.words, below):
            yield f"line {line.number}: taken for a heading: '{line.words}'"
    for line in dropped:
        yield f"line {line.number}: left out as part of the page: '{line.words[:_MOST_NAMED]}'"


def _mended(repaired: Sequence[object]) -> tuple[str, ...]:
    return (f"damaged letters were mended ({len(repaired)} kinds)",) if repaired else ()


def _end(text: str, lines: Sequence[str]) -> tuple[str, ...]:
    if text.endswith("\n") or not text.strip():
        return ()
    return (f"line {len(lines)}: the text ends without the end of a line: it may have been cut off there",)
