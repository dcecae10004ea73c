"""HTML that was made of a text before → the same HTML again, without parsing the text a second time.

In: a file in the cache folder, and texts. Out: what was made of each, and the file as it should be for the next build.
An entry is found by a hash of its text, in a file that says what it was made by: another program, library or setting
forgets everything. Each entry has a hash before it, by which a damaged one is known and made anew.

Whoever can write to the cache folder can change what a page says. Bodies are the author's own HTML, in which everything
is allowed, so the folder must be as trusted as the content folder.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME: Final = "bodies.json"
_CHECK: Final = 16
_SPARE: Final = 1_000
"""Entries that may lie unused, so that two branches can share a cache; beyond that they are dropped."""


class Kept:
    """The HTML of earlier builds. Without a folder, that of this one alone."""

    def __init__(self, folder: Path | None = None, maker: str = "") -> None:
        """Read what was kept by the same maker; where there is nothing, or it is damaged, begin anew."""
        self._file = folder / NAME if folder and maker else None
        self._maker = maker
        self._known = _read(self._file, maker) if self._file else {}
        self._used: dict[str, str] = {}
        self._now: dict[str, str] = {}
        self._fresh = False

    def get(self, text: str, make: Callable[[str], str]) -> str:
        """Return `make(text)`, which must depend on nothing but the text and the maker."""
        html = self._now.get(text)
        if html is None:
            html = self._now[text] = self._find(text, make) if self._file else make(text)
        return html

    def _find(self, text: str, make: Callable[[str], str]) -> str:
        key = _hash(self._maker, text)
        kept = self._known.pop(key, "")
        html = kept[_CHECK:]
        if not kept or kept[:_CHECK] != _hash(key, html)[:_CHECK]:
            html, self._fresh = make(text), True
        self._used[key] = html
        return html

    def save(self) -> None:
        """Keep what was used, and some that was not, for the next build. A folder that cannot be written is left."""
        if self._file is None or (not self._fresh and len(self._known) <= _SPARE):
            return
        spare = dict(list(self._known.items())[-_SPARE:])
        used = {key: _hash(key, html)[:_CHECK] + html for key, html in self._used.items()}
        save_whole(self._file, json.dumps({"maker": self._maker, "entries": {**spare, **used}}, ensure_ascii=False))


def _hash(first: str, second: str) -> str:
    return hashlib.sha256(f"{first}\0{second}".encode("utf-8", "surrogatepass")).hexdigest()


def _read(file: Path, maker: str) -> dict[str, str]:
    try:
        whole: Any = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(whole, dict) or whole.get("maker") != maker or not isinstance(whole.get("entries"), dict):
        return {}
    return {key: kept for key, kept in whole["entries"].items() if isinstance(kept, str)}


def save_whole(file: Path, data: str | bytes | memoryview) -> None:
    """Write a file of the cache whole or not at all. A folder that cannot be written is left."""
    with suppress(OSError, ValueError), open_whole(file) as out:
        out.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def open_whole(file: Path) -> Iterator[IO[bytes]]:
    """Open a file of the cache that is there when the block ends, each process under a name of its own until then."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as out:
        fresh = Path(out.name)
        try:
            yield out
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    fresh.replace(file)
