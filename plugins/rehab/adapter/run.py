"""One build, for the command line: Pelican run once in this process, and what came of it as a value."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError, TemplateSyntaxError
from pelican import Pelican, read_settings
from pelican.log import console

from rehab.adapter.build import KEY, Build
from rehab.adapter.gate import CONTENT, GateClosed

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.site.waiting import Waiting
    from rehab.source.problem import Problems

CONFIGURATION = 2
"""The exit code for settings that do not lead to a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What one build did. `messages` are what Pelican and other plugins said; seconds are of the wall clock."""

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


class Listener(logging.Handler):
    """Keeps what Pelican says from warnings upwards, each sentence once."""

    def __init__(self) -> None:
        """Listen from warnings upwards."""
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        cause = f": {record.exc_info[1]}" if record.exc_info and record.exc_info[1] else ""
        self.messages.setdefault(f"{record.getMessage()}{cause}")


def build(settings_file: Path, *, content: Path | None = None, output: Path | None = None) -> BuildResult:
    """Build the site of a settings file, perhaps from another content folder or into another folder.

    Prints nothing. The exit code is 1 where a publishing run was stopped by its content, 2 where the
    settings lead to no site.
    """
    started = time.perf_counter()
    listener = _listen()
    override: dict[str, Any] = {"REHAB_REPORT": False}
    override |= {"PATH": str(content.resolve())} if content else {}
    override |= {"OUTPUT_PATH": str(output.resolve())} if output else {}
    settings: dict[str, Any] = {}
    try:
        settings = read_settings(str(settings_file), override=override)
        exit_code = _run(settings)
    except TemplateError as error:
        listener.messages.setdefault(words_of(error))
        exit_code = CONFIGURATION
    except Exception as error:
        if KEY in settings:
            raise  # a fault of ours: it must be seen whole
        listener.messages.setdefault(f"the settings lead to no site: {error}")
        exit_code = CONFIGURATION
    return _result(settings.get(KEY), tuple(listener.messages), time.perf_counter() - started, exit_code)


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
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
    return f"{place}{error.message or 'this template cannot be rendered'}"


def _listen() -> Listener:
    """Silence Pelican's console and collect its messages instead."""
    console.quiet = True
    listener = Listener()
    root = logging.getLogger()
    root.handlers = [listener]
    root.setLevel(logging.WARNING)
    return listener


def _result(made: Build | None, messages: tuple[str, ...], seconds: float, exit_code: int) -> BuildResult:
    if made is None:
        return BuildResult(messages=messages, seconds=seconds, exit_code=exit_code)
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
    )
