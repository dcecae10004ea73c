"""`rehab publish`: build beside what is published, look at all of it, and put it in place, or change nothing."""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.html import summary
from rehab.cli.options import settings_of_web
from rehab.cli.progress import picture_bar
from rehab.cli.project import read_targets, settings_fault
from rehab.cli.show import complain, counted, has_errors, say, show_messages, show_report
from rehab.site.waiting import render_waiting
from rehab.source.fault import words_of_fault
from rehab.source.report import count_problems

if TYPE_CHECKING:
    from rehab.adapter.keep.witness import Witness
    from rehab.adapter.run import BuildResult, Places
    from rehab.publish.finish import Work

_MOST_NAMED = 3


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to build.")
@settings_of_web
def publish(output: Path | None, settings: Path) -> int:
    """Build for the web, unless anything is wrong.

    The site is built and checked in a folder of its own, which then takes the place of the old one at once. With an
    error in the content or in what was built nothing changes and the exit code is 1.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.keep.witness import Witness  # noqa: PLC0415 - `rehab --help` needs none of it
    from rehab.adapter.run import read_places  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.publish.address import address_fault, is_example  # noqa: PLC0415 - as above

    began, witness = time.time_ns(), Witness()
    witness.watch()
    places = read_places(settings, output)
    if isinstance(places, str):
        return complain(places, CONFIGURATION)
    if reason := address_fault(places.site_url):
        return complain(reason, CONFIGURATION)
    if places.output.exists() and not places.output.is_dir():
        return complain(f"'{_shown(places.output)}' is no folder: move it away", CONFIGURATION)
    try:
        exit_code = publish_into(places, settings, witness, began)
    except OSError as wrong:
        return complain(f"nothing was published: {words_of_fault(wrong)}", ENVIRONMENT)
    if exit_code == OK and is_example(places.site_url):
        note = f"note: SITEURL is {places.site_url}, a name kept for examples: write your own into {settings}"
        say(f"{note} before you deploy", to=sys.stderr)
    return exit_code


def publish_into(places: Places, settings: Path, witness: Witness, began: int) -> int:
    """Build, check and exchange; return the exit code. Raises OSError, and then nothing has changed.

    Pages that show what they did when the site was last published are not made again: they stand among the copies.
    The `witness` has heard since it `began`, before the settings were read.
    """
    from rehab.adapter.keep.ledger import forget_ledger, read_ledger  # noqa: PLC0415 - as above
    from rehab.adapter.run import build  # noqa: PLC0415 - as above
    from rehab.cli.last import last_build  # noqa: PLC0415 - as above
    from rehab.publish.finish import Work  # noqa: PLC0415 - as above
    from rehab.publish.swap import foreign_files, fresh_folder, seed  # noqa: PLC0415 - as above

    last = last_build(places.cache, began, "publish", str(settings.resolve()), str(places.output))
    known = read_ledger(places.cache, places.output)
    with fresh_folder(places.output, places.cache) as fresh:
        if known is None and places.output.is_dir() and (strange := foreign_files(places.output, ())):
            return complain(_strange(places.output, strange), CONFIGURATION)
        seed(places.output, fresh, known or ())
        try:
            with picture_bar() as told:
                built = build(settings, output=fresh, progress=told, known=last.remains(last.recall()))
        finally:
            forget_ledger(places.cache, fresh)
        work = Work(
            fresh=fresh,
            place=places.output,
            cache=places.cache,
            known=tuple(known or ()),
            kinds=_kinds(settings),
            machine=_machine(places),
            today=dt.datetime.now(dt.UTC).date(),
        )
        witness.rest()
        exit_code = finish(built, work, places)
        if exit_code == OK and built.inputs:
            last.keep(replace(built.inputs, output=str(places.output)), witness, built.left, {})
        return exit_code


def finish(built: BuildResult, work: Work, places: Places) -> int:
    """Show what came of a build, and put it in place if nothing is wrong; return the exit code. Raises OSError."""
    from rehab.adapter.keep.ledger import count_missed, save_ledger  # noqa: PLC0415 - as above
    from rehab.publish.finish import prepare, put_in_place  # noqa: PLC0415 - as above
    from rehab.publish.moved import gone_pages  # noqa: PLC0415 - as above
    from rehab.publish.record import read_record  # noqa: PLC0415 - as above

    show_messages(built.messages)
    show_report(built.problems, places.content.parent)
    if has_errors(built.problems):
        return complain(f"nothing was written: {count_problems(built.problems)}", CONTENT)
    if built.exit_code or built.site is None:
        return complain("the build stopped before its end", built.exit_code or CONFIGURATION)
    prepared, problems = prepare(work, built.site, built.files)
    show_report(problems, places.content.parent)
    if has_errors(problems):
        return complain(f"nothing was published: {count_problems(problems)} in what was built", CONTENT)
    ours = {*built.files, *prepared.made}
    gone = gone_pages((read_record(work.cache, work.place) or ("", {}))[1], {*ours, *prepared.carried})
    save_ledger(places.cache, work.place, {*work.known, *ours})
    put_in_place(work, prepared.manifest, built.site.options.site_url)
    save_ledger(places.cache, work.place, ours)
    say(summary(replace(built, removed=count_missed({*work.known} - ours)), _shown(work.place)))
    if prepared.made:
        say(f"redirects and headers: {counted(len(prepared.made), 'file')}")
    strange = [path for path in prepared.carried if not path.startswith("preview/")]
    if strange:
        say(f"kept, though no build made it: {_named(strange)}")
    if gone:
        say(f"gone since the last publication: {_named(gone)}: 'rehab redirects --moved' offers what git knows of them")
    if built.waiting:
        say(render_waiting(built.waiting).rstrip("\n"))
    return OK


def _kinds(settings: Path) -> frozenset[str]:
    """Return the kinds of the targets that a settings file names; where it names none plainly, deploying says so."""
    try:
        targets = read_targets(settings)
    except ValueError:
        return frozenset()
    return frozenset(str(each.get("kind")) for each in targets.values() if isinstance(each, dict))


def _shown(place: Path) -> Path:
    """Return a folder as it is named from here."""
    return place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place


def _strange(output: Path, strange: list[str]) -> str:
    return (
        f"'{_shown(output)}' holds {_named(strange)}, and no record says who made it: "
        "move it away, or remove the folder"
    )


def _named(paths: list[str] | tuple[str, ...]) -> str:
    shown = ", ".join(f"'{path}'" for path in paths[:_MOST_NAMED])
    return shown if len(paths) <= _MOST_NAMED else f"{shown} and {len(paths) - _MOST_NAMED} more"


def _machine(places: Places) -> tuple[str, ...]:
    """Return the folders of this machine that no published file may name."""
    home = Path.home()
    folders = [places.content, places.output, places.cache, places.theme]
    return tuple(f"{each}/" for each in folders) + ((f"{home}/",) if len(home.parts) > 2 else ())  # noqa: PLR2004 - /home/ann, not /
