"""What the template of an exercise sees.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.views.bib import BibView, DoseUse, RungView
    from rehab.site.views.lists import PostCard
    from rehab.site.views.picture import PictureView
    from rehab.site.views.small import (
        Crumb,
        Disagreement,
        LinkView,
        RelationGroup,
        SourceView,
        StepView,
        VoiceView,
    )
    from rehab.site.views.thread import ThreadView


class LadderView(Struct, frozen=True, kw_only=True):
    """A ladder, easier first. `title` may be ""."""

    title: str
    rungs: tuple[RungView, ...]


class ExerciseView(Struct, frozen=True, kw_only=True):
    """An exercise. `bib` is the large card with its own usual dose, if a source gives one.

    `groups` are the injuries it bears on, relation by relation; `warnings` those among them that it aggravates or
    that it comes too early for (also in `groups`). `uses` says who did how much and when, newest first; `programs`
    and `posts` where it stands. `voices` are readers on other pages, `thread` those on this one, or None.
    `promised_in` is the post that promises details of a stub. `uses` are the newest, `uses_more` counts the rest in
    words; `others` are who says something without having done it in a post, `posts_else` those that only speak of it.
    `needs` are the lists of what it cannot be done without; `choices` those that it stands in, by axis; `left_out`
    those that leave it out, by what else is in them.
    `related` are other exercises, each with the reason in its `count_words`.
    `steps`, `cues`, `mistakes`, `benefits`, `stop_if`, `summary` are Markdown.
    """

    kind: str
    title: str
    url: str
    slug: str
    status: str
    stub: bool
    bib: BibView
    aliases: tuple[str, ...]
    summary: str
    exercise_kind: str
    laterality_words: str
    difficulty: str
    muscles_primary: tuple[Crumb, ...]
    muscles_secondary: tuple[Crumb, ...]
    equipment: tuple[str, ...]
    needs: tuple[Crumb, ...]
    steps: tuple[StepView, ...]
    steps_by: str
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    feel_it_in: tuple[str, ...]
    benefits: tuple[str, ...]
    stop_if: tuple[str, ...]
    ladders: tuple[LadderView, ...]
    easier: tuple[Crumb, ...]
    harder: tuple[Crumb, ...]
    groups: tuple[RelationGroup, ...]
    warnings: tuple[LinkView, ...]
    disagreements: tuple[Disagreement, ...]
    uses: tuple[DoseUse, ...]
    uses_more: str
    others: tuple[LinkView, ...]
    choices: Mapping[str, tuple[Crumb, ...]]
    left_out: tuple[Crumb, ...]
    related: tuple[BibView, ...]
    programs: tuple[Crumb, ...]
    posts: tuple[PostCard, ...]
    posts_else: tuple[Crumb, ...]
    voices: tuple[VoiceView, ...]
    thread: ThreadView | None
    promised_in: tuple[Crumb, ...]
    images: tuple[PictureView, ...]
    video: str
    shared: tuple[PictureView, ...]
    sources: tuple[SourceView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
