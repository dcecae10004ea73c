"""What the templates of an exercise, an injury, a treatment and a region see, and of the lists of them.

See `rehab.site.views` for the conventions. A text below the front matter is Pelican's `page.content`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
        SourceView,
        StepView,
        VoiceView,
    )
    from rehab.site.views_post import EpisodeView, ThreadView, TriedView


@dataclass(frozen=True, slots=True, kw_only=True)
class RungView:
    """One step of a ladder. `current` is true where it is the exercise whose page shows it; `setup_any` is any of."""

    title: str
    url: str
    slug: str
    number: int
    variation: str
    setup_any: tuple[str, ...]
    current: bool
    stub: bool


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
    `promised_in` is the post that promises details of a stub.
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
    programs: tuple[Crumb, ...]
    posts: tuple[PostCard, ...]
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

    `cover` is the picture of a gallery.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MuscleView:
    """A muscle, group or structure of a region. `level` is group|muscle|structure, `tissue` tendon|nerve|… or "".

    `anchor` is its id on the region's page. `exercises` work it mainly, `also` among others. `parent` is its group.
    """

    title: str
    slug: str
    anchor: str
    level: str
    tissue: str
    view: str
    aliases: tuple[str, ...]
    parent: Crumb | None
    exercises: tuple[Crumb, ...]
    also: tuple[Crumb, ...]
    injuries: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionView:
    """A region of the body, with the injuries in it, its muscles, and the exercises that work those.

    `posts` are those about its injuries or that mention it.
    """

    kind: str
    title: str
    url: str
    slug: str
    group: str
    osiics: str
    aliases: tuple[str, ...]
    includes: tuple[str, ...]
    injuries: tuple[CardView, ...]
    muscles: tuple[MuscleView, ...]
    exercises: tuple[CardView, ...]
    programs: tuple[Crumb, ...]
    posts: tuple[PostCard, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionGroup:
    """The regions of one part of the body ("Lower limb") that have a page; `count` of a card counts injuries."""

    title: str
    regions: tuple[CardView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryListView:
    """All injuries with the body map. `regions` has every region of the vocabulary: count 0 is not a link.

    `by_region` maps a region's slug to its injuries.
    """

    kind: str
    title: str
    url: str
    injuries: tuple[CardView, ...]
    groups: tuple[RegionGroup, ...]
    by_region: dict[str, tuple[CardView, ...]]
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseListView:
    """All exercises, and the same by kind as (kind, bibs)."""

    kind: str
    title: str
    url: str
    exercises: tuple[BibView, ...]
    by_kind: tuple[tuple[str, tuple[BibView, ...]], ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A plain list: all treatments, programs, galleries."""

    kind: str
    title: str
    url: str
    items: tuple[CardView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: newest posts with small bibs, the body map, the exercises used most, with their `count_words`."""

    kind: str
    title: str
    url: str
    newest: tuple[PostCard, ...]
    groups: tuple[RegionGroup, ...]
    by_region: dict[str, tuple[CardView, ...]]
    injuries: tuple[CardView, ...]
    most_used: tuple[BibView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
