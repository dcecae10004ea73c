"""Files written whole or not at all, and the cache of made pictures.

The cache has a folder for each picture key (content and recipe). Its record, written last, names each file's size
and digest: a folder without a record, or a file that does not match it, is as good as absent. So a run that is
killed at any moment leaves nothing that a later run trusts. A picture that cannot be made has a record that says why.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from rehab.images.plan import SUFFIXES
from rehab.images.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.images.plan import Picture, Rendition

_RECORD: Final = "record.json"
_REFUSED: Final = "refused"


class Mark(Struct, frozen=True):
    """What a finished file must be: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    digest: str


def save_bytes(file: Path, data: bytes) -> None:
    """Write a file under another name beside it, then move it into its place. Raise OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def cached_file(cache: Path, picture: Picture, rendition: Rendition) -> Path:
    """Return where a rendition stands in the cache, whatever its photo is called."""
    kind = "moving-" if rendition.moves else ""
    return _folder(cache, picture) / f"{kind}{rendition.width}.{SUFFIXES[rendition.format]}"


def save_made(cache: Path, picture: Picture, made: Mapping[Rendition, bytes]) -> None:
    """Write all renditions of a picture and then their record. Raise OSError."""
    for rendition, data in made.items():
        save_bytes(cached_file(cache, picture, rendition), data)
    marks = {
        cached_file(cache, picture, each).name: [len(data), hashlib.sha256(data).hexdigest()]
        for each, data in made.items()
    }
    _save_record(cache, picture, marks)


def save_refusal(cache: Path, picture: Picture, refused: Refused) -> None:
    """Write down that a picture cannot be made, where the reason lies in its bytes. Raise OSError."""
    if refused.lasting:
        _save_record(cache, picture, {_REFUSED: [refused.reason, refused.hint]})


def _save_record(cache: Path, picture: Picture, said: Mapping[str, object]) -> None:
    record = json.dumps(said, indent=1, sort_keys=True) + "\n"
    save_bytes(_folder(cache, picture) / _RECORD, record.encode("utf-8"))


def read_marks(cache: Path, picture: Picture) -> dict[Rendition, Mark]:
    """Return what the record says of a picture's files; empty where it is missing, damaged or incomplete."""
    record = _read_record(cache, picture)
    try:
        return {each: Mark(*record[cached_file(cache, picture, each).name]) for each in picture.files}
    except (KeyError, TypeError):
        return {}


def read_refusal(cache: Path, picture: Picture) -> Refused | None:
    """Return why a picture could not be made when it was tried, or None."""
    match _read_record(cache, picture).get(_REFUSED):
        case [str(reason), str(hint)]:
            return Refused(reason, hint)
    return None


def _read_record(cache: Path, picture: Picture) -> Mapping[str, Any]:
    try:
        record = json.loads((_folder(cache, picture) / _RECORD).read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def read_sound(file: Path, mark: Mark) -> bytes | None:
    """Return a file's bytes, or None where they are not those that were once written."""
    try:
        if file.stat().st_size != mark.size:
            return None
        data = file.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == mark.digest else None


def _folder(cache: Path, picture: Picture) -> Path:
    return cache / picture.key[:2] / picture.key
