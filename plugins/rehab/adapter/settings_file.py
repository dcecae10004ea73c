"""A settings file → Pelican's settings, from what it says now.

In: the file, and what a command knows better. Out: the settings. Python keeps the compiled code of what it loads, and
takes it for that of the file again where that has the same size and was written in the same second: of two quick saves,
the second would never be seen. So no compiled code of a settings file is kept, nor of what it imports.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from pelican import read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.settings import Settings


def read_anew(settings_file: Path, override: dict[str, Any] | None = None) -> Settings:
    """Return the settings of a file, with some others in their place. A settings file is a program: it may raise."""
    keeps_none, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        settings: Settings = read_settings(str(settings_file), override=override)
    finally:
        sys.dont_write_bytecode = keeps_none
    return settings
