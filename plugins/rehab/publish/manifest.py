"""Which files a site has, each with the SHA-256 of its bytes: by it a target is compared with what is to be there.

In: a folder, or the text of a manifest. Out: `Manifest`, and its text, the same for the same files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from rehab.publish.tree import list_files

if TYPE_CHECKING:
    from pathlib import Path

Manifest: TypeAlias = Mapping[str, str]
"""Paths below the site's folder, each with the SHA-256 of its bytes in hexadecimal digits."""
KIND: Final = "comeback-site"
_VERSION: Final = 1


def read_manifest(folder: Path) -> dict[str, str]:
    """Return the manifest of a folder. Raises OSError."""
    return {path: hash_file(file) for path, file in list_files(folder).items()}


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def render_manifest(manifest: Manifest, site_url: str) -> str:
    """Return the text of a manifest."""
    data = {"kind": KIND, "version": _VERSION, "site": site_url, "files": dict(sorted(manifest.items()))}
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def parse_manifest(text: str) -> tuple[str, dict[str, str]] | None:
    """Return the site's address and the files of a manifest's text, or None where it is none of ours."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("kind") != KIND or data.get("version") != _VERSION:
        return None
    files = data.get("files")
    if not isinstance(files, dict) or not all(isinstance(value, str) for value in files.values()):
        return None
    return str(data.get("site", "")), dict(files)
