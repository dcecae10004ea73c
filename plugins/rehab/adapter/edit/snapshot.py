"""What a whole build leaves in the cache, so that a change of words needs no other.

In: a build that is done. Out: `Snapshot`, kept in a file and read again; None where the words of some text reach
further than anybody knows, where a publishing run checks everything, and where the file is not what was kept.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rehab.adapter.build import build_of
from rehab.adapter.keep.stored import read_value, save_value
from rehab.adapter.words import ANY, SEARCH, shows_only_its_own
from rehab.site.options import Options
from rehab.site.search.build import search_documents
from rehab.site.site import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings
    from rehab.site.search.documents import Document
    from rehab.source.problem import Problems

_PICTURES: Final = "images"
_NO_OPTIONS: Final = Options()
"""The options are of the settings, a secret of the environment is among them, and no file may hold that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole build: its site without options, its problems, the feeds of posts, what templates were given by name.

    `digests` are of its files, `documents` what can be searched for.
    """

    site: Site
    problems: Problems
    feeds: Mapping[str, Mapping[str, str]]
    names: frozenset[str]
    digests: Mapping[str, str]
    documents: tuple[Document, ...]


def save_snapshot(file: Path, settings: Settings) -> str:
    """Keep what a whole build left, and return the hash that it is asked for by; "" where nothing can be kept of it."""
    build = build_of(settings)
    templates = (*(Path(each) for each in settings["THEME_TEMPLATES_OVERRIDES"]), Path(settings["THEME"]) / "templates")
    if build.strict or not _is_known(build, Path(settings["OUTPUT_PATH"])) or not shows_only_its_own(templates):
        return ""
    output = Path(settings["OUTPUT_PATH"])
    site = dataclasses.replace(build.site, options=_NO_OPTIONS)
    parts = [getattr(site, each.name) for each in dataclasses.fields(Site) if each.init]
    return save_value(
        file, [parts, build.problems, build.feeds, build.names, _digests(build, output), search_documents(build.site)]
    )


def _is_known(build: Build, output: Path) -> bool:
    """Return whether of every file that was written somebody has said which words stand in it."""
    unsaid = (file for file in build.written if file not in build.reach)
    return ANY not in build.reach.values() and all(file.is_relative_to(output / _PICTURES) for file in unsaid)


def files_of_search(build: Build, output: Path) -> tuple[str, ...]:
    """Return the names of the files of the search index, which are other ones after each change of words."""
    data = (file for file, reach in build.reach.items() if reach == SEARCH and file.suffix != ".html")
    return tuple(sorted(file.relative_to(output).as_posix() for file in data))


def _digests(build: Build, output: Path) -> dict[str, str]:
    return {file.relative_to(output).as_posix(): digest for file, digest in build.digests.items()}


def read_snapshot(file: Path, digest: str, options: Options) -> Snapshot | None:
    """Return what was kept under a hash, with the options of this run, or None."""
    value: Any = read_value(file, digest) if digest else None
    try:
        parts, problems, feeds, names, digests, documents = value
        given = [each.name for each in dataclasses.fields(Site) if each.init]
        site = Site(**{**dict(zip(given, parts, strict=True)), "options": options})
        return Snapshot(site=site, problems=problems, feeds=feeds, names=names, digests=digests, documents=documents)
    except (TypeError, ValueError):
        return None
