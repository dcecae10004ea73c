"""Files that cannot have changed: they are left as they are, and not made again.

In: a linked site, and what the last build with the same program, theme and settings kept of each such file. Out:
whether a file stands: where its own text is the same, all that was read of the site to make it is what it was, and so
are its bytes on the disk. What is read is noted by the site itself (`rehab.site.notes`).
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field

from rehab.adapter.keep.parts import read_parts, save_parts
from rehab.model.comment import host_id
from rehab.site.edges import id_of
from rehab.site.notes import LENGTH, digest_of
from rehab.site.stamps import Stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from rehab.adapter.keep.parts import Parts
    from rehab.model.post import Post
    from rehab.site.notes import Notes
    from rehab.site.site import Site

SETTING: Final = "REHAB_LEFT"
"""Where the settings of one run hold what the last one kept."""
_FILES, _READ, _NAMES = "files ", "read ", "names"
"""How parts of what is kept are called, before the first of their files, or their field; and what names all files."""
_TOGETHER: Final = 1_000
"""Files that are kept as one value."""


class Kept(Struct, frozen=True):
    """A file as it was written: its own text, what it was, what was read for it, and when it last changed by its word.

    The first two are digests. What was read is said by number, for most is read for many files.
    """

    made_from: bytes
    digest: str
    read: array[int]
    changed: str = ""


class Stamped(NamedTuple):
    """What was read of one field: its keys, the number of each, and all their stamps one after the other."""

    keys: tuple[str, ...]
    numbers: array[int]
    stamps: bytes


class Remains(Struct, frozen=True):
    """What a build leaves for the next one: files by their names in the output folder, and what was read, by field."""

    files: Mapping[str, Kept] = field(default_factory=dict)
    read: Mapping[str, Stamped] = field(default_factory=dict)


class Left:
    """What stands in one build. `now` is what is known of its files, `stood` are those that were left.

    `because` says of files that were made anew what was read for them and is another now.
    """

    def __init__(self, site: Site, notes: Notes, folder: str, known: Remains) -> None:
        """Take what the last build left, and go on with its numbers."""
        self.site, self.folder = site, folder
        self.now: dict[str, Kept] = {}
        self.stood: set[str] = set()
        self.because: dict[str, tuple[str, ...]] = {}
        self._known, self._notes = known, notes
        for name, (keys, numbers, _) in known.read.items():
            notes.of(name).update(zip(keys, numbers, strict=True))
            notes.count = max(notes.count, 1 + max(numbers, default=-1))

    def standing(self, name: str, file: Path, mark: bytes) -> Kept | None:
        """Return what is known of a file that would come out as it is, or None: also where nobody can tell its mark."""
        kept = self._known.files.get(name) if mark else None
        if kept is None or kept.made_from != mark or kept.digest != _digest_of(file):
            return None
        if not self._changed.keys().isdisjoint(kept.read):
            self.because[name] = tuple(sorted(self._changed[each] for each in kept.read if each in self._changed))
            return None
        self.now[name] = kept
        self.stood.add(name)
        return kept

    def keep(self, name: str, digest: str, mark: bytes, read: Iterable[int], changed: str = "") -> None:
        """Remember a file that was just written, by the SHA-256 of its bytes, and what was read to make it."""
        if mark:
            self.now[name] = Kept(mark, digest, array("I", read), changed)

    @cached_property
    def stamps(self) -> Stamps:
        """Return the stamps of the site as it is now."""
        return Stamps(self.site, self._notes.said)

    @cached_property
    def _changed(self) -> dict[int, str]:
        """Return what was read for files of the last build and is no longer what it was, by number, with its key."""
        return {
            number: key
            for name, read in self._known.read.items()
            for key, number, stamp in _each(read)
            if self.stamps.of(name, key) != stamp
        }

    def remains(self) -> Remains:
        """Return what the next build may leave: all but files for which something was read that has no stamp."""
        live = bytearray(self._notes.count)
        for kept in self.now.values():
            for number in kept.read:
                live[number] = True
        nameless: set[int] = set()
        read = {name: self._stamped(name, live, nameless) for name in sorted(self._notes.fields)}
        standing = {name: kept for name, kept in self.now.items() if nameless.isdisjoint(kept.read)}
        return Remains(standing, read)

    def _stamped(self, name: str, live: bytearray, nameless: set[int]) -> Stamped:
        """Return what is read of a field and has a stamp; what has none is added to `nameless`.

        What the last build read comes first, in its order, and most of its stamps are what they were.
        """
        keys, numbers, stamps = [], array("I"), bytearray()
        before = self._known.read[name].stamps if name in self._known.read else b""
        for at, (key, number) in enumerate(self._notes.of(name).items()):
            if not live[number]:
                continue
            stamp = before[at * LENGTH : (at + 1) * LENGTH]
            if not stamp or number in self._changed:
                stamp = self.stamps.of(name, key)
            if stamp:
                keys.append(key)
                numbers.append(number)
                stamps += stamp
            else:
                nameless.add(number)
        return Stamped(tuple(keys), numbers, bytes(stamps))

    def mark_of_post(self, post: Post, name: str, words: object) -> bytes:
        """Return what a post's page has for itself, or nothing where nobody can tell: its text and other `words`."""
        if self.site.nouns.get(id_of(post)) is not post:
            return b""
        return self.mark(name, post.path, self.site.texts.get(post.path, ""), words)

    def mark_of_feed(self, thread: str) -> bytes:
        """Return what the feed of a thread is made of."""
        return self.mark(thread, self.stamps.of("threads", thread), self.stamps.of("targets", host_id(thread)))

    def mark_of_posts(self, name: str, words: object, paths: Sequence[str]) -> bytes:
        """Return what a file with the texts of some posts has for itself: these, and other `words`."""
        if not all(path in self.site.texts for path in paths):
            return b""
        return self.mark(name, words, [(path, self.stamps.text(path)) for path in paths])

    def mark(self, name: str, *words: object) -> bytes:
        """Return what a page has for itself and what counts for all, or nothing where nobody can tell."""
        return b"" if self.attaches else digest_of(self.folder, self.stamps.base, name, words)

    @cached_property
    def attaches(self) -> bool:
        """Tell whether a text attaches a file: the first page that is made gets it, and all others lead there."""
        return any("attach}" in text or "attach|" in text for text in self.site.texts.values())


def _digest_of(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _each(read: Stamped) -> Iterator[tuple[str, int, bytes]]:
    """Yield each key with its number and its stamp."""
    for at, (key, number) in enumerate(zip(read.keys, read.numbers, strict=True)):
        yield key, number, read.stamps[at * LENGTH : (at + 1) * LENGTH]


def save_left(file: Path, left: Remains) -> str:
    """Keep what a build leaves for the next one, and return the hash that it is asked for by."""
    return save_parts(file, _parts(left))


def _parts(left: Remains) -> Iterator[tuple[str, object]]:
    """Yield the files, some at a time, so that never all of them are held as bytes too, and what was read, by field."""
    files = iter(left.files.items())
    names: dict[str, str] = {}
    while some := dict(islice(files, _TOGETHER)):
        part = f"{_FILES}{next(iter(some))}"
        names |= dict.fromkeys(some, part)
        yield part, {name: _plain(kept) for name, kept in some.items()}
    yield _NAMES, names
    for name, (keys, numbers, stamps) in left.read.items():
        yield f"{_READ}{name}", (keys, numbers.tobytes(), stamps)


def _plain(kept: Kept) -> tuple[bytes, str, bytes, str]:
    return (kept.made_from, kept.digest, kept.read.tobytes(), kept.changed)


def read_left(file: Path, digest: Any) -> Remains:  # noqa: ANN401 - as it came from a file
    """Return what the last build kept under a hash; nothing where it cannot be understood."""
    parts = read_parts(file, digest) if digest and isinstance(digest, str) else None
    if parts is None:
        return Remains()
    read: dict[str, Stamped] = {}
    try:
        for part in parts.names():
            if part.startswith(_READ):
                keys, raw, stamps = parts.read(part)
                read[part.removeprefix(_READ)] = Stamped(keys, array("I", raw), stamps)
        return Remains(_Files(parts, dict(parts.read(_NAMES))), read)
    except (TypeError, AttributeError, ValueError):
        return Remains()


class _Files(Mapping[str, Kept]):
    """Files as they were kept, some at a time: a build asks for them in the order in which the last one wrote them."""

    def __init__(self, parts: Parts, names: Mapping[str, str]) -> None:
        """Take what was kept, and in which part each file is."""
        self._parts, self._names = parts, names
        self._part, self._some = "", dict[str, Kept]()

    def __getitem__(self, name: str) -> Kept:
        """Return what is known of a file. Raises KeyError where that is nothing, or damaged."""
        part = self._names[name]
        if part != self._part:
            self._part, self._some = part, _kept_in(self._parts.read(part))
        return self._some[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)


def _kept_in(value: Any) -> dict[str, Kept]:  # noqa: ANN401 - as it came from a file
    try:
        return {name: Kept(mark, was, array("I", raw), day) for name, (mark, was, raw, day) in value.items()}
    except (TypeError, AttributeError, ValueError):
        return {}
