"""The comments of an export whose posts are imported, by the importer of comments, under the posts' names here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehab.comments.imports.batch import LARGEST, Options, Piece, Topic
from rehab.comments.imports.formats import FORMATS as READERS
from rehab.comments.imports.hosts import Hosts
from rehab.comments.imports.plan import Present, plan_import
from rehab.comments.inbox import read_held

_ADVICE = re.compile(r": write comments_declared: \d+ into the post$")

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.authoring.import_posts.items import Export
    from rehab.authoring.import_posts.outcomes import Outcome as Post
    from rehab.authoring.import_posts.outcomes import Plan
    from rehab.comments.imports.plan import Outcome
    from rehab.comments.imports.plan import Plan as Comments
    from rehab.site.site import Site


def plan_comments(  # noqa: PLR0913 - each is one thing that it must know
    file: Path, export: Export, plan: Plan, content: Path, site: Site, dates: str
) -> Comments | None:
    """Return what becomes of each comment of an export; None for a format that has none."""
    if export.format not in READERS:
        return None
    slugs = {outcome.thread: outcome.slug for outcome in plan.outcomes if outcome.slug}
    with file.open("rb") as opened:
        pieces = (Piece(file.name, opened.read(LARGEST)),)
    if export.format == "page" and not dates:
        return None
    batch = READERS[export.format](pieces, Options(dates=dates, thread=slugs.get("page", "")))
    topics = {key: _topic(topic, slugs.get(key)) for key, topic in batch.topics.items()}
    threads = frozenset(site.threads) | set(slugs.values())
    hosts = Hosts(threads=threads, addresses={}, mapped={})
    held, _ = read_held(content)
    comments = [each.comment for each in held]
    ids = frozenset((each.thread, each.slug) for each in comments)
    names = frozenset((each.thread, alias) for each in comments for alias in each.aliases)
    shown = frozenset((each.comment.thread, each.comment.slug) for each in held if each.room == "content")
    present = Present(ids=ids, names=ids | names, shown=shown)
    notes = tuple(_ADVICE.sub(": its post says so now, in comments_declared", note) for note in batch.notes)
    made = plan_import(replace(batch, topics=topics, notes=notes), export.format, hosts, present)
    why = {outcome.thread: outcome for outcome in plan.outcomes if not outcome.slug}
    threads_of = {at: item.thread for at, item in enumerate(batch.items, 1)}
    outcomes = (_explain(each, why.get(threads_of[each.number])) for each in made.outcomes)
    return replace(made, outcomes=tuple(outcomes))


def _explain(comment: Outcome, post: Post | None) -> Outcome:
    """Say of a comment without a thread what has become of its page."""
    if post is None or comment.verdict != "held" or comment.comment is not None:
        return comment
    waits = "its post waits in the inbox; import the file again once that is on the site"
    page = "it stands on a page, and pages have no thread here"
    said = waits if post.verdict == "held" else page if post.what == "page" else "its post was not imported"
    return replace(comment, detail=said)


def _topic(topic: Topic, slug: str | None) -> Topic:
    """Return the page of comments by its name here; of no post here, nothing that another could answer to."""
    del topic
    return Topic(slug=slug) if slug else Topic()


def save_comments(comments: Comments, content: Path) -> str:
    """Write the comments; return what went wrong, or nothing."""
    from rehab.cli.comments.import_ import save_plan  # noqa: PLC0415 - it is a command, and loads click

    return save_plan(comments, content)
