"""What must be in no byte of what is published, and whether it is.

In: the linked site, which knows every text that is not for readers, and the places of the machine. Out: findings.
Canaries are taken from drafts, posts whose day has not come, and comments that nobody approved: their titles, addresses
and longest plain sentences. Words that a public text holds as well give nothing away and are no canaries.
"""

from __future__ import annotations

import json
import re
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.publish.findings import Finding
from rehab.publish.tree import TEXTS
from rehab.site.waiting import waiting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.publish.tree import Tree
    from rehab.site.site import Site

_PLAIN: Final = re.compile(r"[^\W_][\w ,;.’'-]{28,}[\w.]")
_MOST, _SHORTEST = 3, 6
# Each begins with letters that are rare, so that a page is searched in no time.
_LOCAL: Final = re.compile(
    rb"//(?:localhost(?![A-Za-z0-9.-])|127\.\d|0\.0\.0\.0|\[::1\]|192\.168\.|10\.\d+\.\d+\.\d|host\.docker\.internal)[^\s\"'<>)]*"
    rb"|file://[^\s\"'<>)]*"
)
_AT_HOST: Final = re.compile(rb"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b")
_NAME: Final = re.compile(rb"[A-Za-z0-9._%+-]{1,64}\Z")
_NO_MAIL: Final = re.compile(rb"@(?:\d|[^@]*\.(?:png|jpe?g|svg|webp|avif|gif|css|js)$)", re.IGNORECASE)
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
    addresses: frozenset[bytes]


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
    mails |= {site.options.comments_mail.lower().encode()} - {b""}
    return Secrets(_by_key(canaries), tuple(sorted(each.encode() for each in folders)), frozenset(mails))


def _canary(words: str, path: str) -> Canary:
    return Canary(_forms(words), words, path, max(_INSIDE.findall(words.encode()), key=len, default=b""))


def _by_key(canaries: Iterable[Canary]) -> Mapping[bytes, tuple[Canary, ...]]:
    found: dict[bytes, list[Canary]] = {}
    for canary in canaries:
        found.setdefault(canary.key, []).append(canary)
    return {key: tuple(each) for key, each in found.items()}


def find_mails(data: bytes) -> list[bytes]:
    """Return each e-mail address in some bytes, once."""
    found: dict[bytes, None] = {}
    for host in _AT_HOST.finditer(data):
        if name := _NAME.search(data[max(0, host.start() - 64) : host.start()]):
            found[name[0] + host[0]] = None
    return list(found)


def _sentences(text: str) -> list[str]:
    """Return the longest runs of plain words in a text, which no Markdown changes."""
    found = sorted({match.strip() for match in _PLAIN.findall(text)}, key=lambda run: (-len(run), run))
    return found[:_MOST]


def _authors_words(site: Site, hidden: frozenset[str]) -> str:
    return "\n".join(text for path, text in site.texts.items() if path not in hidden and not _is_comment(path))


def _forms(words: str) -> tuple[bytes, ...]:
    """Return words as HTML, JSON and plain text have them."""
    return tuple({form.encode() for form in (words, escape(words), json.dumps(words)[1:-1])})


def find_leaks(tree: Tree, secrets: Secrets) -> Iterator[Finding]:
    """Yield everything in the public files of a tree that must not be there."""
    for path in tree.public():
        yield from _in_name(path, secrets)
        if tree.files[path].suffix.lower() in TEXTS:
            yield from _in_text(path, tree.files[path].read_bytes(), secrets)
        else:
            yield from _of_machine(path, tree.files[path].read_bytes(), secrets)


def _in_name(path: str, secrets: Secrets) -> Iterator[Finding]:
    for canary in chain.from_iterable(secrets.canaries.values()):
        if canary.words.endswith("/") and path.startswith(canary.words):
            yield Finding("leak", path, f"'{canary.path}' is not published yet, and its page is here", hint=_HINT)


def _in_text(path: str, data: bytes, secrets: Secrets) -> Iterator[Finding]:
    for canary in _near(data, secrets):
        if any(form in data for form in canary.forms):
            words = f"'{canary.words}' is said in '{canary.path}', which nobody may read yet"
            yield Finding("leak", path, words, hint=_HINT)
    for local in dict.fromkeys(map(_whole, _LOCAL.finditer(data))):
        yield Finding("leak", path, f"'{local}' leads to a machine of your own", local, "write the address on the web")
    for found in find_mails(data):
        if found.lower() not in secrets.addresses and not _NO_MAIL.search(found):
            mail = found.decode("utf-8", "replace")
            hint = "take it out, or write it in a page of yours if everybody may have it"
            yield Finding("leak", path, f"the e-mail address '{mail}' stands in no text of yours", mail, hint)
    yield from _of_machine(path, data, secrets)


def _near(data: bytes, secrets: Secrets) -> Iterator[Canary]:
    """Yield the canaries that may be in some bytes: those whose word is there, and those without one."""
    yield from secrets.canaries.get(b"", ())
    if len(secrets.canaries) > 1:
        for key in secrets.canaries.keys() & set(_WORD.findall(data)):
            yield from secrets.canaries[key]


def _whole(match: re.Match[bytes]) -> str:
    """Return an address with its scheme, where one stands before it."""
    scheme = next(
        (
            each
            for each in (b"https:", b"http:")
            if match.string[max(0, match.start() - 6) : match.start()].endswith(each)
        ),
        b"",
    )
    return (scheme + match[0]).decode("utf-8", "replace")


def _of_machine(path: str, data: bytes, secrets: Secrets) -> Iterator[Finding]:
    for folder in secrets.folders:
        if folder in data:
            words = f"'{folder.decode()}' is a folder of the machine that this was built on"
            yield Finding("leak", path, words, folder.decode(), "take it out where the file comes from")
