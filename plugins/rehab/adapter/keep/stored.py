"""Values of ours ↔ bytes of the cache folder, so that what was worked out once need not be worked out again.

In: nouns, links, problems: frozen values, and what holds them. Out: bytes, and the same values again.

Python's pickle reads them, but one that knows no names but those of our frozen values and of a few plain kinds: it
can call nothing else, so whoever can write to the folder can change what a page says, as with the content, and no
more. A value is put together field by field, without its own checks.
"""

from __future__ import annotations

import dataclasses
import importlib
import io
import pickle
from functools import cache
from operator import attrgetter, methodcaller
from pathlib import Path, PosixPath, PurePosixPath, WindowsPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from rehab.source.fields import field_names

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOMS: Final = (
    "rehab.model.", "rehab.site.", "rehab.source.", "rehab.comments.thread", "rehab.images.", "rehab.adapter.theme.",
)  # fmt: skip
_PLAIN: Final = {
    ("builtins", "dict"), ("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"),
    ("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone"), ("fractions", "Fraction"),
}  # fmt: skip
_PATHS: Final = (PosixPath, WindowsPath)
_FORM: Final = pickle.HIGHEST_PROTOCOL


def bytes_of(value: object) -> bytes:
    """Return a value as bytes."""
    stream = io.BytesIO()
    _Pickler(stream, _FORM).dump(value)
    return stream.getvalue()


def value_of(data: bytes) -> Any:  # noqa: ANN401 - whatever was kept
    """Return the value of bytes. Raises whatever damaged or foreign bytes make of themselves."""
    return _Unpickler(io.BytesIO(data)).load()


class _Ways(dict[type[Any], "Callable[[Any], Any]"]):
    """How a value of each kind is written, found once for a kind: a frozen value as its class and its fields."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], Any]:
        """Find the way of a kind. Pickle knows by itself how classes are written: by their names."""
        if issubclass(kind, type):
            raise KeyError(kind)
        way = self[kind] = _way_of(kind)
        return way


def _way_of(kind: type[Any]) -> Callable[[Any], Any]:
    if kind is MappingProxyType:
        return lambda value: (dict, (dict(value),))
    if kind in _PATHS:
        return lambda value: (PurePosixPath, (str(value),))
    if names := field_names(kind):
        fields = _fields_of(names)
        return lambda value: (kind, fields(value))
    return methodcaller("__reduce_ex__", _FORM)


class _Pickler(pickle.Pickler):
    """Writes a frozen value as its class and its fields."""

    dispatch_table = _Ways()


class _Unpickler(pickle.Unpickler):
    """Knows our frozen values and what is plain, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        return _found(module, name)


@cache
def _found(module: str, name: str) -> Any:  # noqa: ANN401 - as above
    if (module, name) == ("pathlib", "PurePosixPath"):
        return Path
    if (module, name) in _PLAIN:
        return getattr(importlib.import_module(module), name)
    if module.startswith(_ROOMS):
        found = getattr(importlib.import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            if issubclass(found, Struct):
                return _struct_of(found)
            if dataclasses.is_dataclass(found):
                return _maker_of(found)
            if issubclass(found, tuple):
                return found
    msg = f"{module}.{name} is no value of ours"
    raise pickle.UnpicklingError(msg)


def _fields_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) == 1:
        get = attrgetter(names[0])
        return lambda value: (get(value),)
    return attrgetter(*names)


def _struct_of(kind: type[Struct]) -> Callable[..., Any]:
    """Return a function of a struct's fields, in order."""
    names = kind.__struct_fields__
    return lambda *values: kind(**dict(zip(names, values, strict=True)))


@cache
def _maker_of(kind: type[Any]) -> Callable[..., Any]:
    """Return a function of a class's fields, in order, that puts a value together: a third of the time of the class."""
    setters = [getattr(kind, name).__set__ for name in field_names(kind)]
    others = [
        (getattr(kind, each.name).__set__, each.default_factory)
        for each in dataclasses.fields(kind)
        if not each.init and each.default_factory is not dataclasses.MISSING
    ]

    def make(*values: object) -> Any:  # noqa: ANN401 - a value of that class
        value = object.__new__(kind)
        for put, each in zip(setters, values, strict=True):
            put(value, each)
        for put, factory in others:
            put(value, factory())
        return value

    return make
