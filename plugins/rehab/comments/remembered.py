"""Bodies that were cleaned before → their HTML again, without cleaning them a second time.

In: a file in the cache folder, and bodies. Out: the same HTML that the cleaning makes, and the file as it should be
for the next build. An entry is found by a hash of the body, its format and all that makes the cleaning what it is, so a
change in the program or in one of its two libraries forgets everything. Cleaning ten thousand comments the long way
takes two seconds, looking them up a third of one.

Whoever can write to the cache folder can change what a comment says, but no more: every entry passes the cleaning's
last word again before it is used, and one that the last word would change is cleaned anew.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehab.comments.clean import clean_body, clean_short, is_clean

if TYPE_CHECKING:
    from rehab.comments.clean import Format

NAME: Final = "cleaned.json"
_FORM: Final = 1
_PARTS: Final = ("addresses", "blocks", "clean", "flow", "letters", "plain_body", "plain_line", "runs")
"""The modules that make the cleaning what it is; a test keeps this in step with what `clean` imports."""
_LIBRARIES: Final = ("markdown-it-py", "nh3")
_SPARE: Final = 2_000
"""Entries that may lie unused, so that two content folders can share a cache; beyond that they are dropped."""


@cache
def cleaning() -> str:
    """Return a hash of all that decides what cleaning makes of a body."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for part in _PARTS:
        digest.update((here / f"{part}.py").read_bytes())
    digest.update(" ".join(f"{name} {version(name)}" for name in _LIBRARIES).encode())
    return digest.hexdigest()


class Remembered:
    """The cleaning, with what it made before. `clean` has the form of `rehab.comments.clean.clean_body`."""

    def __init__(self, folder: Path) -> None:
        """Read what was kept in a cache folder; where there is nothing, or it is damaged, begin anew."""
        self._file = folder / NAME
        self._known = _read(self._file)
        self._used: dict[str, str] = {}
        self._fresh = False

    def clean(self, text: str, format: Format) -> str:  # noqa: A002 - the field's name in front matter
        """Return the safe HTML of a body."""
        plain = clean_short(text, format)
        if plain is not None:
            return plain
        key = _key(text, format)
        kept = self._known.get(key, "")
        html = kept[_CHECK:]
        if not kept or kept[:_CHECK] != _check(key, html) or not is_clean(html):
            html = clean_body(text, format)
            self._fresh = True
        self._used[key] = _check(key, html) + html
        return html

    def save(self) -> None:
        """Keep what was used, and some that was not, for the next build. A folder that cannot be written is left."""
        spare = [key for key in self._known if key not in self._used]
        if not self._fresh and len(spare) <= _SPARE:
            return
        kept = {**{key: self._known[key] for key in spare[-_SPARE:]}, **self._used}
        _write(self._file, json.dumps({"form": _FORM, "cleaning": cleaning(), "entries": kept}, ensure_ascii=False))


_CHECK: Final = 16
"""Letters of the hash before each entry, by which a damaged one is known."""


def _key(text: str, format: Format) -> str:  # noqa: A002 - as above
    return hashlib.sha256(f"{cleaning()}\0{format}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _check(key: str, html: str) -> str:
    return hashlib.sha256(f"{key}\0{html}".encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK]


def _read(file: Path) -> dict[str, str]:
    try:
        whole: Any = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(whole, dict) or (whole.get("form"), whole.get("cleaning")) != (_FORM, cleaning()):
        return {}
    entries = whole.get("entries")
    return {key: kept for key, kept in entries.items() if isinstance(kept, str)} if isinstance(entries, dict) else {}


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all, each process under a name of its own until it is whole."""
    fresh: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=".cleaned.", delete=False
        ) as out:
            fresh = Path(out.name)
            out.write(text)
        fresh.replace(file)
    except (OSError, ValueError):
        if fresh is not None:
            fresh.unlink(missing_ok=True)
