"""Everything under a content folder → documents, other files, and what could not be read.

This is the one stage that opens source files. What comes out is sorted by path and depends on
nothing but the files' names and bytes.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from rehab.source.document import Asset, Document, Tree
from rehab.source.header import Split, split_text
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
YAML = (".yml", ".yaml")


def read_tree(content: Path) -> tuple[Tree, Problems]:
    """Read a content folder. Hidden files, editors' backups and links that leave the folder are not read."""
    documents: list[Document] = []
    assets: list[Asset] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path, file in _files(content):
        if not _inside(file, content):
            problems.append(_leaves(path))
        elif file.suffix.lower() in MARKDOWN + YAML:
            document, text, found = read_document(file, path)
            documents.append(document)
            texts[path] = text
            problems += found
        else:
            assets.append(Asset(path, file))
    return Tree(tuple(documents), tuple(assets), texts), tuple(problems)


def read_document(file: Path, path: str) -> tuple[Document, str, Problems]:
    """Read one text file. Bytes that are not UTF-8 are a problem; the rest of the file is still read."""
    problems: Problems = ()
    try:
        data = file.read_bytes()
    except OSError as error:
        data, problems = b"", (_unreadable(path, error),)
    text, found = decode(data, path)
    split, more = _split(file, text, path)
    digest = hashlib.sha256(data).hexdigest()
    document = Document(path, split.root, split.body, split.body_line, digest, split.legacy)
    return document, text, (*problems, *found, *more)


def decode(data: bytes, path: str) -> tuple[str, Problems]:
    """Return the text of a file, with the line ends of Unix and without a byte-order mark."""
    problems: Problems = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"this letter is not UTF-8 (byte {data[error.start]:#04x})"
        problems = (Problem("not-utf8", place, message, "save the file again with the encoding UTF-8"),)
        text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n"), problems


def _split(file: Path, text: str, path: str) -> tuple[Split, Problems]:
    if file.suffix.lower() in MARKDOWN:
        return split_text(text, path)
    root, problems = parse_yaml(text, path)
    return Split(root, "", text.count("\n") + 1), problems


def _files(content: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file that may matter, with its path, in order of path."""
    found: list[tuple[str, Path]] = []
    for folder, folders, names in os.walk(content):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *linked):
            if not name.startswith(".") and not name.endswith("~"):
                file = Path(folder) / name
                found.append((f"{content.name}/{file.relative_to(content).as_posix()}", file))
    yield from sorted(found)


def _inside(file: Path, content: Path) -> bool:
    """Return whether a file is a plain one inside the folder, also after following links."""
    if not file.is_symlink():
        return True
    target = file.resolve()
    return target.is_file() and target.is_relative_to(content.resolve())


def _leaves(path: str) -> Problem:
    hint = "put the file itself here"
    return Problem("path-outside-content", Place(path), "this link leads to no file inside the content folder", hint)


def _unreadable(path: str, error: OSError) -> Problem:
    reason = (error.strerror or "unknown reason").lower()
    return Problem("unreadable-file", Place(path), f"the file cannot be opened: {reason}", "check its permissions")
