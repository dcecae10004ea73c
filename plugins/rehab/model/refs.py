"""References: how one thing names another, in front matter and in text.

In front matter the field says the kind (`injuries: [glute-pain]`). In text the author writes
`[[slug]]`, `[[slug|words]]`, `[[exercise:slug]]`, or `![[slug]]` alone on a line. This module turns the
inside of the brackets into a `TextRef`; finding the brackets is the work of the Markdown extension.
"""

from __future__ import annotations

from msgspec import Struct

from rehab.source.place import Place

KINDS = ("post", "exercise", "injury", "treatment", "program", "region", "muscle", "gallery", "page")
"""Everything that has a slug and can be referred to."""


class Ref(Struct, frozen=True):
    """A reference of a known kind, as the author wrote it, with its place.

    `slug` may be an alias until the site is linked. `id` is the name used in `/rehab.json`.
    """

    kind: str
    slug: str
    place: Place

    @property
    def id(self) -> str:
        """Return `kind:slug`."""
        return f"{self.kind}:{self.slug}"


class FileRef(Struct, frozen=True):
    """A file as an author names it, relative to the file that names it, with its place."""

    path: str
    place: Place


class TextRef(Struct, frozen=True):
    """What stands between `[[` and `]]`: a slug, perhaps its kind, perhaps words (or a dose, when placed)."""

    slug: str
    kind: str = ""
    words: str = ""


def parse_text_ref(inside: str) -> TextRef | None:
    """Return the reference between the brackets, or None where there is no slug."""
    name, _, words = inside.partition("|")
    kind, colon, slug = name.strip().partition(":")
    if not colon:
        kind, slug = "", kind
    slug = slug.strip()
    if not slug or "\n" in inside:
        return None
    return TextRef(slug, kind.strip().lower(), words.strip())
