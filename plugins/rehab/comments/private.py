r"""What readers wrote → the same without addresses of people: e-mail, internet addresses, hashes of them.

In: a text or a name as somebody typed it or an export gives it, and the addresses that came beside it. Out: the text
with `[address removed]` where one stood, so that its writer and its readers see that something did. Whatever comes in
from outside passes here before it has a file; what an author types into a file of content is the author's to say.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rehab.comments.letters import remove_unseen, settle

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

REMOVED: Final = "[address removed]"

# `3@12.5kg` is a dose. `12345@163.com` is an address: a name of one to three digits and a host that begins with
# digits are not one together. The end of a host is letters, so `x@12.30` is none.
_MAIL = re.compile(
    r"(?<!/@)(?<![\w.+%-])(?!\d{1,3}(?:x\d{1,3})?@\d)"
    r"(?:[\w.+%-][\w.+%'-]{0,63}|\"[^\"\n@]{1,64}\")(?:@|%40|&#0*64;|&#[xX]0*40;|&commat;)"
    r"(?:[\w-]{1,63}\.){1,8}(?:xn--[\w-]{2,59}|[^\W\d_]{2,63})"
)
_WITHOUT_END = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w.-]{1,63}\b")
_NUMBERS = r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
_HOST = re.compile(
    rf"(?<![\w.])(?:{_NUMBERS}|(?<!:)(?:[0-9a-fA-F]{{0,4}}:){{2,7}}(?:{_NUMBERS}|[0-9a-fA-F]{{0,4}}))(?![\w-]|\.\w)"
)
_HASH = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})(?![0-9A-Za-z])")
_PORTRAIT = re.compile(r"(gravatar\.com/(?:avatar/)?)[0-9a-f]{32,64}", re.IGNORECASE)
_HASHES: Final = ("md5", "sha1", "sha256")

# What an address may be written with, so that only a browser shows it: old blogs did it against collectors.
_ENTITY = re.compile(r"&#(?:0*(?P<number>[0-9]{2,3})|[xX]0*(?P<hex>[0-9a-fA-F]{2}));|&(?P<name>commat|period);")
_ESCAPE = re.compile(r"\\([@.+_-])")
_TAGS_INSIDE = re.compile(r"(?<=[\w.+%-])(?:<[^<>]{0,100}>)+(?=@)|(?<=@)(?:<[^<>]{0,100}>)+(?=\w)")
_NAMED: Final = {"commat": "@", "period": "."}
_IN_A_LINK: Final = frozenset("/@")

_IN_BRACKETS = re.compile(rf"\s*[<(\[]\s*(?:mailto:)?{re.escape(REMOVED)}\s*[>)\]]\s*$")
_LONG_OCTET: Final = 100
_LAST_UNICAST: Final = 223
_FEWEST_GROUPS: Final = 3


def drop_addresses(text: str, hidden: AbstractSet[str] = frozenset()) -> str:
    """Return a text without e-mail addresses, internet addresses, and hashes of the addresses that are `hidden`.

    An address of a person counts however it is spelt for a browser: with entities, a backslash, letters that nobody
    sees, or a tag in it. Of internet addresses go those that are `hidden`, and others where they are beyond doubt:
    four numbers of which one has three digits (`1.2.3.4` is a version, `12.10.8.6` a way to count), or the letters
    and colons of IPv6; not the host of a link. What holds no address comes back as it is.
    """
    if "@" in text or "%40" in text or "&" in text:
        text = _MAIL.sub(REMOVED, _plainest(text))
        text = _WITHOUT_END.sub(lambda found: REMOVED if found[0] in hidden else found[0], text)
    if "." in text or ":" in text:
        text = _HOST.sub(lambda found: REMOVED if found[0] in hidden or _is_certain(found) else found[0], text)
    text = _PORTRAIT.sub(rf"\1{REMOVED}", text)
    return _HASH.sub(lambda found: REMOVED if found[0].lower() in _hashes(frozenset(hidden)) else found[0], text)


def private_name(text: str, hidden: AbstractSet[str] = frozenset()) -> str:
    """Return a name without an address in brackets after it; empty (Anonymous) where an address is the name."""
    name = _IN_BRACKETS.sub("", drop_addresses(text, hidden))
    return "" if REMOVED in name else name


def _plainest(text: str) -> str:
    """Return the spelling of a text in which most addresses can be read: its own, where another shows no more."""
    seen = settle(remove_unseen(text))
    spelt = _ESCAPE.sub(r"\1", _ENTITY.sub(_letter, seen))
    together = _TAGS_INSIDE.sub("", spelt)
    spellings = (text, seen, spelt, together)
    return max(spellings, key=lambda each: sum(1 for _ in _MAIL.finditer(each)))


def _letter(found: re.Match[str]) -> str:
    """Return the letter of an entity where it can be part of an address, never one that means something in HTML."""
    if found["name"]:
        return _NAMED[found["name"]]
    letter = chr(int(found["number"]) if found["number"] else int(found["hex"], 16))
    return letter if letter.isascii() and (letter.isalnum() or letter in "@.+_-") else found[0]


def _is_certain(found: re.Match[str]) -> bool:
    """Tell whether what looks like an internet address is one, and no part of a link."""
    before = found.string[max(found.start() - 1, 0) : found.start()]
    return before not in _IN_A_LINK and (_is_certain_six(found[0]) if ":" in found[0] else _is_certain_four(found[0]))


def _is_certain_four(text: str) -> bool:
    octets = [int(part) for part in text.split(".")]
    return max(octets) <= 255 and max(octets) >= _LONG_OCTET and 0 < octets[0] <= _LAST_UNICAST  # noqa: PLR2004


def _is_certain_six(text: str) -> bool:
    """Tell IPv6 from times and splits: `7:01:7:05:6:58:7:02` has neither a letter nor an empty group."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    groups = [group for group in text.split(":") if group]
    return len(groups) >= _FEWEST_GROUPS - ("." in text) and ("::" in text or any(map(str.isalpha, text)))


@lru_cache(maxsize=8)
def _hashes(hidden: frozenset[str]) -> frozenset[str]:
    """Return the hashes by which picture services know the addresses, and those that an export gives itself."""
    given = {each.strip().lower() for each in hidden}
    hashed = {
        hashlib.new(name, each.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        for each in given
        if "@" in each
        for name in _HASHES
    }
    return frozenset(hashed | {each for each in given if _HASH.fullmatch(each)})
