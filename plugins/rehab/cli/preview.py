"""`rehab preview`: put one draft at an unlisted address of the published site, for some days."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from typing import TYPE_CHECKING, NamedTuple

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.options import settings_of_web
from rehab.cli.project import settings_fault
from rehab.cli.show import complain, say, show_messages, show_report
from rehab.source.fault import words_of_fault

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.adapter.run import Places
    from rehab.model.page import Page
    from rehab.model.post import Post
    from rehab.site.site import Site

DAYS = 14


class Asked(NamedTuple):
    """What is wanted: which draft, for how many days, or only a list, or an end."""

    draft: str
    days: int
    remove: bool


@click.command()
@click.argument("draft", default="")
@click.option("--days", default=DAYS, type=click.IntRange(1, 365), help="How long the link is good.")
@click.option("--remove", is_flag=True, help="Take the link away instead; without DRAFT, all of them.")
@settings_of_web
def preview(draft: str, days: int, settings: Path, *, remove: bool) -> int:
    """Give a draft a link that nobody can guess.

    DRAFT is its slug or its file; a post whose day has not come will do as well. Without it, the links there are get
    listed. The link is good after the next deployment, and gone with the first one after its last day. The same draft
    keeps its link.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter.run import read_places  # noqa: PLC0415 - Pelican takes a second to load
    from rehab.publish.record import read_record  # noqa: PLC0415 - `rehab --help` needs none of it

    places = read_places(settings)
    if isinstance(places, str):
        return complain(places, CONFIGURATION)
    record = read_record(places.cache, places.output)
    if record is None or not places.output.is_dir():
        return complain("nothing is published here yet: run 'make publish' first", CONFIGURATION)
    try:
        return _do(Asked(draft, days, remove), places, settings, record[0])
    except OSError as wrong:
        return complain(f"there is no link: {words_of_fault(wrong)}", ENVIRONMENT)


def _do(asked: Asked, places: Places, settings: Path, site_url: str) -> int:
    from rehab.publish.preview import list_previews, mark_of, prune_previews, remove_preview  # noqa: PLC0415 - as above

    prune_previews(places.output, _today())
    if not asked.draft and not asked.remove:
        for each in list_previews(places.output):
            say(f"{site_url}/preview/{each.token}/ until {each.until.isoformat()}")
        return OK
    if asked.draft and not asked.remove:
        return make_link(asked, places, settings, site_url)
    wanted = {mark_of(path) for path in _paths(asked.draft, places)}
    gone = [each for each in list_previews(places.output) if not asked.draft or each.draft in wanted]
    for each in gone:
        remove_preview(places.output, each.token)
    say(f"{len(gone)} removed: gone from the web with the next deployment")
    return OK


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _paths(draft: str, places: Places) -> list[str]:
    """Return what the source of a draft may be called, as problems name it."""
    name = places.content.name
    return [draft, *(f"{name}/{kind}/{draft}{end}" for kind in ("posts", "pages") for end in (".md", "/index.md"))]


def make_link(asked: Asked, places: Places, settings: Path, site_url: str) -> int:
    """Build the draft's page and put it into the published folder; return the exit code."""
    from rehab.adapter.run import build  # noqa: PLC0415 - as above

    work = places.cache / "preview"
    built = build(settings, output=work, linked=True)
    show_messages(built.messages)
    if built.site is None or built.exit_code:
        return complain("the build stopped before its end", built.exit_code or CONFIGURATION)
    found = find_draft(built.site, asked.draft)
    if found is None:
        return complain(f"there is no draft '{asked.draft}', and no post to come: 'rehab todo' lists them", CONTENT)
    wrong = tuple(each for each in built.problems if each.place.path == found.path and each.severity == "error")
    if wrong:
        show_report(wrong, places.content.parent)
        return complain("there is no link while the draft has errors", CONTENT)
    pattern = places.draft_page if found in built.site.drafts else places.draft
    token = _write(found.path, work / pattern.replace("{slug}", found.slug), work, places, asked.days)
    until = _today() + dt.timedelta(days=asked.days)
    say(f"{site_url}/preview/{token}/")
    say(f"good until {until.isoformat()}, once 'make deploy TARGET=…' has brought it there; nothing links to it")
    return OK


def find_draft(site: Site, word: str) -> Post | Page | None:
    """Return the draft or the post to come of a slug or a path, or None."""
    from rehab.site.waiting import waiting_of  # noqa: PLC0415 - as above

    waiting = {each.path for each in waiting_of(site)}
    nouns: tuple[Post | Page, ...] = (*site.unlisted, *site.drafts)
    return next((each for each in nouns if each.path in waiting and word in {each.slug, each.path}), None)


def _write(path: str, page: Path, work: Path, places: Places, days: int) -> str:
    """Put a draft's page and what only it needs into the published folder; return the token."""
    from rehab.publish.preview import Preview, list_previews, mark_of, plan_link, render_preview  # noqa: PLC0415 - as above

    mark = mark_of(path)
    token = next((each.token for each in list_previews(places.output) if each.draft == mark), "")
    each = Preview(token or secrets.token_urlsafe(18), mark, _today() + dt.timedelta(days=days))
    html = page.read_text("utf-8")
    link = plan_link(html, page, work, places.output, places.site_url)
    folder = places.output / "preview" / each.token
    fresh = folder.with_name(f"{each.token}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in link.moved:
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(work / name, fresh / name)
    fresh.mkdir(parents=True, exist_ok=True)
    (fresh / "index.html").write_text(render_preview(html, each, link), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return each.token
