"""A site of which only that is read from the cache which somebody asks for.

In: what a whole build kept in parts (`rehab.adapter.keep.parts`). Out: mappings and sequences like those of the site,
with the same values; whoever goes through all of one reads all of it. What belongs to one post, its text, its links,
its thread, lies in parts with that of a few others, which one is told by the post alone: a change of one text reads
some tens of values of tens of thousands.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, overload

from rehab.model.comment import thread_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.keep.parts import Parts
    from rehab.source.packed import Packed

_TOGETHER: Final = 4
"""Things whose values are kept as one part."""
_OF_COMMENT: Final = "comment:"
_KINDS: Final = {
    "texts": "text", "comments": "text", "threads": "thread", "answers": "thread", "nouns": "noun", "text_refs": "noun",
    "pictures": "picture", "cards": "picture", "folders": "picture", "documents": "document",
}  # fmt: skip
"""In which kind of part the values of a field lie; others are with the links. A comment's are with its thread."""
_THREAD: Final = "thread"
_WITHOUT_COMMENTS: Final = {"documents"}
"""Fields in which no value is a comment's."""


class Comments(Mapping[str, Mapping[str, str]]):
    """The texts of comments, by their thread and by their paths. They are unpacked when they are asked for."""

    def __init__(self, texts: Packed) -> None:
        """Take the texts."""
        self._texts = texts
        self._folders: dict[str, list[str]] = {}
        for folder in texts.folders():
            self._folders.setdefault(thread_of((*folder.split("/")[2:], "")), []).append(folder)

    def __getitem__(self, thread: str) -> Mapping[str, str]:
        """Return the texts in a thread."""
        return {path: text for folder in self._folders[thread] for path, text in self._texts.texts_in(folder).items()}

    def __iter__(self) -> Iterator[str]:
        """Go through the threads."""
        return iter(self._folders)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._folders)


class Lost(Exception):  # noqa: N818 - no error: the site is built whole
    """A part is damaged, or no longer there."""


class Unknown:
    """Stands for something that only a whole build knows. Whatever is done with it but pass it on is refused."""

    def _refuse(self, *_: object) -> Any:  # noqa: ANN401 - it never returns
        raise Lost

    __getattr__ = __getitem__ = __iter__ = __reversed__ = __len__ = __bool__ = __contains__ = __call__ = _refuse
    __str__ = __repr__ = __format__ = __html__ = __int__ = __float__ = __index__ = __neg__ = __hash__ = _refuse
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    __mul__ = __rmul__ = __mod__ = __truediv__ = __floordiv__ = __or__ = __ror__ = __and__ = _refuse


def _owner_of(field: str, key: str) -> tuple[str, str]:
    """Return the kind of part in which a value lies, and what it belongs to."""
    if key.startswith(_OF_COMMENT):
        return _THREAD, key.removeprefix(_OF_COMMENT).rpartition("/")[0]
    return _KINDS.get(field, "link"), key


def parts_of(fields: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, object]]:
    """Yield the parts of mappings, by their names, first how many of each kind there are."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for field, values in fields.items():
        for key in values:
            kind, owner = _owner_of(field, key)
            owners[kind].add(owner)
    counts = {kind: len(some) // _TOGETHER + 1 for kind, some in owners.items()}
    yield "counts", counts
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for field, values in fields.items():
        for key in values:
            found[_name_of(field, key, counts)].setdefault(field, []).append(key)
    for name, some in found.items():
        yield name, {field: {key: fields[field][key] for key in keys} for field, keys in some.items()}


def _name_of(field: str, key: str, counts: Mapping[str, int]) -> str:
    """Return the name of the part in which a value lies, the same in every process."""
    return _name_of_owner(*_owner_of(field, key), counts)


def _name_of_owner(kind: str, owner: str, counts: Mapping[str, int]) -> str:
    return f"{kind}-{zlib.crc32(owner.encode('utf-8', 'surrogatepass')) % counts.get(kind, 1)}"


class Read:
    """The parts that were read so far, each once, so that two who ask for one thing get the very same."""

    def __init__(self, parts: Parts) -> None:
        """Take the file. Raises Lost."""
        self._parts = parts
        self._known: dict[str, Any] = {}
        self._names = frozenset(parts.names())
        self.counts: Mapping[str, int] = self.part("counts")

    def part(self, name: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Return a part. Raises Lost."""
        if name not in self._known:
            self._known[name] = value = self._parts.read(name)
            if value is None:
                raise Lost
        return self._known[name]

    def values(self, field: str, key: str) -> Mapping[str, Any]:
        """Return values of a field, that of a key among them if there is one."""
        name = _name_of(field, key, self.counts)
        return self.part(name).get(field, {}) if name in self._names else {}

    def comments_in(self, thread: str) -> dict[str, str]:
        """Return the texts of the comments in a thread, by their paths: they lie in one part."""
        texts: dict[str, str] = self.values("comments", thread).get(thread, {})
        return texts

    def everything(self, field: str) -> dict[str, Any]:
        """Return all values of a field."""
        kind = _KINDS.get(field, "link")
        kinds = tuple(f"{each}-" for each in ({kind} if field in _WITHOUT_COMMENTS else {kind, _THREAD}))
        found: dict[str, Any] = {}
        for name in self._names:
            if name.startswith(kinds):
                found |= self.part(name).get(field, {})
        return found


class Asked(Mapping[str, Any]):
    """One of the mappings of a site. `own` are values that are read already."""

    def __init__(self, read: Read, field: str, own: Mapping[str, Any] | None = None) -> None:
        """Take the parts, and the name of the field."""
        self._read, self._field, self._own = read, field, own or {}

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - whatever was kept
        """Return the value of a key."""
        return self._own[key] if key in self._own else self._read.values(self._field, key)[key]

    def __iter__(self) -> Iterator[str]:
        """Go through all keys, in no order."""
        return iter({**self._read.everything(self._field), **self._own})

    def __len__(self) -> int:
        """Return how many there are."""
        return len({**self._read.everything(self._field), **self._own})


class Listed(Sequence[Any]):
    """Things in their order, which is known by their ids, as another mapping has them."""

    def __init__(self, ids: Iterable[str], things: Mapping[str, Any]) -> None:
        """Take the ids and the mapping."""
        self._ids, self._things = tuple(ids), things

    def of(self, things: Mapping[str, Any]) -> Listed:
        """Return the same list of other things."""
        return Listed(self._ids, things)

    @overload
    def __getitem__(self, at: int) -> Any: ...  # noqa: ANN401 - whatever was kept
    @overload
    def __getitem__(self, at: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, at: int | slice) -> Any:
        """Return one, or some."""
        if isinstance(at, slice):
            return tuple(self._things[id_] for id_ in self._ids[at])
        return self._things[self._ids[at]]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._ids)
