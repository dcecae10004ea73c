"""Files that cannot have changed: they are left as they are, and not made again.

In: a linked site, and what the last build with the same program, theme and settings kept of each such file. Out:
whether a file stands: where its own text is the same, all that was read of the site to make it is what it was, and so
are its bytes on the disk. What is read is noted by the site itself (`rehab.site.notes`).
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.model.comment import host_id
from rehab.site.edges import id_of
from rehab.site.stamps import Stamps, hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.model.post import Post
    from rehab.site.notes import Notes, Read
    from rehab.site.site import Site

SETTING: Final = "REHAB_LEFT"
"""Where the settings of one run hold what the last one kept."""
_FILES, _STAMPS = "files", "stamps"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was written: its own text, what it was, what was read for it, and when it last changed by its word.

    The first two are hashes. What was read is said by the numbers of reads, for most are of many files.
    """

    made_from: str
    digest: str
    read: array[int]
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Remains:
    """What a build leaves for the next one: files by their names in the output folder, and what was read for them.

    Each read has its stamp, and is known by its number; one without a stamp is no longer read.
    """

    files: Mapping[str, Kept] = field(default_factory=dict)
    stamps: Mapping[Read, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Left:
    """What stands in one build. `now` is what is known of its files, `stood` are those that were left.

    `because` says of files that were made anew what was read for them and is another now.
    """

    site: Site
    notes: Notes
    folder: str
    known: Remains
    now: dict[str, Kept] = field(default_factory=dict)
    stood: set[str] = field(default_factory=set)
    because: dict[str, tuple[Read, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Go on numbering reads where the last build ended."""
        self._known_reads = tuple(self.known.stamps)
        self._numbers = {read: number for number, read in enumerate(self._known_reads)}

    def standing(self, name: str, file: Path, mark: str) -> Kept | None:
        """Return what is known of a file that would come out as it is, or None."""
        kept = self.known.files.get(name)
        if kept is None or kept.made_from != mark or kept.digest != _digest_of(file):
            return None
        if new := self.changed.intersection(kept.read):
            self.because[name] = tuple(sorted(self._known_reads[number] for number in new))
            return None
        self.now[name] = kept
        self.stood.add(name)
        return kept

    def keep(self, name: str, digest: str, mark: str, read: Iterable[Read], changed: str = "") -> None:
        """Remember a file that was just written, by the SHA-256 of its bytes, and what was read to make it."""
        known = self._numbers
        numbers = array("I", [known.setdefault(each, len(known)) for each in read])
        self.now[name] = Kept(made_from=mark, digest=digest, read=numbers, changed=changed)

    @cached_property
    def stamps(self) -> Stamps:
        """Return the stamps of the site as it is now."""
        return Stamps(self.site, self.notes.said)

    @cached_property
    def changed(self) -> frozenset[int]:
        """Return the numbers of what was read for files of the last build and is no longer what it was."""
        known = enumerate(self.known.stamps.items())
        return frozenset(number for number, (read, stamp) in known if self.stamps.of(read) != stamp)

    def remains(self) -> Remains:
        """Return what the next build may leave: all but files for which something was read that has no stamp.

        Where most numbers are of what nobody reads any more, they begin anew, and the next build makes everything.
        """
        read = frozenset(chain.from_iterable(kept.read for kept in self.now.values()))
        if len(self._numbers) > 2 * len(read):
            return Remains()
        stamps = {each: self.stamps.of(each) if at in read else "" for each, at in self._numbers.items()}
        nameless = read & {at for at, stamp in enumerate(stamps.values()) if not stamp}
        return Remains({name: kept for name, kept in self.now.items() if nameless.isdisjoint(kept.read)}, stamps)

    def mark_of_post(self, post: Post, name: str, words: object) -> str:
        """Return what a post's page has for itself, or "" where that cannot be told. `words` are what else it shows."""
        if self.site.nouns.get(id_of(post)) is not post:
            return ""
        return self.mark(name, post.path, self.site.texts.get(post.path, ""), words)

    def mark_of_feed(self, thread: str) -> str:
        """Return what the feed of a thread is made of."""
        return self.mark(thread, *map(self.stamps.of, (f"threads {thread}", f"targets {host_id(thread)}")))

    def mark(self, name: str, *words: object) -> str:
        """Return what a page has for itself and what counts for all, or "" where nobody can tell."""
        return "" if self.attaches else hash_of(self.folder, self.stamps.base, name, words)

    @cached_property
    def attaches(self) -> bool:
        """Tell whether a text attaches a file: the first page that is made gets it, and all others lead there."""
        return any("attach}" in text or "attach|" in text for text in self.site.texts.values())


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def save_left(file: Path, left: Remains) -> str:
    """Keep what a build leaves for the next one, and return the hash that it is asked for by."""
    files = {
        name: (each.made_from, each.digest, each.read.tobytes(), each.changed) for name, each in left.files.items()
    }
    return save_parts(file, [(_FILES, files), (_STAMPS, dict(left.stamps))])


def read_left(file: Path, digest: Any) -> Remains:  # noqa: ANN401 - as it came from a file
    """Return what the last build kept under a hash; nothing where it cannot be understood."""
    parts = read_parts(file, digest) if digest and isinstance(digest, str) else None
    try:
        plain, stamps = (parts.read(_FILES), parts.read(_STAMPS)) if parts else ({}, {})
        files = {name: Kept(mark, was, array("I", read), changed) for name, (mark, was, read, changed) in plain.items()}
        return Remains(files, {str(read): str(stamp) for read, stamp in stamps.items()})
    except (TypeError, AttributeError, ValueError):
        return Remains()
