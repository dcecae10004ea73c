"""Pictures → schema.org data: each an ImageObject with who made it and what may be done with it, where that is known.

In: a picture's view. Out: a plain dict. A creator is named only where the credit is the name of somebody who writes
here, or of the site: other words of a credit are told as its words, for they may be more than a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rehab.site.memo import answer, once
from rehab.site.plain import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.site.site import Site
    from rehab.site.views.photo import PhotoView
    from rehab.site.views.picture import PictureView

Data: TypeAlias = dict[str, Any]


def image_objects(site: Site, pictures: Iterable[PictureView]) -> list[Data]:
    """Return the pictures that are there."""
    return [image_object(site, picture) for picture in pictures if not picture.lost]


def image_object(site: Site, picture: PictureView) -> Data:
    """Return one picture. `license` is an address where one is known, else the licence's own words."""
    data = {
        "@type": "ImageObject",
        "contentUrl": site.options.absolute(picture.full),
        "url": site.options.absolute(picture.page) if picture.page else "",
        "width": picture.width,
        "height": picture.height,
        "caption": plain_words(picture.caption) or picture.alt,
        "creditText": picture.credit_words,
        "creator": _creator(site, picture),
        "license": picture.license_url or _licence(picture),
        "acquireLicensePage": picture.credit_url,
    }
    return {key: value for key, value in data.items() if value not in ("", None)}


def _licence(picture: PictureView) -> Data | None:
    words = picture.credit_license
    return {"@type": "CreativeWork", "name": words} if words else None


def _creator(site: Site, picture: PictureView) -> Data | None:
    name = picture.credit_words
    if name and name == site.options.site_name:
        return {"@type": "Organization", "name": name}
    return {"@type": "Person", "name": name} if answer(site, is_writer, name) else None


def is_writer(site: Site, name: str) -> bool:
    """Return whether somebody of that name wrote a post."""
    return name in once(site, _writers)


def _writers(site: Site) -> frozenset[str]:
    return frozenset(writer for post in site.posts for writer in post.bylines)


def photo_object(site: Site, photo: PhotoView) -> Data:
    """Return a picture as the thing that its own page is about."""
    url = site.options.absolute(photo.url)
    gallery = {"@type": "ImageGallery", "name": photo.gallery.title, "url": site.options.absolute(photo.gallery.url)}
    named = {"@id": url, "mainEntityOfPage": url, "name": photo.title, "position": photo.number, "isPartOf": gallery}
    return {**image_object(site, photo.picture), **named}
