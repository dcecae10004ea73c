"""Front matter of plain lines → nodes, without the library: what comments and most short files have.

In: a YAML text. Out: the same nodes that the library's way makes, or None where a line is anything but a field with a
plain or quoted text, or a list of words in brackets. Ten thousand files are read in half the time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehab.source.nodes import Items, Row, Scalar, Table
from rehab.source.place import Place

if TYPE_CHECKING:
    from rehab.source.nodes import Node

_LETTERS: Final = "A-Za-zÀ-ÖØ-öø-ÿ0-9"
_PLAIN: Final = rf"[{_LETTERS}](?:[{_LETTERS}.,;/()'!+=_?&%~-]| (?=[{_LETTERS}(])|:(?=[{_LETTERS}/]))*+"
_QUOTED: Final = r'"[ !#-\[\]-~À-ÖØ-öø-ÿ]*+"'
_WORD: Final = "[A-Za-z0-9][A-Za-z0-9_-]*+"
_LIST: Final = rf"\[{_WORD}(?:, {_WORD})*+\]"
_FIELD: Final = re.compile(rf"[a-z][a-z_]{{0,40}}: (?:{_PLAIN}|{_QUOTED}|{_LIST})")
_EACH_WORD: Final = re.compile(_WORD)


def read_short(text: str, start: Place) -> Table | None:
    """Return the nodes of a text that begins at a place, or None where the library must read it."""
    lines = text.removesuffix("\n").split("\n")
    if not all(map(_FIELD.fullmatch, lines)):
        return None
    return Table(tuple(_row(line, start.path, number) for number, line in enumerate(lines, start.line)), start)


def _row(line: str, path: str, number: int) -> Row:
    key, _, value = line.partition(": ")
    return Row(Scalar(key, Place(path, number)), _value(value, Place(path, number, len(key) + 3)))


def _value(value: str, place: Place) -> Node:
    if value.startswith('"'):
        return Scalar(value[1:-1], place.right(1))
    if value.startswith("["):
        words = _EACH_WORD.finditer(value)
        return Items(tuple(Scalar(each[0], place.right(each.start())) for each in words), place)
    return Scalar(value, place)
