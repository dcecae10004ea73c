"""Bytes → pixels: decoded once, turned upright, in sRGB, at every width that is wanted, with nothing else attached.

What a published file holds is made from these images alone. They carry no `info`, so no writer can pass on a place,
a serial number, a comment, a thumbnail or a colour profile.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageCms

from rehab.images.opened import check_decoded, opened
from rehab.images.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.ImageFile import ImageFile

# How to turn a picture upright, by its EXIF orientation (tag 274; Exif 2.32, 4.6.4 A). 1 is upright; other
# numbers mean nothing and are taken for 1, as browsers do.
_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Modes of Pillow that hold the same colours as a simpler one does.
_SIMPLER: Final = {
    "L": "L",
    "1": "L",
    "RGB": "RGB",
    "P": "RGB",
    "RGBX": "RGB",
    "YCbCr": "RGB",
    "CMYK": "CMYK",
}
# Shrinking first by whole factors is quicker and not visibly different from this gap on (Pillow's own words).
_GAP: Final = 3.0
# Of the pictures measured, drawings and screens in their own size have 0.86 and more, photos 0.07 and less.
_FLAT: Final = 0.75


def orientation(image: ImageFile, data: bytes) -> int:
    """Return how an opened image (and its file's bytes) still has to be turned; from 5 on, width and height swap."""
    if image.format in {"TIFF", "HEIF"}:
        # These are turned while they are read.
        return 1
    value = (_png_exif(data) if image.format == "PNG" else _exif(image)).get(_ORIENTATION)
    return int(value) if value in _TURNS else 1


def _exif(image: ImageFile) -> Image.Exif:
    """Return what an image's EXIF says. Pillow also asks XMP, as no browser does: programs leave that behind."""
    exif = Image.Exif()
    exif.load(image.info.get("exif") or b"")
    return exif


def _png_exif(data: bytes) -> Image.Exif:
    """Return what a PNG's eXIf chunk says. Pillow's own way decodes all pixels first, for it may stand behind them."""
    exif, at = Image.Exif(), 8
    while at + 8 < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"eXIf":
            exif.load(b"Exif\0\0" + data[at + 8 : at + 8 + length])
            break
        at += 12 + length
    return exif


def render_pixels(data: bytes, sizes: Iterable[tuple[int, int]]) -> Iterator[Image.Image]:
    """Yield the image at each size (width, height; upright, widest first), as L, RGB or RGBA without any metadata.

    A size of half an earlier one or less is scaled down from that, the others from the decoded image; the error
    stays below what the encoders add, and a step costs a quarter. Raise Refused or whatever a decoder raises.
    """
    wanted = list(sizes)
    base = decode(data, wanted[0])
    done: list[Image.Image] = []
    for size in wanted:
        larger = [image for image in done if image.width >= 2 * size[0]]
        image = (larger[-1] if larger else base).resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
        done.append(image)
        yield image


def is_flat(image: Image.Image) -> bool:
    """Tell whether most pixels of an L, RGB or RGBA image are as the one beside them, as in a drawing."""
    width, height = image.size
    if width == 1:
        return False
    steps = ImageChops.difference(image.crop((0, 0, width - 1, height)), image.crop((1, 0, width, height)))
    most, *others = steps.split()
    for other in others:
        most = ImageChops.lighter(most, other)
    return most.histogram()[0] >= _FLAT * (width - 1) * height


def decode(data: bytes, size: tuple[int, int]) -> Image.Image:
    """Return the upright sRGB image (L, RGB or RGBA, without metadata) at `size` or somewhat larger."""
    with opened(data) as image:
        turn = orientation(image, data)
        lying = size[::-1] if turn >= 5 else size  # noqa: PLR2004 - 5 to 8 lie on their side
        # A JPEG is decoded at 1/2, 1/4 or 1/8 where that is enough; other formats ignore this.
        image.draft(None, lying)
        check_decoded(image.size)
        image.load()
        upright = to_upright(image, turn, lying)
    upright.info.clear()
    return upright


def to_upright(image: Image.Image, turn: int, size: tuple[int, int]) -> Image.Image:
    """Return a decoded image as L, RGB or RGBA in sRGB, upright, at `size` (before it is turned) or larger.

    It may be the image itself, where there is nothing to do.
    """
    profile = image.info.get("icc_profile")
    plain = _plain(image)
    factor = int(min(plain.width / size[0], plain.height / size[1]) / _GAP)
    if factor > 1:
        plain = plain.reduce(factor)
    return to_srgb(plain.transpose(_TURNS[turn]) if turn in _TURNS else plain, profile)


def _plain(image: Image.Image) -> Image.Image:
    """Return the same picture as L, RGB, RGBA or CMYK, 8 bits a channel; raise Refused for stranger pixels."""
    if image.mode.startswith("I;16"):
        return _eight_bits(image)
    mode = "RGBA" if image.has_transparency_data else _SIMPLER.get(image.mode)
    if mode is None:
        raise Refused(f"stores its colours in a way that is not read here ({image.mode})")
    return image if image.mode == mode else image.convert(mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a 16-bit grey image as 8-bit one, rounded. Pillow's own conversion cuts everything above 255 to white."""
    # A function of a table's index: of `I`, Pillow takes only a factor and a sum, which it learns by calling this.
    return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an L, RGB, RGBA or CMYK image in sRGB, read as its ICC profile says.

    A profile that is damaged, or made for another kind of pixels, is passed over, as browsers do.
    """
    if image.mode == "RGBA":
        colours = to_srgb(image.convert("RGB"), profile)
        colours.putalpha(image.getchannel("A"))
        return colours
    if profile:
        try:
            return _transformed(image, profile)
        except (OSError, ImageCms.PyCMSError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _transformed(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    if converted is None:
        raise OSError
    return converted
