"""The names of all fields, from the field tables: which words may stand before a colon, and which hold prose.

In: nothing but the tables. Out: sets of keys. Exists so that a repair can tell a field's name from a word that
happens to stand before a colon, without a list of its own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rehab.model.anatomy import Muscle, Region
from rehab.model.dose.shape import DOSE_FIELDS
from rehab.model.exercise import Ladder
from rehab.model.folders import FOLDERS
from rehab.model.nearest import is_one_slip
from rehab.model.nouns import RedFlag
from rehab.model.shapes import Words
from rehab.model.spec import specs
from rehab.model.use import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.model.spec import Shape

_ROOTS: tuple[type[Any], ...] = (*FOLDERS.values(), Ladder, Use, Region, Muscle, RedFlag)
_SHORTEST = 4
_UNLISTED = ("exercise", "name", "id", *DOSE_FIELDS)
"""Keys that are read outside of a field table: how a post names an exercise, a ladder's name, parts of a dose."""


@cache
def known_keys() -> frozenset[str]:
    """Return every word that is the name of a field somewhere."""
    return frozenset(_shapes()) | frozenset(_UNLISTED)


@cache
def text_keys() -> frozenset[str]:
    """Return the names of the fields that hold one piece of text wherever they stand."""
    texts = {key for key, shapes in _shapes().items() if all(isinstance(shape, Words) for shape in shapes)}
    return frozenset(texts.difference(DOSE_FIELDS))


@cache
def prose_keys() -> frozenset[str]:
    """Return the names of the fields that may hold text somewhere, alone, as items, or as the short form of a group."""
    return frozenset(key for key, shapes in _shapes().items() if any(_takes_text(shape) for shape in shapes))


def meant_key(word: str) -> str:
    """Return the field that a word before a colon names, or can only mean by one slip; nothing where it is none."""
    if word in known_keys():
        return word
    close = [key for key in known_keys() if len(word) >= _SHORTEST and is_one_slip(word, key)]
    return close[0] if len(close) == 1 else ""


def _takes_text(shape: object) -> bool:
    noun, short = getattr(shape, "noun", None), getattr(shape, "short", "")
    if isinstance(noun, type) and short:
        return any(each.key == short and _takes_text(each.shape) for each in specs(noun))
    return isinstance(getattr(shape, "item", shape), Words)


@cache
def _shapes() -> dict[str, list[Shape[Any]]]:
    found: dict[str, list[Shape[Any]]] = {}
    waiting, seen = list(_ROOTS), set(_ROOTS)
    while waiting:
        for each in specs(waiting.pop()):
            found.setdefault(each.key, []).append(each.shape)
            inner = [noun for noun in _nouns_in(each.shape) if noun not in seen]
            seen.update(inner)
            waiting += inner
    return found


def _nouns_in(shape: object) -> Iterator[type[Any]]:
    item = getattr(shape, "item", None)
    if item is not None:
        yield from _nouns_in(item)
    noun = getattr(shape, "noun", None)
    if isinstance(noun, type):
        yield noun
