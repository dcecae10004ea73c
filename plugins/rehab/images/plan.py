"""Photo + recipe → picture: which files it becomes, how large, and what they are called.

Pure: nothing here opens a file. The site can be linked and its pages rendered from these plans long before any
pixel is made; `rehab.images.make` makes them true.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict, replace

from rehab.images.card import SIZE
from rehab.model.slug import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehab.images.card import Card

Kind: TypeAlias = Literal["raster", "svg", "animated"]
Srcset: TypeAlias = tuple[tuple[str, int], ...]

# Raised when the same recipe would give other bytes than before, so that no cache serves the old ones.
PIPELINE: Final = 3
SUFFIXES: Final = {"avif": "avif", "jpeg": "jpg", "png": "png", "svg": "svg", "webp": "webp"}
MIMES: Final = {
    "avif": "image/avif",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}
NARROW: Final = 720
"""Pixels: files no wider than this have an AVIF quality of their own."""
_LONGEST_SLUG: Final = 60
_COPIED: Final = {
    ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".avif": "avif", ".svg": "svg",
}  # fmt: skip
_COPY_QUALITY: Final = 90
_COPY_AVIF: Final = 60
# A film is no wider than a text column, and all its frames together fit into the memory of a worker:
# 30 million pixels are 120 MB.
_FILM_WIDEST: Final = 720
_FILM_PIXELS: Final = 30_000_000
# Columns and rows of a placeholder that lies; one that stands has them the other way round.
_TONES: Final = (4, 3)


class Photo(Struct, frozen=True):
    """A picture as it stands under `content/`, known from its header.

    `path` is the source path, `file` where it is on disk, `digest` the SHA-256 of its bytes in hexadecimal.
    `width` and `height` are pixels once it is turned upright; `alpha` says whether it may be see-through; `frames`
    is more than 1 where it moves. `tones` are the colours of its placeholder, row by row as `#rgb`, or nothing.
    """

    path: str
    file: Path
    digest: str
    width: int
    height: int
    alpha: bool
    kind: Kind
    frames: int = 1
    tones: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """What the files of a picture say of where it comes from: who made it, its address, the licence. Each may be ""."""

    creator: str = ""
    url: str = ""
    license: str = ""


class Placeholder(Struct, frozen=True):
    """A picture in a few colours (`#rgb`), row by row, to be shown where the picture will be until it has come."""

    columns: int
    rows: int
    colours: tuple[str, ...]


class Recipe(Struct, frozen=True):
    """How pictures are made. Two recipes that differ in anything give files with different names.

    `widths` in pixels; no file is higher than `tallest` pixels, or than the widest of the widths where that is 0: a
    page shows no picture higher than its window. `formats` are offered beside the fallback (JPEG, or PNG where alpha
    needs it), best first;
    `jpeg` and `avif` are qualities from 0 to 100: photos in AVIF are 2 dB further from their originals than in JPEG,
    which dense screens hide, and a third of its bytes for it (docs/decisions/0053-avif-quality.md). `narrow` is
    AVIF's for photos (JPEG) of at most `NARROW` pixels: phones and rows of pictures show them with 1.4 to 2 pixels
    for each of CSS. `flat` is AVIF's for drawings, which then differ from their originals no more than their JPEG
    does (mean squared error at 360 to 1080 px); `speed` is its own, 0 (small files) to 10 (quick); `version` names
    the codecs at work (`rehab.images.encode.codecs`), for another codec gives other bytes.
    """

    widths: tuple[int, ...] = (360, 720, 1080, 1440)
    tallest: int = 0
    formats: tuple[str, ...] = ("avif",)
    jpeg: int = 77
    avif: int = 45
    narrow: int = 42
    flat: int = 45
    speed: int = 6
    version: str = ""


class Rendition(Struct, frozen=True):
    """One file to be published: its name in `images/`, its size in pixels, its format and media type; does it move."""

    name: str
    width: int
    height: int
    format: str
    mime: str
    moves: bool = False


class Picture(Struct, frozen=True):
    """A photo and all the files it becomes, widest first within a format. `key` names their bytes: content and recipe.

    `animation` is empty for what does not move; else the moving picture, best format first. A page shows the still
    `renditions`, and the animation only when a reader asks for it. With `card` it is drawn, and its photo is no file.

    For a template: `<source type=mime srcset=…>` for each of `sources`, then
    `<img src=src srcset=srcset width=width height=height>`. All are names of files in `images/`, which hold
    nothing but small letters, digits, hyphens and one dot.
    """

    photo: Photo
    recipe: Recipe
    key: str
    renditions: tuple[Rendition, ...]
    animation: tuple[Rendition, ...] = ()
    notice: Notice | None = None
    card: Card | None = None

    @property
    def files(self) -> tuple[Rendition, ...]:
        """Return every file to be published: the still ones, then those that move."""
        return self.renditions + self.animation

    @property
    def placeholder(self) -> Placeholder | None:
        """Return what to show until the picture has come, or None where nothing is known or needed."""
        tones = self.photo.tones
        return Placeholder(*tone_grid(self.photo.width, self.photo.height), tones) if tones else None

    @property
    def fallback(self) -> Rendition:
        """Return the widest rendition in the format that every browser shows."""
        return next(each for each in self.renditions if each.format == fallback_format(self.photo))

    @property
    def src(self) -> str:
        """Return the name of the fallback's file."""
        return self.fallback.name

    @property
    def width(self) -> int:
        """Return the fallback's own width in pixels."""
        return self.fallback.width

    @property
    def height(self) -> int:
        """Return the fallback's own height in pixels."""
        return self.fallback.height

    @property
    def srcset(self) -> Srcset:
        """Return the fallback's files with their widths, narrowest first; empty for a drawing, which scales."""
        return () if self.photo.kind == "svg" else self._files(MIMES[self.fallback.format])

    @property
    def sources(self) -> tuple[tuple[str, Srcset], ...]:
        """Return, for each format beside the fallback, its media type and its files, narrowest first."""
        mimes = dict.fromkeys(each.mime for each in self.renditions if each.format != self.fallback.format)
        return tuple((mime, self._files(mime)) for mime in mimes)

    def _files(self, mime: str) -> Srcset:
        files = [(each.name, each.width) for each in self.renditions if each.mime == mime]
        return tuple(sorted(files, key=lambda file: file[1]))


def fallback_format(photo: Photo) -> str:
    """Return the format that every browser shows and that loses nothing of the photo's shape."""
    if photo.kind == "svg":
        return "svg"
    return "png" if photo.alpha else "jpeg"


def plan_widths(photo: Photo, recipe: Recipe) -> tuple[int, ...]:
    """Return the widths to make, widest first: those of the recipe, none above the photo's own, at least one.

    Of a photo that stands, the widest is the one at which it is as high as the recipe lets it be.
    """
    most = max(recipe.widths, default=photo.width)
    widest = max(1, min(photo.width, most, (recipe.tallest or most) * photo.width // photo.height))
    return tuple(sorted({widest, *(width for width in recipe.widths if width < widest)}, reverse=True))


def tone_grid(width: int, height: int) -> tuple[int, int]:
    """Return the columns and rows of the placeholder of a picture of this size."""
    return _TONES if width >= height else _TONES[::-1]


def plan_picture(photo: Photo, recipe: Recipe, notice: Notice | None = None) -> Picture:
    """Return what a photo becomes under a recipe. Equal photos of equal name and notice share their files."""
    notice = notice if notice != Notice() and photo.kind != "svg" else None
    key = _key(photo, recipe, notice)
    slug = file_slug(photo.path)
    stem = f"{slug}-{key[:10]}"
    if photo.kind == "svg":
        drawing = Rendition(f"{stem}.svg", photo.width, photo.height, "svg", MIMES["svg"])
        return Picture(photo, recipe, key, (drawing,))
    formats = dict.fromkeys((*recipe.formats, fallback_format(photo)))
    widths = plan_widths(photo, recipe)
    still = tuple(_rendition(photo, stem, form, width) for form in formats for width in widths)
    moving = tuple(_animation(photo, recipe, f"{slug}-moving-{key[:10]}")) if photo.kind == "animated" else ()
    return Picture(photo, recipe, key, still, moving, notice)


def plan_card(card: Card, path: str, recipe: Recipe) -> Picture | None:
    """Return a card as a picture, or None where it cannot be drawn. `path` says in its file's name what it is of."""
    if not card.drawable:
        return None
    words = json.dumps(
        [PIPELINE, recipe.version, {name: said for name, said in asdict(card).items() if said or name != "kind"}]
    )
    key = hashlib.sha256(words.encode()).hexdigest()
    width, height = SIZE
    photo = Photo(path, Path(), key, width, height, alpha=True, kind="raster")
    return Picture(photo, recipe, key, (_rendition(photo, f"{file_slug(path)}-{key[:10]}", "png", width),), card=card)


def plan_copy(photo: Photo, recipe: Recipe) -> Picture | None:
    """Return a photo as a picture whose first file has its own size and the format that its name promises.

    None where that cannot be made: of what moves, and of names that promise another format.
    """
    form = _COPIED.get(PurePosixPath(photo.path).suffix.lower())
    if form is None or photo.frames > 1 or (form == "svg") != (photo.kind == "svg"):
        return None
    formats = (form,) if form in {"avif", "webp"} else ()
    whole = photo if formats or form == "svg" else replace(photo, alpha=form == "png")
    own_size = replace(recipe, widths=(photo.width,), tallest=photo.height)
    return plan_picture(
        whole, replace(own_size, formats=formats, jpeg=_COPY_QUALITY, avif=_COPY_AVIF, narrow=_COPY_AVIF)
    )


def _animation(photo: Photo, recipe: Recipe, stem: str) -> Iterator[Rendition]:
    """Yield a film in the formats of the recipe and in WebP, which every browser of today shows."""
    fits = int((_FILM_PIXELS * photo.width / (photo.frames * photo.height)) ** 0.5)
    widths = [width for width in recipe.widths if width <= _FILM_WIDEST]
    width = max(1, min(photo.width, max(widths, default=_FILM_WIDEST), fits))
    for form in dict.fromkeys((*recipe.formats, "webp")):
        yield replace(_rendition(photo, stem, form, width), moves=True)


def file_slug(path: str) -> str:
    """Return the part of a published name that tells a person which file it came from, in plain ASCII."""
    slug = slugify(PurePosixPath(path).stem.replace("_", "-"))[:_LONGEST_SLUG].strip("-")
    return slug if slug.isascii() and slug else "picture"


def _rendition(photo: Photo, stem: str, form: str, width: int) -> Rendition:
    height = max(1, (2 * photo.height * width + photo.width) // (2 * photo.width))
    return Rendition(f"{stem}-{width}.{SUFFIXES[form]}", width, height, form, MIMES[form])


def _key(photo: Photo, recipe: Recipe, notice: Notice | None) -> str:
    said = notice and [notice.creator, notice.url, notice.license]
    words = json.dumps([PIPELINE, photo.digest, photo.kind, said])
    return hashlib.sha256(f"{words}{_spelled(recipe)}".encode()).hexdigest()


@lru_cache(maxsize=8)
def _spelled(recipe: Recipe) -> str:
    return json.dumps(asdict(recipe), sort_keys=True)
