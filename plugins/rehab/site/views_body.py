"""What the templates of an exercise, an injury, a treatment and a region see, and of the lists of them.

See `rehab.site.views` for the conventions. A text below the front matter is Pelican's `page.content`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.views import (
        BibView,
        ChangeView,
        ClaimView,
        Crumb,
        DateView,
        Disagreement,
        DoseUse,
        LinkView,
        PictureView,
        PostCard,
        RelationGroup,
        RungView,
        SourceView,
        StepView,
        VoiceView,
    )
    from rehab.site.views_post import EpisodeView, ThreadView, TriedView
    from rehab.site.wording import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderView:
    """A ladder, easier first. `title` may be ""."""

    title: str
    rungs: tuple[RungView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlagView:
    """A sign that means: see somebody. `sign` and `act` are Markdown; `urgency` is emergency|urgent|soon."""

    sign: str
    urgency: str
    urgency_words: str
    act: str
    source: SourceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferentialView:
    """What it can be mistaken for, and why (Markdown)."""

    injury: Crumb
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomView:
    """What it feels like. `not_` is what it is not; `source` the post that tells it, or None."""

    what: str
    where: str
    pattern: str
    not_: str
    source: Crumb | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersusRow:
    """One thing that injuries are compared by: a cell for each column, each a few texts, perhaps none."""

    label: str
    cells: tuple[tuple[str, ...], ...]
    markdown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersusView:
    """An injury beside those it can be mistaken for. The first of `columns` is the injury itself.

    `sources` are the posts whose words on symptoms these are.
    """

    columns: tuple[Crumb, ...]
    rows: tuple[VersusRow, ...]
    sources: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentRow:
    """A treatment of an injury with all that is said of it. `disagree` when the links do not say the same."""

    treatment: Crumb
    links: tuple[LinkView, ...]
    disagree: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """A clinician who has read the page: "Jane Roe, MD" and when. `words` is the whole sentence."""

    name: str
    credential: str
    date: DateView
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryView:
    """An injury. `red_flags` come first on the page; where there are none `no_red_flags_words` says so.

    `groups` are exercises by relation (the last group, "unstated", holds those that posts did for it without saying
    what came of it); `treatments` are treatments, each with every post's word; `disagreements` both kinds side by side.
    `versus` has what it feels like, beside what it can be mistaken for.
    `courses` are the authors' episodes. `review` is None where nobody has: then `review_words` says so.
    `summary`, `see_a_professional`, `aggravated_by`, `eased_by` are Markdown.
    """

    kind: str
    title: str
    url: str
    slug: str
    status: str
    stub: bool
    aliases: tuple[str, ...]
    summary: str
    region: Crumb
    structures: tuple[Crumb, ...]
    red_flags: tuple[RedFlagView, ...]
    no_red_flags_words: str
    see_a_professional: str
    differential: tuple[DifferentialView, ...]
    symptoms: tuple[SymptomView, ...]
    versus: VersusView
    aggravated_by: tuple[str, ...]
    eased_by: tuple[str, ...]
    risk_factors: tuple[str, ...]
    groups: tuple[RelationGroup, ...]
    warnings: tuple[LinkView, ...]
    treatments: tuple[TreatmentRow, ...]
    disagreements: tuple[Disagreement, ...]
    training_changes: tuple[ChangeView, ...]
    courses: tuple[EpisodeView, ...]
    programs: tuple[Crumb, ...]
    posts: tuple[PostCard, ...]
    voices: tuple[VoiceView, ...]
    thread: ThreadView | None
    sources: tuple[SourceView, ...]
    review: ReviewView | None
    review_words: str
    next_review: DateView
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """A thing in a list. `count_words` is "3 exercises, 2 posts" or ""; `summary` is Markdown.

    `cover` is the picture of a gallery. `by` says who does it, or who made it; `came` what posts say came of it,
    `about` the injuries that it is for.
    """

    kind: str
    title: str
    url: str
    slug: str
    stub: bool
    summary: str
    aliases: tuple[str, ...]
    count: int
    count_words: str
    cover: PictureView | None = None
    by: str = ""
    came: tuple[Sign, ...] = ()
    about: tuple[Crumb, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleView:
    """A muscle, group or structure of a region. `level` is group|muscle|structure, `tissue` tendon|nerve|… or "".

    `anchor` is its id on the region's page, `lies` where it is in readers' words. `exercises` work it mainly, `also`
    among others. `parent` is its group.
    """

    title: str
    slug: str
    anchor: str
    level: str
    tissue: str
    view: str
    lies: str
    aliases: tuple[str, ...]
    parent: Crumb | None
    exercises: tuple[Crumb, ...]
    also: tuple[Crumb, ...]
    injuries: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A plain list: all treatments, programs, galleries. `groups` are the same items by who does it, if at all."""

    kind: str
    title: str
    url: str
    items: tuple[CardView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
    lead: str = ""
    groups: tuple[tuple[str, tuple[CardView, ...]], ...] = ()
