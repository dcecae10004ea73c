"""Values of ours ↔ bytes of the cache folder, so that what was worked out once need not be worked out again.

In: nouns, links, problems: frozen values, and what holds them. Out: bytes, and the same values again; None where the
bytes are not ours, are damaged, or were made by another program.

Python's pickle reads them, but one that knows no names but those of our frozen values and of a few plain kinds: it
can call nothing else, so whoever can write to the folder can change what a page says, as with the content, and no
more. A value is put together field by field, without its own checks.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import importlib
import io
import pickle
from functools import cache
from operator import attrgetter
from pathlib import Path, PosixPath, PurePosixPath, WindowsPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.keep.kept import save_whole
from rehab.adapter.keep.program import program

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOMS: Final = ("rehab.model.", "rehab.site.", "rehab.source.", "rehab.comments.thread", "rehab.images.")
_PLAIN: Final = {
    ("builtins", "dict"), ("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"),
    ("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone"), ("fractions", "Fraction"),
}  # fmt: skip
_PATHS: Final = (PosixPath, WindowsPath)
_FORM: Final = pickle.HIGHEST_PROTOCOL


def save_value(file: Path, value: object) -> str:
    """Keep a value in a file, whole or not at all, and return the hash by which `read_value` asks for it."""
    stream = io.BytesIO()
    stream.write(bytes(_LENGTH))
    _Pickler(stream, _FORM).dump(value)
    digest = _digest(stream.getbuffer()[_LENGTH:])
    stream.seek(0)
    stream.write(digest.encode())
    save_whole(file, stream.getbuffer())
    return digest


def read_value(file: Path, digest: str = "") -> Any:  # noqa: ANN401 - whatever was kept
    """Return what was kept in a file by this program, or None. With a hash, only that very value."""
    try:
        whole = file.read_bytes()
        said, data = whole[:_LENGTH].decode("ascii"), memoryview(whole)[_LENGTH:]
        if said != _digest(data) or (digest and said != digest):
            return None
        return _load(data)
    except Exception:  # noqa: BLE001 - whatever a damaged or foreign file makes of itself, it is none of ours
        return None


def _load(data: memoryview) -> Any:  # noqa: ANN401 - as above
    enabled = gc.isenabled()
    gc.disable()  # what is read stays, and the collector would look through it again and again
    try:
        return _Unpickler(io.BytesIO(data)).load()
    finally:
        if enabled:
            gc.enable()


def _digest(data: bytes | memoryview) -> str:
    digest = hashlib.sha256(program().encode())
    digest.update(data)
    return digest.hexdigest()


_LENGTH: Final = 64


class _Pickler(pickle.Pickler):
    """Writes a frozen value as its class and its fields."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        kind = type(value)
        if kind is MappingProxyType:
            return dict, (dict(value),)
        if kind in _PATHS:
            return PurePosixPath, (str(value),)
        if dataclasses.is_dataclass(kind):
            return kind, _fields_of(kind)(value)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Knows our frozen values and what is plain, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        if (module, name) == ("pathlib", "PurePosixPath"):
            return Path
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_ROOMS):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module:
                if dataclasses.is_dataclass(found):
                    return _maker_of(found)
                if issubclass(found, tuple):
                    return found
        msg = f"{module}.{name} is no value of ours"
        raise pickle.UnpicklingError(msg)


def _kept(kind: type[Any]) -> list[str]:
    """Return the fields of a class that it is given; what else it holds is worked out of them again."""
    return [each.name for each in dataclasses.fields(kind) if each.init]


@cache
def _fields_of(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    names = _kept(kind)
    if len(names) == 1:
        get = attrgetter(names[0])
        return lambda value: (get(value),)
    return attrgetter(*names)


@cache
def _maker_of(kind: type[Any]) -> Callable[..., Any]:
    """Return a function of a class's fields, in order, that puts a value together: a third of the time of the class."""
    names = _kept(kind)
    setters = [getattr(kind, name).__set__ for name in names]
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
