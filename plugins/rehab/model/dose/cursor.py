"""The cursor that the clauses read tokens with.

In: the text of a dose. Out: its tokens, one by one or as phrases of a table, and refusals that point at what was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from rehab.model.dose.tokens import Refused, Token, parse_tokens, quoted, refused
from rehab.model.dose.vocabulary import SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

T = TypeVar("T")

_LONGEST_PHRASE: Final = 5


class Cursor:
    """A place in the tokens of one text. Reading moves it; setting `at` back to an earlier value undoes that."""

    __slots__ = ("at", "text", "tokens")

    def __init__(self, text: str) -> None:
        """Stand before the first token; raises `Refused` where the text has no tokens to give."""
        self.text: Final = text
        self.tokens: Final = parse_tokens(text)
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return the token that many places ahead, or the end token."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def step(self) -> Token:
        """Return the next token and move past it; the end token is never passed."""
        token = self.peek()
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, keys: Collection[str]) -> Token | None:
        """Move past the next token if it is one of these words."""
        return self.step() if self.peek().kind != "end" and self.peek().key in keys else None

    def take_phrase(self, phrases: Mapping[tuple[str, ...], T]) -> T | None:
        """Move past the longest phrase of the table that stands here, and return its meaning."""
        keys = tuple([token.key for token in self.tokens[self.at : self.at + _LONGEST_PHRASE]])
        for length in range(len(keys), 0, -1):
            if keys[:length] in phrases:
                self.at += length
                return phrases[keys[:length]]
        return None

    def skip_separators(self) -> None:
        """Move past commas, brackets and a dash that stands alone between clauses."""
        while self.take(SEPARATORS) or (self._at_lone_dash() and self.step()):
            pass

    def _at_lone_dash(self) -> bool:
        dash, after = self.peek(), self.peek(1)
        return dash.key == "-" and after.start > dash.end and after.kind != "number" and self.at > 0

    def span(self, since: int) -> tuple[int, int]:
        """Return start and end in the text of what was read since the cursor stood at `since`."""
        return self.tokens[since].start, self.tokens[max(self.at - 1, since)].end

    def refused(self, message: str, hint: str, since: int) -> Refused:
        """Return the exception for what was read since; `{}` in the message becomes those words."""
        start, end = self.span(since)
        return refused(message.replace("{}", quoted(self.text, start, end)), hint, start, end)
