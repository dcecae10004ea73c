"""What the template of a post sees, its thread included, and what a plain page, a program and a gallery see.

See `rehab.site.views` for the conventions. The HTML of the body is Pelican's (`article.content`, `page.content`):
the adapter fills the bibs and links in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehab.site.face import Face
    from rehab.site.views import (
        BibView,
        ChangeView,
        ClaimView,
        Crumb,
        DateView,
        LinkView,
        PictureView,
        PostCard,
        SourceView,
    )
    from rehab.site.views_chart import CourseChart, PointView
    from rehab.site.views_form import FormView


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A comment in its thread. `author` is "Anonymous" where the source has no name; `html` is clean.

    `anchor` is its id on the page, `aliases` are ids it had on older pages; `number` counts from 1 through the thread.
    `depth` counts from 0 and is true, `shown_depth` is that on this page and ends at 3. `reply_to` says who is
    answered ("Moira") and leads there ("#…" on the same page, else a site-relative address), or is None;
    `reply_to_hidden` says that it answers a comment that is not shown.
    `url` is the reader's own address, or "". `removed` is true for a deleted comment that has replies: no text.
    `opens` and `closes` nest the flat list without recursion: `<ol>` where `opens`, else `</li>`; after the
    comment `</li></ol>` `closes` times. `face` is a picture made of the name.
    """

    id: str
    anchor: str
    number: int
    author: str
    anonymous: bool
    url: str
    when: DateView
    html: str
    by_post_author: bool
    depth: int
    shown_depth: int
    reply_to: Crumb | None
    reply_to_hidden: bool
    aliases: tuple[str, ...]
    removed: bool
    repaired: bool
    opens: bool
    closes: int
    face: Face


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPage:
    """One page of a thread. `words` are "Comments 201 to 400"; `here` marks the page that is shown.

    `anchors` are ids that its comments had on older pages, for links that still lead to the post itself.
    """

    number: int
    url: str
    words: str
    here: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """The comments on a page. `state` is open|closed|off; `heading` is "9 comments (7 kept here)", "7 comments" or "".

    `flat` are the comments of this page in reading order. `pages` are all pages of the thread where it has more than
    one; the first is the host itself. `previous` and `next` are those beside this one. `feed` is the address of the
    thread's feed, or "" where nobody said anything and nobody may. `form` is the way to say something, or None.
    """

    state: str
    count: int
    declared: int | None
    heading: str
    flat: tuple[CommentView, ...]
    pages: tuple[ThreadPage, ...]
    previous: ThreadPage | None
    next: ThreadPage | None
    feed: str
    form: FormView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPageView:
    """A later page of a thread, with a link to its host: the post, exercise or injury it stands on."""

    kind: str
    title: str
    url: str
    lang: str
    host: Crumb
    thread: ThreadView
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """Something the post said would come later. `text` is Markdown. `kept` once all its exercises are full."""

    text: str
    exercises: tuple[Crumb, ...]
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLinkView:
    """Words that were a link, and what stood behind it as far as the text says."""

    text: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerView:
    """Who treated the author. `words` is "acupuncturist, Dr. Jennifer Ross, Remedy"; `note` is Markdown."""

    words: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRuleView:
    """How much pain is all right. `words` are sentences made of its numbers; `source` says who says so, or None."""

    scale: str
    words: tuple[str, ...]
    source: SourceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """A phase: a row of bibs. `goal`, `advance_when`, `step_back_when`, `note` are Markdown.

    How an exercise is done stands on its first bib of the program alone.
    """

    id: str
    number: int
    goal: str
    bibs: tuple[BibView, ...]
    advance_when: tuple[str, ...]
    step_back_when: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramView:
    """A program. `prescribed_by` is "put together by a physical therapist" or ""; `source` the post that tells of it.

    `posts` are those that follow it. `caution` must be said above its exercises. `frequency` is in the source's words,
    or ""; `often` the same as "3 week" or "1 day" where it can be read. `tasks` is the address of its list of tasks
    (.ics), "" where it has no cards.
    """

    kind: str
    title: str
    url: str
    slug: str
    aliases: tuple[str, ...]
    summary: str
    injuries: tuple[Crumb, ...]
    regions: tuple[Crumb, ...]
    prescribed_by: str
    source: Crumb | None
    pain_rule: PainRuleView | None
    phases: tuple[PhaseView, ...]
    caution: str
    frequency: str
    often: str
    tasks: str
    posts: tuple[PostCard, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
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
