"""The theme's layered style sources → one stylesheet, and the theme's other files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDER = "theme"


@dataclass(frozen=True, slots=True)
class Styles:
    """`url` is the stylesheet's, site-relative; `files` are all files of the theme by their place in the output."""

    url: str
    files: Mapping[str, bytes]


def read_styles(theme: Path) -> Styles:
    """Join `styles/*.css` in order of name, and read `static/`.

    The stylesheet's name holds a part of its hash, so that a browser may keep it for ever.
    """
    sources = sorted((theme / "styles").glob("*.css"))
    css = b"".join(source.read_bytes().replace(b"\r\n", b"\n").rstrip() + b"\n" for source in sources)
    url = f"{FOLDER}/style.{hashlib.sha256(css).hexdigest()[:10]}.css"
    static = theme / "static"
    others = {f"{FOLDER}/{file.relative_to(static).as_posix()}": file for file in sorted(static.rglob("*"))}
    return Styles(url, {url: css, **{name: file.read_bytes() for name, file in others.items() if file.is_file()}})
