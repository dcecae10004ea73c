"""Bytes → an opened image: the one door to Pillow, with its limits.

Only the formats of the table are tried. Limits hold before a single pixel is decoded, because a file of a few
hundred bytes can claim to be gigabytes large. Pillow's own limit is a global that stays as it is.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from PIL import Image, UnidentifiedImageError

from rehab.images.refused import COPY_AGAIN, SAVE_ANEW, SMALLER, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFile import ImageFile

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF")
# Tried where the optional package `pi_heif` (the extra `heic`) is installed.
_HEIF: Final = "HEIF"
_HEIF_BRAND: Final = re.compile(rb".{4}ftyp(he(ic|ix|im|is|vc|vx)|mif1|msf1)", re.DOTALL)
MAX_BYTES: Final = 100_000_000
MAX_PIXELS: Final = 100_000_000
# libjpeg's JPEG_MAX_DIMENSION: no side of a JPEG can be longer, and a narrow picture keeps its height.
MAX_SIDE: Final = 65_500
# A real photo has fewer than ten pixels for each byte, a blank JPEG about seventy.
BOMB_PIXELS: Final = 50_000_000
BOMB_PIXELS_PER_BYTE: Final = 100
# What is held whole in memory, at 4 bytes each; a JPEG is scaled down while it is decoded.
MAX_DECODED: Final = 60_000_000
# A progressive JPEG goes over all pixels once for each scan. Cameras and programs make about ten.
MAX_SCANS: Final = 100
MAX_FRAMES: Final = 1000
MAX_FILM_PIXELS: Final = 400_000_000
_DAMAGED: Final = ("is damaged: its pixels cannot be read", COPY_AGAIN)
_HEIC: Final = (
    "is a HEIC picture, which browsers do not show",
    "install the extra 'heic', which reads it (pip install pi-heif), or save it as JPEG",
)
# Where files that are none of FORMATS say what they are. HEIF's brands: ISO/IEC 23008-12, annex B.
_OTHER_KINDS: Final = (
    (0, b"\xff\xd8", _DAMAGED),
    (0, b"\x89PNG", _DAMAGED),
    (0, b"BM", ("is a BMP picture, which is not read here", SAVE_ANEW)),
    (0, b"PK", ("is a ZIP archive, not a picture", SAVE_ANEW)),
    (0, b"%PDF", ("is a PDF document, not a picture", SAVE_ANEW)),
    (0, b"<", ("is a web page or another text, not a picture", SAVE_ANEW)),
    (4, b"ftyphe", _HEIC),
    (4, b"ftypmif1", _HEIC),
    (4, b"ftypmsf1", _HEIC),
    (4, b"ftypavif", _DAMAGED),
    (4, b"ftyp", ("is a film, not a picture", "take a still picture out of it")),
)


@contextmanager
def opened(data: bytes) -> Iterator[ImageFile]:
    """Open a raster image of at most `MAX_PIXELS`; raise Refused or whatever Pillow raises.

    Pillow warns on standard error about oddities that we either refuse or mend; nobody wants to read those.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _open(data) as image:
            check_size(image.size, len(data))
            check_scans(data)
            yield image


def _open(data: bytes) -> ImageFile:
    formats = (*FORMATS, _HEIF) if _HEIF_BRAND.match(data) and reads_heic() else FORMATS
    try:
        return Image.open(io.BytesIO(data), formats=formats)
    except UnidentifiedImageError:
        raise (Refused(*_DAMAGED) if _HEIF in formats else _unknown(data)) from None


def has_heic() -> bool:
    """Tell whether the optional package is installed that reads HEIC."""
    return find_spec("pi_heif") is not None


@cache
def reads_heic() -> bool:
    """Make Pillow read HEIC where that is possible; tell whether it does."""
    if has_heic():
        import_module("pi_heif").register_heif_opener(thumbnails=False)
    return has_heic()


def _unknown(data: bytes) -> Refused:
    if not data.strip(b"\0"):
        return Refused("holds nothing but zeros", COPY_AGAIN)
    text = data.lstrip()
    for at, mark, words in _OTHER_KINDS:
        if (text if at == 0 else data).startswith(mark, at):
            return Refused(*words)
    return Refused("is not a picture, or of a kind that is not read here")


def check_size(size: tuple[int, int], weight: int) -> None:
    """Raise Refused where an image of this size (pixels) and weight (bytes) would not fit or is a trap."""
    width, height = size
    pixels = width * height
    if pixels > MAX_PIXELS:
        million = MAX_PIXELS // 1_000_000
        raise Refused(f"is {width} × {height} pixels large; more than {million} million are not read", SMALLER)
    if max(size) > MAX_SIDE:
        raise Refused(f"is {width} × {height} pixels large; no side may be longer than {MAX_SIDE}", SMALLER)
    if pixels > BOMB_PIXELS and pixels > weight * BOMB_PIXELS_PER_BYTE:
        raise Refused(f"claims {width} × {height} pixels in {weight} bytes, as no photo does", SMALLER)


def check_scans(data: bytes) -> None:
    """Raise Refused for a JPEG that would take hours: each scan goes over all of its pixels."""
    if data.startswith(b"\xff\xd8") and (scans := data.count(b"\xff\xda")) > MAX_SCANS:
        raise Refused(f"is drawn in {scans} passes, as no photo is")


def check_decoded(size: tuple[int, int]) -> None:
    """Raise Refused where an image that is decoded at this size would not fit into a worker's memory."""
    if size[0] * size[1] > MAX_DECODED:
        million = MAX_DECODED // 1_000_000
        hint = "save a smaller copy of it, or save it as JPEG"
        raise Refused(f"is {size[0]} × {size[1]} pixels large; of its kind, {million} million are read", hint)


def check_film(size: tuple[int, int], frames: int) -> None:
    """Raise Refused where an animation has more frames, or more pixels in all of them, than are worth making."""
    if frames > MAX_FRAMES or size[0] * size[1] * frames > MAX_FILM_PIXELS:
        reason = f"moves for {frames} frames of {size[0]} × {size[1]} pixels, which is too much"
        raise Refused(reason, "make it shorter or smaller, or take a still picture out of it")


def check_whole(data: bytes, image: ImageFile) -> None:
    """Raise where the end of the file is missing, as far as that shows without decoding; `image` is used up."""
    if data.startswith(b"\xff\xd8"):
        if not _jpeg_ends(data):
            raise Refused("is cut off: its end is missing", COPY_AGAIN)
    else:
        image.verify()


def _jpeg_ends(data: bytes) -> bool:
    """Tell whether a JPEG has its end mark. Marks before the first scan do not count: a thumbnail has one too."""
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != b"\xda":
        fill = data[at + 1 : at + 2] == b"\xff"
        at += 1 if fill else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(b"\xff\xd9", at) != -1
