"""What one run of Pelican knows of ours: the site, its problems, and what has been written.

The one object in the adapter that changes. It lives in Pelican's settings under `REHAB_BUILD` for the time of one run,
because readers, generators and writers share nothing else. `urls` are the public pages written so far, each with the
day it last changed or the empty string. `digests` are SHA-256 of the files whose bytes somebody had in hand. `reach`
says how far the words of texts reach into a file (`rehab.adapter.words`), `feeds` which texts stand in a feed of posts,
by their paths; `names` are those of all that templates are given. `heed` is called again and again, and ends a run that
nobody wants; `remake` makes the HTML of a text once more. `told` are the problems that the first page shows: those that
had been found when it was made. `notes` is where the site notes what is read of it to make a page. `home` is the view
of the first page where somebody has it already, `styles` are those that pages were given.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehab.adapter.drawn import Drawn
from rehab.adapter.settings import cache_of
from rehab.adapter.text.bodies import Bodies
from rehab.adapter.theme.compiled import Compiled
from rehab.site.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Callable

    from rehab.adapter.left import Left
    from rehab.adapter.settings import Settings
    from rehab.adapter.theme.styles import Styles
    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.site.link import Site
    from rehab.site.views.map import HomeView
    from rehab.site.waiting import Waiting
    from rehab.source.problem import Problem, Problems

KEY = "REHAB_BUILD"


def nobody() -> None:
    """Stand for somebody who would rather have another build."""


@dataclass(slots=True, kw_only=True)
class Build:
    """One run. `content` is the content folder; problems are added to and never taken away.

    `written`, `digests` and `reach` have files of the folder `output` by their names there, with `/`: a `Path` for
    each would be most of what they hold.
    """

    site: Site
    content: Path
    output: str
    strict: bool
    found: list[Problem]
    told: Problems = ()
    sources: dict[str, Post | Page]
    urls: set[tuple[str, str]] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    digests: dict[str, str] = field(default_factory=dict)
    reach: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    counts: Counter[str] = field(default_factory=Counter)
    waiting: tuple[Waiting, ...] = ()
    bodies: Bodies | None = None
    left: Left | None = None
    heed: Callable[[], None] = nobody
    remake: Callable[[Any], str] | None = None
    notes: Notes = field(default_factory=Notes)
    home: HomeView | None = None
    styles: Styles | None = None
    compiled: Compiled = field(default_factory=Compiled)
    drawn: Drawn = field(init=False)
    _sorted: tuple[tuple[int, int], Problems, dict[str, list[Problem]]] = field(default=((-1, -1), (), {}))

    def __post_init__(self) -> None:
        """Have what is read while something is drawn for many pages noted for all of them."""
        self.drawn = Drawn(self.notes)

    @property
    def linked(self) -> Site:
        """Return the site as it was linked, which notes nothing: for what is no page."""
        return self.left.site if self.left else self.site

    def forget_last(self) -> None:
        """Let no page stand any more: what the last build left tells of other texts or templates than these."""
        self.site, self.left = self.linked, None

    @property
    def problems(self) -> Problems:
        """Return all problems so far, each once, sorted by place."""
        self._sort()
        return self._sorted[1]

    def problems_in(self, path: str) -> list[Problem]:
        """Return the problems of one file, in order."""
        self._sort()
        return self._sorted[2].get(path, [])

    def _sort(self) -> None:
        """Sort the problems if some have come since: each page asks for its own."""
        now = (id(self.found), len(self.found))
        if self._sorted[0] == now:
            return
        problems = tuple(sorted(set(self.found), key=lambda problem: problem.order))
        by_path: dict[str, list[Problem]] = {}
        for problem in problems:
            by_path.setdefault(problem.place.path, []).append(problem)
        self._sorted = (now, problems, by_path)

    @property
    def has_errors(self) -> bool:
        """Return whether anything is wrong that must not be published."""
        return any(problem.severity == "error" for problem in self.found)

    @property
    def withheld(self) -> frozenset[str]:
        """Return the paths of drafts and scheduled posts where nothing of them may be built: in a publishing run."""
        return frozenset(each.path for each in self.waiting) if self.strict else frozenset()

    def name_of(self, file: str) -> str:
        """Return what a file of the output folder is called there, of its path or of what settings call it.

        One file has one name: `./a//b.html` is `a/b.html`. Raises ValueError where it lies outside.
        """
        name = posixpath.normpath(file.replace(os.sep, "/")).removeprefix(f"{self.output}/")
        if name in {".", ".."} or name.startswith(("/", "../")):
            raise ValueError(f"'{file}' is no file inside the output folder")
        return name

    def path_of(self, file: Path) -> str:
        """Return a source file's path as problems name it: from the folder that holds the content folder."""
        return f"{self.content.name}/{file.relative_to(self.content).as_posix()}"

    def path_of_content(self, content: Any) -> str:  # noqa: ANN401 - Pelican has no types
        """Return the same of a content of Pelican's."""
        noun: Post | Page | None = content.metadata.get("rehab")
        return noun.path if noun else self.path_of(Path(content.source_path).resolve())


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
