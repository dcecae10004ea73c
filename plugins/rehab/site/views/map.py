"""What the templates see of the body map, of the list beside it, of a region's own page, and of the home page.

See `rehab.site.views.small` for the conventions. The drawing itself is a table of its own, `rehab.site.drawing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.views.bib import BibView
    from rehab.site.views.lists import CardView, MuscleView, PostCard
    from rehab.site.views.small import Crumb, DateView, LinkView


class SpotView(Struct, frozen=True, kw_only=True):
    """Something on the drawing that is a link: a region or a structure.

    `slug` finds it in the drawing's tables. `label` says all in words: "Piriformis, deep in the buttock: 1 injury".
    `told` is true where something is recorded of it; `count` are its injuries.
    """

    slug: str
    url: str
    label: str
    told: bool
    count: int


class StructureView(Struct, frozen=True, kw_only=True):
    """A muscle, tendon, fascia or nerve in the list. `words` are where it lies, and its short name if it has one."""

    title: str
    url: str
    words: str
    told: bool


class PartView(Struct, frozen=True, kw_only=True):
    """A region in the list. `words` are what readers call it and trouble there; `count_words` "3 injuries" or ""."""

    title: str
    url: str
    slug: str
    told: bool
    words: tuple[str, ...]
    count_words: str
    injuries: tuple[CardView, ...]
    structures: tuple[StructureView, ...]


class FeltView(Struct, frozen=True, kw_only=True):
    """What it feels like: `words` "Dull ache in the glute", `more` what else was said of it; leads to the injury."""

    words: str
    more: str
    injury: Crumb


class BodyView(Struct, frozen=True, kw_only=True):
    """The body map: what is drawn, and the same as a list. `told` come first, `quiet` have no injury recorded yet.

    `felt` are symptoms. What the drawing has no place for is in the list alone.
    """

    areas: tuple[SpotView, ...]
    marks: tuple[SpotView, ...]
    told: tuple[PartView, ...]
    quiet: tuple[PartView, ...]
    felt: tuple[FeltView, ...]


class HelpedView(Struct, frozen=True, kw_only=True):
    """What an exercise did for a region's injuries: its small bib, and what is said; the links lead to injuries."""

    bib: BibView
    links: tuple[LinkView, ...]


class RegionView(Struct, frozen=True, kw_only=True):
    """A region of the body: its injuries, what bore on them, its muscles, the exercises that work those, posts.

    `words` are what readers call it and trouble there, `felt` the symptoms of its injuries by
    the injury's slug. `helped` are exercises of which somebody says what they did for an injury
    here, `exercises` others that work its muscles, `exercises_url` a page of all of them, or "". `beside` are the
    regions that it borders on. `marks` are its structures that are drawn. `posts` are the newest about its injuries or
    that mention it, `more_posts` how many there are beyond them.
    """

    kind: str
    title: str
    url: str
    slug: str
    group: str
    osiics: str
    words: tuple[str, ...]
    includes: tuple[str, ...]
    injuries: tuple[CardView, ...]
    felt: Mapping[str, tuple[FeltView, ...]]
    helped: tuple[HelpedView, ...]
    muscles: tuple[MuscleView, ...]
    marks: tuple[str, ...]
    exercises: tuple[CardView, ...]
    exercises_url: str
    programs: tuple[Crumb, ...]
    posts: tuple[PostCard, ...]
    more_posts: int
    beside: tuple[CardView, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


class VoiceLine(Struct, frozen=True, kw_only=True):
    """A reader's comment in short: plain `words`, who says it, where it stands (`url`) and what it is on."""

    author: str
    words: str
    when: DateView
    url: str
    host: Crumb


class HomeView(Struct, frozen=True, kw_only=True):
    """The home page: the body map, newest posts with small bibs, the exercises used most, what readers said last."""

    kind: str
    title: str
    url: str
    newest: tuple[PostCard, ...]
    injuries: tuple[CardView, ...]
    body: BodyView
    most_used: tuple[BibView, ...]
    voices: tuple[VoiceLine, ...]
    description: str
    breadcrumbs: tuple[Crumb, ...]


class InjuryListView(Struct, frozen=True, kw_only=True):
    """All injuries with the body map. `felt` are their symptoms by the injury's slug; regions are in `body`."""

    kind: str
    title: str
    url: str
    injuries: tuple[CardView, ...]
    body: BodyView
    felt: Mapping[str, tuple[FeltView, ...]]
    description: str
    breadcrumbs: tuple[Crumb, ...]
