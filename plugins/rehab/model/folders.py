"""What the path of a content file says: which noun the file becomes, and under which name.

In: a path from the folder that holds the content folder. Out: its folder, its slug, its words.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from rehab.model.comment import Comment
from rehab.model.exercise import Exercise
from rehab.model.injury import Injury, Treatment
from rehab.model.nearest import ONE_SLIP, near
from rehab.model.page import Gallery, Page
from rehab.model.post import Post
from rehab.model.program import Program
from rehab.model.slug import slugify
from rehab.source.place import Place
from rehab.source.problem import Problem

FOLDERS: dict[str, type[Any]] = {
    "posts": Post,
    "exercises": Exercise,
    "injuries": Injury,
    "treatments": Treatment,
    "programs": Program,
    "comments": Comment,
    "galleries": Gallery,
    "pages": Page,
}
"""Which noun a folder's files become. A file anywhere else is a post, as Pelican has it."""

VOCABULARY = "vocabulary"
_OUR_FOLDERS = (*(folder for folder in FOLDERS if folder not in {"posts", "pages"}), VOCABULARY)
_SINGULARS = {"injury": "injuries", "gallery": "galleries"}


def folder_of(path: str) -> str:
    """Return the folder right under the content folder that a path lies in, or the empty string."""
    inside = path.split("/")[1:]
    return inside[0] if inside[1:] else ""


def own_folder(path: str) -> str:
    """Return the name of the folder that a file has for itself, below the folder of its kind, or the empty string."""
    inside = path.split("/")[1:]
    return inside[-2] if inside[2:] else ""


def slug_of(path: str) -> str:
    """Return the slug that a file's name gives: its stem, or its folder's name for `index.md`."""
    if folder_of(path) == "comments":
        return path.rpartition("/")[2].rpartition(".")[0]
    file = PurePosixPath(path)
    if file.stem in {"index", "gallery"} and own_folder(path):
        return slugify(own_folder(path))
    return slugify(file.stem)


def humanize(slug: str) -> str:
    """Return a slug as words: `spring-races` → `Spring races`."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def misnamed_folder(path: str) -> Problem | None:
    """Return the problem of a folder whose name is one slip away from that of a kind, or its singular.

    Any other folder is one of posts, as Pelican has it; so are `post` and `page`, which old blogs may have.
    """
    folder = folder_of(path)
    meant = _SINGULARS.get(folder.lower(), "")
    if not meant and folder:
        found = near(folder, _OUR_FOLDERS)
        meant = found.words[0] if found.score >= ONE_SLIP else ""
    if not meant:
        return None
    message = f"no kind of file has a folder called '{folder}'"
    return Problem("lost-file", Place(path), message, f"move it to the folder '{meant}'")
