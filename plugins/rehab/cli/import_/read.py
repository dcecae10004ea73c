"""Reading what `rehab import posts` is given: one file, or the texts of a folder. Nothing is reached through a link."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rehab.authoring.import_posts.detect import FOLDERS, LOOKED_AT, detect_file, detect_folder
from rehab.authoring.import_posts.files import CONFIGS, SKIPPED, TEXTS, Piece, read_files
from rehab.authoring.import_posts.formats import READERS
from rehab.authoring.import_posts.items import LARGEST
from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT
from rehab.comments.imports.page import find_first
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehab.authoring.import_posts.items import Export

MOST_FILES = 100_000
_SETTINGS = 1_000_000


def read_export(file: Path, format_: str, *, dates: str) -> tuple[Export | None, str, int]:
    """Return an export, or why it cannot be read and the exit code for that."""
    try:
        if file.is_dir():
            return _read_folder(file, format_)
        return _read_file(file, format_, dates=dates)
    except OSError as wrong:
        return None, f"it cannot be read: {reason_of(wrong)}", ENVIRONMENT


def _read_file(file: Path, format_: str, *, dates: str) -> tuple[Export | None, str, int]:
    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    if len(data) > LARGEST:
        return None, f"it has more than {LARGEST >> 20} MB: import it in parts", ENVIRONMENT
    found, advice = (format_, "") if format_ else detect_file(data[:LOOKED_AT])
    if not found:
        return None, advice, CONTENT
    if found in FOLDERS:
        return None, f"a blog of {found} is a folder: name that", CONFIGURATION
    if found == "page" and not dates and find_first(data.decode("utf-8-sig", "replace").splitlines()) is not None:
        return None, "comments stand in it, and 4.6.14 is April or June: say --dates mdy, dmy or ymd", CONFIGURATION
    export = READERS[found](data)
    return (export, "", 0) if export.items else (None, export.fault or "nothing is in it", CONTENT)


def _read_folder(folder: Path, format_: str) -> tuple[Export | None, str, int]:
    names = list(list_files(folder))
    if len(names) > MOST_FILES:
        return None, f"it has more than {MOST_FILES:,} files: import it in parts", ENVIRONMENT
    tops = [*names, *(f"{entry.name}/" for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False))]
    found, advice = (format_, "") if format_ else detect_folder(tops)
    if not found:
        return None, advice, CONTENT
    if found not in FOLDERS:
        return None, f"it is a folder, and an export of {found} is a file: name that", CONFIGURATION
    left, pieces = LARGEST, []
    for name in names:
        if name.lower().endswith(TEXTS):
            data = _read(folder / name, left)
            left -= len(data)
            pieces.append(Piece(name, data))
        if left < 0:
            return None, f"its texts have more than {LARGEST >> 20} MB: import it in parts", ENVIRONMENT
    configs: dict[str, str] = {
        name: _read(folder / name, _SETTINGS).decode("utf-8", "replace") for name in CONFIGS if name in names
    }
    return read_files(found, pieces, configs), "", 0


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder; nothing where it may not be looked into."""
    try:
        return list(os.scandir(folder))
    except OSError:
        return []


def _read(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(max(most, 0) + 1)


def list_files(folder: Path, skipped: frozenset[str] = SKIPPED) -> Iterator[str]:
    """Yield the paths of the files below a folder, sorted: nothing hidden, nothing behind a link, no made folder."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        here = waiting.pop()
        for entry in _entries(folder / here):
            below = f"{here}{entry.name}"
            if entry.name.startswith(".") or entry.is_symlink():
                continue
            if entry.is_dir() and not (here == "" and entry.name in skipped):
                waiting.append(f"{below}/")
            elif entry.is_file():
                found.append(below)
        if len(found) > MOST_FILES:
            break
    yield from sorted(found)
