"""`rehab deploy`: bring what is published to one of the targets that `publishconf.py` names."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, DEPLOY, ENVIRONMENT, OK
from rehab.cli.options import settings_of_web
from rehab.cli.project import read_targets, settings_fault
from rehab.cli.show import complain, counted, say
from rehab.source.fault import words_of_fault
from rehab.source.report import visible

if TYPE_CHECKING:
    from rehab.publish.deploy import Deployed, Source
    from rehab.publish.targets import Target

PATIENCE = {"github-pages": 300.0, "netlify": 60.0, "cloudflare": 60.0, "s3": 20.0}
"""Seconds that a host may take until it shows what was sent, by kind of target."""
_MOST_SHOWN = 20


def find_target(settings: Path, name: str) -> Target | str:
    """Return a target of a settings file, or what is wrong, as a sentence. The file is read and never run."""
    from rehab.publish.targets import parse_target  # noqa: PLC0415 - `rehab --help` needs none of it

    try:
        return parse_target(name, read_targets(settings))
    except ValueError as wrong:
        return str(wrong)


def find_source(settings: Path, output: Path | None = None) -> Source | str:
    """Return what is published by a settings file, or why it leads to no site."""
    from rehab.adapter.run import read_places  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.publish.deploy import Source  # noqa: PLC0415 - as above

    places = read_places(settings, output)
    if isinstance(places, str):
        return places
    home = settings.absolute().parent
    return Source(output=places.output, cache=places.cache, home=home, today=dt.datetime.now(dt.UTC).date())


@click.command()
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted, and touch nothing.")
@click.option("--allow-deletes", is_flag=True, help="Let more than a quarter of the files there be deleted.")
@click.option("--verify/--no-verify", default=True, help="Ask the site for some pages afterwards.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where it was published.")
@settings_of_web
def deploy(  # noqa: PLR0913 - each option of the command is one argument
    target: str, output: Path | None, settings: Path, *, dry_run: bool, allow_deletes: bool, verify: bool
) -> int:
    """Bring what is published to a server or a host.

    TARGET is one of REHAB_TARGETS in publishconf.py. Only what differs is sent, and nothing that `rehab publish` has
    not checked.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    found, source = find_target(settings, target), find_source(settings, output)
    if isinstance(found, str) or isinstance(source, str):
        return complain(found if isinstance(found, str) else str(source), CONFIGURATION)
    from rehab.publish.deploy import Wish  # noqa: PLC0415 - as above
    from rehab.publish.deploy import deploy as bring  # noqa: PLC0415 - as above
    from rehab.publish.places import DeployError  # noqa: PLC0415 - as above

    try:
        done = bring(found, source, Wish(dry=dry_run, deleting=allow_deletes))
    except DeployError as wrong:
        return complain(f"nothing was deployed: {visible(str(wrong))}", DEPLOY)
    except OSError as wrong:
        return complain(f"nothing was deployed: {words_of_fault(wrong)}", ENVIRONMENT)
    show_plan(found, done, dry=dry_run)
    return look(found, done) if verify and done.name else OK


def show_plan(target: Target, done: Deployed, *, dry: bool) -> None:
    """Say what was sent and deleted, or would be."""
    plan = done.plan
    if plan.is_empty:
        say(f"{target.name} is as it should be: 0 files sent, {plan.kept} kept")
        return
    if dry:
        for word, paths in (("send", plan.sends), ("delete", plan.deletes)):
            for path in paths[:_MOST_SHOWN]:
                say(f"would {word} {visible(path)}")
            if len(paths) > _MOST_SHOWN:
                say(f"would {word} {len(paths) - _MOST_SHOWN} more")
    counts = (
        f"{counted(len(plan.sends), 'file')} ({done.size / 1000:.0f} kB), {len(plan.deletes)} deleted, {plan.kept} kept"
    )
    say(f"would send {counts}; nothing was touched" if dry else f"sent {counts}: {target.name} serves {done.name}")


def look(target: Target, done: Deployed) -> int:
    """Ask the site for some pages; return the exit code."""
    from rehab.publish.verify import choose, verify  # noqa: PLC0415 - as above

    paths = choose(done.manifest, done.plan.sends, target.verify)
    wrong = verify(done.site_url, done.manifest, paths, PATIENCE.get(target.kind, 0.0))
    for sentence in wrong:
        say(f"rehab: {visible(sentence)}", to=sys.stderr)
    if wrong:
        return complain(f"{len(wrong)} of {counted(len(paths), 'page')} looked at are not as they were sent", DEPLOY)
    if paths:
        say(f"looked at {counted(len(paths), 'page')} of {done.site_url}: as they were sent")
    return OK
