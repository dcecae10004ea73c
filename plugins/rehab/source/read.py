"""Everything under a content folder → documents, other files, and what could not be read.

This is the one stage that opens source files. What comes out is sorted by path and depends on
nothing but the files' names and bytes.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rehab.source.decode import LARGEST, MARKDOWN, decode, read_bytes
from rehab.source.document import Asset, Document, Text, Texts, Tree, cut_text
from rehab.source.header import Split, split_text
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.source.known import Known

Read: TypeAlias = tuple[Document, Text, Problems]
"""A document, its text with the line ends of Unix, and what is wrong with it as a file."""
YAML = (".yml", ".yaml")


def read_tree(
    content: Path, known: Known | None = None, early: Callable[[Document], Document] | None = None
) -> tuple[Tree, Problems]:
    """Read a content folder. Hidden files, editors' backups and links that leave the folder are not read.

    `known` is what was read before, and learns what is read now. `early` is given each document as soon as it is read,
    and returns it with all that is still needed of it.
    """
    documents: list[Document] = []
    assets: list[Asset] = []
    texts: dict[str, Text] = {}
    files, problems = list_files(content)
    for path, file, linked in files:
        if linked and not _leads_inside(file, content):
            problems.append(_leaves(path))
        elif path.lower().endswith(MARKDOWN + YAML):
            document, text, found = known.read(file, path, _read) if known else _read(file, path)
            documents.append(early(document) if early else document)
            texts[path] = text
            problems += found
        else:
            assets.append(Asset(path, Path(file)))
    return Tree(tuple(documents), tuple(assets), Texts(texts)), tuple(problems)


def read_document(file: str, path: str) -> tuple[Document, str, Problems]:
    """Read one text file: its document, its text with the line ends of Unix, and what is wrong with it as a file."""
    document, text, problems = _read(file, path)
    return document, text.whole, problems


def _read(file: str, path: str, before: Read | None = None) -> Read:
    """Read one text file. Bytes that are not UTF-8 are a problem; the rest of the file is still read.

    `before` is what came of it earlier, and comes again where its bytes are the same.
    """
    problems: Problems = ()
    try:
        data = read_bytes(file)
    except OSError as error:
        data, problems = b"", (_unreadable(path, error),)
    if len(data) > LARGEST:
        data, problems = b"", (_too_large(path),)
    digest = hashlib.sha256(data).hexdigest()
    if before is not None and data and before[0].digest == digest:
        return before
    text, found = decode(data, path)
    split, more = _split(path, text)
    if problems:
        more = ()  # of a file that nobody can open, nothing else is known to be wrong
    document = Document(path, split.root, split.body, split.body_line, digest, split.legacy)
    return document, cut_text(text, document), (*problems, *found, *more)


def _split(path: str, text: str) -> tuple[Split, Problems]:
    if path.lower().endswith(MARKDOWN):
        return split_text(text, path)
    root, problems = parse_yaml(text, path)
    return Split(root, "", text.count("\n") + 1), problems


def list_files(content: Path) -> tuple[list[tuple[str, str, bool]], list[Problem]]:
    """Return every file that may matter: its path, where it is, and whether it is a link; in order of path."""
    found: list[tuple[str, str, bool]] = []
    problems: list[Problem] = []
    waiting = [(content.name, str(content))]
    while waiting:
        path, folder = waiting.pop()
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError as error:
            problems.append(_unreadable(path, error))
            continue
        for entry in entries:
            here, linked = f"{path}/{entry.name}", entry.is_symlink()
            if not _is_utf8(entry.name):
                problems.append(_misnamed(here))
            elif not linked and entry.is_dir():
                waiting.append((here, entry.path))
            elif not linked and not entry.is_file():
                problems.append(_no_file(here))
            elif not entry.name.endswith("~"):
                found.append((here, entry.path, linked))
    return sorted(found), problems


def _leads_inside(link: str, content: Path) -> bool:
    """Return whether a link leads to a file inside the folder."""
    try:
        target = Path(link).resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
    return target.is_file() and target.is_relative_to(content.resolve())


def _leaves(path: str) -> Problem:
    hint = "put the file itself here"
    return Problem("path-outside-content", Place(path), "this link leads to no file inside the content folder", hint)


def _is_utf8(name: str) -> bool:
    """Return whether a name can stand in a text: bytes that are not UTF-8 are half characters in Python."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _misnamed(path: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return Problem("unreadable-file", Place(shown), "this name is not UTF-8", "rename it")


def _no_file(path: str) -> Problem:
    """Return the problem of a pipe, a socket or a device: who opens one may wait for ever."""
    return Problem("unreadable-file", Place(path), "this is no file: nothing can be read from it", "remove it")


def _too_large(path: str) -> Problem:
    message = f"this text has more than {LARGEST >> 20} MB"
    return Problem("unreadable-file", Place(path), message, "remove it, or keep it outside the content folder")


def _unreadable(path: str, error: OSError) -> Problem:
    reason = (error.strerror or "unknown reason").lower()
    return Problem("unreadable-file", Place(path), f"this cannot be opened: {reason}", "check its permissions")
