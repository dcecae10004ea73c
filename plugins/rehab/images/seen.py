"""What was read of each picture file, and how the file looked then: one that looks the same is not opened again.

In: assets. Out: what was said of them last time. The memory is one JSON file in the cache; it can be deleted at any
time, and one that is damaged or of another pipeline is as good as none.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from rehab.images.encode import codecs
from rehab.images.opened import has_heic
from rehab.images.plan import PIPELINE, Photo
from rehab.images.refused import Refused
from rehab.images.store import save_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.source.document import Asset

_FILE: Final = "seen.json"
# A file may change again within one tick of its disk's clock and look the same. Some disks count whole seconds.
_TICK_NS: Final = 50_000_000
_SECOND_NS: Final = 1_000_000_000

Look = tuple[int, ...]
"""How a file looks: its size, its times in nanoseconds, its number on the disk."""


@dataclass(slots=True)
class Seen:
    """The memory of one run. `before` is what earlier runs knew, `now` what this one has met, by path.

    `now_ns` is when this run began: what changed just before may still be changing, and is not kept.
    """

    now_ns: int
    before: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)

    def recall(self, asset: Asset) -> Photo | Refused | None:
        """Return what is known of a file that looks as it did, or None."""
        look = self.looks[asset.path] = _look(asset)
        try:
            known = self.before[asset.path]
            if not look or tuple(known[0]) != look:
                return None
            said = _spoken(asset, known)
        except (KeyError, TypeError, ValueError, IndexError):
            return None
        self.now[asset.path] = known
        return said

    def keep(self, asset: Asset, said: Photo | Refused) -> None:
        """Remember what was just read of a file, unless it changed a moment ago or the reason may pass."""
        look = self.looks.get(asset.path, ())
        if not look or look != _look(asset) or not _settled(look, self.now_ns):
            return
        if isinstance(said, Photo):
            size = (said.width, said.height, said.alpha, said.kind, said.frames)
            self.now[asset.path] = [look, said.digest, *size, " ".join(said.tones)]
        elif said.lasting:
            self.now[asset.path] = [look, said.reason, said.hint]


def _look(asset: Asset) -> Look:
    try:
        seen = os.stat(asset.file)  # noqa: PTH116 - a quarter of the time of Path.stat, for each of thousands of files
    except OSError:
        return ()
    # A link is looked at itself too: it may have come to lead elsewhere.
    link = asset.file.lstat() if asset.file.is_symlink() else seen
    return (seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino, link.st_ino)


def _settled(look: Look, now_ns: int) -> bool:
    changed = max(look[1], look[2])
    margin = _TICK_NS if changed % _SECOND_NS else 2 * _SECOND_NS
    return changed + margin < now_ns


def _spoken(asset: Asset, known: list[Any]) -> Photo | Refused:
    if len(known) == 3:  # noqa: PLR2004 - a look, a reason and a hint
        return Refused(str(known[1]), str(known[2]))
    _, digest, width, height, alpha, kind, frames, tones = known
    return Photo(asset.path, asset.file, digest, width, height, alpha, kind, frames, tuple(tones.split()))


def read_seen(cache_folder: Path, *, now_ns: int) -> Seen:
    """Return the memory that a cache folder holds, empty where there is none. `now_ns` as in `Seen`."""
    try:
        known = json.loads((cache_folder / _FILE).read_bytes())
        before = known["files"] if known["version"] == _version() else {}
    except (OSError, ValueError, TypeError, KeyError):
        before = {}
    return Seen(now_ns, before if isinstance(before, dict) else {})


def save_seen(cache_folder: Path, seen: Seen) -> None:
    """Write down what this run has met, where that differs. Raise OSError."""
    if seen.now != seen.before:
        text = json.dumps({"version": _version(), "files": seen.now}, separators=(",", ":"), ensure_ascii=True)
        save_bytes(cache_folder / _FILE, text.encode())


@cache
def _version() -> str:
    """Return what else the answers depend on: the pipeline, the codecs, and whether HEIC can be read."""
    return f"{PIPELINE} {codecs()} {'heic' if has_heic() else ''}"
