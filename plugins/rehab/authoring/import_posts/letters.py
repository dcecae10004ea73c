r"""Words of an old post → the same words in Markdown, where none of them means anything but itself.

What Markdown, Pelican, Jinja or we ourselves would obey is escaped: emphasis, lists, headings, tags, `[[links]]`,
`{attach}` and its kind, `{{ braces }}`, attribute lists. Code cannot be escaped, so its fence is longer than any in it.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

LONGEST_ADDRESS = 2000

_ALWAYS = re.compile(r"[\\`*{}\[\]]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_BEGINS = re.compile(r"^([ ]*)(>|[-+](?=[\s|:-]|$)|\#)", re.MULTILINE)
_COUNTS = re.compile(r"^([ ]*\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_RULE = re.compile(r"^([ ]*)([=:~])(?=[\s=:~-]|$)", re.MULTILINE)
_TAIL = re.compile(r"(?<!\\)#(?=#*[ ]*$)", re.MULTILINE)
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
_RUN = re.compile(r"`+")
_SAFE = "%/:?#@!$&'*+,;=~-._"
_SCHEMES = {"http", "https", "mailto", "tel"}


def escape_text(text: str) -> str:
    """Return words as Markdown that shows them and nothing else. No-break spaces become ordinary ones."""
    text = _ALWAYS.sub(r"\\\g<0>", text.translate(_NO_BREAK))
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")
    text = _BEGINS.sub(r"\1\\\2", text)
    text = _COUNTS.sub(r"\1\\\2", text)
    text = _RULE.sub(lambda found: f"{found[1]}&#{ord(found[2])};", text)
    return _TAIL.sub(r"\\#", text)


def in_code(text: str) -> str:
    """Return a code span that shows a text; line ends in it become spaces."""
    words = " ".join(text.translate(_NO_BREAK).split())
    fence = "`" * (1 + max((len(run) for run in _RUN.findall(words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}" if words else ""


def in_fence(text: str, language: str = "") -> str:
    """Return a code block that shows a text as it is. It must stand at the beginning of a line."""
    fence = "`" * max(3, 1 + max((len(run) for run in _RUN.findall(text)), default=0))
    lines = text.translate(_NO_BREAK).strip("\n")
    return f"{fence}{language}\n{lines}\n{fence}"


def safe_address(text: str) -> str:
    """Return a web, mail or telephone address that a link may have, or the empty string.

    Braces and bars, which Pelican reads, and what ends a link in Markdown are percent-encoded.
    """
    address = "".join(text.split())
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in _SCHEMES or "\\" in address or len(address) > LONGEST_ADDRESS:
        return ""
    if parts.scheme.lower() in {"http", "https"} and not parts.netloc:
        return ""
    return quote(address, safe=_SAFE)


def plain_words(text: str) -> str:
    """Return words for a place that has no escapes: the description and the caption of a picture."""
    kept = "".join("'" if letter in '`"' else letter for letter in text if letter not in "[]{}\\<>|")
    return " ".join(kept.translate(_NO_BREAK).split())
