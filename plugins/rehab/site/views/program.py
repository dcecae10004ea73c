"""What the template of a program sees.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.bib import BibView
    from rehab.site.views.lists import PostCard
    from rehab.site.views.small import Crumb, SourceView


class PainRuleView(Struct, frozen=True, kw_only=True):
    """How much pain is all right. `words` are sentences made of its numbers; `source` says who says so, or None."""

    scale: str
    words: tuple[str, ...]
    source: SourceView | None


class PhaseView(Struct, frozen=True, kw_only=True):
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


class ProgramView(Struct, frozen=True, kw_only=True):
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
