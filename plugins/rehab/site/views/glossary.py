"""What the template of the glossary sees. See `rehab.site.views.small` for the conventions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.small import Crumb, SourceView


class TermView(Struct, frozen=True, kw_only=True):
    """A word with its meaning (Markdown). `say` spells how it sounds, `ipa` writes it in the letters of the IPA.

    `also` are other forms of it, `short` its abbreviations. `page` is a page of the site about the thing itself.
    """

    slug: str
    title: str
    meaning: str
    say: str
    ipa: str
    also: tuple[str, ...]
    short: tuple[str, ...]
    source: SourceView | None
    page: Crumb | None


class GlossaryView(Struct, frozen=True, kw_only=True):
    """The words by their first letter."""

    kind: str
    title: str
    url: str
    letters: tuple[tuple[str, tuple[TermView, ...]], ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
