"""Which published pictures stand as they were written: known from how their files look, without opening one.

In: an output folder. Out: the names in its `images/` that nobody has touched since. The memory is a JSON file in the
cache, one for each output folder, written last: where it is missing or differs, the files themselves are asked.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Final

from rehab.images.store import save_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FOLDER: Final = "images"
"""Where pictures are published, below the output folder."""

Looks = dict[str, list[int]]
"""Size in bytes and time of the last change in nanoseconds, by name."""


def read_standing(output: Path, cache: Path) -> frozenset[str]:
    """Return the names of the published files that look as they did when they were written."""
    try:
        written = json.loads(_memory(output, cache).read_bytes())
    except (OSError, ValueError):
        return frozenset()
    if not isinstance(written, dict):
        return frozenset()
    return frozenset(name for name, look in _looks(output).items() if written.get(name) == look)


def save_standing(output: Path, cache: Path, names: Iterable[str], before: frozenset[str]) -> None:
    """Remember how the files of these names look now, unless they are those that stood before. Raise OSError."""
    wanted = frozenset(names)
    if wanted == before:
        return
    looks: Mapping[str, list[int]] = _looks(output)
    said = {name: looks[name] for name in sorted(wanted & looks.keys())}
    save_bytes(_memory(output, cache), json.dumps(said, separators=(",", ":")).encode())


def _looks(output: Path) -> Looks:
    try:
        with os.scandir(output / FOLDER) as entries:
            stats = [(entry.name, entry.stat()) for entry in entries]
    except OSError:
        return {}
    return {name: [seen.st_size, seen.st_mtime_ns] for name, seen in stats}


def _memory(output: Path, cache: Path) -> Path:
    name = hashlib.sha256(str(output.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return cache / f"published-{name}.json"
