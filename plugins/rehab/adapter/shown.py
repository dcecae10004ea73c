"""A page as its template sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.views.small import Crumb


class Shown(Struct, frozen=True, kw_only=True):
    """One page as its template sees it: variables of its own, and what every page has.

    It shows the problems of the files at `paths`. The first page alone (`whole`) shows those of all: on every list, a
    blog with many would carry them a thousand times.
    """

    variables: Mapping[str, Any] = field(default_factory=dict)
    crumbs: tuple[Crumb, ...] = ()
    description: str = ""
    structured: Any = None
    paths: tuple[str, ...] = ()
    whole: bool = False
    listed: bool = True
    changed: str = ""
