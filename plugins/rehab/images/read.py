"""Assets → photos: which files are pictures, how large they are, and why some cannot be shown.

In: what the `source` room found beside the documents. Out: a `Photo` for each file that can be published, and one
problem for each that cannot. Only headers are decoded; that a file is damaged further on shows when its pixels are
made (`rehab.images.make`).
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from rehab.images.film import count_gif_frames
from rehab.images.opened import MAX_BYTES, check_decoded, check_film, check_whole, opened
from rehab.images.pixels import orientation
from rehab.images.plan import Photo
from rehab.images.refused import COPY_AGAIN, SMALLER, Refused, attempt, refusal
from rehab.images.svg import clean_svg, is_drawing
from rehab.images.tones import tones_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from PIL.ImageFile import ImageFile

    from rehab.images.plan import Kind
    from rehab.images.seen import Seen
    from rehab.source.document import Asset
    from rehab.source.place import Place
    from rehab.source.problem import Problem, Problems

# What a file must be called to be looked at without anybody referring to it. What is inside decides the rest.
SUFFIXES: Final = frozenset(
    ".jpg .jpeg .jpe .jfif .png .apng .gif .webp .avif .tif .tiff .svg .bmp .heic .heif .jp2 .jxl".split()
)
_ANIMATED: Final = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
# Decoded smaller than they are where less is wanted.
_SCALED: Final = frozenset({"JPEG", "MPO"})


def read_photos(
    assets: Iterable[Asset], places: Mapping[str, Place], seen: Seen | None = None
) -> tuple[dict[str, Photo], Problems]:
    """Return the photos among `assets` by path, and a `bad-image` problem for each file that is refused.

    An asset is looked at where its name is a picture's or where `places` (path → where it is first mentioned) has
    it; other files are none of this room's business. With `seen`, a file that looks as it did when it was last read
    is not opened, and photos have the tones of their placeholders, which are costly to learn twice.
    """
    photos: dict[str, Photo] = {}
    problems: list[Problem] = []
    for asset in sorted(assets, key=lambda each: each.path):
        if asset.path not in places and not is_picture_name(asset.path):
            continue
        photo = seen.recall(asset) if seen else None
        if photo is None:
            photo = attempt(read_photo, asset, toned=seen is not None)
            if seen:
                seen.keep(asset, photo)
        if isinstance(photo, Refused):
            problems.append(refusal(photo, asset.path, places))
        else:
            photos[asset.path] = photo
    return photos, tuple(problems)


def is_picture_name(path: str) -> bool:
    """Tell whether a file is called like a picture."""
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def read_photo(asset: Asset, *, toned: bool = False) -> Photo:
    """Return the photo that an asset is, with its tones or without.

    Raise Refused, or anything that a decoder makes of hostile bytes.
    """
    data = _read_bytes(asset)
    digest = hashlib.sha256(data).hexdigest()
    if is_drawing(data):
        drawing = clean_svg(data)
        return Photo(asset.path, asset.file, digest, drawing.width, drawing.height, alpha=True, kind="svg")
    with opened(data) as image:
        width, height = image.size[::-1] if orientation(image, data) >= 5 else image.size  # noqa: PLR2004 - 5 to 8 lie
        if image.format not in _SCALED:
            check_decoded(image.size)
        alpha, frames = image.has_transparency_data, _frames(image, data)
        check_film(image.size, frames)
        check_whole(data, image)
    tones = tones_of(data, (width, height)) if toned and not alpha else ()
    kind: Kind = "animated" if frames > 1 else "raster"
    return Photo(asset.path, asset.file, digest, width, height, alpha, kind, frames, tones)


def _read_bytes(asset: Asset) -> bytes:
    _check_inside(asset)
    if not asset.file.is_file():
        raise Refused("is not an ordinary file", "put the picture itself in its place")
    weight = asset.file.stat().st_size
    if weight == 0:
        raise Refused("is empty: it holds 0 bytes", COPY_AGAIN)
    if weight > MAX_BYTES:
        raise Refused(f"is larger than {MAX_BYTES // 1_000_000} MB", SMALLER)
    return asset.file.read_bytes()


def _check_inside(asset: Asset) -> None:
    outside = Refused("is a link to a file outside the content folder", "put the picture itself in its place")
    try:
        inside = asset.file.resolve(strict=True).is_relative_to(_content(asset).resolve(strict=True))
    except (OSError, RuntimeError):
        raise Refused("is a link that leads nowhere", "put the picture itself in its place") from None
    if not inside:
        raise outside


def _content(asset: Asset) -> Path:
    """Return the content folder: the file's place on disk without the parts of its path below the first."""
    return asset.file.parents[max(0, len(PurePosixPath(asset.path).parts) - 2)]


def _frames(image: ImageFile, data: bytes) -> int:
    """Return how many frames a picture has; 1 where it does not move, as a TIFF of pages or a photo with a second."""
    if image.format not in _ANIMATED:
        return 1
    return max(1, count_gif_frames(data) if image.format == "GIF" else getattr(image, "n_frames", 1))
