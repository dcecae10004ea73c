"""Files written whole or not at all, and the cache of made pictures.

The cache has a folder for each picture key (content and recipe). Its record, written last, names each file's size
and digest: a folder without a record, or a file that does not match it, is as good as absent. So a run that is
killed at any moment leaves nothing that a later run trusts.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehab.images.plan import SUFFIXES, Picture, Rendition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_RECORD: Final = "record.json"


@dataclass(frozen=True, slots=True)
class Mark:
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
    return _folder(cache, picture) / f"{rendition.width}.{SUFFIXES[rendition.format]}"


def save_made(cache: Path, picture: Picture, made: Mapping[Rendition, bytes]) -> None:
    """Write all renditions of a picture and then their record. Raise OSError."""
    for rendition, data in made.items():
        save_bytes(cached_file(cache, picture, rendition), data)
    marks = {
        cached_file(cache, picture, each).name: [len(data), hashlib.sha256(data).hexdigest()]
        for each, data in made.items()
    }
    record = json.dumps(marks, indent=1, sort_keys=True) + "\n"
    save_bytes(_folder(cache, picture) / _RECORD, record.encode("utf-8"))


def read_marks(cache: Path, picture: Picture) -> dict[Rendition, Mark]:
    """Return what the record says of a picture's renditions; empty where it is missing, damaged or incomplete."""
    try:
        record = json.loads((_folder(cache, picture) / _RECORD).read_bytes())
        return {each: Mark(*record[cached_file(cache, picture, each).name]) for each in picture.renditions}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def read_made(file: Path, mark: Mark) -> bytes | None:
    """Return a cached file's bytes, or None where they are not those that were once written."""
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == mark.digest else None


def stands(file: Path, mark: Mark) -> bool:
    """Tell whether a published file is there with its full size. Its name names its content already."""
    try:
        return file.stat().st_size == mark.size
    except OSError:
        return False


def _folder(cache: Path, picture: Picture) -> Path:
    return cache / picture.key[:2] / picture.key
