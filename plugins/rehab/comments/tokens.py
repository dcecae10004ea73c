"""The token in the subject of a mail: which thread it is for, which comment it answers, and that our page says so.

    [c: two-exercises-for-a-hamstring j3gegi 0123456789abcdef] Comment on Two exercises ...

In: a thread's name, the id of a comment, and the site's key. Out: the subject that a page offers, and what the subject
of a mail says. The parts of a token stand apart by spaces, where mail programs may fold a line. Without a key there is
no signature, and everybody can write a subject like ours: such mails are held, as all are, and the report says so.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from rehab.comments.letters import remove_unseen
from rehab.comments.numbers import comment_code

LETTERS: Final = 6
"""Letters of the code of the comment that is answered: two of 10,000 comments share one in 4 of 100 threads."""
_SIGNATURE: Final = 16
"""Hexadecimal digits of a signature: 64 bits, which nobody guesses by mail."""
_LONGEST_TITLE: Final = 60
_TOKEN: Final = re.compile(
    rf"\[c:\s*([^\s\[\]]{{1,250}})(?:\s+([a-z2-7]{{{LETTERS}}}))?(?:\s+([0-9a-f]{{{_SIGNATURE}}}))?\s*\]", re.IGNORECASE
)


class Token(Struct, frozen=True):
    """What a subject says: a thread, the code of the comment that is answered or "", and a signature or ""."""

    thread: str
    code: str = ""
    signature: str = ""


def sign(thread: str, code: str, key: str) -> str:
    """Return the signature of a thread's name and a comment's code: HMAC-SHA256 in hexadecimal, cut to 16 digits."""
    said = f"comment\0{thread}\0{code}".encode("utf-8", "surrogatepass")
    return hmac.new(key.encode("utf-8", "surrogatepass"), said, hashlib.sha256).hexdigest()[:_SIGNATURE]


def render_token(thread: str, reply_to: str, key: str) -> str:
    """Return the token for a comment of a thread that answers the comment of an id, or nobody where that is ""."""
    code = comment_code(reply_to, LETTERS) if reply_to else ""
    parts = (f"[c: {thread}", code, sign(thread, code, key) if key else "")
    return f"{' '.join(part for part in parts if part)}]"


def parse_token(subject: str) -> Token | None:
    """Return what the token in a subject says, wherever answering and forwarding left it, or None."""
    found = _TOKEN.search(subject)
    return Token(found[1], (found[2] or "").lower(), (found[3] or "").lower()) if found else None


def is_signed(token: Token, key: str) -> bool:
    """Tell whether a token bears our signature. Takes the same time whatever stands there."""
    return bool(key) and hmac.compare_digest(sign(token.thread, token.code, key), token.signature)


def render_mailto(address: str, token: str, title: str) -> str:
    """Return the `mailto:` address that opens a mail with our subject. Nothing in a title can add a header to it."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(token, safe='')}{_quoted(title)}"


@lru_cache(maxsize=16)
def _quoted(title: str) -> str:
    """Return what a subject says after the token: for all the mails of a page the same."""
    words = " ".join(remove_unseen(title).split())
    short = words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1].rstrip()}…"
    return quote(f" Comment on {short}", safe="") if short else ""
