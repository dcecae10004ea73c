"""Texts that few ask for again, packed folder by folder: those of comments are most of a large blog's files.

In: whole texts by path, and the folder in the content folder whose texts are packed. Out: the same texts; who goes
through them in the order of their paths has each folder unpacked once.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.source.document import Texts


class _Folder(NamedTuple):
    """The names of files with `/` between them, which no name has, and their texts in the same order."""

    names: str
    packed: bytes


class Packed(Mapping[str, str]):
    """Whole texts by path, of which those in some folders are packed. `open` are the others."""

    __slots__ = ("_folders", "_last", "open")

    def __init__(self, texts: Texts, folder: str) -> None:
        """Take texts, and pack those below a folder in the content folder."""
        below: defaultdict[str, list[str]] = defaultdict(list)
        for path in texts:
            home, _, name = path.rpartition("/")
            if home.split("/")[1:2] == [folder]:
                below[home].append(name)
        self.open = texts.only(path for path in texts if path.rpartition("/")[0] not in below)
        self._folders = {
            home: _Folder("/".join(names), _packed([texts[f"{home}/{name}"] for name in names]))
            for home, names in below.items()
        }
        self._last: tuple[str, Mapping[str, str]] = ("", {})

    def folders(self) -> Iterable[str]:
        """Return the folders whose texts are packed."""
        return self._folders.keys()

    def texts_in(self, home: str) -> Mapping[str, str]:
        """Return the texts of a folder that are packed, by their paths."""
        if self._last[0] != home:
            folder = self._folders[home]
            paths = (f"{home}/{name}" for name in folder.names.split("/"))
            self._last = (home, dict(zip(paths, json.loads(zlib.decompress(folder.packed)), strict=True)))
        return self._last[1]

    def __getitem__(self, path: str) -> str:
        """Return the text of a file."""
        home = path.rpartition("/")[0]
        return self.texts_in(home)[path] if home in self._folders else self.open[path]

    def __contains__(self, path: object) -> bool:
        """Return whether there is a text, without unpacking it."""
        home, _, name = str(path).rpartition("/")
        folder = self._folders.get(home)
        return path in self.open if folder is None else name in folder.names.split("/")

    def __iter__(self) -> Iterator[str]:
        """Go through the paths."""
        yield from self.open
        yield from (f"{home}/{name}" for home, folder in self._folders.items() for name in folder.names.split("/"))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.open) + sum(folder.names.count("/") + 1 for folder in self._folders.values())


def _packed(texts: list[str]) -> bytes:
    return zlib.compress(json.dumps(texts).encode(), level=1)
