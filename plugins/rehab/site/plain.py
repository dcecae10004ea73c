"""Markdown, or clean HTML, → plain words, for descriptions and structured data, where no markup can be."""

from __future__ import annotations

import html
import re

from rehab.site.text.code import mask_code

_REF = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_PLACED = re.compile(r"^\s*!\[\[[^\[\]\n]*\]\]\s*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"(\*{1,3}|_{1,3}|`+)(?=\S)(.*?)(?<=\S)\1", re.DOTALL)
_NOT_PROSE = re.compile(r"\s*(#{1,6}\s|>|[-*+]\s|\d+[.)]\s|\||!?\[\[|~{3,}|`{3,}|={3,}|-{3,})")
_SPACE = re.compile(r"\s+")

_BREAK = re.compile(r"</(?:p|li|blockquote|pre)>|<br\s*/?>", re.IGNORECASE)

LONGEST = 200


def plain_words(text: str) -> str:
    """Return Markdown as one line of words: links by their words, no marks, no tags."""
    if "[" in text:
        text = _PICTURE.sub("", _PLACED.sub("", text))
        text = _REF.sub(lambda match: match[1].strip().replace("-", " "), text)
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text or "_" in text or "`" in text:
        text = _MARKS.sub(r"\2", text)
    return " ".join(text.split())


def text_of(markup: str) -> str:
    """Return clean HTML as plain text, a line for each paragraph."""
    text = _TAG.sub("", _BREAK.sub("\n", _SPACE.sub(" ", markup)))
    return "\n".join(line.strip() for line in html.unescape(text).split("\n") if line.strip())


def description_of(summary: str, body: str = "") -> str:
    """Return the summary in plain words, else the first paragraph of the text, cut at a word."""
    return _cut(plain_words(summary) or plain_words(_first_paragraph(body)))


def _first_paragraph(body: str) -> str:
    paragraphs = re.split(r"\n[^\S\n]*\n", mask_code(body[:5000]))
    return next((text for text in paragraphs if text.strip() and not _NOT_PROSE.match(text)), "")


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind(" ", 0, LONGEST)
    return text[: end if end > 0 else LONGEST - 1].rstrip(" ,;:–—-") + "…"
