"""What a command is called in, besides files: where all of that is the same, only files can make another site.

In: the words of the command. Out: a hash of environment, Python and folder, and the day apart from it: on another day
a site is hardly another one.
"""

from __future__ import annotations

import codecs
import datetime as dt
import hashlib
import json
import locale
import os
import sys
import time
from typing import Final

from msgspec import Struct

_OF_A_SESSION: Final = {"_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "WINDOWID", "COLORTERM", "MFLAGS", "STY"}
_SAID_OTHERWISE: Final = {"PYTHONUTF8"}
"""What make sets and a shell does not, and most machines have anyway: what comes of it counts."""
_OF_SESSIONS: Final = (
    "TERM", "MAKE", "SSH_", "TMUX", "XDG_SESSION_", "SHELL_SESSION_", "VSCODE_", "VTE_", "WT_", "ITERM_", "KITTY_",
    "KONSOLE_", "WEZTERM_", "ALACRITTY_", "GNOME_TERMINAL_",
)  # fmt: skip
"""What a terminal, a login or make says of itself, and how such names begin. Another window is the same environment."""
_PATHS: Final = tuple(sys.path)
"""Where Python looks for modules, before plugins and settings add to it."""
_LETTERS: Final = (
    codecs.lookup(locale.getpreferredencoding(do_setlocale=False)).name,
    sys.getfilesystemencoding(),
)
"""How files and their names are read where nobody says, before Pelican sets a locale."""


class Surroundings(Struct, frozen=True):
    """A `digest` of all that is no file, and the `day`, in UTC and on this machine."""

    digest: str
    day: str


def surroundings_of(*words: str) -> Surroundings:
    """Return what a command with these words is called in now."""
    environment = sorted(each for each in os.environ.items() if not _is_of_a_session(each[0]))
    said = [sys.version, sys.executable, _PATHS, os.getcwd(), environment, _LETTERS, words]  # noqa: PTH109 - as text
    digest = hashlib.sha256(json.dumps(said).encode("utf-8", "surrogatepass")).hexdigest()
    return Surroundings(digest, f"{dt.datetime.now(dt.UTC).date().isoformat()} {time.strftime('%Y-%m-%d')}")


def _is_of_a_session(name: str) -> bool:
    return name in _OF_A_SESSION or name in _SAID_OTHERWISE or name.startswith(_OF_SESSIONS)
