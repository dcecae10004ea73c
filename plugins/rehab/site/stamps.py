"""What stands in a site where a page has read, as a stamp: the same stamp, the same value.

In: a linked site. Out: for each key that was read in a field some bytes that differ where the value does, or none
where nobody can tell. A post is known by the text of its file, and by whether its day has come: it is made of nothing
else. All other things are written out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, partial
from hashlib import blake2b
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final

from rehab.model.comment import host_id, thread_of
from rehab.model.post import Post
from rehab.model.refs import TextRef
from rehab.site.gather import newest_first
from rehab.site.noted import SEQUENCES
from rehab.site.notes import ALL, ANSWER, ELSEWHERE, LENGTH, SOME, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rehab.images.plan import Picture
    from rehab.site.site import Edge, Site

_COMMENTS: Final = "comments"
_NOBODY_TELLS: Final = {"comments", "edges", "names", "threads", "replies", "targets", ELSEWHERE}
"""Fields of which hardly a page needs all: one that reads it is made in every build."""


class Stamps:
    """The stamps of a site. What questions were answered need not be asked again."""

    def __init__(self, site: Site, said: Mapping[str, bytes]) -> None:
        """Take a site that notes nothing, and digests of the answers that are known."""
        self._site, self._said = site, said
        self._texts: dict[str, bytes] = {}
        self._values: Mapping[str, Callable[[str], object]] = {
            "nouns": self._noun_called,
            "positions": self._position,
            "outgoing": partial(_edges_of, site.outgoing),
            "incoming": partial(_edges_of, site.incoming),
            "threads": self._thread,
            "pictures": partial(_picture_of, site.pictures),
            "cards": partial(_picture_of, site.cards),
            "assets": site.assets.__contains__,
            "find": self._found,
            "resolve": self._resolved,
        }

    def of(self, field: str, key: str) -> bytes:
        """Return the stamp of what stands there."""
        if field == ANSWER:
            return self._said.get(key) or self._answer(*key.split(" ", 1))
        if key == ALL and field in _NOBODY_TELLS:
            return b""
        if key == ALL:
            return digest_of(*self._all(field))
        if key == SOME:
            return digest_of(bool(getattr(self._site, field)))
        return digest_of(self._value(field, key))

    def _answer(self, ask: str, word: str) -> bytes:
        try:
            return digest_of(resolve_name(ask)(self._site, word))
        except LookupError:
            return b""  # what it was asked of is gone

    def _all(self, field: str) -> Iterable[object]:
        if field in SEQUENCES:
            return map(self._noun, getattr(self._site, field))
        return ((key, self._value(field, key)) for key in getattr(self._site, field))

    def _value(self, field: str, key: str) -> object:
        """Return what tells the value of a key from any other."""
        value = self._values.get(field) or getattr(self._site, field).get
        return value(key)

    def _noun(self, noun: Any) -> object:  # noqa: ANN401 - any noun, or none
        return (noun.path, noun.status, self.text(noun.path)) if isinstance(noun, Post) else noun

    def text(self, path: str) -> bytes:
        """Return a digest of the text of a file."""
        if path not in self._texts:
            self._texts[path] = digest_of(self._site.texts.get(path))
        return self._texts[path]

    def _noun_called(self, id_: str) -> object:
        return self._noun(self._site.nouns.get(id_))

    def _position(self, id_: str) -> object:
        """Tell where a post stands among others by its date, and by its name where another is of the same moment."""
        at = self._site.positions.get(id_)
        if at is None:
            return None
        key = newest_first(self._site.posts[at])
        beside = self._site.posts[max(at - 1, 0) : at] + self._site.posts[at + 1 : at + 2]
        alone = all(newest_first(each)[:2] != key[:2] for each in beside)
        return key[:2] if alone else key

    def _thread(self, name: str) -> object:
        """Tell a thread by the texts of its comments, and by what it stands on."""
        thread = self._site.threads.get(name)
        known = (thread.state, thread.declared) if thread else None
        return self._threads.get(name), known, self._noun_called(host_id(name))

    def _found(self, key: str) -> object:
        kind, _, word = key.partition(":")
        return self._site.names.find(kind, word)

    def _resolved(self, key: str) -> object:
        kind, _, slug = key.partition(":")
        return self._site.names.resolve(TextRef(slug, kind))

    @cached_property
    def _threads(self) -> Mapping[str, bytes]:
        """Return a digest of all comments' texts in each thread, by its name."""
        found: defaultdict[str, blake2b] = defaultdict(partial(blake2b, digest_size=LENGTH))
        for path in self._site.texts:  # in its own order, in which each folder is unpacked once
            parts = path.split("/")
            if parts[1] == _COMMENTS:
                thread = found[thread_of(parts[2:])]
                _add(thread, path)
                _add(thread, self._site.texts[path])
        return {thread: digest.digest() for thread, digest in found.items()}

    @cached_property
    def base(self) -> bytes:
        """Return a digest of what counts for every page: the options, and files that become no entry.

        The day counts for posts alone, which it lets out, and for the problems of a file.
        """
        site = self._site
        options = replace(site.options, today=None)
        entries = (*site.posts, *site.unlisted, *site.pages, *site.drafts, *site.nouns.values())
        owned = {each.path for each in entries if hasattr(each, "path")}
        rest = sorted(path for path in site.texts if path.split("/")[1] != _COMMENTS and path not in owned)
        return digest_of(options, [(path, site.texts[path]) for path in rest])


def _edges_of(links: Mapping[str, tuple[Edge, ...]], id_: str) -> object:
    """Return links as plain values: their places in a class are slow to write."""
    return [
        (each.from_, each.to, each.relation, each.evidence, each.source, each.dose, each.note, each.outcome)
        for each in links.get(id_, ())
    ]


def _picture_of(pictures: Mapping[str, Picture], name: str) -> object:
    found = pictures.get(name)
    return found and (found.key, found.notice)


def _add(digest: blake2b, text: str) -> None:
    """Add a text to a digest, after its length: two texts are not another two that read the same together."""
    data = text.encode("utf-8", "surrogatepass")
    digest.update(b"%d " % len(data))
    digest.update(data)
