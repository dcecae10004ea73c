"""Pictures → files: what is missing is made, the rest is reused, and all of it is put under `output/images/`.

In: the plans of `rehab.images.plan`. Out: what was done, and a problem for each photo whose pixels turned out to be
damaged. Each photo is decoded once, in a process of its own where there are several. The bytes do not depend on the
number of workers. Where nothing has changed, no file is opened but the memories of earlier runs.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.images.published import FOLDER, read_standing, save_standing
from rehab.images.refused import Refused, attempt, refusal
from rehab.images.render import render_picture
from rehab.images.store import (
    cached_file,
    read_marks,
    read_refusal,
    read_sound,
    save_bytes,
    save_made,
    save_refusal,
)
from rehab.images.workers import PATIENCE, in_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rehab.images.plan import Picture
    from rehab.source.place import Place
    from rehab.source.problem import Problem, Problems

    Progress = Callable[[int, int], None]

MOST_WORKERS: Final = 2
# A worker takes about half a second to start, as long as a photo or two take to make.
FEW: Final = 2
# What may be made in the caller's own process: no more pixels than this, and nothing that moves.
LIGHT: Final = 30_000_000


class Made(Struct, frozen=True):
    """What was done: files made anew, files taken as they were, and all published names, sorted (`images/…`)."""

    rendered: int
    reused: int
    files: tuple[str, ...]


class Way(Struct, frozen=True):
    """How to work.

    `workers` is the largest number of processes, by default one for each processor, at most `MOST_WORKERS`;
    `progress` is told how many of how many missing pictures are done; `patience` is how many seconds one may take in
    a worker.
    """

    workers: int | None = None
    progress: Progress | None = None
    patience: float = PATIENCE

    @property
    def most(self) -> int:
        """Return the largest number of processes."""
        return max(1, self.workers or min(os.cpu_count() or 1, MOST_WORKERS))


_USUAL: Final = Way()


def make_renditions(
    pictures: Iterable[Picture],
    output: Path,
    cache: Path,
    *,
    places: Mapping[str, Place] | None = None,
    way: Way = _USUAL,
) -> tuple[Made, Problems]:
    """Bring `output/images/` up to date with the plans; a file that stands there already is not touched.

    `places` as for `read_photos`. Raise OSError where output or cache cannot be written.
    """
    wanted = sorted(pictures, key=lambda each: each.photo.path)
    standing = read_standing(output, cache)
    fresh, refused = _make_missing(wanted, standing, cache, way)
    good = [each for each in wanted if each.key not in refused]
    for picture in good:
        if not _stands(picture, standing):
            _publish(picture, output, cache)
    files = {each.name: picture.key for picture in good for each in picture.files}
    save_standing(output, cache, files, standing)
    rendered = sum(key in fresh for key in files.values())
    made = Made(rendered, len(files) - rendered, tuple(sorted(f"{FOLDER}/{name}" for name in files)))
    return made, tuple(_problems(wanted, refused, places or {}))


def prepare_renditions(
    pictures: Iterable[Picture],
    output: Path,
    cache: Path,
    *,
    places: Mapping[str, Place] | None = None,
    way: Way = _USUAL,
) -> Problems:
    """Make what is missing into the cache, and return the problem of each photo whose pixels are damaged.

    Arguments and errors as for `make_renditions`. Nothing is put under `output`: who publishes must know first.
    """
    wanted = sorted(pictures, key=lambda each: each.photo.path)
    _, refused = _make_missing(wanted, read_standing(output, cache), cache, way)
    return tuple(_problems(wanted, refused, places or {}))


def render_copy(picture: Picture, cache: Path, *, way: Way = _USUAL) -> bytes | Refused:
    """Return the bytes of a picture's first file, made now or taken from the cache. Raise OSError of the cache."""
    _, refused = _make_missing([picture], frozenset(), cache, way)
    if picture.key in refused:
        return refused[picture.key]
    return cached_file(cache, picture, picture.renditions[0]).read_bytes()


def _make_missing(
    wanted: Sequence[Picture], standing: frozenset[str], cache: Path, way: Way
) -> tuple[Mapping[str, Picture], Mapping[str, Refused]]:
    """Return the pictures that were missing, by key, and why some of them could not be made."""
    missing = {each.key: each for each in wanted if not _stands(each, standing) and not _is_cached(each, cache)}
    refused = {key: said for key, each in missing.items() if (said := read_refusal(cache, each))}
    fresh = {key: each for key, each in missing.items() if key not in refused}
    return fresh, refused | _make_all(list(fresh.values()), cache, way)


def _problems(
    wanted: Iterable[Picture], refused: Mapping[str, Refused], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for path, key in {each.photo.path: each.key for each in wanted}.items():
        if key in refused:
            yield refusal(refused[key], path, places)


def _stands(picture: Picture, standing: frozenset[str]) -> bool:
    """Tell whether every file of a picture is published already, untouched since."""
    return all(each.name in standing for each in picture.files)


def _is_cached(picture: Picture, cache: Path) -> bool:
    """Tell whether every file of a picture stands sound in the cache."""
    marks = read_marks(cache, picture)
    return bool(marks) and all(
        read_sound(cached_file(cache, picture, each), mark) is not None for each, mark in marks.items()
    )


def _publish(picture: Picture, output: Path, cache: Path) -> None:
    for rendition, mark in read_marks(cache, picture).items():
        file = output / FOLDER / rendition.name
        if read_sound(file, mark) is None:
            save_bytes(file, cached_file(cache, picture, rendition).read_bytes())


def _make_all(pictures: Sequence[Picture], cache: Path, way: Way) -> dict[str, Refused]:
    """Make pictures into the cache; return why some could not be made, by key."""
    told = _teller(len(pictures), way.progress)
    work = partial(_make, cache=cache)
    if len(pictures) <= FEW and all(_is_light(each) for each in pictures):
        said = {each.key: _told(work(each), told) for each in pictures}
    else:
        said = in_processes(pictures, work, way.most, told, way.patience)
    return {key: refused for key, refused in said.items() if refused is not None}


def _is_light(picture: Picture) -> bool:
    return picture.photo.kind != "animated" and picture.photo.width * picture.photo.height <= LIGHT


def _teller(total: int, progress: Progress | None) -> Callable[[], None]:
    """Return what to call after each picture; progress begins with none done."""
    done = iter(range(total + 1))

    def told() -> None:
        if progress:
            progress(next(done), total)

    if total:
        told()
    return told


def _told(said: Refused | None, told: Callable[[], None]) -> Refused | None:
    told()
    return said


def _make(picture: Picture, cache: Path) -> Refused | None:
    """Make all files of one picture into the cache, or return why not; runs in a worker. Raise OSError of the cache."""
    made = attempt(render_picture, picture)
    if isinstance(made, Refused):
        save_refusal(cache, picture, made)
        return made
    save_made(cache, picture, made)
    return None
