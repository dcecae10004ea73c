"""What the template of a post sees, and that of a plain page.

See `rehab.site.views.small` for the conventions. The HTML of the body is Pelican's (`article.content`, `page.content`):
the adapter fills the bibs and links in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.bib import BibView
    from rehab.site.views.chart import CourseChart, PointView
    from rehab.site.views.lists import PostCard
    from rehab.site.views.picture import PictureView
    from rehab.site.views.small import ChangeView, ClaimView, Crumb, DateView, LinkView, SourceView
    from rehab.site.views.thread import ThreadView


class TriedView(Struct, frozen=True, kw_only=True):
    """A treatment that a post tried: `treatment` and `post` are both given, so both pages can use it.

    `outcome` is helped|no-change|worse|unclear, with `shape`, `words` and `tone`. `note` is Markdown.
    """

    treatment: Crumb
    post: Crumb
    when: DateView
    injuries: tuple[Crumb, ...]
    outcome: str
    shape: str
    words: str
    tone: str
    note: str


class EpisodeView(Struct, frozen=True, kw_only=True):
    """The course of an author's injury. `facts` are (label, value) pairs; `points` are in order of time.

    `chart` is None where the post does not say of at least two points what they were.
    """

    post: Crumb
    when: DateView
    outcome: str
    outcome_words: str
    facts: tuple[tuple[str, str], ...]
    points: tuple[PointView, ...]
    chart: CourseChart | None


class PromiseView(Struct, frozen=True, kw_only=True):
    """Something the post said would come later. `text` is Markdown. `kept` once all its exercises are full."""

    text: str
    exercises: tuple[Crumb, ...]
    kept: bool


class LostLinkView(Struct, frozen=True, kw_only=True):
    """Words that were a link, and what stood behind it as far as the text says."""

    text: str
    about: str


class PractitionerView(Struct, frozen=True, kw_only=True):
    """Who treated the author. `words` is "acupuncturist, Dr. Jennifer Ross, Remedy"; `note` is Markdown."""

    words: str
    note: str


class PostView(Struct, frozen=True, kw_only=True):
    """A post. `bibs` are its exercises in front-matter order; `unplaced` those that its text does not place itself.

    `gallery` are its pictures; `pictures_in_text` are not among them. `avoid` are links to exercises that made it
    worse. `comments` is None where comments are off. `newer` and `older` are its neighbours in the list of posts.
    `told_as` is "One runner’s own experience" where it is, else ""; `caution` is what must be said above exercises, ""
    where there are none; `disclosure` says who paid for it. `summary`, `question`, `takeaways`, `disclosure` are
    Markdown.
    """

    kind: str
    title: str
    url: str
    slug: str
    lang: str
    date: DateView
    modified: DateView
    authors: tuple[str, ...]
    category: str
    tags: tuple[str, ...]
    summary: str
    disclaimer: str
    disclaimer_words: str
    told_as: str
    caution: str
    disclosure: str
    injuries: tuple[Crumb, ...]
    regions: tuple[Crumb, ...]
    side: str
    side_words: str
    episode: EpisodeView | None
    bibs: tuple[BibView, ...]
    unplaced: tuple[BibView, ...]
    avoid: tuple[LinkView, ...]
    treatments: tuple[TriedView, ...]
    programs: tuple[Crumb, ...]
    training_changes: tuple[ChangeView, ...]
    practitioners: tuple[PractitionerView, ...]
    takeaways: tuple[str, ...]
    question: str
    gallery: tuple[PictureView, ...]
    claims: tuple[ClaimView, ...]
    sources: tuple[SourceView, ...]
    lost_links: tuple[LostLinkView, ...]
    promises: tuple[PromiseView, ...]
    thread: ThreadView | None
    related: tuple[PostCard, ...]
    newer: Crumb | None
    older: Crumb | None
    description: str
    breadcrumbs: tuple[Crumb, ...]


class PageView(Struct, frozen=True, kw_only=True):
    """A plain page. `summary` is Markdown."""

    kind: str
    title: str
    url: str
    slug: str
    lang: str
    date: DateView
    modified: DateView
    authors: tuple[str, ...]
    summary: str
    pictures: tuple[PictureView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
