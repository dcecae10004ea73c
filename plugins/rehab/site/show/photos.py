"""Galleries → views: the gallery, the page of each of its pictures, and the list of all galleries.

In: the linked site. Out: views. A picture's address holds the gallery's slug and the name of its file, so it stays
when pictures are put in another order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from rehab.images.plan import file_slug
from rehab.site.edges import id_of
from rehab.site.memo import lately
from rehab.site.options import LISTS
from rehab.site.pictures import PAIRS, path_of, resolve_file
from rehab.site.plain import description_of, plain_words
from rehab.site.show.cards import card_of, counts
from rehab.site.show.small import breadcrumbs, image_view, picture_view
from rehab.site.text.images import images_of
from rehab.site.views.lists import ListView
from rehab.site.views.photo import GalleryView, GroupView, PhotoView
from rehab.site.views.small import Crumb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.model.entry import Entry
    from rehab.model.page import Gallery
    from rehab.site.site import Site
    from rehab.site.views.lists import CardView
    from rehab.site.views.picture import PictureView


def gallery_paths(site: Site, gallery: Gallery) -> tuple[str, ...]:
    """Return the pictures of a gallery: those it lists, then the others in its folder, by name."""
    listed = [path for image in gallery.images if (path := path_of(image))]
    return tuple(dict.fromkeys((*listed, *site.folders.get(gallery.folder, ()))))


def photo_slugs(paths: Iterable[str]) -> dict[str, str]:
    """Return the last part of each picture's address: its file's name, with a number where two are alike."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        slug, number = file_slug(path), 2
        while slug in taken:
            slug, number = f"{file_slug(path)}-{number}", number + 1
        taken.add(slug)
        slugs[path] = slug
    return slugs


def gallery_view(site: Site, slug: str) -> GalleryView:
    """Return the view of a gallery by its slug. Raises KeyError where there is none."""
    return lately(site, _gallery_view, site.nouns[f"gallery:{slug}"])


def _gallery_view(site: Site, gallery: Gallery) -> GalleryView:
    target = site.targets[id_of(gallery)]
    paths = gallery_paths(site, gallery)
    pictures = _pictures(site, gallery, paths)
    return GalleryView(
        kind="gallery",
        title=target.title,
        url=target.url,
        slug=gallery.slug,
        summary=gallery.summary,
        pictures=tuple(pictures.values()),
        cover=_cover(gallery, pictures),
        description=description_of(gallery.summary, gallery.body) or counts(picture=len(paths)),
        breadcrumbs=breadcrumbs(site, "gallery", target.title, target.url),
    )


def _pictures(site: Site, gallery: Gallery, paths: tuple[str, ...]) -> dict[str, PictureView]:
    """Return the pictures of a gallery by path, in order, each with the address of its page."""
    listed = {path_of(image): image_view(site, image) for image in gallery.images}
    slugs = photo_slugs(paths)
    views = {path: listed.get(path) or picture_view(site, path) for path in paths}
    return {
        path: view if view.lost else structs.replace(view, page=_photo_url(site, gallery.slug, slugs[path]))
        for path, view in views.items()
    }


def _photo_url(site: Site, gallery: str, slug: str) -> str:
    return site.options.url("photo", slug).replace("{gallery}", gallery)


def _cover(gallery: Gallery, pictures: Mapping[str, PictureView]) -> PictureView | None:
    named = pictures.get(resolve_file(gallery.cover) or "") if gallery.cover else None
    return named or next((view for view in pictures.values() if not view.lost), None)


def photo_views(site: Site) -> Iterator[PhotoView]:
    """Yield the page of each picture of each gallery, in order."""
    for gallery in site.galleries:
        pictures = [picture for picture in gallery_view(site, gallery.slug).pictures if picture.page]
        crumbs = [Crumb(title=_position(at, len(pictures)), url=each.page) for at, each in enumerate(pictures, 1)]
        for number, picture in enumerate(pictures, start=1):
            around = (None, *crumbs, None)[number - 1 : number + 2]
            yield _photo(gallery_view(site, gallery.slug), picture, number, around)


def _photo(gallery: GalleryView, picture: PictureView, number: int, around: tuple[Crumb | None, ...]) -> PhotoView:
    previous, here, following = around
    position = here.title if here else ""
    return PhotoView(
        kind="photo",
        title=f"{gallery.title}: picture {position}",
        url=picture.page,
        gallery=Crumb(title=gallery.title, url=gallery.url),
        picture=picture,
        number=number,
        count=sum(1 for each in gallery.pictures if each.page),
        position_words=position,
        previous=previous,
        next=following,
        description=description_of(plain_words(picture.caption), picture.alt),
        breadcrumbs=(*gallery.breadcrumbs, Crumb(title=position, url=picture.page)),
    )


def _position(number: int, count: int) -> str:
    return f"{number} of {count}"


def groups_of(pictures: Iterable[PictureView]) -> tuple[GroupView, ...]:
    """Return pictures as they are shown together: pairs where two that follow each other say so, rows of the others."""
    rest = list(pictures)
    groups: list[GroupView] = []
    row: list[PictureView] = []
    while rest:
        together = PAIRS.get((rest[0].role, rest[1].role)) if len(rest) > 1 else None
        if together and not any(view.lost for view in rest[:2]):
            groups += [GroupView(together="gallery", pictures=tuple(row))] if row else []
            groups.append(GroupView(together=together, pictures=tuple(rest[:2])))
            row, rest = [], rest[2:]
        else:
            row.append(rest.pop(0))
    groups += [GroupView(together="gallery", pictures=tuple(row))] if row else []
    return tuple(groups)


def pictures_in(site: Site, entry: Entry) -> tuple[PictureView, ...]:
    """Return the pictures of an entry's body that are there."""
    views = (picture_view(site, image.path or "", alt=image.alt) for image in images_of(entry))
    return tuple(view for view in views if not view.lost)


def gallery_list(site: Site) -> ListView:
    """Return the list of all galleries."""
    items = tuple(_gallery_card(site, each) for each in site.galleries)
    title, url = LISTS["galleries"], site.options.url("galleries")
    return ListView(
        kind="galleries",
        title=title,
        url=url,
        items=items,
        description=f"{title}: {', '.join(item.title for item in items[:5]) or 'none yet'}.",
        breadcrumbs=breadcrumbs(site, "", title, url),
    )


def _gallery_card(site: Site, gallery: Gallery) -> CardView:
    view = gallery_view(site, gallery.slug)
    count = len(view.pictures)
    card = card_of(site, id_of(gallery), count=count, words=counts(picture=count))
    return structs.replace(card, cover=view.cover)
