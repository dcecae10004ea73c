"""What the templates of the lists of exercises see: all of them, or those that fit one choice.

See `rehab.site.views.small` for the conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.bib import BibView
    from rehab.site.views.small import Crumb, LinkView


class ValueView(Struct, frozen=True, kw_only=True):
    """An answer that can be chosen. `count_words` is "6", or "6, 1 left out"; `here` marks the page that is shown."""

    title: str
    url: str
    count: int
    count_words: str
    here: bool = False


class AxisView(Struct, frozen=True, kw_only=True):
    """A question that exercises can be chosen by. `unsaid` counts in words those that give no answer, or is ""."""

    name: str
    label: str
    count_words: str
    values: tuple[ValueView, ...]
    unsaid: str


class PartView(Struct, frozen=True, kw_only=True):
    """Some exercises of a list, under a heading where there are several parts. `shape` and `tone` are a relation's."""

    heading: str
    shape: str
    tone: str
    bibs: tuple[BibView, ...]


class LeftOutView(Struct, frozen=True, kw_only=True):
    """An exercise that an injury excludes. `says` are those who say so; `more_words` counts the others, or is "".

    `others` are those who say something else of it: both stand there.
    """

    exercise: Crumb
    says: tuple[LinkView, ...]
    more_words: str
    others: tuple[LinkView, ...]


class ExerciseListView(Struct, frozen=True, kw_only=True):
    """A page of a list of exercises: of all, or of those that fit one answer on one `axis`.

    `total` counts the whole list, `first` is the position of the first one here. `thing` is the page of the injury, the
    muscle or the part of the body. `left_out` stand on the first page, counted in `left_words`;
    `left_names` are those without room for reasons.
    `index` are the questions, on the first page of all exercises; `siblings` the other answers where they are few.
    `position_words` are "Page 2 of 19" or "". `chosen` is what the script begins with (`for=glute-pain`).
    """

    kind: str
    title: str
    url: str
    axis: str
    axis_label: str
    lead: str
    total: int
    first: int
    parts: tuple[PartView, ...]
    thing: Crumb | None
    left_words: str
    left_out: tuple[LeftOutView, ...]
    left_names: tuple[Crumb, ...]
    index: tuple[AxisView, ...]
    siblings: tuple[ValueView, ...]
    chosen: str
    data_url: str
    number: int
    position_words: str
    previous: Crumb | None
    next: Crumb | None
    description: str
    breadcrumbs: tuple[Crumb, ...]
