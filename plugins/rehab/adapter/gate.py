"""The gate of a publishing run: with an error in the content nothing is written.

Closing is a `SystemExit`, so Pelican's own command stops with our exit code and without a traceback.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import PelicanTemplateNotFound

from rehab.adapter.names import fault_of, folders_above, folders_of
from rehab.model.entry import Entry
from rehab.site.waiting import render_waiting
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.report import count_problems, render_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings

CONTENT = 1
"""The exit code for content with errors."""


class GateClosed(SystemExit):
    """The content has errors and must not be published."""

    def __init__(self) -> None:
        """Carry the exit code."""
        super().__init__(CONTENT)
        self.exitcode = CONTENT


def close_gate(build: Build, settings: Settings) -> None:
    """Stop a strict run that has errors. Raises `GateClosed`."""
    if build.strict and build.has_errors:
        show_problems(build, settings)
        raise GateClosed


def show_problems(build: Build, settings: Settings) -> None:
    """Print the report, for those who run Pelican's own command. Ours prints it by itself."""
    if settings["REHAB_REPORT"] and build.problems:
        sys.stderr.write(render_report(build.problems, build.linked.texts))
        sys.stderr.write(f"{count_problems(build.problems)}\n")


def show_waiting(build: Build, settings: Settings) -> None:
    """Print what readers do not see yet, for those who run Pelican's own command."""
    if settings["REHAB_REPORT"]:
        sys.stderr.write(render_waiting(build.waiting))


_SHOWN = 40
"""Letters of a long name that a report says."""
FOR_MACHINES = ("rehab.json", "sitemap.xml", "robots.txt", "404.html", "sw.js", "manifest.webmanifest", "llms.txt")
"""Files that we write beside all pages, whatever the settings say."""


def check_files(build: Build, contents: Iterable[Any], settings: Settings) -> None:
    """Report each page that asks for the file of one of our own: a list, a feed, a file for machines.

    Pages that ask for one another's file are the core's to report.
    """
    lists = {str(value) for name, value in settings.items() if name.removesuffix("_SAVE_AS") in _OWN_LISTS}
    ours = {*FOR_MACHINES, *lists, str(settings["FEED_ALL_ATOM"] or "")}
    for content in contents:
        noun = content.metadata.get("rehab")
        taken = next((name for name in (content.save_as, *folders_above(content.save_as)) if name in ours), "")
        if noun is not None and taken:
            message = f"'{taken}' is a file of the site's own"
            place = noun.where("save_as") if isinstance(noun, Entry) else noun.place
            build.found.append(Problem("duplicate-url", place, message, "give the page another address"))


def check_names(build: Build, contents: Iterable[Any], settings: Settings) -> None:
    """Report each `save_as` of which no file can be written, and give its page the usual one."""
    contents = tuple(contents)
    folders = folders_of(settings).union(*(folders_above(content.save_as) for content in contents))
    for content in contents:
        noun = content.metadata.get("rehab")
        asked = getattr(noun, "save_as", "")
        if asked and (fault := fault_of(asked, folders)):
            shown = asked if len(asked) <= _SHOWN else f"{asked[:_SHOWN]}…"
            hint = "write the name of a file, such as about/index.html, or take the field out"
            place = noun.where("save_as")
            build.found.append(Problem("wrong-type", place, f"'{shown}' {fault}", hint, len(asked)))
            del content.override_save_as


def check_templates(build: Build, generator: Any) -> None:  # noqa: ANN401 - Pelican has no types
    """Report each page that asks for a template which the theme has not, and give it the usual one."""
    for content in generator.contents():
        noun = content.metadata.get("rehab")
        asked = getattr(noun, "template", "")
        if asked and not _has_template(generator, asked):
            hint = f"write '{content.default_template}', or take the field out"
            message = f"the theme has no template '{asked}'"
            build.found.append(Problem("bad-choice", noun.where("template"), message, hint, len(asked)))
            content.template = content.default_template


def _has_template(generator: Any, name: str) -> bool:  # noqa: ANN401 - as above
    try:
        return bool(generator.get_template(name))
    except PelicanTemplateNotFound:
        return False


_OWN_LISTS = {
    "EXERCISES",
    "INJURIES",
    "TREATMENTS",
    "PROGRAMS",
    "GALLERIES",
    "SEARCH",
    "ARCHIVES",
    "TAGS",
    "CATEGORIES",
    "AUTHORS",
}


def check_nothing_lost(build: Build, generated: Mapping[str, object]) -> None:
    """Report each source file of a post or page that Pelican dropped and that no other problem explains."""
    explained = {problem.place.path for problem in build.found if problem.severity == "error"}
    for path in build.sources:
        inside = Path(path).relative_to(build.content.name).as_posix()
        if generated.get(inside) is None and path not in explained and path not in build.withheld:
            hint = "run `pelican -D` to see why, and report it if the file looks right"
            build.found.append(Problem("lost-file", Place(path), "Pelican did not take this file", hint))
