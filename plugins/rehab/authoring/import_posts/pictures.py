"""Which pictures an export shows, and which of the files that were given each of them is.

In: cleaned HTML, and the names of files. Out: addresses as texts have them, and the file for an address. An old blog
shows small copies (`knee-300x200.jpg`, `/s320/knee.jpg`): the largest file of the same name is taken.
"""

from __future__ import annotations

import posixpath
import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field

from rehab.model.slug import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
"""The kinds of files that are taken: those whose every byte we can judge."""

_IMAGE = re.compile(r'(?:<a href="([^"]*)">\s*)?<img\b([^<>]*)>')
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_SMALLER = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)|-scaled(?=\.\w+$)|-rotated(?=\.\w+$)")
_SIZE = re.compile(r"/(?:s\d{2,5}|w\d+-h\d+)(?:-[a-z0-9-]*)?/|=(?:s|w)\d+[^/]*$")
_LONGEST_NAME = 60


class Media(Struct, frozen=True):
    """Files that were given: `names` are paths below the folder they were given in; `fetched` are by address."""

    names: tuple[str, ...] = ()
    fetched: Mapping[str, str] = field(default_factory=dict)

    def find(self, address: str, folder: str = "") -> str:
        """Return the name of the file that an address means, or the empty string.

        `folder` is where the text's own file lies, for addresses relative to it.
        """
        if address in self.fetched:
            return self.fetched[address]
        return _find(address, folder, self._by_end())

    def _by_end(self) -> Mapping[str, tuple[str, ...]]:
        return _index(self.names)


_INDEXED: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}


def _index(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    if names not in _INDEXED:
        by_name: dict[str, tuple[str, ...]] = {}
        for name in names:
            for key in {_key(name), _key(name, ending=False)}:
                by_name[key] = (*by_name.get(key, ()), name)
        _INDEXED.clear()
        _INDEXED[names] = by_name
    return _INDEXED[names]


def _key(name: str, *, ending: bool = True) -> str:
    last = unquote(name).rpartition("/")[2].casefold()
    return last if ending else posixpath.splitext(last)[0]


def _find(address: str, folder: str, by_name: Mapping[str, tuple[str, ...]]) -> str:
    """Return the file whose path has most in common with the end of an address."""
    path = _plain_path(address)
    for wanted in dict.fromkeys((larger(path), path)):
        near = posixpath.normpath(posixpath.join(folder, wanted.lstrip("/"))) if folder else ""
        found = by_name.get(_key(wanted), ())
        if near in found:
            return near
        if found:
            best = max(found, key=lambda name: (_shared(wanted, name), -len(name), name))
            return best if len(found) == 1 or _shared(wanted, best) > 1 else ""
    return ""


def _shared(path: str, name: str) -> int:
    pairs = zip(reversed(unquote(path).casefold().split("/")), reversed(name.casefold().split("/")), strict=False)
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _plain_path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def larger(address: str) -> str:
    """Return the address of the largest copy of a picture, as WordPress and Blogger name their smaller ones."""
    return _SIZE.sub(lambda found: "/s1600/" if found[0].startswith("/") else "=s1600", _SMALLER.sub("", address))


def is_picture(address: str) -> bool:
    """Tell whether an address is called like a picture that can be taken."""
    return _plain_path(address).lower().endswith(SUFFIXES)


def wanted_pictures(html: str) -> Iterable[tuple[str, str]]:
    """Yield the address of each picture of cleaned HTML, and that of what it links to."""
    for found in _IMAGE.finditer(html):
        source = _SOURCE.search(found[2])
        if source:
            yield unescape(source[1]), unescape(found[1] or "")


def file_name(name: str, taken: set[str]) -> str:
    """Return a safe name for a picture's file in its post's folder, unlike those that are taken; it becomes taken."""
    stem, ending = posixpath.splitext(unquote(name).rpartition("/")[2])
    slug = slugify(stem)[:_LONGEST_NAME].strip("-") or "picture"
    ending = ending.lower() if ending.lower() in SUFFIXES else ".jpg"
    tries = (f"{slug}{ending}", *(f"{slug}-{number}{ending}" for number in range(2, len(taken) + 3)))
    free = next(each for each in tries if each not in taken)
    taken.add(free)
    return free
