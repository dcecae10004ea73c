"""Front matter of other programs → names and words: YAML, TOML between `+++`, and Pelican's `Title:` lines.

YAML is read as this project reads its own (`rehab.source`): composed, never constructed, its depth bounded.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehab.source.header import split_text
from rehab.source.nodes import Items, Node, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n?^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCED = re.compile(r"\s{0,20}---[ \t]*\n")
_OLD_HEADER = re.compile(r"[A-Za-z][\w-]{0,40}:[ \t]*\S")
_LONGEST = 100_000
_MOST = 200


class Fields(Struct, frozen=True):
    """What front matter says: words or lists of words by name, in small letters. `lost` says that it was not read."""

    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: bool = False

    def text(self, name: str) -> str:
        """Return the words of a field, or the empty string."""
        found = self.known.get(name, ())
        return found[0] if found else ""

    def list(self, name: str) -> tuple[str, ...]:
        """Return the items of a field; one of words alone is one item."""
        return self.known.get(name, ())


def read_front(data: bytes) -> tuple[Fields, str, str]:
    """Return the fields and the text of a file, and why it is none of a blog's where that is so."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    toml = _TOML.match(text)
    if toml:
        return _read_toml(toml[1], text[toml.end() :])
    if text.startswith("+++"):
        return Fields(lost=True), "", "its front matter has no end"
    if text.lstrip().startswith("{") and '"title"' in text[:_LONGEST]:
        return Fields(lost=True), "", "its front matter is JSON: write it as YAML between lines ---"
    if not _FENCED.match(text) and not _OLD_HEADER.match(text):
        return Fields(), "", "it has no front matter, so it is no page of the blog"
    split, problems = split_text(text, "import")
    if not isinstance(split.root, Table) or (problems and not split.root.rows):
        return Fields(lost=True), "", f"its front matter cannot be read: {problems[0].message if problems else ''}"
    return Fields({row.key.value.lower(): _words(row.value) for row in split.root.rows}), split.body, ""


def _words(node: Node) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (node.value,) if node.value.strip() else ()
    if isinstance(node, Items):
        return tuple(each.value for each in node.items[:_MOST] if isinstance(each, Scalar) and each.value.strip())
    first = next((row.value for row in node.rows if row.key.value in {"image", "src", "name", "url"}), None)
    return _words(first) if isinstance(first, Scalar) else ()


def _read_toml(front: str, body: str) -> tuple[Fields, str, str]:
    if len(front) > _LONGEST:
        return Fields(lost=True), "", "its front matter is longer than any"
    try:
        table = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as wrong:
        return Fields(lost=True), "", f"its front matter cannot be read: {str(wrong)[:80].lower()}"
    taxonomies = table.get("taxonomies")
    flat = {**table, **taxonomies} if isinstance(taxonomies, dict) else table
    return Fields({str(key).lower(): _plain(value) for key, value in flat.items()}), body, ""


def _plain(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(word for each in value[:_MOST] for word in _plain(each))
    if isinstance(value, dt.datetime | dt.date):
        return (value.isoformat(),)
    if isinstance(value, bool):
        return (str(value).lower(),)
    return (str(value),) if isinstance(value, str | int | float) and str(value).strip() else ()
