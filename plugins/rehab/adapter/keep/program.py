"""The program as one hash: what another version of it has kept is nothing to this one."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from pathlib import Path
from typing import Final

_ROOMS: Final = ("source", "model")
"""The rooms that make nouns of files. Whoever keeps what later rooms make watches those files otherwise."""


@cache
def program() -> str:
    """Return a hash of Python's version, of how this machine writes numbers, and of every file that reads content."""
    digest = hashlib.sha256(f"{sys.version} {sys.byteorder}".encode())
    for room in _ROOMS:
        for file in sorted((Path(__file__).parents[2] / room).rglob("*.*")):
            if file.suffix in {".py", ".yml"}:
                digest.update(f"\0{room}/{file.name}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
