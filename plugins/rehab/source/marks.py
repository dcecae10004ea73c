"""How files looked when they were last seen: name, size and times of each, without opening any.

In: a folder. Out: one fingerprint that differs as soon as anything in the folder does. Exists so that a command
that has looked at everything already can say so at once.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from rehab.source.read import list_files

if TYPE_CHECKING:
    from pathlib import Path

SETTLED_NS = 1_000_000_000
"""A file that changed less than a second ago may change again within one tick of its clock."""


def read_mark(folder: Path, *, now_ns: int) -> str | None:
    """Return the fingerprint of a folder, or None where a file cannot be looked at or has changed just now.

    `now_ns` is the time in nanoseconds since 1970; it only decides whether there is a fingerprint, never which.
    """
    digest = hashlib.sha256()
    files, problems = list_files(folder)
    if problems:
        return None
    for path, file, linked in files:
        try:
            seen = os.stat(file)  # noqa: PTH116 - as in `read`, a Path for each file costs more than the look
        except OSError:
            return None
        if seen.st_ctime_ns > now_ns - SETTLED_NS:
            return None
        digest.update(f"{path}\0{linked}\0{seen.st_size}\0{seen.st_mtime_ns}\0{seen.st_ctime_ns}\n".encode())
    return digest.hexdigest()
