"""Photo + recipe → picture: which files it becomes, how large, and what they are called.

Pure: nothing here opens a file. The site can be linked and its pages rendered from these plans long before any
pixel is made; `rehab.images.make` makes them true.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from rehab.model.slug import slugify

if TYPE_CHECKING:
    from pathlib import Path

Kind: TypeAlias = Literal["raster", "svg", "animated"]
Srcset: TypeAlias = tuple[tuple[str, int], ...]

# Raised when the same recipe would give other bytes than before, so that no cache serves the old ones.
PIPELINE: Final = 1
SUFFIXES: Final = {"avif": "avif", "jpeg": "jpg", "png": "png", "svg": "svg"}
MIMES: Final = {"avif": "image/avif", "jpeg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}
_LONGEST_SLUG: Final = 60


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as it stands under `content/`, known from its header.

    `path` is the source path, `file` where it is on disk, `digest` the SHA-256 of its bytes in hexadecimal.
    `width` and `height` are pixels once it is turned upright; `alpha` says whether it may be see-through.
    """

    path: str
    file: Path
    digest: str
    width: int
    height: int
    alpha: bool
    kind: Kind


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pictures are made. Two recipes that differ in anything give files with different names.

    `widths` in pixels; `formats` are offered beside the fallback (JPEG, or PNG where alpha needs it), best first;
    `jpeg` and `avif` are qualities from 0 to 100; `speed` is AVIF's, 0 (small files) to 10 (quick); `version` names
    the codecs at work (`rehab.images.encode.codecs`), for another codec gives other bytes.
    """

    widths: tuple[int, ...] = (360, 720, 1080, 1440)
    formats: tuple[str, ...] = ("avif",)
    jpeg: int = 80
    avif: int = 60
    speed: int = 6
    version: str = ""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file to be published: its name in `images/`, its size in pixels, its format and media type."""

    name: str
    width: int
    height: int
    format: str
    mime: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo and all the files it becomes, widest first within a format. `key` names its pixels: content and recipe.

    For a template: `<source type=mime srcset=…>` for each of `sources`, then
    `<img src=src srcset=srcset width=width height=height>`. All are names of files in `images/`, which hold
    nothing but small letters, digits, hyphens and one dot.
    """

    photo: Photo
    recipe: Recipe
    key: str
    renditions: tuple[Rendition, ...]

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
    """Return the widths to make, widest first: those of the recipe, none above the photo's own, at least one."""
    widest = min(photo.width, max(recipe.widths, default=photo.width))
    return tuple(sorted({widest, *(width for width in recipe.widths if width < widest)}, reverse=True))


def plan_picture(photo: Photo, recipe: Recipe) -> Picture:
    """Return what a photo becomes under a recipe. Equal photos of equal name share their files."""
    key = _key(photo, recipe)
    stem = f"{file_slug(photo.path)}-{key[:10]}"
    if photo.kind == "svg":
        drawing = Rendition(f"{stem}.svg", photo.width, photo.height, "svg", MIMES["svg"])
        return Picture(photo, recipe, key, (drawing,))
    formats = dict.fromkeys((*recipe.formats, fallback_format(photo)))
    widths = plan_widths(photo, recipe)
    return Picture(photo, recipe, key, tuple(_rendition(photo, stem, form, w) for form in formats for w in widths))


def file_slug(path: str) -> str:
    """Return the part of a published name that tells a person which file it came from, in plain ASCII."""
    slug = slugify(PurePosixPath(path).stem.replace("_", "-"))[:_LONGEST_SLUG].strip("-")
    return slug if slug.isascii() and slug else "picture"


def _rendition(photo: Photo, stem: str, form: str, width: int) -> Rendition:
    height = max(1, (2 * photo.height * width + photo.width) // (2 * photo.width))
    return Rendition(f"{stem}-{width}.{SUFFIXES[form]}", width, height, form, MIMES[form])


def _key(photo: Photo, recipe: Recipe) -> str:
    words = json.dumps([PIPELINE, photo.digest, photo.kind, asdict(recipe)], sort_keys=True)
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
