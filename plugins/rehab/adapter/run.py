"""One build, for the command line: Pelican run once in this process, and what came of it as a value."""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from msgspec import Struct, field
from msgspec.structs import replace
from pelican import Pelican

from rehab.adapter.build import KEY, Build, build_of
from rehab.adapter.edit.snapshot import files_of_search, save_snapshot
from rehab.adapter.gate import CONTENT, GateClosed
from rehab.adapter.keep.unchanged import Inputs
from rehab.adapter.keep.witness import leave_out
from rehab.adapter.left import SETTING, Remains
from rehab.adapter.listener import listen
from rehab.adapter.pictures import PROGRESS
from rehab.adapter.settings import HEED, KNOWN, cache_of, complete_settings
from rehab.adapter.settings_faults import check_settings, words_of_settings
from rehab.adapter.settings_file import read_anew
from rehab.adapter.timings import SETTING as TIMINGS
from rehab.adapter.writer import LINKED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rehab.adapter.settings import Settings
    from rehab.adapter.timings import Timings
    from rehab.images.make import Progress
    from rehab.site.site import Site
    from rehab.site.waiting import Waiting
    from rehab.source.known import Known
    from rehab.source.problem import Problems

CONFIGURATION = 2
"""The exit code for settings that do not lead to a site."""


class BuildResult(Struct, frozen=True, kw_only=True):
    """What one build did. `messages` are what Pelican and other plugins said; seconds are of the wall clock.

    `files` are the paths of all that was written, below the output folder; `site` is None where there is none.
    `inputs` is what it read and wrote, or None where others may have had a hand in it. `left` is
    what the next build may leave as it is, `snapshot` the hash of what was kept for a change of words, or "";
    `search` are the files of its index, `stood` those that were left as they were, `because` says of others what was
    read for them and is new.
    """

    pages: int = 0
    images: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: Problems = ()
    waiting: tuple[Waiting, ...] = ()
    messages: tuple[str, ...] = ()
    seconds: float = 0.0
    exit_code: int = 0
    files: frozenset[str] = frozenset()
    site: Site | None = None
    inputs: Inputs | None = None
    left: Remains = field(default_factory=Remains)
    snapshot: str = ""
    search: tuple[str, ...] = ()
    stood: frozenset[str] = frozenset()
    because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Places(Struct, frozen=True, kw_only=True):
    """Where the settings have things, all absolute, and the address of the site as they write it.

    `draft` and `draft_page` are the patterns of the files that drafts of posts and pages are built to. `plugins` are
    folders of plugins, `overrides` of templates that go before the theme's, `editor` is what opens a problem's file.
    """

    content: Path
    output: Path
    cache: Path
    theme: Path
    site_url: str
    draft: str = ""
    draft_page: str = ""
    plugins: tuple[Path, ...] = ()
    overrides: tuple[Path, ...] = ()
    editor: str = ""


def build(  # noqa: PLR0913 - one argument for each thing that a command knows better than the settings
    settings_file: Path,
    *,
    content: Path | None = None,
    output: Path | None = None,
    progress: Progress | None = None,
    linked: bool = False,
    serving: bool = False,
    timings: Timings | None = None,
    known: Remains | None = None,
    read: Known | None = None,
    snapshot: Path | None = None,
    heed: Callable[[], None] | None = None,
) -> BuildResult:
    """Build the site of a settings file, perhaps from another content folder or into another folder.

    `progress` is told how many of how many missing pictures are made. With `linked`, drafts are built as well, and no
    page shows a problem: one of them is going to be shown to somebody. With `serving`, no page has a service worker.

    `timings` learn where the time goes. `known` is what the last build with this program, this theme and these
    settings left, `read` what a process that stays has read of the content. `snapshot` is the file in which is kept
    what a later change of words needs. `heed` is called again and again, and what it raises ends the build.

    Prints nothing. The exit code is 1 where a publishing run was stopped by its content, 2 where the
    settings lead to no site.
    """
    started = time.perf_counter()
    listener = listen()
    override: dict[str, Any] = {"REHAB_REPORT": False, PROGRESS: progress}
    override |= {"REHAB_STRICT": False, LINKED: True} if linked else {}
    override |= {"REHAB_OFFLINE": False} if serving else {}
    override |= {SETTING: known} if known is not None else {}
    override |= {TIMINGS: timings} if timings is not None else {}
    override |= {KNOWN: read} if read is not None else {}
    override |= {HEED: heed} if heed is not None else {}
    override |= {"PATH": str(content.resolve())} if content else {}
    override |= {"OUTPUT_PATH": str(output.resolve())} if output else {}
    settings: dict[str, Any] = {}
    try:
        settings = read_anew(settings_file, override)
        leave_out(_folder(settings, "PATH"), _folder(settings, "OUTPUT_PATH"))
        exit_code = _run(settings)
    except TemplateError as error:
        listener.messages.setdefault(words_of(error))
        exit_code = CONFIGURATION
    except Exception as error:
        if KEY in settings:
            raise  # a fault of ours: it must be seen whole
        listener.messages.setdefault(words_of_settings(error, settings_file))
        exit_code = CONFIGURATION
    result = _result(settings, tuple(listener.messages), time.perf_counter() - started, exit_code)
    if result.site:
        build_of(settings).notes.forget()  # the result says what pages have read
    if snapshot and read is None and result.inputs and not exit_code and not linked:
        result = replace(result, snapshot=save_snapshot(snapshot, settings), seconds=time.perf_counter() - started)
    if result.site and read is None:
        for site in (result.site, build_of(settings).site):
            site.memo.clear()  # nobody in this process makes another page
    return result


def read_places(settings_file: Path, output: Path | None = None) -> Places | str:
    """Return where things are, perhaps with another output folder, or why the settings lead to no site."""
    listen()
    override = {"OUTPUT_PATH": str(output.resolve())} if output else {}
    try:
        settings = read_anew(settings_file, override)
        complete_settings(settings)
        check_settings(settings)
    except Exception as error:  # noqa: BLE001 - a settings file is a program and may raise anything
        return words_of_settings(error, settings_file)
    return Places(
        content=Path(settings["PATH"]).resolve(),
        output=Path(settings["OUTPUT_PATH"]).resolve(),
        cache=cache_of(settings).resolve(),
        theme=Path(settings["THEME"]).resolve(),
        site_url=str(settings["SITEURL"]),
        draft=str(settings["DRAFT_SAVE_AS"]),
        draft_page=str(settings["DRAFT_PAGE_SAVE_AS"]),
        plugins=tuple(Path(each).resolve() for each in settings["PLUGIN_PATHS"]),
        overrides=tuple(Path(each).resolve() for each in settings["THEME_TEMPLATES_OVERRIDES"]),
        editor=str(settings["REHAB_EDITOR"]),
    )


def _run(settings: dict[str, Any]) -> int:
    """Run Pelican once and return the exit code. Raises what Pelican and the theme raise."""
    pelican = Pelican(settings)
    if "rehab" not in settings["PLUGINS"]:
        msg = "the plugin 'rehab' could not be loaded; PLUGINS and PLUGIN_PATHS must name it"
        raise LookupError(msg)
    try:
        pelican.run()
    except GateClosed:
        return CONTENT
    return 0


def words_of(error: TemplateError) -> str:
    """Return what is wrong with a template, after its file and line, so that an editor can jump there."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}: {error.message}"
    if isinstance(error, TemplateNotFound):
        return f"the theme has no template '{error.name}'"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
    return f"{place}{error.message or 'this template cannot be rendered'}"


def _result(settings: Settings, messages: tuple[str, ...], seconds: float, exit_code: int) -> BuildResult:
    made: Build | None = settings.get(KEY)
    if made is None:
        return BuildResult(messages=messages, seconds=seconds, exit_code=exit_code)
    files = frozenset(made.written)
    return BuildResult(
        pages=made.counts["pages"],
        images=made.counts["images"],
        written=made.counts["written"],
        unchanged=made.counts["unchanged"],
        removed=made.counts["removed"],
        problems=made.problems,
        waiting=made.waiting,
        messages=messages,
        seconds=seconds,
        exit_code=exit_code,
        files=files,
        site=made.linked,
        inputs=_inputs(settings, files),
        left=made.left.remains() if made.left else Remains(),
        stood=frozenset(made.left.stood) if made.left else frozenset(),
        because=made.left.because if made.left else {},
        search=files_of_search(made),
    )


def _folder(settings: Settings, name: str) -> str:
    return str(Path(settings[name]).resolve())


def _inputs(settings: Settings, files: frozenset[str]) -> Inputs | None:
    """Return what a build read and wrote. Other plugins may read anything, and these settings write without us."""
    if settings["PLUGINS"] != ["rehab"] or settings["STATIC_CREATE_LINKS"] or settings["OUTPUT_SOURCES"]:
        return None
    folders = (settings["THEME"], *settings["PLUGIN_PATHS"], *settings["THEME_TEMPLATES_OVERRIDES"])
    return Inputs(
        content=_folder(settings, "PATH"),
        trees=tuple(sorted({str(Path(folder).resolve()) for folder in folders})),
        output=_folder(settings, "OUTPUT_PATH"),
        cache=str(cache_of(settings).resolve()),
        written=tuple(sorted(files)),
    )
