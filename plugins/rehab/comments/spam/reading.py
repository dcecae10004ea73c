"""A remark → everything the model asks about it, worked out once: hashed features, keys of memory, and signs.

In: a remark. Out: a `Reading` that holds numbers only, but for the words that `reasons` may name.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.spam.signs import SIGNS, look_at, squeeze
from rehab.comments.spam.text import domain, hashed, letter_hashes, read_text, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.comments.spam.decision import Remark
    from rehab.comments.spam.signs import Look

BITS: Final = 18
"""Hashed features share a table of 2**18 places: enough for the words of 25,000 comments, 4 MB in memory."""
TOPIC_BITS: Final = 1024
_PLACES = (1 << BITS) - 1
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_MOST_SENTENCES, _SENTENCE, _HEAD, _LONG_WORD = 30, 20, 40, 4


class Reading(Struct, frozen=True):
    """One remark as the model sees it.

    `letters`, `identity` and `tokens` are places in the table of hashed features, each once; `keys` what memory is
    asked about, by kind; `linked` and `sentences` further keys of which the worst counts; `topic` a set of words as
    bits; `signs` the value of each sign that is there.
    """

    remark: Remark
    letters: tuple[int, ...]
    identity: tuple[int, ...]
    tokens: Mapping[int, str]
    keys: Mapping[str, int]
    linked: tuple[int, ...]
    sentences: tuple[int, ...]
    topic: int
    signs: Mapping[str, float]


def read_remark(remark: Remark) -> Reading:
    """Return a remark as the model sees it, whatever is in it."""
    remark = remark.short
    text = read_text(remark.message)
    look = look_at(remark, text)
    signs = {sign.key: value for sign in SIGNS if (value := sign.read(look))}
    person = f"{remark.name}|{remark.url}".lower()
    return Reading(
        remark=remark,
        letters=_places(letter_hashes("letters", text.plain, 4)),
        identity=_places([*letter_hashes("person", person, 3), *letter_hashes("person", person, 4)]),
        tokens={hashed(kind, word) & _PLACES: f"{kind} {word}" for kind, word in _tokens(look)},
        keys={kind: hashed(kind, value) for kind, value in _keys(look) if value},
        linked=tuple(hashed("domain", domain(each)) for each in text.hosts),
        sentences=tuple(_sentences(text.plain)),
        topic=_topic(text.words),
        signs=signs,
    )


def _places(hashes: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys([each & _PLACES for each in hashes]))


def _keys(look: Look) -> Iterator[tuple[str, str]]:
    """Yield what is remembered of a remark, by kind."""
    name, plain = squeeze(look.remark.name), squeeze(look.text.plain)
    yield "name", name
    yield "host", look.host
    yield "domain", domain(look.host)
    yield "person", f"{name}@{look.host}" if name and look.host else ""
    yield "message", plain[:300]
    yield "beginning", plain[:_HEAD] if len(plain) > _HEAD // 2 else ""
    yield "thread", look.remark.slug


def _sentences(plain: str) -> Iterator[int]:
    parts = _SENTENCE_END.split(plain)[:_MOST_SENTENCES]
    return (hashed("sentence", squeeze(part)) for part in parts if len(part) > _SENTENCE)


def _topic(words: tuple[str, ...]) -> int:
    bits = 0
    for word in words:
        if len(word) >= _LONG_WORD:
            bits |= 1 << (hashed("topic", word) % TOPIC_BITS)
    return bits


def _tokens(look: Look) -> Iterator[tuple[str, str]]:
    """Yield the words of a remark and the kinds of its parts, each with the kind of word it is."""
    words = look.text.words
    yield from (("word", word) for word in words)
    yield from (("words", f"{one} {two}") for one, two in pairwise(words))
    yield from (("name", word) for word in look.name)
    yield from (("address", word) for word in split_words(look.remark.url.rpartition("://")[2])[:20])
    yield from (("link", host) for host in look.text.hosts)
    yield from _shape(look)


def _shape(look: Look) -> Iterator[tuple[str, str]]:
    """Yield the form of a remark in steps: lengths, counts, capitals of the name, hour and day of the week."""
    remark, text = look.remark, look.text
    yield "top-level", look.host.rpartition(".")[2]
    yield "name-words", str(min(4, len(look.name)))
    yield "name-capitals", "".join("A" if word[:1].isupper() else "a" for word in remark.name.split()[:2])
    yield "link-count", str(min(5, len(text.links)))
    yield "size", str(int(math.log2(len(text.plain) + 1)))
    yield "address-size", str(min(6, len(remark.url) // 12))
    yield "address-depth", str(min(3, remark.url.rstrip("/").count("/")))
    yield "end", text.plain[-1:]
    yield "thread", remark.slug
    if remark.seconds is not None:
        yield "hour", str(int(remark.seconds // 3600 % 24))
        yield "weekday", str(int(remark.seconds // 86400 % 7))
