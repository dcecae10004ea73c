"""Secrets: the key that signs links and cookies, and the hash of the owner's password.

Each comes from the environment, or from a file beside the database that only its owner may read. A key that is not
there is made; a password is not.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from werkzeug.security import check_password_hash, generate_password_hash

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHORTEST_SECRET = 32
SHORTEST_PASSWORD = 12
"""Characters: with the limit on logins, nobody guesses a password of twelve."""
SECRET, PASSWORD = "secret", "password"
METHOD = "scrypt:32768:8:3"
"""32 MB and a fifth of a second for each guess: one of the settings that OWASP's sheet on storing passwords names."""
_IGNORE_ALL = "# Nothing in this folder is anybody's to publish.\n*\n"


def prepare_folder(folder: Path) -> None:
    """Make the private folder of the database, which git ignores whatever the blog's own rules say."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text(_IGNORE_ALL, "utf-8")


def read_secret(variables: Mapping[str, str], folder: Path) -> str:
    """Return the key for signatures; where there is none yet, make one. Raises ValueError for a short one."""
    secret = variables.get("REHAB_INTAKE_SECRET", "") or _read(folder / SECRET)
    if not secret:
        secret = secrets.token_urlsafe(48)
        save_private(folder / SECRET, secret)
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the secret is shorter than {SHORTEST_SECRET} characters: write a longer one")
    return secret


def read_password_hash(variables: Mapping[str, str], folder: Path) -> str:
    """Return the hash of the owner's password, or nothing where none is set."""
    return variables.get("REHAB_INTAKE_PASSWORD_HASH", "").strip() or _read(folder / PASSWORD)


def hash_password(password: str) -> str:
    """Return the salted hash of a password. Raises ValueError for a short one."""
    if len(password) < SHORTEST_PASSWORD:
        raise ValueError(f"the password is shorter than {SHORTEST_PASSWORD} characters: choose a longer one")
    return generate_password_hash(password, method=METHOD)


def fits_password(hashed: str, password: str) -> bool:
    """Return whether a password is the owner's; without a hash no password is."""
    return bool(hashed) and check_password_hash(hashed, password)


def save_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
        stream.write(f"{text}\n")
    fresh.replace(file)


def _read(file: Path) -> str:
    return file.read_text("utf-8").strip() if file.is_file() else ""
