"""What the template of a thread sees, and that of its later pages.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.face import Face
    from rehab.site.views.form import FormView
    from rehab.site.views.small import Crumb, DateView


class CommentView(Struct, frozen=True, kw_only=True):
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


class ThreadPage(Struct, frozen=True, kw_only=True):
    """One page of a thread. `words` are "Comments 201 to 400"; `here` marks the page that is shown.

    `anchors` are ids that its comments had on older pages, for links that still lead to the post itself.
    """

    number: int
    url: str
    words: str
    here: bool
    anchors: tuple[str, ...]


class ThreadView(Struct, frozen=True, kw_only=True):
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


class ThreadPageView(Struct, frozen=True, kw_only=True):
    """A later page of a thread, with a link to its host: the post, exercise or injury it stands on."""

    kind: str
    title: str
    url: str
    lang: str
    host: Crumb
    thread: ThreadView
    description: str
    breadcrumbs: tuple[Crumb, ...]
