"""Why a file is no picture for us, in words that an author understands.

Pillow, its codecs and expat raise nearly every kind of exception for a damaged file (OSError, SyntaxError,
TypeError, ValueError, EOFError, struct.error, …). They all end at one border, `attempt`, and become a `Refused`:
never a traceback for what stands in a file.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from PIL import Image

from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
P = ParamSpec("P")

SAVE_ANEW: Final = "open it in a photo program and save it as JPEG or PNG, or take it out"
COPY_AGAIN: Final = "copy it again from where it comes from, or take it out"
SMALLER: Final = "save a smaller copy of it"


class Refused(Exception):  # noqa: N818 - it is a verdict with its reason, not an accident
    """The file cannot be shown safely. `reason` continues "this file …"; `hint` is an instruction.

    `lasting` says that the same bytes will be refused again: the reason lies in them, not in this machine or moment.
    """

    def __init__(self, reason: str, hint: str = SAVE_ANEW, *, lasting: bool = True) -> None:
        super().__init__(reason, hint)
        self.reason = reason
        self.hint = hint
        self.lasting = lasting


def attempt(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Refused:
    """Return what `work` returns, or why the file at hand makes that impossible."""
    try:
        return work(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - the border that this module is about
        return _in_words(error)


def refusal(refused: Refused, path: str, places: Mapping[str, Place]) -> Problem:
    """Return the problem of a refused file, at the place that mentions it or else at the file itself."""
    name = PurePosixPath(path).name
    return Problem("bad-image", places.get(path, Place(path)), f"{name!r} {refused.reason}", refused.hint)


def _in_words(error: Exception) -> Refused:
    if isinstance(error, Refused):
        return error
    if isinstance(error, (Image.DecompressionBombError, MemoryError)):
        return Refused("has too many pixels", SMALLER, lasting=not isinstance(error, MemoryError))
    if isinstance(error, OSError) and error.errno is not None and error.strerror:
        said, hint = f"cannot be read: {error.strerror.lower()}", "see that the file is there and may be read"
        return Refused(said, hint, lasting=False)
    return Refused("is damaged: its pixels cannot be read", COPY_AGAIN)
