"""What comes out of the `source` room: documents, other files, and the tree that holds both.

A document is a text file split into front matter and body. It knows nothing of fitness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rehab.source.nodes import Node
    from rehab.source.place import Place


class Document(Struct, frozen=True):
    """One text file. `path` as in `Place`; `root` is the front matter (a table, but for a `.yml` of items).

    `legacy` is true where the header was Pelican's own `Key: value` lines without a fence.
    `digest` is the SHA-256 of the file's bytes, in hexadecimal.
    """

    path: str
    root: Node
    body: str
    body_line: int
    digest: str
    legacy: bool = False

    @property
    def place(self) -> Place:
        """Return the place of the whole: where its front matter begins."""
        return self.root.place


class Asset(Struct, frozen=True):
    """A file that is no document: a picture, mostly. `path` as in `Place`, `file` where it is on disk."""

    path: str
    file: Path


class Text(NamedTuple):
    """A whole text in two: what stands above its body, and the body, which its document has as well."""

    head: str
    body: str

    @property
    def whole(self) -> str:
        """Return the text."""
        return self.head + self.body


def cut_text(text: str, document: Document) -> Text:
    """Return a text that holds no letter a second time which its document holds, as far as that is at its end."""
    if document.body and text.endswith(document.body):
        return Text(text[: len(text) - len(document.body)], document.body)
    return Text(text, "")


class Texts(Mapping[str, str]):
    """Whole texts by path. Each is put together when it is asked for: nearly all of it is a body that nouns hold."""

    __slots__ = ("_texts",)

    def __init__(self, texts: Mapping[str, Text]) -> None:
        """Take the texts in two."""
        self._texts = texts

    def only(self, paths: Iterable[str]) -> Texts:
        """Return the texts of some paths."""
        return Texts({path: self._texts[path] for path in paths})

    def __getitem__(self, path: str) -> str:
        """Return the text of a file."""
        return self._texts[path].whole

    def __contains__(self, path: object) -> bool:
        """Return whether there is a text, without putting it together."""
        return path in self._texts

    def __iter__(self) -> Iterator[str]:
        """Go through the paths."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texts)


class Tree(Struct, frozen=True):
    """Everything under one content folder, sorted by path. `texts` gives each document's lines back."""

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    texts: Mapping[str, str]
