"""What pictures weigh, and what the cache keeps that no picture needs any more.

In: plans and folders. Out: sums in bytes, and lists of files. Nothing is removed here but by `remove_unused`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.images.published import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.images.plan import Picture

_KEY: Final = 64
"""How many letters the name of a picture's folder has: a SHA-256 in hexadecimal."""


class Sum(Struct, frozen=True):
    """How many files, and how many bytes in all of them."""

    files: int = 0
    size: int = 0

    def plus(self, size: int) -> Sum:
        """Return the sum with one file more."""
        return Sum(self.files + 1, self.size + size)


class Tally(Struct, frozen=True):
    """What the pictures of a site weigh.

    `sources` are the originals; `published` what is in the output folder, by format; `widest` what a reader with the
    widest screen loads of each picture in the best format, where it is published; `cached` what the cache holds,
    `unused` the part of it that no picture needs.
    """

    sources: Sum
    published: Mapping[str, Sum]
    widest: Sum
    cached: Sum
    unused: Sum


def tally_images(pictures: Iterable[Picture], output: Path, cache: Path, keys: frozenset[str]) -> Tally:
    """Return what pictures weigh; `keys` are those of all pictures that the cache may keep. Raise OSError."""
    sources, widest, published = Sum(), Sum(), dict[str, Sum]()
    for picture in pictures:
        sources = sources.plus(picture.photo.file.stat().st_size)
        sizes = {each: _size(output / FOLDER / each.name) for each in picture.files}
        for each, size in sizes.items():
            form = f"moving {each.format}" if each.moves else each.format
            published[form] = published.get(form, Sum()).plus(size) if size else published.get(form, Sum())
        best = picture.renditions[0]
        widest = widest.plus(sizes[best] or sizes[picture.fallback])
    unused = find_unused(cache, keys)
    kept = [_size(file) for file in cache.rglob("*") if file.is_file()]
    thrown = [_size(file) for each in unused for file in (each.rglob("*") if each.is_dir() else [each])]
    return Tally(sources, published, widest, Sum(len(kept), sum(kept)), Sum(len(thrown), sum(thrown)))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def find_unused(cache: Path, keys: frozenset[str]) -> tuple[Path, ...]:
    """Return the folders of pictures that no key names, and what a killed run left half-written; sorted."""
    folders = [each for each in cache.glob("??/*") if each.is_dir() and len(each.name) == _KEY]
    unused = {each for each in folders if each.name not in keys}
    parts = {each for each in cache.rglob(".*.part") if not unused.intersection(each.parents)}
    return tuple(sorted(unused | parts))


def remove_unused(unused: Iterable[Path]) -> None:
    """Remove folders and files of the cache. Raise OSError."""
    for each in unused:
        if each.is_dir():
            shutil.rmtree(each)
            if not any(each.parent.iterdir()):
                each.parent.rmdir()
        else:
            each.unlink(missing_ok=True)


def render_tally(tally: Tally) -> str:
    """Return a tally in sentences, a line each."""
    lines = [f"{_counted(tally.sources, 'picture')} under content/"]
    lines += [f"{_counted(each, f'{form} file')} published" for form, each in sorted(tally.published.items())]
    if tally.sources.size and tally.widest.size:
        share = 1 - tally.widest.size / tally.sources.size
        lines.append(f"on the widest screen, {_megabytes(tally.widest.size)} of them are loaded: {share:.0%} saved")
    lines.append(f"{_counted(tally.cached, 'file')} in the cache")
    if tally.unused.files:
        lines.append(f"{_counted(tally.unused, 'file')} of it belong to no picture: 'rehab images prune' removes them")
    return "\n".join(lines)


def _counted(some: Sum, noun: str) -> str:
    return f"{some.files} {noun}{'' if some.files == 1 else 's'}, {_megabytes(some.size)},"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
