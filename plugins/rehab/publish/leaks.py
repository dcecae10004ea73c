"""What must be in no byte of what is published, and whether it is.

In: the linked site, which knows every text that is not for readers, and the places of the machine. Out: findings.
Canaries are taken from drafts, posts whose day has not come, and comments that nobody approved: their titles, addresses
and longest plain sentences. Words that a public text holds as well give nothing away and are no canaries.
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.publish.contacts import find_mails
from rehab.publish.findings import Finding
from rehab.publish.tree import is_text
from rehab.site.waiting import waiting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.publish.told import Told
    from rehab.site.site import Site

_PLAIN: Final = re.compile(r"[^\W_][\w ,;.’'-]{28,}[\w.]")
_MOST, _SHORTEST = 3, 6
_FEW: Final = 20
"""Words that are looked for one by one: more of them take longer than to find all words of a text."""
_NO_MAIL: Final = re.compile(r"@(?:\d|[^@]*\.(?:png|jpe?g|svg|webp|avif|gif|css|js)$)", re.IGNORECASE)
_WORD: Final = re.compile(rb"[A-Za-z0-9]+")
_INSIDE: Final = re.compile(rb"(?<=[ -/:-@\[-`{-~])[A-Za-z0-9]+(?=[ -/:-@\[-`{-~])")
"""A word between two signs of ASCII: no escaping changes it, and no longer word holds it."""
_HINT: Final = "take it out of what is public, or wait until its own page is"


class Canary(Struct, frozen=True):
    """Some words that nobody may read yet, as the bytes of a file may hold them, and the source that they are from.

    `key` is one whole word of them that stands so in every form, or empty: a file without it needs no closer look.
    """

    forms: tuple[bytes, ...]
    words: str
    path: str
    key: bytes = b""


class Secrets(Struct, frozen=True):
    """All that must not be found: canaries, by their key, the machine's own folders, every e-mail address but some."""

    canaries: Mapping[bytes, tuple[Canary, ...]]
    folders: tuple[bytes, ...]
    addresses: frozenset[str]


def hidden_paths(site: Site) -> frozenset[str]:
    """Return the sources that are not for readers: what waits, and comments that are not shown."""
    shown = {comment.path for comment in site.comments}
    waiting = {each.path for each in waiting_of(site)}
    return frozenset(path for path in site.texts if path in waiting or (_is_comment(path) and path not in shown))


def _is_comment(path: str) -> bool:
    return "/comments/" in path


def plan_secrets(site: Site, folders: Iterable[str] = ()) -> Secrets:
    """Return what must not be found in a published site. `folders` are absolute paths of this machine."""
    hidden = hidden_paths(site)
    public = "\n".join(text for path, text in site.texts.items() if path not in hidden)
    unlisted: tuple[Post | Page, ...] = (*site.unlisted, *site.drafts)
    waiting = {each.path: each for each in unlisted if each.path in hidden}
    canaries = []
    for path in sorted(hidden):
        words = _sentences(site.texts[path])
        if path in waiting:
            noun = waiting[path]
            kind = "page" if noun in site.drafts else "post"
            words = [noun.title, site.options.url(kind, noun.slug), f"drafts/{noun.slug}/", *words]
        canaries += [_canary(each, path) for each in words if len(each) >= _SHORTEST and each not in public]
    mails = {each.lower() for each in find_mails(_authors_words(site, hidden).encode())}
    mails |= {site.options.comments_mail.lower()} - {""}
    return Secrets(_by_key(canaries), tuple(sorted(each.encode() for each in folders)), frozenset(mails))


def _canary(words: str, path: str) -> Canary:
    return Canary(_forms(words), words, path, max(_INSIDE.findall(words.encode()), key=len, default=b""))


def _by_key(canaries: Iterable[Canary]) -> Mapping[bytes, tuple[Canary, ...]]:
    found: dict[bytes, list[Canary]] = {}
    for canary in canaries:
        found.setdefault(canary.key, []).append(canary)
    return {key: tuple(each) for key, each in found.items()}


def _sentences(text: str) -> list[str]:
    """Return the longest runs of plain words in a text, which no Markdown changes."""
    found = sorted({match.strip() for match in _PLAIN.findall(text)}, key=lambda run: (-len(run), run))
    return found[:_MOST]


def _authors_words(site: Site, hidden: frozenset[str]) -> str:
    return "\n".join(text for path, text in site.texts.items() if path not in hidden and not _is_comment(path))


def _forms(words: str) -> tuple[bytes, ...]:
    """Return words as HTML, JSON and plain text have them."""
    return tuple({form.encode() for form in (words, escape(words), json.dumps(words)[1:-1])})


def marks_of(secrets: Secrets) -> frozenset[str]:
    """Return a hash of each thing that bytes are searched for, so that it can be remembered without being said."""
    canaries = chain.from_iterable(secrets.canaries.values())
    return frozenset((*map(_mark_of, canaries), *map(_mark_of, secrets.folders)))


def beyond(secrets: Secrets, searched: frozenset[str]) -> Secrets:
    """Return what is left to search bytes for, in which those of these marks are not."""
    canaries = (each for each in chain.from_iterable(secrets.canaries.values()) if _mark_of(each) not in searched)
    folders = tuple(each for each in secrets.folders if _mark_of(each) not in searched)
    return Secrets(_by_key(canaries), folders, secrets.addresses)


def _mark_of(secret: Canary | bytes) -> str:
    said = (b"folder", secret) if isinstance(secret, bytes) else (b"words", *sorted(secret.forms))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def find_said(path: str, data: bytes, secrets: Secrets) -> Iterator[Finding]:
    """Yield each secret that the bytes of a file hold."""
    for canary in _near(data, secrets) if is_text(path) else ():
        if any(form in data for form in canary.forms):
            words = f"'{canary.words}' is said in '{canary.path}', which nobody may read yet"
            yield Finding("leak", path, words, hint=_HINT)
    for folder in secrets.folders:
        if folder in data:
            words = f"'{folder.decode()}' is a folder of the machine that this was built on"
            yield Finding("leak", path, words, folder.decode(), "take it out where the file comes from")


def _near(data: bytes, secrets: Secrets) -> Iterator[Canary]:
    """Yield the canaries that may be in some bytes: those whose word is there, and those without one."""
    keys = secrets.canaries.keys()
    near = (key for key in keys if key in data) if len(keys) <= _FEW else keys & {b"", *_WORD.findall(data)}
    for key in near:
        yield from secrets.canaries[key]


def check_names(paths: Iterable[str], secrets: Secrets) -> Iterator[Finding]:
    """Yield each file that stands where something will be that waits."""
    canaries = chain.from_iterable(secrets.canaries.values())
    places = [canary for canary in canaries if canary.words.endswith("/")]
    for path in paths:
        for canary in places:
            if path.startswith(canary.words):
                yield Finding("leak", path, f"'{canary.path}' is not published yet, and its page is here", hint=_HINT)


def check_addresses(told: Mapping[str, Told], secrets: Secrets) -> Iterator[Finding]:
    """Yield each address in what files say that no reader reaches, and each of a person that no text of ours holds."""
    for path, file in told.items():
        for local in file.local:
            words = f"'{local}' leads to a machine of your own"
            yield Finding("leak", path, words, local, "write the address on the web")
        for mail in file.mails:
            if mail.lower() not in secrets.addresses and not _NO_MAIL.search(mail):
                words = f"the e-mail address '{mail}' stands in no text of yours"
                hint = "take it out, or write it in a page of yours if everybody may have it"
                yield Finding("leak", path, words, mail, hint)
