"""Pictures as front matter lists them → files in the content folder.

In: an `Image`, relative to the file that lists it. Out: its path from the project's root; and, for galleries, all the
pictures of each folder. Exists so that rules and views agree on which file is meant.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.model.nouns import Image
    from rehab.model.refs import FileRef

PAIRS: Mapping[tuple[str, str], Literal["compare", "flip"]] = {("before", "after"): "compare", ("start", "end"): "flip"}
"""The roles of two pictures that follow each other, and how the two are shown."""


def path_of(image: Image) -> str | None:
    """Return the path of a picture's file, or None where its name leads out of the content folder."""
    return resolve_file(image.src)


def resolve_file(ref: FileRef) -> str | None:
    """Return the path of a file that front matter names, or None where its name leads out of the content folder."""
    here, name = ref.place.path, ref.path
    if name.startswith("/") or "\\" in name or "://" in name:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), name))
    return path if path.partition("/")[0] == here.partition("/")[0] and path != here else None


def by_folder(pictures: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the paths of all pictures by the folder they lie in, sorted."""
    folders: dict[str, list[str]] = {}
    for path in sorted(pictures):
        folders.setdefault(posixpath.dirname(path), []).append(path)
    return {folder: tuple(paths) for folder, paths in folders.items()}
