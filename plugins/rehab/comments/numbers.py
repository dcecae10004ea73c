"""The numbers of comments, as a form carries them back.

Comments are numbered in reading order, so a number moves when somebody answers an earlier comment. A reader without
JavaScript types the number that stands on the page; the page may be days old when the answer is read. So a form
carries what the numbers meant on its page: the first number, and four letters for each comment shown.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LETTERS = 4
"""Letters of a comment's code: among the 200 comments of a page, two share one in 2 of 100 pages."""
LONGEST = 4_000
"""Characters of what a form may carry: a page of 200 comments needs 810."""

_NUMBERED = re.compile(rf"(\d{{1,7}}):((?:[a-z2-7]{{{LETTERS}}})*)")


def comment_code(id_: str, letters: int = LETTERS) -> str:
    """Return letters that stand for a comment: the first of the base32 of the SHA-256 of its id, lower case."""
    digest = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).digest()
    enough = -(-letters // 8) * 5  # each five bytes are eight letters
    return base64.b32encode(digest[:enough]).decode("ascii").lower()[:letters]


def render_numbered(first: int, ids: Sequence[str]) -> str:
    """Return what the numbers on a page mean: the first number, a colon, and the code of each comment in order."""
    return f"{first}:{''.join(comment_code(id_) for id_ in ids)}"


def find_numbered(number: int, numbered: str, ids: Iterable[str]) -> str | None:
    """Return the id of the comment that had a number on the page, or None where nobody can tell.

    `numbered` is what the form brought back, and hostile. `ids` are the comments that may be answered. Where two of
    them fit, none is meant: an answer must not land below the wrong person's words.
    """
    found = _NUMBERED.fullmatch(numbered) if len(numbered) <= LONGEST else None
    at = number - int(found[1]) if found else -1
    if found is None or not 0 <= at < len(found[2]) // LETTERS:
        return None
    return find_coded(found[2][at * LETTERS : (at + 1) * LETTERS], ids)


def find_coded(code: str, ids: Iterable[str]) -> str | None:
    """Return the one id that has a code, of however many letters, or None."""
    fitting = {id_ for id_ in ids if comment_code(id_, len(code)) == code}
    return fitting.pop() if len(fitting) == 1 else None
