"""A remark → its words, links and letters, in numbers that cannot be read back.

In: what a stranger wrote, however long or broken. Out: hashes (CRC-32, the same on every machine and in every run)
of letter sequences and words, and the links that the message holds. Nothing here learns or remembers.
"""

from __future__ import annotations

import html
import re
import unicodedata
from zlib import crc32

from msgspec import Struct

from rehab.comments.spam.decision import MOST_READ

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]()]{1,300}", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_HOST = re.compile(r"^(?:[a-z]{2,6}:)?/*(?:[^/?#@\s]*@)?(?:www\d?\.)?([^/:?#\s\\]{1,253})", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_MOST_LINKS, _MOST_WORDS, _HEAD, _TAIL = 40, 400, 1500, 500


class Text(Struct, frozen=True):
    """A message as it is read: in small letters without markup, its words, and the hosts it links to."""

    plain: str
    words: tuple[str, ...]
    links: tuple[str, ...]
    hosts: tuple[str, ...]
    raw: str


def read_text(message: str) -> Text:
    """Return a message as it is read."""
    raw = html.unescape(message)
    links = tuple(_LINK.findall(raw)[:_MOST_LINKS])
    bare = _TAG.sub(" ", _LINK.sub(" ", raw))
    plain = " ".join(unicodedata.normalize("NFKC", bare)[:MOST_READ].lower().split())
    words = tuple(found[0] for found, _ in zip(_WORD.finditer(plain), range(_MOST_WORDS), strict=False))
    return Text(plain, words, links, tuple(dict.fromkeys(filter(None, map(host, links)))), raw)


def host(url: str) -> str:
    """Return the host of a web address in small letters, without `www.`; empty where there is none."""
    found = _HOST.match(url.strip())
    name = found[1].lower().strip(".") if found else ""
    return name if "." in name else ""


def domain(name: str) -> str:
    """Return the part of a host that somebody registered, as far as that shows without a list: `a.co.uk`."""
    labels = name.split(".")
    three = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL  # noqa: PLR2004 - see above
    return ".".join(labels[-3:] if three else labels[-2:])


def split_words(text: str) -> list[str]:
    """Return the words of a short text in small letters."""
    return [found.lower() for found in _WORD.findall(text)]


def hashed(kind: str, text: str) -> int:
    """Return 32 bits for a text of a kind."""
    return crc32(text.encode("utf-8", "replace"), crc32(kind.encode()))


def letter_hashes(kind: str, text: str, size: int) -> list[int]:
    """Return the hashes of a text's sequences of `size` bytes, in order; of a long text its head and tail."""
    if len(text) > _HEAD + _TAIL:
        text = f"{text[:_HEAD]} {text[-_TAIL:]}"
    data = f" {text} ".encode("utf-8", "replace")
    seed = crc32(kind.encode())
    return [crc32(data[at : at + size], seed) for at in range(len(data) - size + 1)]
