"""`rehab new`: make one file with its front matter ready, and open it in the author's editor."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, say
from rehab.source.fault import reason_of
from rehab.source.report import visible

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.authoring.new.plan import NewFile

KINDS = ("post", "exercise", "injury", "treatment", "program", "gallery", "page")
"""Those of `rehab.authoring.new.text.STARTS`, which `rehab --help` does not wait for."""


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("title", nargs=-1, required=True)
@click.option("--slug", default="", help="Its part of the address, where it is not made from the title.")
@click.option("--folder", is_flag=True, help="Give it a folder of its own for pictures, as posts and galleries have.")
@click.option("--edit/--no-edit", default=True, help="Open it in $VISUAL or $EDITOR, on a terminal.")
def new(kind: str, title: tuple[str, ...], slug: str, *, folder: bool, edit: bool) -> int:
    """Make a new file with its front matter ready.

    A TITLE that begins with a hyphen goes after `--`.
    """
    content = content_folder(SETTINGS)
    if not content.is_dir():
        return complain(f"there is no folder '{content}' here: run this in the blog's folder", CONFIGURATION)
    from rehab.authoring.new.plan import Wanted, plan_new  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.authoring.new.title import Refusal  # noqa: PLC0415 - as above
    from rehab.compile import compile_site  # noqa: PLC0415 - as above

    site, _ = compile_site(content, shown=False)
    today = dt.datetime.now().astimezone().date()
    planned = plan_new(Wanted(kind, " ".join(title), today, slug, folder), site)
    if isinstance(planned, Refusal):
        return complain(planned.sentence, CONFIGURATION)
    for note in planned.notes:
        say(f"note: {note}", to=sys.stderr)
    return _write_and_open(planned, content, edit=edit)


def _write_and_open(planned: NewFile, content: Path, *, edit: bool) -> int:
    file = content / planned.path
    if failed := write_new(file, planned.text, content):
        return failed
    say(visible(file.as_posix()))
    words = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return open_editor(words, file) if edit and on_terminal and words.strip() else OK


def write_new(file: Path, text: str, content: Path) -> int:
    """Write a file that is not there yet, inside the content folder; return the exit code. Nothing is overwritten."""
    shown = visible(file.as_posix())
    try:
        if not file.parent.resolve().is_relative_to(content.resolve()):
            return complain(f"'{shown}' leads out of '{content}' by a link: remove the link", CONFIGURATION)
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as stream:
            stream.write(text.encode())
    except FileExistsError as wrong:
        there = visible(str(wrong.filename or file))
        return complain(f"'{there}' is there already: write there, or give the new one a --slug", CONFIGURATION)
    except OSError as wrong:
        return complain(f"'{shown}' cannot be written: {reason_of(wrong)}", ENVIRONMENT)
    return OK


def open_editor(words: str, file: Path) -> int:
    """Open a file with the editor that an environment variable names, with its arguments, without a shell."""
    try:
        subprocess.run([*shlex.split(words, posix=os.name != "nt"), str(file)], check=True)
    except ValueError:
        return complain(f"the editor {words} has a quote that is never closed: mend $VISUAL or $EDITOR", ENVIRONMENT)
    except subprocess.CalledProcessError as wrong:
        return complain(f"the editor '{words}' ended with {wrong.returncode}; the file is made", ENVIRONMENT)
    except OSError as wrong:
        reason = reason_of(wrong)
        return complain(f"the editor '{words}' cannot be started: {reason}; the file is made", ENVIRONMENT)
    return OK
