"""What templates see of pictures: a gallery, one of its pictures on its own page, pictures that belong together.

As all views: frozen, made of words already chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from rehab.site.views.picture import PictureView
    from rehab.site.views.small import Crumb

Together: TypeAlias = Literal["gallery", "compare", "flip"]


class GalleryView(Struct, frozen=True, kw_only=True):
    """A gallery. `summary` is Markdown; `cover` stands for it elsewhere, None where it has no picture."""

    kind: str
    title: str
    url: str
    slug: str
    summary: str
    pictures: tuple[PictureView, ...]
    cover: PictureView | None
    description: str
    breadcrumbs: tuple[Crumb, ...]


class PhotoView(Struct, frozen=True, kw_only=True):
    """One picture of a gallery on its own page.

    `previous` and `next` are None at the ends. `position_words` are "3 of 40".
    """

    kind: str
    title: str
    url: str
    gallery: Crumb
    picture: PictureView
    number: int
    count: int
    position_words: str
    previous: Crumb | None
    next: Crumb | None
    description: str
    breadcrumbs: tuple[Crumb, ...]


class GroupView(Struct, frozen=True, kw_only=True):
    """Pictures that are shown together: rows of them, before and after, or the start and the end of a movement."""

    together: Together
    pictures: tuple[PictureView, ...]
