"""What the template of a treatment sees.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.lists import PostCard
    from rehab.site.views.post import TriedView
    from rehab.site.views.small import ClaimView, Crumb, Disagreement, RelationGroup, SourceView, VoiceView


class TreatmentView(Struct, frozen=True, kw_only=True):
    """A treatment. `reports` are what posts say came of it, newest first; `disagree` when they differ."""

    kind: str
    title: str
    url: str
    slug: str
    aliases: tuple[str, ...]
    summary: str
    kind_words: str
    who_words: str
    groups: tuple[RelationGroup, ...]
    reports: tuple[TriedView, ...]
    disagree: bool
    disagreements: tuple[Disagreement, ...]
    claims: tuple[ClaimView, ...]
    sources: tuple[SourceView, ...]
    posts: tuple[PostCard, ...]
    voices: tuple[VoiceView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
