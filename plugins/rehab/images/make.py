"""Pictures → files: what is missing is made, the rest is reused, and all of it is put under `output/images/`.

In: the plans of `rehab.images.plan`. Out: what was done, and a problem for each photo whose pixels turned out to be
damaged. Each photo is decoded once, in a process of its own where there are several: one Pillow image saved from
several threads gives wrong bytes. The bytes do not depend on the number of workers.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehab.images.encode import encode
from rehab.images.pixels import render_pixels
from rehab.images.refused import SMALLER, Refused, attempt, refusal
from rehab.images.store import cached_file, read_made, read_marks, save_bytes, save_made, stands
from rehab.images.svg import clean_svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rehab.images.plan import Picture, Rendition
    from rehab.source.place import Place
    from rehab.source.problem import Problem, Problems

FOLDER: Final = "images"
MOST_WORKERS: Final = 2
# A worker takes about half a second to start, as long as a photo or two take to make.
FEW: Final = 2
# Spawned, not forked: a fork copies locks that threads of the caller may hold.
_CONTEXT: Final = multiprocessing.get_context("spawn")
_DIED: Final = ("took more memory than there is", SMALLER)


@dataclass(frozen=True, slots=True)
class Made:
    """What was done: files made anew, files taken as they were, and all published names, sorted (`images/…`)."""

    rendered: int
    reused: int
    files: tuple[str, ...]


def make_renditions(
    pictures: Iterable[Picture],
    output: Path,
    cache: Path,
    *,
    places: Mapping[str, Place] | None = None,
    workers: int | None = None,
) -> tuple[Made, Problems]:
    """Bring `output/images/` up to date with the plans; a file that stands there already is not touched.

    `places` as for `read_photos`. `workers` is the largest number of processes; by default one for each processor,
    at most `MOST_WORKERS`. Raise OSError where output or cache cannot be written.
    """
    wanted = sorted(pictures, key=lambda each: each.photo.path)
    fresh, refused = _make_missing(wanted, output, cache, workers)
    good = [each for each in wanted if each.key not in refused]
    for picture in good:
        _publish(picture, output, cache)
    files = {f"{FOLDER}/{each.name}": picture.key for picture in good for each in picture.renditions}
    rendered = sum(key in fresh for key in files.values())
    made = Made(rendered, len(files) - rendered, tuple(sorted(files)))
    return made, tuple(_problems(wanted, refused, places or {}))


def prepare_renditions(
    pictures: Iterable[Picture],
    output: Path,
    cache: Path,
    *,
    places: Mapping[str, Place] | None = None,
    workers: int | None = None,
) -> Problems:
    """Make what is missing into the cache, and return the problem of each photo whose pixels are damaged.

    Arguments and errors as for `make_renditions`. Nothing is put under `output`: who publishes must know first.
    """
    wanted = sorted(pictures, key=lambda each: each.photo.path)
    _, refused = _make_missing(wanted, output, cache, workers)
    return tuple(_problems(wanted, refused, places or {}))


def _make_missing(
    wanted: Sequence[Picture], output: Path, cache: Path, workers: int | None
) -> tuple[Mapping[str, Picture], Mapping[str, Refused]]:
    """Return the pictures that were missing, by key, and why some of them could not be made."""
    fresh = {each.key: each for each in wanted if not _is_made(each, output, cache)}
    refused = _make_all(list(fresh.values()), cache, workers or min(os.cpu_count() or 1, MOST_WORKERS))
    return fresh, refused


def _problems(
    wanted: Iterable[Picture], refused: Mapping[str, Refused], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for path, key in {each.photo.path: each.key for each in wanted}.items():
        if key in refused:
            yield refusal(refused[key], path, places)


def _is_made(picture: Picture, output: Path, cache: Path) -> bool:
    """Tell whether every file of a picture is published already or stands sound in the cache."""
    marks = read_marks(cache, picture)
    return bool(marks) and all(
        stands(output / FOLDER / each.name, mark) or read_made(cached_file(cache, picture, each), mark) is not None
        for each, mark in marks.items()
    )


def _publish(picture: Picture, output: Path, cache: Path) -> None:
    for rendition, mark in read_marks(cache, picture).items():
        file = output / FOLDER / rendition.name
        if not stands(file, mark):
            save_bytes(file, cached_file(cache, picture, rendition).read_bytes())


def _make_all(pictures: Sequence[Picture], cache: Path, workers: int) -> dict[str, Refused]:
    """Make pictures into the cache; return why some could not be made, by key."""
    if workers == 1 or len(pictures) <= FEW:
        verdicts = [_make(each, cache) for each in pictures]
    else:
        verdicts = _in_processes(pictures, cache, workers)
    return {each.key: said for each, said in zip(pictures, verdicts, strict=True) if said is not None}


def _in_processes(pictures: Sequence[Picture], cache: Path, workers: int) -> list[Refused | None]:
    try:
        return _pooled(pictures, cache, workers)
    except BrokenExecutor:
        # Some picture killed its worker: one at a time, so that only that one is lost. Or no worker lives here at
        # all, as where a script builds the site without `if __name__ == "__main__"`.
        alone = _alone if _workers_live() else _make
        return [alone(each, cache) for each in pictures]


def _workers_live() -> bool:
    try:
        with ProcessPoolExecutor(1, mp_context=_CONTEXT) as pool:
            return pool.submit(os.getpid).result() != os.getpid()
    except BrokenExecutor:
        return False


def _alone(picture: Picture, cache: Path) -> Refused | None:
    try:
        return _pooled([picture], cache, 1)[0]
    except BrokenExecutor:
        return Refused(*_DIED)


def _pooled(pictures: Sequence[Picture], cache: Path, workers: int) -> list[Refused | None]:
    with ProcessPoolExecutor(workers, mp_context=_CONTEXT) as pool:
        jobs = [pool.submit(_make, each, cache) for each in pictures]
        return [job.result() for job in jobs]


def _make(picture: Picture, cache: Path) -> Refused | None:
    """Make all files of one picture into the cache, or return why not; runs in a worker. Raise OSError of the cache."""
    made = attempt(render_picture, picture)
    if isinstance(made, Refused):
        return made
    save_made(cache, picture, made)
    return None


def render_picture(picture: Picture) -> dict[Rendition, bytes]:
    """Return the bytes of all files of a picture; raise Refused, or whatever a decoder raises."""
    data = picture.photo.file.read_bytes()
    if hashlib.sha256(data).hexdigest() != picture.photo.digest:
        raise Refused("changed while the site was being built", "build the site again")
    if picture.photo.kind == "svg":
        return {picture.renditions[0]: clean_svg(data).text.encode("utf-8")}
    return dict(_render(data, picture))


def _render(data: bytes, picture: Picture) -> Iterator[tuple[Rendition, bytes]]:
    sizes = sorted({(each.width, each.height) for each in picture.renditions}, reverse=True)
    for size, image in zip(sizes, render_pixels(data, sizes), strict=True):
        for rendition in picture.renditions:
            if (rendition.width, rendition.height) == size:
                yield rendition, encode(image, rendition.format, picture.recipe)
