"""Text of a dose → tokens.

In: what an author wrote. Out: tokens that know where they stood, so that a refusal can point at the words. Each
character is looked at a bounded number of times: hostile text costs no more than honest text of its length.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from rehab.model.dose.noun import DoseRefusal
from rehab.model.dose.vocabulary import (
    AMRAP,
    FRACTION_SIGNS,
    INVISIBLE,
    NUMBER_WORDS,
    SYMBOLS,
    TENS,
    UNITS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["number", "clock", "word", "symbol", "end"]

MAX_LENGTH: Final = 200
MAX_DECIMALS: Final = 3
_QUOTED: Final = 48
_SIGNS: Final = "".join(FRACTION_SIGNS)
_TOKEN: Final = re.compile(
    rf"""(?P<space>[\s{INVISIBLE}]+)
    | (?P<clock>[0-9]{{1,3}}:[0-9]{{2}}(?::[0-9]{{2}})?(?![0-9:]))
    | (?P<number>[0-9]+(?:\.[0-9]+|[{_SIGNS}])?|[{_SIGNS}])
    | (?P<word>[^\W\d_]+)
    | (?P<symbol>.)""",
    re.VERBOSE | re.DOTALL,
)


class Refused(Exception):  # noqa: N818 - it never leaves this room, and it is an answer rather than an error
    """Carries a refusal from the depth of a clause to the front door."""

    def __init__(self, refusal: DoseRefusal) -> None:
        """Keep the refusal that the author will read."""
        super().__init__(refusal.message)
        self.refusal: Final = refusal


class Token(Struct, frozen=True):
    """One piece of the text; `key` is how the tables spell it, `value` is set for numbers and clocks (seconds)."""

    kind: Kind
    key: str
    start: int
    end: int
    value: Fraction = Fraction(0)


def quoted(text: str, start: int, end: int) -> str:
    """Return the author's words in quotes: on one line, printable, and short."""
    words = "".join(char if char.isprintable() else " " for char in text[start:end])
    words = " ".join(words.split())
    return f"'{words[: _QUOTED - 1]}…'" if len(words) > _QUOTED else f"'{words}'"


def refused(message: str, hint: str, start: int, end: int) -> Refused:
    """Return the exception for `raise`."""
    return Refused(DoseRefusal(message, hint, start, end))


def parse_tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, with an end token last; raises `Refused` where a number is written unclearly."""
    if len(text) > MAX_LENGTH:
        raise refused(
            f"a dose of {len(text)} characters is too long",
            f"write at most {MAX_LENGTH} characters, and other words in note:", 0, len(text),
        )  # fmt: skip
    tokens = [token for match in _TOKEN.finditer(text) for token in _read_token(text, match)]
    tokens = list(_join_number_words(list(_drop_abbreviation_dots(tokens))))
    _check_numbers(text, tokens)
    end = len(text.rstrip())
    return (*tokens, Token("end", "", end, end))


def _read_token(text: str, match: re.Match[str]) -> Iterator[Token]:
    start, end, raw = match.start(), match.end(), match.group()
    match match.lastgroup:
        case "space":
            return
        case "clock":
            yield Token("clock", raw, start, end, _clock_seconds(text, raw, start))
        case "number":
            yield Token("number", raw, start, end, _number(text, raw, start))
        case "word":
            yield from _read_word(text, raw.casefold(), start, end)
        case _:
            key = SYMBOLS.get(raw, raw)
            yield Token("word" if key == "x" else "symbol", key, start, end)


def _read_word(text: str, key: str, start: int, end: int) -> Iterator[Token]:
    # "3xmax": the times sign is a letter here, and belongs to the number before it.
    if (key[1:],) in AMRAP and key[0] == "x" and start and text[start - 1].isdigit():
        yield Token("word", "x", start, start + 1)
        yield Token("word", key[1:], start + 1, end)
    elif key in NUMBER_WORDS:
        yield Token("number", key, start, end, Fraction(NUMBER_WORDS[key]))
    else:
        yield Token("word", key, start, end)


def _clock_seconds(text: str, raw: str, start: int) -> Fraction:
    *large, seconds = (int(part) for part in raw.split(":"))
    if seconds >= 60 or any(part >= 60 for part in large[1:]):  # noqa: PLR2004 - seconds in a minute
        end = start + len(raw)
        hint = "write minutes and seconds, as in '1:30'"
        raise refused(f"{quoted(text, start, end)} is not a time", hint, start, end)
    total = 0
    for part in (*large, seconds):
        total = total * 60 + part
    return Fraction(total)


def _number(text: str, raw: str, start: int) -> Fraction:
    decimals = raw.partition(".")[2]
    if len(decimals) > MAX_DECIMALS:
        end = start + len(raw)
        hint = f"write at most {MAX_DECIMALS} digits after the point"
        raise refused(f"{quoted(text, start, end)} is more exact than a dose can be", hint, start, end)
    sign = FRACTION_SIGNS.get(raw[-1], Fraction(0))
    digits = raw[:-1] if sign else raw
    return Fraction(digits or 0) + sign


def _drop_abbreviation_dots(tokens: list[Token]) -> Iterator[Token]:
    previous: Token | None = None
    for token in tokens:
        touches = previous is not None and previous.end == token.start
        if not (touches and token.key == "." and previous is not None and previous.key in UNITS):
            yield token
        previous = token


def _join_number_words(tokens: list[Token]) -> Iterator[Token]:
    """Make one number of `twenty-five` and of `1 ½`."""
    at = 0
    while at < len(tokens):
        first, *rest = tokens[at : at + 3]
        if first.key in TENS and len(rest) == 2 and _is_hyphenated_one(first, *rest):  # noqa: PLR2004
            yield Token("number", first.key, first.start, rest[1].end, first.value + rest[1].value)
            at += 3
        elif first.kind == "number" and first.key.isdecimal() and rest and rest[0].key in FRACTION_SIGNS:
            yield Token("number", first.key, first.start, rest[0].end, first.value + rest[0].value)
            at += 2
        else:
            yield first
            at += 1


def _is_hyphenated_one(ten: Token, hyphen: Token, one: Token) -> bool:
    touching = ten.end == hyphen.start and hyphen.end == one.start
    return touching and hyphen.key == "-" and 1 <= NUMBER_WORDS.get(one.key, 0) <= 9  # noqa: PLR2004 - one digit


def _check_numbers(text: str, tokens: list[Token]) -> None:
    """Refuse `4,5` and `.5`: a comma may be a point or a list, and a lone point is easily overlooked."""
    for before, mark, after in zip([None, *tokens], tokens, tokens[1:], strict=False):
        if after.kind != "number" or mark.end != after.start or mark.key not in {",", "."}:
            continue
        follows = before is not None and before.kind == "number" and before.end == mark.start
        start = before.start if before is not None and follows else mark.start
        shown = quoted(text, start, after.end)
        if mark.key == ".":
            hint = "write a digit before the point, as in 0.5"
            raise refused(f"{shown} is not a clear number", hint, start, after.end)
        if follows:
            hint = "write a point for a fraction (4.5), or a space after a comma that separates"
            raise refused(f"{shown} has a comma inside a number", hint, start, after.end)
