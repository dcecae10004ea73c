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

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.picture import PictureView


class Crumb(Struct, frozen=True, kw_only=True):
    """A title and where it leads: a breadcrumb, or any plain link. `kind` and `slug` name the thing behind it."""

    title: str
    url: str
    kind: str = ""
    slug: str = ""


class DateView(Struct, frozen=True, kw_only=True):
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


class SourceView(Struct, frozen=True, kw_only=True):
    """Something published. `words` is title, container, year and licence on one line; `url` is absolute, or ""."""

    title: str
    container: str
    year: str
    url: str
    words: str


class ClaimView(Struct, frozen=True, kw_only=True):
    """Something asserted about bodies. `text` is Markdown; `traditional` ones are set apart."""

    text: str
    evidence: str
    evidence_words: str
    source: str

    @property
    def traditional(self) -> bool:
        """Return whether it is traditional teaching."""
        return self.evidence == "traditional"


class StepView(Struct, frozen=True, kw_only=True):
    """One step of an exercise: Markdown, perhaps with pictures."""

    text: str
    images: tuple[PictureView, ...]


class LinkView(Struct, frozen=True, kw_only=True):
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


class RelationGroup(Struct, frozen=True, kw_only=True):
    """The links of one relation, under its heading ("What helps"), in the order of `wording.SIGNS`.

    A long page shows the first of them; `more` is how many others there are.
    """

    relation: str
    heading: str
    shape: str
    words: str
    tone: str
    links: tuple[LinkView, ...]
    more: int = 0


class Disagreement(Struct, frozen=True, kw_only=True):
    """Posts (or pages) that say different things of one pair, side by side. `sides` has at least two relations."""

    thing: Crumb
    injury: Crumb
    sides: tuple[LinkView, ...]


class VoiceView(Struct, frozen=True, kw_only=True):
    """A reader's comment on another page, `host`, that mentions this thing.

    `html` is clean. `author` is "Anonymous" where none is given.
    """

    author: str
    anonymous: bool
    when: DateView
    html: str
    url: str
    host: Crumb


class ChangeView(Struct, frozen=True, kw_only=True):
    """A change in training: `words` is "Limit running: at most 4 days a week"; `post` where it comes from, or None."""

    change: str
    words: str
    for_: str
    when: str
    post: Crumb | None
