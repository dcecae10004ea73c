"""`rehab comments pull`: what a form service kept becomes comments that wait in the inbox.

Reads the service's export, or asks the service; asks the core what each submission says; writes what can be a comment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from rehab.cli.comments.arrivals import bring_in, read_threads
from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.options import dry_run_option, every_option, into_option
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from rehab.comments.pulls.records import Record

Found: TypeAlias = "tuple[tuple[Record, bool], ...]"
"""Records, each with whether the service held it as spam."""
FORMATS = ("netlify", "formspree", "form")
"""The names of the formats; a test keeps them in step with the core's."""


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--form", default="", metavar="ID", help="Ask the service for the form of this id, instead of a FILE.")
@into_option
@click.option("--spam", is_flag=True, help="The file is the list of what the service held as spam.")
@dry_run_option
@every_option("message")
def pull(  # noqa: PLR0913 - click gives each option by name
    format_: str, file: Path | None, form: str, into: Path | None, *, spam: bool, dry_run: bool, every: bool
) -> int:
    """Turn what a form service holds into comments that wait.

    FORMAT is netlify, formspree or form (any other service); FILE is CSV or JSON, as the service's page or its API
    gives it. With --form ID the service itself is asked, with the token in NETLIFY_TOKEN or FORMSPREE_KEY. What can be
    a comment goes to the inbox. E-mail addresses and internet addresses are dropped. A message that is here already is
    left out.
    """
    from rehab.comments.pulls.fields import parse_record  # noqa: PLC0415 - `--help` needs none of it

    content = (into or content_folder(SETTINGS)).resolve()
    if not content.is_dir():
        return complain(f"there is no folder '{content}': name a content folder with --into", CONFIGURATION)
    if bool(file) == bool(form):
        return complain("name a FILE, or a form of the service with --form", CONFIGURATION)
    records, notes, code = _read(file, spam=spam) if file else _ask(format_, form)
    if code:
        return code
    threads = read_threads(content)
    arrivals = [
        parse_record(record, f"message {number}", format_, threads, spam=is_spam)
        for number, (record, is_spam) in enumerate(records, 1)
    ]
    return bring_in(arrivals, threads, content, dry_run=dry_run, every=every, notes=notes)


def _read(file: Path, *, spam: bool) -> tuple[Found, tuple[str, ...], int]:
    """Return the records of a file, what was done to read it, and an exit code where they cannot be read."""
    from rehab.comments.pulls.records import LARGEST, read_records  # noqa: PLC0415 - as above
    from rehab.source.report import visible  # noqa: PLC0415 - as above

    try:
        with file.open("rb") as opened:
            found = read_records(opened.read(LARGEST + 1))
    except OSError as wrong:
        return (), (), complain(f"'{file.name}' cannot be read: {reason_of(wrong)}", ENVIRONMENT)
    if found.fault:
        return (), (), complain(f"'{visible(file.name)}': {visible(found.fault)}: nothing was written", CONTENT)
    return tuple((record, spam) for record in found.records), found.notes, OK


def _ask(format_: str, form: str) -> tuple[Found, tuple[str, ...], int]:
    """Return what a service holds, as `_read` does of a file."""
    from rehab.cli.comments.fetch import SERVICES, fetch_records  # noqa: PLC0415 - as above
    from rehab.source.report import visible  # noqa: PLC0415 - as above

    service = SERVICES.get(format_)
    if service is None:
        return (), (), complain(f"'{format_}' names no service that could be asked: name a FILE", CONFIGURATION)
    token = os.environ.get(service.variable, "")
    if not token:
        return (), (), complain(f"set {service.variable} to the token that the service gave you", CONFIGURATION)
    records, fault = fetch_records(service, form, token)
    return records, (), complain(f"{visible(fault)}: nothing was written", ENVIRONMENT) if fault else OK
