"""Which page of this site the comments of an old page belong to.

In: what the export says of the page, and the names that threads go by here. Out: the thread's name (a post's slug,
`exercises/<slug>`, `injuries/<slug>`), or the names tried and the nearest one. Sure signs go first: what the owner says
(`--map`), an old address that a post lists in `redirect_from`, the slug, the last part of the address, the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from rehab.model.comment import THREAD_FOLDERS
from rehab.model.nearest import near
from rehab.model.slug import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.comments.imports.batch import Topic

_INDEX = {"index.html", "index.htm", "index.php"}
_ENDINGS = (".html", ".htm", ".php", ".aspx")
_LONGEST = 200


class Hosts(Struct, frozen=True, kw_only=True):
    """The names of all threads; old addresses of posts, without slashes around them; and what the owner maps."""

    threads: frozenset[str]
    addresses: Mapping[str, str]
    mapped: Mapping[str, str]


def find_host(topic: Topic, hosts: Hosts) -> str:
    """Return the name of a page's thread, or the empty string."""
    names = tuple(names_of(topic))
    told = next((hosts.mapped[name] for name in names if name in hosts.mapped), "")
    if told:
        return told
    path = _path(topic.url)
    return hosts.addresses.get(path, "") or next((name for name in names if name in hosts.threads), "")


def names_of(topic: Topic) -> Iterator[str]:
    """Return the names that a page may go by here, the surest first."""
    parts = [part for part in _path(topic.url).split("/") if part and part.lower() not in _INDEX]
    last = parts[-1] if parts else ""
    ending = next((each for each in _ENDINGS if last.lower().endswith(each)), "")
    for folders, name in (
        _split(unquote(topic.slug)),
        (parts[:-1], last.removesuffix(ending)),
        ([], topic.title),
    ):
        if any(letter.isalnum() for letter in name):
            slug = slugify(name[:_LONGEST])
            if folders[-1:] and folders[-1] in THREAD_FOLDERS:
                yield f"{folders[-1]}/{slug}"
            yield slug


def _split(path: str) -> tuple[list[str], str]:
    *folders, name = path.split("/")
    return folders, name


def advise(topic: Topic, hosts: Hosts) -> str:
    """Return what to do about a page that is no post here."""
    name = next(names_of(topic), "")
    if not name:
        return "the export gives it no address and no title"
    close = next(iter(near(name, tuple(sorted(hosts.threads))).words), "SLUG")
    return f"if it is one, add --map {name}={close}"


def _path(url: str) -> str:
    try:
        return urlsplit(url.strip()).path.strip("/")
    except ValueError:
        return ""
