"""`rehab comments mail`: mails to the blog's address become comments that wait in the inbox.

Reads one mail, an mbox or a Maildir, asks the core what each message says, writes what can be a comment.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import mailbox
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.comments.arrivals import bring_in, read_threads
from rehab.cli.exits import CONFIGURATION, ENVIRONMENT
from rehab.cli.options import dry_run_option, every_option, into_option
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "REHAB_COMMENTS_KEY"
"""The variable of the environment that holds the key; the settings of a build read the same one."""
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
"""How an mbox writes a line of a message that begins as a new message would."""
_ENDINGS = (".eml", ".msg", ".txt")


@click.command()
@click.argument("file", metavar="FILE|MAILDIR", type=click.Path(path_type=Path, exists=True))
@into_option
@dry_run_option
@every_option("message")
def mail(file: Path, into: Path | None, *, dry_run: bool, every: bool) -> int:
    """Turn mails to the blog into comments that wait.

    FILE is one mail (.eml) or an mbox; a folder is a Maildir, or holds .eml files. What has the blog's subject goes to
    the inbox. Of a mail only the name, the date and the words are kept: no address, and nothing that is attached. The
    signatures in the subjects are checked with the key in REHAB_COMMENTS_KEY. A mail that is here already is left out.
    """
    from rehab.comments.mail import Reading, parse_mail  # noqa: PLC0415 - `--help` needs none of it

    content = (into or content_folder(SETTINGS)).resolve()
    if not content.is_dir():
        return complain(f"there is no folder '{content}': name a content folder with --into", CONFIGURATION)
    key = os.environ.get(KEY, "")
    reading = Reading(read_threads(content), key, dt.datetime.now(dt.UTC))
    try:
        arrivals = [parse_mail(data, shown, reading) for shown, data in read_mails(file)]
    except (OSError, mailbox.Error) as wrong:
        return complain(f"'{file.name}' cannot be read: {getattr(wrong, 'strerror', None) or wrong}", ENVIRONMENT)
    notes = () if key else (f"{KEY} is not set, so no signature can be checked",)
    return bring_in(arrivals, reading.threads, content, dry_run=dry_run, every=every, notes=notes)


def read_mails(file: Path) -> Iterator[tuple[str, bytes]]:
    """Yield each message of a mail, an mbox, a Maildir or a folder of mails, with its place for the report.

    A file is an mbox where its first line begins with `From `, as the format has it. Nothing behind a link is read.
    """
    from rehab.comments.mail import LARGEST  # noqa: PLC0415 - as above

    if file.is_dir():
        for number, each in enumerate(_files(file), 1):
            yield f"message {number}", _read(each, LARGEST)
        return
    with file.open("rb") as opened:
        is_box = opened.read(5) == b"From "
    if not is_box:
        yield "message 1", _read(file, LARGEST)
        return
    with contextlib.closing(mailbox.mbox(file, create=False)) as box:
        for number, key in enumerate(box.iterkeys(), 1):
            yield f"message {number}", _QUOTED_FROM.sub(rb"\1", box.get_file(key).read(LARGEST + 1))


def _read(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(most + 1)


def _files(folder: Path) -> list[Path]:
    """Return the messages of a Maildir, else the mails in a folder, by name."""
    is_maildir = (folder / "cur").is_dir() or (folder / "new").is_dir()
    places = [folder / "new", folder / "cur"] if is_maildir else [folder]
    found = [
        each
        for place in places
        if place.is_dir()
        for each in place.iterdir()
        if each.is_file() and not each.is_symlink() and not each.name.startswith(".")
    ]
    chosen = found if is_maildir else [each for each in found if each.suffix.lower() in _ENDINGS]
    return sorted(chosen, key=lambda each: each.name)
