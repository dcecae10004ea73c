"""All comments as Staticman keeps them: one YAML file each, in a folder for each thread.

In: comments. Out: the texts of files by path (`<thread>/comment-<id>.yml`). A parent is named by `_parent`, as with
Staticman's own replies; what Staticman has no field for (our status, the format) has its name from front matter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rehab.comments.exports.order import by_thread, find_parents
from rehab.comments.letters import clean_name, remove_unseen
from rehab.comments.store import FOLDER, comment_file
from rehab.source.yaml_text import render_block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.model.comment import Comment


def render_staticman(comments: Iterable[Comment]) -> dict[str, str]:
    """Return the files' texts by path. Two comments that would share a file get numbers after their ids."""
    files: dict[str, str] = {}
    for _, group in by_thread(comments):
        for comment, parent in zip(group, find_parents(group), strict=True):
            answered = None if parent is None else group[parent].slug
            files[_free_path(comment, files)] = render_block(_fields(comment, answered))
    return files


def _free_path(comment: Comment, taken: dict[str, str]) -> str:
    file = comment_file(Path(), comment.thread, comment.slug)
    folder = file.parent.relative_to(FOLDER).as_posix()
    number, path = 1, f"{folder}/comment-{file.stem}.yml"
    while path in taken:
        number += 1
        path = f"{folder}/comment-{file.stem}-{number}.yml"
    return path


def _fields(comment: Comment, parent: str | None) -> dict[str, str]:
    """Return a comment's fields; those that say nothing are left out, but for the text."""
    said = {
        "_id": comment.slug,
        "_parent": parent or "",
        "name": clean_name(comment.author),
        "url": remove_unseen(comment.url),
        "date": comment.date.isoformat().replace("+00:00", "Z") if comment.date else "",
        "status": "" if comment.status == "approved" else comment.status,
        "format": "" if comment.format == "markdown" else comment.format,
    }
    return {**{key: text for key, text in said.items() if text}, "message": remove_unseen(comment.body)}
