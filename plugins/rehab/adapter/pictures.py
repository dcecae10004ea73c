"""Pictures that pages use → files in the output folder, made once and kept in the cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rehab.adapter.settings import cache_of
from rehab.images.make import make_renditions

if TYPE_CHECKING:
    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings


def make_pictures(build: Build, settings: Settings) -> None:
    """Make what is missing. A picture that cannot be made is a problem of its file; the others go on."""
    output = Path(settings["OUTPUT_PATH"])
    pictures = tuple(build.site.pictures[path] for path in sorted(build.site.pictures))
    workers = int(settings["REHAB_IMAGE_WORKERS"])
    made, problems = make_renditions(pictures, output, cache_of(settings) / "images", workers=workers)
    build.found += problems
    build.counts["images"] += len(pictures)
    build.written |= {output / name for name in made.files}
