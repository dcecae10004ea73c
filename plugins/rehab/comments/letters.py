r"""Letters that readers cannot see, and names.

Text comes in as somebody typed, pasted or forged it; text goes out in which every character is either
seen or a plain space or line break. Control characters, direction overrides and zero-width characters
hide words from editors, spoof names and split schemes (`java\x01script:`), so they go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CAP = 10_000
"""Characters of a comment that are read; the longest honest one we met has 4,000."""

NAME_LENGTH = 80
"""Characters of a name that are shown; a longer one ends with `…`."""

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls; the line end has its own rule, the tab was a space before
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # soft hyphen, joiner, fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero width, direction, invisible operators
    "\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"  # annotations, non-characters, half characters
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff]"
)
_FLAG = "\U0001f3f4[\U000e0030-\U000e007a]{3,7}\U000e007f"
_TAG_LETTERS = re.compile(f"({_FLAG})|[\U000e0000-\U000e007f]")

_PICTURE = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_JOINED_SCRIPTS = "\u0600-\u109f\u1780-\u18af\ua800-\uabff"
_JOINER = re.compile(
    f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])"
    f"|(?<=[{_JOINED_SCRIPTS}])[\u200c\u200d](?=[{_JOINED_SCRIPTS}])"
    "|([\u200c\u200d])"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILED_MARKS = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")


def is_cut(text: str) -> bool:
    """Tell whether a comment's text is longer than what is read of it. The end of its last line is the file's."""
    return len(text) > CAP + text.endswith("\n")


def remove_unseen(text: str) -> str:
    r"""Return the text without control, direction and zero-width characters; every line ends with `\n`.

    Joiners (U+200C, U+200D) are left for `settle`, which needs to see their neighbours.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub("", _LINE_END.sub("\n", text).replace("\t", "    "))


def settle(text: str) -> str:
    """Return seen text in NFC; joiners stay only inside emoji and in scripts that are spelt with them.

    At most four accents stand on one letter: Greek and Vietnamese need three, a pile of fifty is drawn
    over the neighbours' words.
    """
    if text.isascii():
        return text
    text = _TAG_LETTERS.sub(lambda found: found[1] or "", text)
    text = _JOINER.sub(lambda found: "" if found[1] else found[0], text)
    return unicodedata.normalize("NFC", _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text)))


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """Return a reader's name as one line of plain text (not HTML) of at most 80 characters.

    It is otherwise what the reader wrote: `yes`, `null`, `#1 fan`, `the dawn`. A name in which nothing
    can be seen is empty; a page shows that as "Anonymous" and nobody guesses it.
    """
    name = " ".join(settle(remove_unseen(text)).split())
    if len(name) > NAME_LENGTH:
        name = settle(name[: NAME_LENGTH - 1].rstrip()) + "…"
    return name if _is_seen(name) else ""


def _is_seen(text: str) -> bool:
    """Tell whether there is a letter, digit, sign or punctuation mark in it."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)
