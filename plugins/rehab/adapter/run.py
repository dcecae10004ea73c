"""One build, for the command line: Pelican run once in this process, and what came of it as a value."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pelican import Pelican, read_settings
from pelican.log import console

from rehab.adapter.build import KEY, Build
from rehab.adapter.gate import CONTENT, GateClosed

if TYPE_CHECKING:
    from pathlib import Path

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
    drafts: tuple[str, ...] = ()
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
        self.messages.setdefault(record.getMessage())


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
    settings = read_settings(str(settings_file), override=override)
    exit_code = 0
    try:
        Pelican(settings).run()
    except GateClosed:
        exit_code = CONTENT
    made: Build | None = settings.get(KEY)
    messages = tuple(listener.messages)
    seconds = time.perf_counter() - started
    if made is None:
        said = (*messages, "the plugin 'rehab' did not run: add it to PLUGINS in the settings")
        return BuildResult(messages=said, seconds=seconds, exit_code=CONFIGURATION)
    return _result(made, messages, seconds, exit_code)


def _listen() -> Listener:
    """Silence Pelican's console and collect its messages instead."""
    console.quiet = True
    listener = Listener()
    root = logging.getLogger()
    root.handlers = [listener]
    root.setLevel(logging.WARNING)
    return listener


def _result(made: Build, messages: tuple[str, ...], seconds: float, exit_code: int) -> BuildResult:
    return BuildResult(
        pages=made.counts["pages"],
        images=made.counts["images"],
        written=made.counts["written"],
        unchanged=made.counts["unchanged"],
        removed=made.counts["removed"],
        problems=made.problems,
        drafts=tuple(made.drafts),
        messages=messages,
        seconds=seconds,
        exit_code=exit_code,
    )
