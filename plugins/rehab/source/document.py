"""What comes out of the `source` room: documents, other files, and the tree that holds both.

A document is a text file split into front matter and body. It knows nothing of fitness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.source.nodes import Node
    from rehab.source.place import Place


@dataclass(frozen=True, slots=True)
class Document:
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


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is no document: a picture, mostly. `path` as in `Place`, `file` where it is on disk."""

    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Tree:
    """Everything under one content folder, sorted by path. `texts` gives each document's lines back."""

    documents: tuple[Document, ...]
    assets: tuple[Asset, ...]
    texts: Mapping[str, str]
