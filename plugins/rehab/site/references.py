"""Every reference in a noun, wherever it stands in it: in front matter and in text.

In: a noun. Out: its `Ref`s, and the `[[references]]` in its texts. Nothing lists fields here, so a field that is
added to a noun is checked from its first day.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rehab.model.refs import Ref
from rehab.site.text.refs import FoundRef, find_text_refs
from rehab.source.fields import field_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.model.entry import Entry
    from rehab.source.place import Place


def refs_of(value: object) -> Iterator[Ref]:
    """Yield every reference inside a noun, a group of fields or a list, in order.

    References to comments are left out: threads are checked where they are put together.
    """
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, Ref):
        if value.kind != "comment":
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from refs_of(item)
    else:
        for name in _names_of(value):
            yield from refs_of(getattr(value, name))


def _names_of(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any value of ours, or another
    """Return the names of the fields that may hold references: not those that only say where something stands."""
    return _names_in(value.__class__)


@cache
def _names_in(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any class
    return tuple(name for name in field_names(kind) if name not in {"place", "at"})


def text_refs_of(entry: Entry, texts: Mapping[str, str]) -> tuple[FoundRef, ...]:
    """Return the `[[references]]` of an entry's body, then of its front matter, with their places."""
    body = find_text_refs(entry.body, entry.path, entry.body_line)
    return (*body, *_front_matter_refs(entry, texts))


def _front_matter_refs(entry: Entry, texts: Mapping[str, str]) -> Iterator[FoundRef]:
    whole = texts.get(entry.path)
    if whole is not None and whole.count("[[") == entry.body.count("[["):
        return  # what most files are like, and this is asked of each
    for name in _names_of(entry):
        if name in {"body", "path", "slug"}:
            continue
        for text in _strings(getattr(entry, name)):
            for found in find_text_refs(text, entry.path):
                place = _find(texts.get(entry.path, ""), found.ref.slug, entry.where(name))
                yield FoundRef(found.ref, place, placed=False)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if "[[" in value:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    else:
        for name in _names_of(value):
            yield from _strings(getattr(value, name))


def _find(text: str, slug: str, start: Place) -> Place:
    """Return where `[[slug` first stands at or below a place, or that place where the text is not at hand."""
    for number, line in enumerate(text.split("\n")[start.line - 1 :], start=start.line):
        column = line.find(f"[[{slug}")
        if column >= 0:
            return type(start)(start.path, number, column + 3)
    return start
