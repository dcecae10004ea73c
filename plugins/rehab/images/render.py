"""A planned picture → the bytes of all its files. Pure but for the one source file that it reads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from rehab.images.draw import draw_card
from rehab.images.encode import encode, encode_film
from rehab.images.film import render_frames
from rehab.images.notice import render_notice
from rehab.images.pixels import is_flat, render_pixels
from rehab.images.refused import Refused
from rehab.images.svg import clean_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.images.plan import Picture, Rendition

_JPEG: Final = b"\xff\xd8"


def render_picture(picture: Picture) -> dict[Rendition, bytes]:
    """Return the bytes of all files of a picture; raise Refused, or whatever a decoder raises."""
    if picture.card:
        return {picture.renditions[0]: encode(draw_card(picture.card), "png", picture.recipe)}
    data = picture.photo.file.read_bytes()
    if hashlib.sha256(data).hexdigest() != picture.photo.digest:
        raise Refused("changed while the site was being built", "build the site again", lasting=False)
    if picture.photo.kind == "svg":
        return {picture.renditions[0]: clean_svg(data).text.encode("utf-8")}
    notice = render_notice(picture.notice)
    return {**dict(_still(data, picture, notice)), **dict(_moving(data, picture, notice))}


def _still(data: bytes, picture: Picture, notice: bytes) -> Iterator[tuple[Rendition, bytes]]:
    # What a JPEG lost of its colours' resolution does not come back by keeping what is left in full.
    fine = not data.startswith(_JPEG)
    sizes = sorted({(each.width, each.height) for each in picture.renditions}, reverse=True)
    flat = False
    for size, image in zip(sizes, render_pixels(data, sizes), strict=True):
        flat = flat or (fine and size == sizes[0] and image.mode != "RGBA" and is_flat(image))
        for rendition in picture.renditions:
            if (rendition.width, rendition.height) == size:
                yield rendition, encode(image, rendition.format, picture.recipe, fine=fine, flat=flat, notice=notice)


def _moving(data: bytes, picture: Picture, notice: bytes) -> Iterator[tuple[Rendition, bytes]]:
    if not picture.animation:
        return
    first = picture.animation[0]
    frames = list(render_frames(data, (first.width, first.height), picture.photo.frames))
    images, pauses = [image for image, _ in frames], [pause for _, pause in frames]
    for rendition in picture.animation:
        yield rendition, encode_film(images, pauses, rendition.format, picture.recipe, notice)
