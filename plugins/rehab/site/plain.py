"""Markdown → plain words, for descriptions and structured data, where no markup can be."""

from __future__ import annotations

import re

from rehab.site.text_code import mask_code

_REF = re.compile(r"!?\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_PLACED = re.compile(r"^\s*!\[\[[^\[\]\n]*\]\]\s*$", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^<>]*>")
_MARKS = re.compile(r"(\*{1,3}|_{1,3}|`+)(?=\S)(.*?)(?<=\S)\1", re.DOTALL)
_NOT_PROSE = re.compile(r"\s*(#{1,6}\s|>|[-*+]\s|\d+[.)]\s|\||!?\[\[|~{3,}|`{3,}|={3,}|-{3,})")
_SPACE = re.compile(r"\s+")

LONGEST = 200


def plain_words(text: str) -> str:
    """Return Markdown as one line of words: links by their words, no marks, no tags."""
    text = _PICTURE.sub("", _PLACED.sub("", text))
    text = _REF.sub(lambda match: match[1].strip().replace("-", " "), text)
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    return _SPACE.sub(" ", _MARKS.sub(r"\2", text)).strip()


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
