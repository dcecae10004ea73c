"""The small views that pages are put together from: dates, links, bibs, pictures, voices.

A view is what a template sees: frozen, complete (no attribute is ever missing), with words already chosen. Views
are made by `rehab.site.view_*` functions from a `Site`. Three conventions hold in all of them:

- a `url` is site-relative without a leading slash (`exercises/clamshell/`); `""` means there is no page to link to;
- text that an author wrote as Markdown (steps, cues, notes, captions, claims…) is the raw string, and says "Markdown"
  in its docstring: the template passes it through the filter `md`. All other text is plain and is only escaped;
- `description` of a page is plain text for `<meta>`, at most 200 characters; `breadcrumbs` lead from home to the page's
  own title, which comes last;
- what is not known is `""`, `()` or `None`, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Crumb:
    """A title and where it leads: a breadcrumb, or any plain link. `kind` and `slug` name the thing behind it."""

    title: str
    url: str
    kind: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """A date in words, and for machines.

    `words` is "6 April 2014" for a stated date, "about April 2014" for an inferred one, "" for an unknown one.
    `iso` is what `<time datetime>` takes: "2014-04-06", or "2014-04" when inferred, or "". Falsy when unknown.
    """

    words: str = ""
    iso: str = ""
    basis: str = ""

    def __bool__(self) -> bool:
        """Return whether there is a date to show."""
        return bool(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Something published. `words` is title, container, year and licence on one line; `url` is absolute, or ""."""

    title: str
    container: str
    year: str
    url: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """Something asserted about bodies. `text` is Markdown; `traditional` ones are set apart."""

    text: str
    evidence: str
    evidence_words: str
    source: str

    @property
    def traditional(self) -> bool:
        """Return whether it is traditional teaching."""
        return self.evidence == "traditional"


_SHAPES = (("2", 1.75), ("1.5", 1.41), ("1.33", 1.15), ("1", 0.87), ("0.75", 0.65), ("0.56", 0.0))
"""Ratios of width to height, each with the least that is called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSource:
    """One `<source>` of a `<picture>`: its MIME type and its `srcset` (URLs site-relative, widths in px)."""

    type: str
    variants: tuple[tuple[str, int], ...]

    def srcset(self, root: str) -> str:
        """Return the attribute's value with `root` (such as "../../" or "/") before each URL."""
        return ", ".join(f"{root}{url} {width}w" for url, width in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture: its files and what is said of it. `lost` is true where the file is not here: show the words only.

    `width` and `height` are those of `src` in px (0 when lost). `full` is the URL of the largest file every browser
    shows. `sources` are in order of preference, the format of `src` last. `caption` is Markdown. `credit_words`
    is "" without a credit; `credit_lost` says that the credit once had a link. `decorative` pictures have `alt` "".
    Whether it loads eagerly is for the template to say. `page` is the URL of its own page, "" where it has none; `role`
    says what it is beside the next one (start, end, before, after), or "". `license_url` is where the licence can be
    read, where that is known. `tones` are the rows of a placeholder, each its colours from left to right. `film` are
    the files that move, in order of preference, where it does: it is shown still until somebody asks.
    """

    src: str
    full: str
    sources: tuple[PictureSource, ...]
    width: int
    height: int
    alt: str
    decorative: bool
    caption: str
    credit_words: str
    credit_url: str
    credit_license: str
    credit_lost: bool
    original_name: str
    lost: bool
    page: str = ""
    role: str = ""
    license_url: str = ""
    tones: tuple[tuple[str, ...], ...] = ()
    film: tuple[PictureSource, ...] = ()

    @property
    def shape(self) -> str:
        """Return the nearest of the few ratios of width to height that the stylesheet knows."""
        ratio = self.width / self.height if self.height else 1.5
        return next((name for name, least in _SHAPES if ratio > least), _SHAPES[-1][0])

    @property
    def shareable(self) -> bool:
        """Return whether other sites can show it beside a link: they show no drawings in SVG."""
        return not self.full.endswith(".svg")

    @property
    def name(self) -> str:
        """Return what its files have in common: a name of it that stays while the picture does."""
        return self.full.rpartition("/")[2].rpartition("-")[0] or self.full.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step of an exercise: Markdown, perhaps with pictures."""

    text: str
    images: tuple[PictureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """How a thing bears on another, who says so, and where: one row of a list.

    `target` is the thing at the other end. `relation` is a word of front matter (or "unstated", "no-change",
    "unclear"), with its `shape` ("▲"), `relation_words` ("helps") and `tone` (helps|eases|careful|worse|quiet).
    `evidence_words` is "" where the relation is unstated. `source` is the post that says it, or None; `source_date`
    its date. `note` is Markdown. `dose` is the full dose line of that post, or "". `headline` is the dose in short.
    `stub` says that the target is an exercise whose details are to come. `images` are the target's pictures (first one
    suffices for a small bib).
    """

    target: Crumb
    relation: str
    shape: str
    relation_words: str
    tone: str
    evidence: str
    evidence_words: str
    source: Crumb | None
    source_date: DateView
    note: str
    dose: str
    headline: str
    stub: bool
    images: tuple[PictureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationGroup:
    """All links of one relation, under its heading ("What helps"), in the order of `wording.SIGNS`."""

    relation: str
    heading: str
    shape: str
    words: str
    tone: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Posts (or pages) that say different things of one pair, side by side. `sides` has at least two relations."""

    thing: Crumb
    injury: Crumb
    sides: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """A dose as it reads with the unit first that its author did not write: `unit` is lb|kg|mi|km.

    `headline`, `line` and `facts` are as in `BibView`, each with the author's own words beside it.
    """

    unit: str
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseUse:
    """How much of an exercise one post did. `line` is the whole dose ("3 × 10 each side @ 10 lb"), "" without one.

    `headline` is "3 × 10"; `other_unit` the load in the other unit ("≈ 4.5 kg") or "", `other` the dose with it first,
    or None; `note` is Markdown;
    `achieved_words` says that the author does not reach all of it; `when` is the post's date, `injuries`
    what for. `said` is what that post says came of it.
    """

    post: Crumb
    when: DateView
    headline: str
    line: str
    other_unit: str
    other: OtherUnit | None
    facts: tuple[tuple[str, str], ...]
    note: str
    achieved: str
    achieved_words: str
    injuries: tuple[Crumb, ...]
    data: Mapping[str, object] | None
    said: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceView:
    """A reader's comment on another page, `host`, that mentions this thing.

    `html` is clean. `author` is "Anonymous" where none is given.
    """

    author: str
    anonymous: bool
    when: DateView
    html: str
    url: str
    host: Crumb


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
class BibView:
    """The exercise card, the race bib: the same in a post, on the exercise's page, in a program and in print.

    `headline` is the huge number: "3 × 10", "details to come" for a stub without a dose here, or "". `line` is the
    whole dose on one line, "" without one. `facts` are the small facts along the edge, as (label, value): side, load
    with the other unit, hold, tempo, rest, equipment…. `data` is the dose as numbers, or None; `plan` the part of it
    that a timer needs ("sets=3;reps=10;side=each"), or "". `other` is the dose with the other unit first, or None.
    `steps`, `cues`, `note`, `stop_if` are Markdown. `achieved` is full|partial|"" with `achieved_words`.
    `warnings` are the links that aggravate or come too early; `for_injuries` all others, relation by relation.
    `rungs` are the steps of its first ladder, those of other exercises among them.
    In lists a bib is its face alone: no steps, cues, rungs, links, pictures or notes.
    `position` counts from 1 within its post or phase (0 elsewhere); `anchor` is an id that is unique on the page.
    `start_at` is the rung to start at, in words, or "". `count_words` is "in 3 posts" in lists, else "".
    """

    title: str
    url: str
    slug: str
    status: str
    stub: bool
    anchor: str
    position: int
    headline: str
    line: str
    facts: tuple[tuple[str, str], ...]
    data: Mapping[str, object] | None
    plan: str
    other: OtherUnit | None
    steps: tuple[StepView, ...]
    steps_by: str
    cues: tuple[str, ...]
    stop_if: tuple[str, ...]
    note: str
    achieved: str
    achieved_words: str
    start_at: str
    images: tuple[PictureView, ...]
    easier: tuple[Crumb, ...]
    harder: tuple[Crumb, ...]
    rungs: tuple[RungView, ...]
    warnings: tuple[LinkView, ...]
    for_injuries: tuple[LinkView, ...]
    count_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """A post in a list. `summary` is Markdown; `reason` says why it is related ("both about glute pain") or is ""."""

    title: str
    url: str
    slug: str
    date: DateView
    summary: str
    authors: tuple[str, ...]
    injuries: tuple[Crumb, ...]
    bibs: tuple[BibView, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """A change in training: `words` is "Limit running: at most 4 days a week"; `post` where it comes from, or None."""

    change: str
    words: str
    for_: str
    when: str
    post: Crumb | None
