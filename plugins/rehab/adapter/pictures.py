"""Pictures that pages use → files in the output folder, made once and kept in the cache."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from rehab.adapter.settings import (
    FOR_THE_WEB,
    WHILE_WRITING,
    cache_of,
    complete_settings,
    options_of,
    recipe_of,
)
from rehab.adapter.settings_file import read_anew
from rehab.compile import compile_site
from rehab.images.audit import audit_images
from rehab.images.make import Way, make_renditions, prepare_renditions, render_copy
from rehab.images.plan import plan_copy, plan_picture
from rehab.images.published import FOLDER
from rehab.images.read import is_picture_name
from rehab.images.refused import Refused, refusal
from rehab.images.seen import read_seen, save_seen

if TYPE_CHECKING:
    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.images.plan import Picture
    from rehab.images.seen import Seen

_NAME = re.compile(rb"images/([a-z0-9-]+\.[a-z0-9]+)")
_MAY_NAME_ONE = {".html", ".xml", ".json"}
PROGRESS = "REHAB_PROGRESS"
"""Where the settings of one run hold what is told how many missing pictures are done. The command line sets it."""


def folder_of(settings: Settings) -> Path:
    """Return the folder of the cache that pictures are kept in."""
    return cache_of(settings) / "images"


def seen_before(settings: Settings) -> Seen:
    """Return what earlier runs read of the pictures. The clock decides only what is worth remembering of this one."""
    return read_seen(folder_of(settings), now_ns=time.time_ns())


def _way_of(settings: Settings) -> Way:
    return Way(int(settings["REHAB_IMAGE_WORKERS"]), settings.get(PROGRESS))


def _all_of(build: Build) -> tuple[Picture, ...]:
    """Return every picture of a site by path, then the cards."""
    site = build.linked
    return tuple(plans[name] for plans in (site.pictures, site.cards) for name in sorted(plans))


def prepare_pictures(build: Build, settings: Settings) -> None:
    """Make what is missing into the cache, so that a damaged photo is known before anything is published."""
    pictures = _all_of(build)
    output = Path(settings["OUTPUT_PATH"])
    build.found += prepare_renditions(pictures, output, folder_of(settings), way=_way_of(settings))


def make_pictures(build: Build, settings: Settings) -> None:
    """Make what is missing. A picture that cannot be made is a problem of its file; the others go on."""
    output = Path(settings["OUTPUT_PATH"])
    pictures = _all_of(build)
    if build.withheld:
        pictures = _shown(pictures, build)
    made, problems = make_renditions(pictures, output, folder_of(settings), way=_way_of(settings))
    build.found += problems
    build.counts["images"] += len(pictures)
    build.written.update(made.files)


def _shown(pictures: tuple[Picture, ...], build: Build) -> tuple[Picture, ...]:
    """Return the pictures that something written names: those of withheld posts alone stay at home."""
    named: set[str] = set()
    for file in (Path(build.output, name) for name in build.written):
        if file.suffix in _MAY_NAME_ONE:
            named.update(name.decode() for name in _NAME.findall(file.read_bytes()))
    return tuple(picture for picture in pictures if any(each.name in named for each in picture.renditions))


def read_static(file: Path, build: Build, settings: Settings) -> bytes | None:
    """Return what to publish of a file that Pelican would copy, or None where that is a problem.

    A picture is made anew, at its own size, because its original says more than it shows.
    """
    if not is_picture_name(file.name) or not file.is_relative_to(build.content):
        return file.read_bytes()
    planned = build.site.pictures.get(build.path_of(file))
    if planned is None:
        return None  # it was refused, and reported, when it was read
    copy = plan_copy(planned.photo, planned.recipe)
    made = render_copy(copy, folder_of(settings), way=_way_of(settings)) if copy else Refused(*_AS_IT_IS)
    if isinstance(made, Refused):
        build.found.append(refusal(made, planned.photo.path, {}))
        return None
    return made


_AS_IT_IS = (
    "would be published as it is, and no original ever is",
    "show it with ![...](...), or save it as JPEG, PNG, WebP, AVIF or SVG that stands still",
)


def audit_pictures(build: Build, settings: Settings) -> None:
    """Report every picture of the output folder that says more than it should."""
    build.found += audit_images(Path(settings["OUTPUT_PATH"]), "output")


class Shelf(Struct, frozen=True):
    """All pictures of a site as previews have them and as they are published, and where they are kept.

    `cards` are those that are drawn: the same in both.
    """

    previewed: tuple[Picture, ...]
    published: tuple[Picture, ...]
    cards: tuple[Picture, ...]
    output: Path
    cache: Path

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of all that the cache should keep."""
        return frozenset(each.key for each in (*self.previewed, *self.published, *self.cards))

    @property
    def built(self) -> tuple[Picture, ...]:
        """Return the pictures as the last build had them, as far as their files tell."""

        def stand(pictures: tuple[Picture, ...]) -> int:
            return sum((self.output / FOLDER / each.src).is_file() for each in pictures)

        return max(self.published, self.previewed, key=stand)


def read_shelf(settings_file: Path) -> Shelf:
    """Return the pictures of a settings file's site, without building it.

    Raise ValueError where the settings lead to no site.
    """
    settings: dict[str, Any] = {}
    try:
        settings = read_anew(settings_file)
        complete_settings(settings)
        options, recipe = options_of(settings), recipe_of(settings)
    except Exception as error:
        raise ValueError(f"the settings lead to no site: {error}") from error
    seen = seen_before(settings)
    site, _ = compile_site(Path(settings["PATH"]), options, recipe, shown=False, seen=seen)
    save_seen(folder_of(settings), seen)
    pictures = [site.pictures[path] for path in sorted(site.pictures)]
    previewed, published = (
        tuple(plan_picture(each.photo, replace(recipe, speed=speed), each.notice) for each in pictures)
        for speed in (WHILE_WRITING, FOR_THE_WEB)
    )
    return Shelf(previewed, published, tuple(site.cards.values()), Path(settings["OUTPUT_PATH"]), folder_of(settings))
