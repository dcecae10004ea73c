"""Pictures that pages use → files in the output folder, made once and kept in the cache."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from rehab.adapter.settings import cache_of
from rehab.images.make import make_renditions, prepare_renditions

if TYPE_CHECKING:
    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.images.plan import Picture

_NAME = re.compile(rb"images/([a-z0-9-]+\.[a-z0-9]+)")
_MAY_NAME_ONE = {".html", ".xml", ".json"}


def prepare_pictures(build: Build, settings: Settings) -> None:
    """Make what is missing into the cache, so that a damaged photo is known before anything is published."""
    pictures = tuple(build.site.pictures[path] for path in sorted(build.site.pictures))
    output, cache = Path(settings["OUTPUT_PATH"]), cache_of(settings) / "images"
    build.found += prepare_renditions(pictures, output, cache, workers=int(settings["REHAB_IMAGE_WORKERS"]))


def make_pictures(build: Build, settings: Settings) -> None:
    """Make what is missing. A picture that cannot be made is a problem of its file; the others go on."""
    output = Path(settings["OUTPUT_PATH"])
    pictures = tuple(build.site.pictures[path] for path in sorted(build.site.pictures))
    if build.withheld:
        pictures = _shown(pictures, build)
    workers = int(settings["REHAB_IMAGE_WORKERS"])
    made, problems = make_renditions(pictures, output, cache_of(settings) / "images", workers=workers)
    build.found += problems
    build.counts["images"] += len(pictures)
    build.written |= {output / name for name in made.files}


def _shown(pictures: tuple[Picture, ...], build: Build) -> tuple[Picture, ...]:
    """Return the pictures that something written names: those of withheld posts alone stay at home."""
    named: set[str] = set()
    for file in build.written:
        if file.suffix in _MAY_NAME_ONE:
            named.update(name.decode() for name in _NAME.findall(file.read_bytes()))
    return tuple(picture for picture in pictures if any(each.name in named for each in picture.renditions))
