"""Text → the words that search compares. `theme/static/search-words.js` says the same in the browser.

In: plain text. Out: words in small letters, and their stems. A stem is no word: it is what the forms of a word have in
common, and it need only be made alike on both sides, which a test holds. English forms are cut; words of other
languages only lose their accents.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHE: Final = re.compile("['’]")
_ENGLISH: Final = re.compile(r"[a-z]+")
_CUT: Final = re.compile(r"(?<!e)(?:ing|ed)$")
_VOWEL: Final = re.compile(r"[aeiouy]")
_TWICE: Final = re.compile(r"([^aeiouylsz])\1$")
_LEAST: Final = 3
"""Letters that stay at least."""

STOP: Final = frozenset(
    """a about after all also am an and any are as at be because been before but by can could did do does doing for from
    get got had has have he her here him his how i if in into is it its just like me more most much my no nor not of on
    one only or our out over she should so some such than that the their them then there these they this those through
    to too up very was we were what when where which while who why will with would you your""".split()
)
"""Words that say nothing by themselves: they are looked for only inside names ("IT band")."""


def words_in(text: str) -> list[str]:
    """Return the words of a text in order, in small letters, without accents and apostrophes."""
    if text.isascii():
        return _WORD.findall(text.replace("'", "").lower())
    words = _WORD.findall(_APOSTROPHE.sub("", unicodedata.normalize("NFKC", text)).lower())
    return [word if word.isascii() else _without_accents(word) for word in words]


def all_words_in(texts: Iterable[str]) -> set[str]:
    """Return every word of many texts. What stands between spaces is looked at once, however often it is said."""
    said: set[str] = set()
    for text in texts:
        said.update(text.split())
    return set(words_in(" ".join(said)))


@lru_cache(maxsize=10_000)
def _without_accents(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return what the forms of an English word have in common."""
    if len(word) <= _LEAST or not _ENGLISH.fullmatch(word):
        return word
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    short = _CUT.sub("", word)
    if short != word and len(short) >= _LEAST and _VOWEL.search(short):
        word = _TWICE.sub(r"\1", short)
    return word[:-1] if word.endswith("e") and len(word) > _LEAST else word


def name_of(words: Iterable[str]) -> str:
    """Return the key of a whole name: its stems in order, and a sign that no word has."""
    return f"{' '.join(map(stem, words))}="
