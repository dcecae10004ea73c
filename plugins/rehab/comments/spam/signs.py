"""What a comment can be told by before anything is learnt: a table of signs and the weights they start with.

In: a message as it is read, with its name and address. Out: a small number for each sign. The weights are guesses in
log-odds, good enough for a blog's first decisions; each decision moves them.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.comments.spam.text import host, split_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.comments.spam.decision import Remark
    from rehab.comments.spam.text import Text

_PRAISE: Final = re.compile(
    r"\b(?:(?:amazing|awesome|cool|excellent|fantastic|good|great|helpful|informative|interesting|nice|perfect|"
    r"pleasant|superb|useful|wonderful) (?:\w+ )?(?:article|blog|content|info|information|job|page|post|read|share|"
    r"site|stuff|tips|website|weblog|work|writer|write-?up)|"
    r"keep (?:it )?up|bookmark\w*|subscri\w+|rss|stumbled\w*|come back|visit again|thanks? (?:you )?(?:for|a lot for) "
    r"(?:the |your )?(?:shar|post|article|info|great|nice)\w*|"
    r"your (?:article|blog|page|post|site|web ?site|weblog|writing)|"
    r"this (?:article|blog|page|site|web ?page|web ?site|weblog)|"
    r"(?:check out )?my (?:blog|channel|home ?page|page|site|web-?site))\b"
)
"""What fits below any post. Honest readers write it too: it weighs little until decisions say how much."""
_SALES: Final = re.compile(
    r"\b(?:backlinks?|bitcoin|buy|casino|cheap|cialis|coupons?|crypto|dating|discount|earn|escorts?|for sale|forex|"
    r"free download|handbags?|insurance|jerseys?|levitra|loans?|make money|mortgage|outlet|payday|pills?|poker|porn|"
    r"promo|rankings?|replicas?|seo|traffic|ugg|viagra|vuitton|weight loss)\b"
    r"|бесплатно|займ|заработ|купить|скачать|代写|激安|コピー"
)
_BBCODE: Final = re.compile(r"\[/?(?:img|link|url)\b", re.IGNORECASE)
_ANCHOR: Final = re.compile(r"<a\s", re.IGNORECASE)
_TRACKBACK: Final = re.compile(r"\s*(?:<strong>|\[?\[?(?:\.\.\.|…))", re.IGNORECASE)
_NOT_TYPED: Final = re.compile(r"\b[a-z]+[A-Z][a-z]*[A-Z]\w*|\b[bcdfghjklmnpqrstvwxz]{5,}\b")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_LATIN: Final = "\u024f"


class Look(Struct, frozen=True):
    """What a sign looks at: the remark, its text as read, the words of its name, and the host of its address."""

    remark: Remark
    text: Text
    name: tuple[str, ...]
    host: str


class Sign(Struct, frozen=True):
    """One sign: its key, the weight it starts with (log-odds for each 1.0), what it means, and how it is read."""

    key: str
    weight: float
    words: str
    read: Callable[[Look], float]


def look_at(remark: Remark, text: Text) -> Look:
    """Return what the signs look at."""
    return Look(remark, text, tuple(split_words(remark.name)), host(remark.url))


def squeeze(text: str) -> str:
    """Return the letters and digits of a text alone, small: what stays the same when a campaign varies a name."""
    return _NOT_WORDS.sub("", text.lower())


def _is_named_after_host(look: Look) -> bool:
    name, site = squeeze(look.remark.name), squeeze(look.host.rpartition(".")[0])
    return len(name) > 4 and (name in site or (len(site) > 4 and site in name))  # noqa: PLR2004 - "bob" is in much


def _praise(look: Look) -> float:
    found = min(3, len(_PRAISE.findall(look.text.plain)))
    return found / (1 + len(look.text.words) / 40)


def _sales(look: Look) -> float:
    words = f"{look.text.plain} {look.remark.name} {look.remark.url}".lower()
    return float(min(4, len(_SALES.findall(words))))


def _foreign_letters(look: Look) -> float:
    letters = [letter for letter in look.text.plain if letter.isalpha()]
    return sum(letter > _LATIN for letter in letters) / (len(letters) or 1)


def _capitals(look: Look) -> float:
    letters = [letter for letter in look.text.raw if letter.isalpha()]
    return sum(map(str.isupper, letters)) / (len(letters) or 1)


def _slug_words(look: Look) -> float:
    slug = set(split_words(look.remark.slug))
    return len(slug & set(look.text.words)) / (len(slug) or 1)


SIGNS: Final[tuple[Sign, ...]] = (
    Sign("address", 0.3, "a web address is given", lambda look: float(bool(look.host))),
    Sign("no-address", -0.5, "no web address is given", lambda look: float(not look.host)),
    Sign("deep-address", 0.6, "the address leads deep into a site",
         lambda look: float(look.remark.url.rstrip("/").count("/") > 2)),  # noqa: PLR2004 - `https://host/page`
    Sign("no-name", 0.0, "no name is given", lambda look: float(not look.name)),
    Sign("long-name", 0.6, "the name has three words or more", lambda look: float(len(look.name) > 2)),  # noqa: PLR2004
    Sign("small-name", 0.6, "the name is several words without a capital",
         lambda look: float(len(look.name) > 1 and look.remark.name == look.remark.name.lower())),
    Sign("name-is-host", 0.5, "the name is that of the web site", lambda look: float(_is_named_after_host(look))),
    Sign("links", 0.4, "there are links in the message", lambda look: math.log1p(len(look.text.links))),
    Sign("mostly-links", 1.0, "most of the message is links",
         lambda look: min(1.0, sum(map(len, look.text.links)) / (len(look.text.raw) or 1))),
    Sign("anchors", 0.5, "the links are written in HTML", lambda look: float(bool(_ANCHOR.search(look.text.raw)))),
    Sign("bbcode", 1.5, "the links are written as in a forum", lambda look: float(bool(_BBCODE.search(look.text.raw)))),
    Sign("trackback", 1.5, "it looks like a trackback", lambda look: float(bool(_TRACKBACK.match(look.text.raw)))),
    Sign("praise", 0.6, "praise that would fit any post", _praise),
    Sign("sales", 0.5, "words of trade", _sales),
    Sign("foreign", 0.5, "letters of another script", _foreign_letters),
    Sign("capitals", 0.0, "capitals", _capitals),
    Sign("not-typed", 0.3, "letters that nobody types", lambda look: float(bool(_NOT_TYPED.search(look.text.raw)))),
    Sign("length", 0.0, "its length", lambda look: math.log1p(len(look.text.words)) / 5),
    Sign("short", 0.0, "it is very short", lambda look: float(len(look.text.words) < 5)),  # noqa: PLR2004
    Sign("question", -0.3, "it asks something", lambda look: float("?" in look.text.plain)),
    Sign("slug-words", -0.2, "it uses words of the page's name", _slug_words),
)  # fmt: skip
