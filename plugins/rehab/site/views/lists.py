"""What the templates of lists see.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.bib import BibView
    from rehab.site.views.picture import PictureView
    from rehab.site.views.small import Crumb, DateView
    from rehab.site.wording import Sign


class PostCard(Struct, frozen=True, kw_only=True):
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


class PostsAboutView(Struct, frozen=True, kw_only=True):
    """One page of all posts about an injury. `first` is the number of its first post in the whole list, from 1.

    `newer` and `older` are the addresses of the pages beside it, or "".
    """

    title: str
    url: str
    posts: tuple[PostCard, ...]
    first: int
    position_words: str
    newer: str
    older: str
    description: str
    breadcrumbs: tuple[Crumb, ...]


class CardView(Struct, frozen=True, kw_only=True):
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


class MuscleView(Struct, frozen=True, kw_only=True):
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


class ListView(Struct, frozen=True, kw_only=True):
    """A plain list: all treatments, programs, galleries. `groups` are the same items by who does it, if at all."""

    kind: str
    title: str
    url: str
    items: tuple[CardView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]
    lead: str = ""
    groups: tuple[tuple[str, tuple[CardView, ...]], ...] = ()
