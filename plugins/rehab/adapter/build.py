"""What one run of Pelican knows of ours: the site, its problems, and what has been written.

The one object in the adapter that changes. It lives in Pelican's settings under `REHAB_BUILD` for the
time of one run, because readers, generators and writers share nothing else. `urls` are the public pages
written so far, each with the day it last changed or the empty string.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.adapter.bodies import Bodies
from rehab.adapter.compiled import Compiled
from rehab.adapter.settings import cache_of

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.left import Left
    from rehab.adapter.settings import Settings
    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.site.link import Site
    from rehab.site.waiting import Waiting
    from rehab.source.problem import Problem, Problems

KEY = "REHAB_BUILD"


@dataclass(slots=True, kw_only=True)
class Build:
    """One run. `content` is the content folder; problems are added to and never taken away."""

    site: Site
    content: Path
    strict: bool
    found: list[Problem]
    sources: dict[str, Post | Page]
    urls: set[tuple[str, str]] = field(default_factory=set)
    written: set[Path] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    waiting: tuple[Waiting, ...] = ()
    bodies: Bodies | None = None
    left: Left | None = None
    compiled: Compiled = field(default_factory=Compiled)

    @property
    def problems(self) -> Problems:
        """Return all problems so far, each once, sorted by place."""
        return tuple(sorted(set(self.found), key=lambda problem: problem.order))

    @property
    def has_errors(self) -> bool:
        """Return whether anything is wrong that must not be published."""
        return any(problem.severity == "error" for problem in self.found)

    @property
    def withheld(self) -> frozenset[str]:
        """Return the paths of drafts and scheduled posts where nothing of them may be built: in a publishing run."""
        return frozenset(each.path for each in self.waiting) if self.strict else frozenset()

    def path_of(self, file: Path) -> str:
        """Return a source file's path as problems name it: from the folder that holds the content folder."""
        return f"{self.content.name}/{file.relative_to(self.content).as_posix()}"


def build_of(settings: Settings) -> Build:
    """Return the running build."""
    build: Build = settings[KEY]
    return build


def bodies_of(settings: Settings) -> Bodies:
    """Return the Markdown of the running build, made when it is first asked for."""
    build = build_of(settings)
    if build.bodies is None:
        build.bodies = Bodies(settings, cache_of(settings))
    return build.bodies
