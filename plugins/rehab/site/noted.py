"""A site that notes what pages read of it: where all that is as it was, a page would come out as it did.

In: a linked site. Out: the same site for whoever makes pages, which notes by itself what it is asked for. A view need
not know of it, so none can forget to tell.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

from rehab.model.comment import host_id
from rehab.site.notes import ALL, SOME
from rehab.site.talk import thread_in, thread_on

if TYPE_CHECKING:
    from collections.abc import ItemsView, Iterator, ValuesView

    from rehab.model.refs import Ref, TextRef
    from rehab.site.names import Names
    from rehab.site.notes import Notes
    from rehab.site.site import Edge, InThreads, Site

V = TypeVar("V")

MAPPINGS: Final = (
    "nouns", "outgoing", "incoming", "positions", "text_refs", "pictures", "folders", "threads", "texts", "cards",
    "defined_in", "ladders_by_step", "red_flags", "glossary",
)  # fmt: skip
OF_COMMENTS: Final = ("targets", "replies")
"""Mappings that have comments among their keys."""
SEQUENCES: Final = (
    "posts", "unlisted", "exercises", "injuries", "treatments", "programs", "ladders", "regions", "muscles",
    "galleries", "pages", "drafts", "comments", "edges",
)  # fmt: skip


def noted(site: Site, notes: Notes) -> Site:
    """Return a site that notes what it is asked for; its options do not change while a program runs."""
    fields: dict[str, Any] = {name: Noted(getattr(site, name), name, notes) for name in MAPPINGS}
    fields |= {name: NotedOfComments(getattr(site, name), name, notes) for name in OF_COMMENTS}
    fields |= {name: NotedSequence(getattr(site, name), name, notes) for name in SEQUENCES}
    fields |= {"assets": NotedSet(site.assets, "assets", notes), "names": NotedNames(site.names, notes)}
    fields |= {"talk": NotedTalk(site.talk, notes)}
    return dataclasses.replace(site, **fields, notes=notes)


class _Noting:
    """What notes when it is looked at as a whole: how much there is, all of it, whether there is any."""

    __slots__ = ("_notes", "_reads", "_values")

    def __init__(self, values: Any, field: str, notes: Notes) -> None:  # noqa: ANN401 - a mapping, a sequence or a set
        """Take the values, the name of their field, and where to note."""
        self._values, self._reads, self._notes = values, notes.of(field), notes

    def _note(self, key: str) -> None:
        self._notes.now.add(self._reads[key])

    def __iter__(self) -> Iterator[Any]:
        """Go through all of it."""
        self._note(ALL)
        return iter(self._values)

    def __len__(self) -> int:
        """Return how much there is."""
        self._note(ALL)
        return len(self._values)

    def __bool__(self) -> bool:
        """Return whether there is any."""
        self._note(SOME)
        return bool(self._values)


class Noted(_Noting, Mapping[str, V]):
    """A mapping that notes which keys are asked for, whether they are there or not."""

    __slots__ = ()

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        self._note(key)
        value: V = self._values[key]
        return value

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as the mapping has it
        """Return the value of a key, or the default."""
        self._note(key)
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        """Return whether there is such a key."""
        self._note(str(key))
        return key in self._values

    def values(self) -> ValuesView[V]:
        """Go through all values."""
        self._note(ALL)
        values: ValuesView[V] = self._values.values()
        return values

    def items(self) -> ItemsView[str, V]:
        """Go through all keys with their values."""
        self._note(ALL)
        items: ItemsView[str, V] = self._values.items()
        return items


class NotedOfComments(Noted[V]):
    """The same of a mapping that has comments among its keys: what is said of one is what its thread is made of."""

    __slots__ = ()

    def _note(self, key: str) -> None:
        thread = thread_in(key)
        if thread:
            self._notes.now |= {self._notes.of("threads")[thread], self._notes.of("targets")[host_id(thread)]}
        else:
            self._notes.now.add(self._reads[key])


class NotedSequence(_Noting, Sequence[V]):
    """A sequence that notes when it is looked at: its order and all that stands in it."""

    __slots__ = ()

    @overload
    def __getitem__(self, at: int) -> V: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...

    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        """Return what stands somewhere."""
        self._note(ALL)
        found: V | Sequence[V] = self._values[at]
        return found


class NotedSet(_Noting, AbstractSet[str]):
    """A set that notes which members are asked for."""

    __slots__ = ()

    def __contains__(self, member: object) -> bool:
        """Return whether there is such a member."""
        self._note(str(member))
        return member in self._values


class NotedTalk:
    """The links inside threads, which note the threads that they are asked of."""

    __slots__ = ("_notes", "_talk")

    def __init__(self, talk: InThreads, notes: Notes) -> None:
        """Take the links, and where to note."""
        self._talk, self._notes = talk, notes

    def leaving(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that begin at a comment."""
        self._notes.now.add(self._notes.of("threads")[thread_in(id_)])
        return self._talk.leaving(id_)

    def ending(self, id_: str) -> tuple[Edge, ...]:
        """Return the links that end at a comment, or at what a thread stands on."""
        self._notes.now.add(self._notes.of("threads")[thread_in(id_) or thread_on(id_)])
        return self._talk.ending(id_)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else they can tell
        """Return what is asked more rarely: it is of all threads."""
        self._notes.now.add(self._notes.of("threads")[ALL])
        return getattr(self._talk, name)


class NotedNames:
    """Names that note which of them are looked up."""

    __slots__ = ("_names", "_notes")

    def __init__(self, names: Names, notes: Notes) -> None:
        """Take the names, and where to note."""
        self._names, self._notes = names, notes

    def find(self, kind: str, word: str) -> str | None:
        """Return the slug of the thing of that kind that is called so, or None."""
        self._notes.now.add(self._notes.of("find")[f"{kind}:{word}"])
        return self._names.find(kind, word)

    def id_of(self, ref: Ref | None) -> str | None:
        """Return `kind:slug` with the slug itself where the reference gives an alias, or None."""
        if ref:
            self._notes.now.add(self._notes.of("find")[f"{ref.kind}:{ref.slug}"])
        return self._names.id_of(ref)

    def resolve(self, ref: TextRef) -> str | None:
        """Return `kind:slug` of what a text refers to, or None where nothing or too much is called so."""
        self._notes.now.add(self._notes.of("resolve")[f"{ref.kind}:{ref.slug}"])
        return self._names.resolve(ref)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else names can tell
        """Return what is asked more rarely: it depends on all names."""
        self._notes.now.add(self._notes.of("names")[ALL])
        return getattr(self._names, name)
