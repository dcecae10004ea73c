"""What is read of a text whose front matter is as it was, and what is said where more than words is new."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING, TypeVar, cast

from rehab.source.decode import LARGEST, MARKDOWN, decode, read_bytes
from rehab.source.fences import second_front_matter
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.model.entry import Entry
    from rehab.site.site import Site

V = TypeVar("V")
_FENCE = "---\n"


class NotOnlyWords(Exception):  # noqa: N818 - no error: the site is built whole
    """Something else was changed, too."""


def read_text(content: Path, path: str) -> str | None:
    """Return what a file says, or None where there is none. Raises NotOnlyWords where it is not read as any other."""
    file = content.parent / path
    if file.is_symlink() or "/." in path or not path.endswith(MARKDOWN):
        raise NotOnlyWords
    if not file.exists():
        return None
    data = read_bytes(str(file))
    text, problems = decode(data, path)
    if problems or len(data) > LARGEST:
        raise NotOnlyWords
    return text


def read_words(site: Site, content: Path, path: str, noun: Entry) -> tuple[str, str]:
    """Return a file's text and its body, if its front matter is as it was to the letter: then so is all read of it."""
    before, text = site.texts[path], read_text(content, path) or ""
    head = before.removesuffix(noun.body)
    body = text[len(head) :]
    fenced = head.startswith(_FENCE) and head.endswith("\n") and head + noun.body == before
    if not fenced or not text.startswith(head):
        raise NotOnlyWords
    if second_front_matter(body, Place(path)):
        raise NotOnlyWords
    return text, body


def with_value(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    """Return a mapping with another value of a key, without reading the others."""
    return ChainMap({key: value}, cast("dict[str, V]", mapping))
