"""What the commands print: sentences and reports, coloured on a terminal and plain everywhere else.

In: finished text. Out: lines on the output stream, complaints on the error stream. Nothing here decides
what is said; it exists so that no other file asks whether it talks to a terminal.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, TextIO

import click

from rehab.source.report import render_report, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.source.problem import Problem

MOST_SHOWN = 10 * 1024 * 1024
"""Bytes of a source in which lines are looked up; no larger text is read."""

STYLES: Mapping[str, str] = {
    r"^[^\n]*?: error\[[^\]]*\]": "bold red",
    r"^[^\n]*?: warning\[[^\]]*\]": "bold yellow",
    r"(?m)^\s*help: .*$": "green",
}


def prepare_streams() -> None:
    """Let a stream that cannot show a letter show its number: a message never fails on an author's word."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str, *, to: TextIO | None = None) -> None:
    """Print text as it is, coloured where a person reads it."""
    stream = to or sys.stdout
    if not stream.isatty() or find_spec("rich") is None:
        click.echo(text, file=stream)
        return
    from rich.console import Console  # noqa: PLC0415 - 50 ms that only a terminal needs
    from rich.text import Text  # noqa: PLC0415

    shown = Text(text)
    for pattern, style in STYLES.items():
        shown.highlight_regex(pattern, style)
    Console(file=stream, highlight=False, soft_wrap=True).print(shown)


def complain(sentence: str, exit_code: int) -> int:
    """Print why a command stops, and return its exit code."""
    say(f"rehab: {sentence}", to=sys.stderr)
    return exit_code


def counted(number: int, noun: str) -> str:
    """Return a number and its noun: `1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether a problem is there that keeps the site from being published."""
    return any(problem.severity == "error" for problem in problems)


def read_texts(problems: Iterable[Problem], folder: Path) -> dict[str, str]:
    """Return the sources that the problems name, by path below `folder`, without the unreadable ones.

    A pipe would make it wait for ever, and what a link outside the folder leads to is nobody's to see.
    """
    texts: dict[str, str] = {}
    for path in sorted({problem.place.path for problem in problems}):
        try:
            file = folder / path
            if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
                with file.open("rb") as opened:
                    texts[path] = opened.read(MOST_SHOWN).decode("utf-8", "replace")
        except (OSError, ValueError, RuntimeError):
            continue
    return texts


def show_messages(messages: Iterable[str]) -> None:
    """Print what Pelican and other plugins said, which is about settings and themes more than about content."""
    for message in messages:
        lines = (line.strip() for line in message.splitlines())
        say(f"pelican: {visible('; '.join(filter(None, lines)))}", to=sys.stderr)


def show_report(problems: tuple[Problem, ...], folder: Path) -> None:
    """Print the problems with the lines they are about; `folder` holds the content folder."""
    if not problems:
        return
    say(render_report(problems, read_texts(problems, folder)).rstrip("\n"))
