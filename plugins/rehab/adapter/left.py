"""Pages and feeds of threads that cannot have changed: they are left as they are, and not made again.

In: a linked site, and what the last build with the same program, theme and settings kept of each such file. Out:
whether a file stands, by a hash of all that it is made from and a hash of its bytes on the disk.

What a post's page is made from: its own text and its readers'; of the other posts their headers and what their texts
refer to; of everything else in the content folder, all of it; and the problems that it shows. What comments mention
stands on other pages, and counts for all. A thread's feed is made from its comments and from what counts for all.

The page of an exercise, an injury and all else that is no post shows no words of a post's body: it is made from what
counts for all, from the comments on it, and from all comments that mention anything, for they may stand there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.model.comment import thread_name, thread_of
from rehab.site.edges import id_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.model.post import Post
    from rehab.site.site import Edge, Site

SETTING: Final = "REHAB_LEFT"
"""Where the settings of one run hold what the last one kept."""
_LEFT: Final = "left"
_COMMENTS: Final = "comments"
_INSIDE: Final = {"on", "reply-to"}
"""What links a comment with its own thread alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was written: what it was made from, what it was, and the day it last changed by its own word."""

    made_from: str
    digest: str
    changed: str = ""


@dataclass(kw_only=True)
class Left:
    """What stands in one build. `known` is by the file's name in the output folder, as `now` is for the next build.

    `stood` are the files that were left.
    """

    site: Site
    folder: str
    known: Mapping[str, Kept]
    now: dict[str, Kept] = field(default_factory=dict)
    stood: set[str] = field(default_factory=set)

    def standing(self, name: str, file: Path, mark: str) -> Kept | None:
        """Return what is known of a file that would come out as it is, or None."""
        kept = self.known.get(name)
        if kept is None or kept.made_from != mark or kept.digest != _digest_of(file):
            return None
        self.now[name] = kept
        self.stood.add(name)
        return kept

    def keep(self, name: str, digest: str, mark: str, changed: str = "") -> None:
        """Remember a file that was just written, by the SHA-256 of its bytes."""
        self.now[name] = Kept(mark, digest, changed)

    def mark_of_post(self, post: Post, name: str, words: object) -> str:
        """Return what a post's page is made from, or "" where that cannot be told. `words` are what else it shows."""
        if self.site.nouns.get(id_of(post)) is not post or self.attaches:
            return ""
        text = self.site.texts.get(post.path, "")
        return _hash(self.base, name, post.path, text, self.threads.get(post.slug, ""), words)

    def mark_of_entry(self, here: str, name: str, words: object) -> str:
        """Return what the page of an exercise, an injury, ... is made from, by its id, or "" where nobody can tell.

        A page of several things has no id.
        """
        if self.attaches:
            return ""
        return _hash(self.base, self.voices, name, here, self.threads.get(thread_name(here), ""), words)

    def mark_of_feed(self, thread: str) -> str:
        """Return what the feed of a thread is made from."""
        return _hash(self.base, thread, self.threads.get(thread, ""))

    @cached_property
    def attaches(self) -> bool:
        """Tell whether a text attaches a file: the first page that is made gets it, and all others lead there."""
        return any("attach}" in text or "attach|" in text for text in self.site.texts.values())

    @cached_property
    def threads(self) -> Mapping[str, str]:
        """Return a hash of all comments' texts in each thread, by its name."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.site.texts):
            parts = path.split("/")
            if parts[1] == _COMMENTS:
                found.setdefault(thread_of(parts[2:]), []).extend((path, self.site.texts[path]))
        return {thread: _hash_texts(parts) for thread, parts in found.items()}

    @cached_property
    def voices(self) -> str:
        """Return a hash of the comments that mention anything."""
        return _hash(
            [self.site.replies[id_] for id_ in sorted({edge.from_ for edge in self._said}) if id_ in self.site.replies]
        )

    @cached_property
    def _said(self) -> list[Edge]:
        """Return what comments link to beside their own thread."""
        return [edge for edge in self.site.edges if edge.from_.startswith("comment:") and edge.relation not in _INSIDE]

    @cached_property
    def base(self) -> str:
        """Return a hash of what counts for every page: all that no page has for itself."""
        site = self.site
        bodies = {post.path: post.body for post in (*site.posts, *site.unlisted)}
        texts = [
            (path, _without(site.texts[path], bodies.get(path, "")))
            for path in sorted(site.texts)
            if path.split("/")[1] != _COMMENTS
        ]
        refs = [(id_, [(found.ref, found.placed) for found in site.text_refs[id_]]) for id_ in sorted(site.text_refs)]
        pictures = [(path, site.pictures[path].key, site.pictures[path].notice) for path in sorted(site.pictures)]
        cards = [(id_, site.cards[id_].key) for id_ in sorted(site.cards)]
        return _hash(self.folder, texts, refs, pictures, cards, sorted(site.assets), self._said, site.options)


def _without(text: str, body: str) -> str:
    """Return a text without the body at its end; the whole of it where the body is not there."""
    return text[: len(text) - len(body)] if body and text.endswith(body) else text


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _hash_texts(texts: Iterable[str]) -> str:
    """Return a hash of texts one after the other, each after its length."""
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(data))
        digest.update(data)
    return digest.hexdigest()


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def save_left(file: Path, left: Mapping[str, Kept]) -> str:
    """Keep what a build leaves for the next one, and return the hash that it is asked for by."""
    plain = {name: (kept.made_from, kept.digest, kept.changed) for name, kept in left.items()}
    return save_parts(file, [(_LEFT, plain)])


def read_left(file: Path, digest: Any) -> dict[str, Kept]:  # noqa: ANN401 - as it came from a file
    """Return what the last build kept under a hash; nothing where it cannot be understood."""
    parts = read_parts(file, digest) if digest and isinstance(digest, str) else None
    try:
        return {name: Kept(*map(str, kept)) for name, kept in parts.read(_LEFT).items()} if parts else {}
    except (TypeError, AttributeError):
        return {}
