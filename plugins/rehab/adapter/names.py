"""Which names a file of a site may have: none of a folder that the site needs, and none that no disk takes.

In: the names of files below the output folder, and settings. Out: why a name cannot be written, and folders.
"""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from rehab.images.published import FOLDER
from rehab.site.offline import OFFLINE, SAVED

if TYPE_CHECKING:
    from collections.abc import Collection

    from rehab.adapter.settings import Settings

INSIDE: Final = ("_SAVE_AS", "_ATOM", "_RSS")
"""How names of settings end that say which file of the output folder is written."""
LONGEST: Final = 200
"""Bytes of a name between two slashes. Disks take 255, of which a file has some more until it is whole."""


def fault_of(name: str, folders: Collection[str]) -> str:
    """Return why no file of this name can be written, as words that follow the name, or ""."""
    if any(len(os.fsencode(part)) > LONGEST for part in name.split("/")):
        return f"is longer than {LONGEST} bytes"
    return "is a folder of the site" if name in folders else ""


def folders_above(name: str) -> tuple[str, ...]:
    """Return the folders above a file, the output folder apart."""
    return tuple(parent.as_posix() for parent in PurePosixPath(name).parents)[:-1]


def folders_of(settings: Settings) -> frozenset[str]:
    """Return the folders that every site has with these settings, as far as they hold no slug."""
    files = (str(value) for name, value in settings.items() if name.endswith(INSIDE) and value)
    found = {folder for file in files for folder in folders_above(file) if "{" not in folder}
    return frozenset((*found, FOLDER, str(settings["THEME_STATIC_DIR"]), OFFLINE.rstrip("/"), SAVED.rstrip("/")))
