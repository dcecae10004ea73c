"""What the template of an injury sees.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.lists import PostCard
    from rehab.site.views.post import EpisodeView
    from rehab.site.views.small import (
        ChangeView,
        Crumb,
        DateView,
        Disagreement,
        LinkView,
        RelationGroup,
        SourceView,
        VoiceView,
    )
    from rehab.site.views.thread import ThreadView


class RedFlagView(Struct, frozen=True, kw_only=True):
    """A sign that means: see somebody. `sign` and `act` are Markdown; `urgency` is emergency|urgent|soon."""

    sign: str
    urgency: str
    urgency_words: str
    act: str
    source: SourceView | None


class DifferentialView(Struct, frozen=True, kw_only=True):
    """What it can be mistaken for, and why (Markdown)."""

    injury: Crumb
    why: str


class SymptomView(Struct, frozen=True, kw_only=True):
    """What it feels like. `not_` is what it is not; `source` the post that tells it, or None."""

    what: str
    where: str
    pattern: str
    not_: str
    source: Crumb | None


class VersusRow(Struct, frozen=True, kw_only=True):
    """One thing that injuries are compared by: a cell for each column, each a few texts, perhaps none."""

    label: str
    cells: tuple[tuple[str, ...], ...]
    markdown: bool


class VersusView(Struct, frozen=True, kw_only=True):
    """An injury beside those it can be mistaken for. The first of `columns` is the injury itself.

    `sources` are the posts whose words on symptoms these are.
    """

    columns: tuple[Crumb, ...]
    rows: tuple[VersusRow, ...]
    sources: tuple[Crumb, ...]


class TreatmentRow(Struct, frozen=True, kw_only=True):
    """A treatment of an injury with what is said of it. `disagree` when the links do not say the same.

    `links` are the newest few of each relation, `more` is how many others there are.
    """

    treatment: Crumb
    links: tuple[LinkView, ...]
    disagree: bool
    more: int = 0


class ReviewView(Struct, frozen=True, kw_only=True):
    """A clinician who has read the page: "Jane Roe, MD" and when. `words` is the whole sentence."""

    name: str
    credential: str
    date: DateView
    words: str


class InjuryView(Struct, frozen=True, kw_only=True):
    """An injury. `red_flags` come first on the page; where there are none `no_red_flags_words` says so.

    `groups` are exercises by relation (the last group, "unstated", holds those that posts did for it without saying
    what came of it), each cut where it is long; `treatments` are treatments, each with the newest posts' word;
    `disagreements` both kinds side by side.
    `versus` has what it feels like, beside what it can be mistaken for.
    `posts` are the newest, `all_posts` leads to all where there are more.
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
    all_posts: Crumb | None
    voices: tuple[VoiceView, ...]
    thread: ThreadView | None
    sources: tuple[SourceView, ...]
    review: ReviewView | None
    review_words: str
    next_review: DateView
    description: str
    breadcrumbs: tuple[Crumb, ...]
