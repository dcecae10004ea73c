"""A comment → its file: `content/comments/<thread>/<id>.md`, the same for the same comment every time.

In: a `Comment` as importers, the inbox and moderators make it. Out: its id, its place and its text. Reading it back
is the work of the `model` room, and gives the same comment. Nothing that a stranger wrote can decide where a file
lies: ids and folders are made here, from letters, digits and hyphens.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from typing import TYPE_CHECKING, Any

from rehab.comments.letters import clean_name, remove_unseen
from rehab.model.comment import THREAD_FOLDERS
from rehab.model.nouns import Mentions
from rehab.model.slug import slugify
from rehab.model.spec import specs
from rehab.source.fences import second_front_matter
from rehab.source.place import Place
from rehab.source.yaml_text import render_block

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rehab.model.comment import Comment

FOLDER = "comments"
_NOWHERE = Place("comment")
_TAIL = 6
"""Letters of the hash in an id: enough for two comments of one second."""
_LONGEST_SLUG = 80
_A_FOLDER = re.compile(r"\w(?:[\w.-]{0,198}\w)?")
"""A slug that can name a folder as it is: old posts may have capitals and underscores in theirs."""
_UNSAFE = re.compile(r"[^0-9A-Za-z_-]+")


def comment_id(date: dt.datetime | None, *parts: str) -> str:
    """Return a comment's id: its moment in UTC and a hash of what makes it the one it is.

    `parts` are its thread, its author, its text, and its id in the old system where it had one. The same parts give
    the same id, so a second import changes nothing.
    """
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    tail = base64.b32encode(digest).decode("ascii").lower()[:_TAIL]
    moment = date.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ") if date else "undated"
    return f"{moment}-{tail}"


def comment_file(content: Path, thread: str, slug: str) -> Path:
    """Return where a comment lies. Whatever the names say, it is inside the folder of comments."""
    kind, _, rest = thread.partition("/")
    folders = (kind, _folder(rest)) if kind in THREAD_FOLDERS and rest else (_folder(thread),)
    name = _UNSAFE.sub("-", slug)[:_LONGEST_SLUG].strip("-") or "unknown"
    return content.joinpath(FOLDER, *folders, f"{name}.md")


def _folder(slug: str) -> str:
    return slug if _A_FOLDER.fullmatch(slug) else slugify(slug)[:_LONGEST_SLUG].strip("-") or "unknown"


def render_comment(comment: Comment) -> str:
    """Return the text of a comment's file: the fields that say something, then the body as it was written."""
    fields = {spec.key: value for spec in specs(type(comment)) if (value := _value(comment, spec.name)) is not None}
    return f"---\n{render_block(_seen(fields))}---\n{_body(comment.body)}"


def _seen(value: Any) -> Any:  # noqa: ANN401 - whatever a field holds
    """Return a value without the characters that YAML cannot hold, wherever in it they stand."""
    match value:
        case str():
            return remove_unseen(value)
        case dict():
            return {key: _seen(each) for key, each in value.items()}
        case list():
            return [_seen(each) for each in value]
    return value


def _body(body: str) -> str:
    """Return a body with the line ends of Unix; where it looks like front matter itself, a space keeps it a text."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    text = f" {text}" if second_front_matter(text, _NOWHERE) else text
    return f"{text}\n" if text else ""


_DEFAULTS = {"status": "approved", "format": "markdown"}


def _value(comment: Comment, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return a field as YAML has it, or None where it says nothing."""
    value = getattr(comment, name)
    if value in ("", None, (), False) or _DEFAULTS.get(name) == value:
        return None
    if name in _WRITERS:
        return _WRITERS[name](comment)
    return list(value) if isinstance(value, tuple) else value


def _moment(comment: Comment) -> str | None:
    exact = comment.date_precision not in {"day", "month", "year"}
    return comment.date.strftime("%Y-%m-%dT%H:%M:%SZ" if exact else "%Y-%m-%d") if comment.date else None


def _mentions(comment: Comment) -> dict[str, list[str]] | None:
    said = {spec.key: getattr(comment.mentions, spec.name) for spec in specs(Mentions)}
    return {key: [getattr(each, "slug", each) for each in value] for key, value in said.items() if value} or None


_WRITERS: dict[str, Callable[[Comment], Any]] = {
    "author": lambda comment: clean_name(comment.author) or None,
    "date": _moment,
    "reply_to": lambda comment: comment.reply_to.slug if comment.reply_to else None,
    "mentions": _mentions,
    "repaired": lambda comment: [{"from": each.from_, "to": each.to, "rule": each.rule} for each in comment.repaired],
    "silence": lambda comment: dict(comment.silence),
}
"""How a field is written whose value is no plain text, number or list of texts."""


def save_comment(content: Path, comment: Comment) -> Path | None:
    """Write a comment's file unless it is there already, and return where, or None where it was there.

    The file is written whole or not at all. Raises OSError where it cannot be written.
    """
    file = comment_file(content, comment.thread, comment.slug)
    if file.exists():
        return None
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(render_comment(comment), "utf-8", newline="\n")
    fresh.replace(file)
    return file
