"""`rehab comments import`: an export of another system becomes comments of this blog.

Reads the files, asks the core what becomes of each comment, writes the new ones and says what it did.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.options import dry_run_option, every_option, into_option, partial_option
from rehab.cli.project import SETTINGS, content_folder
from rehab.cli.show import complain, say
from rehab.source.fault import reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.comments.imports.batch import Batch, Piece
    from rehab.comments.imports.hosts import Hosts
    from rehab.comments.imports.plan import Plan

FORMATS = ("wordpress", "disqus", "blogger", "staticman", "commento", "isso", "remark42", "page")
"""The names of the readers; a test keeps them in step with the core's."""
OWN = "comeback"
"""What `rehab comments export json` writes: whole comments, which come back as they were."""
_MOST_FILES = 200_000


@click.command(name="import")
@click.argument("format_", metavar="FORMAT", type=click.Choice((*FORMATS, OWN)))
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@into_option
@click.option("--map", "pairs", multiple=True, metavar="OLD=NEW", help="The post (NEW) that an old page (OLD) is now.")
@click.option("--post", default="", help="The post whose comments these are; for a page, and single files.")
@click.option("--dates", default="", type=click.Choice(("", "mdy", "dmy", "ymd")), help="The order of a page's dates.")
@dry_run_option
@partial_option
@every_option("comment")
def import_(  # noqa: PLR0913 - click gives each option by name
    format_: str,
    file: Path,
    into: Path | None,
    pairs: tuple[str, ...],
    post: str,
    dates: str,
    *,
    dry_run: bool,
    partial: bool,
    every: bool,
) -> int:
    """Turn an export into comments.

    FORMAT is wordpress, disqus, blogger, staticman, commento, isso, remark42, page (the text of an old page, as
    copied from a browser) or comeback (our own export, which comes back as it was). What was not approved goes to
    the inbox. E-mail addresses and internet addresses are dropped. A comment that is here already is never written
    again.
    """
    from rehab.comments.imports.batch import Options  # noqa: PLC0415 - `--help` needs none of it
    from rehab.comments.imports.formats import FORMATS as READERS  # noqa: PLC0415 - as above
    from rehab.comments.imports.report import render_import  # noqa: PLC0415 - as above
    from rehab.source.report import visible  # noqa: PLC0415 - as above

    content = (into or content_folder(SETTINGS)).resolve()
    if not content.is_dir():
        return complain(f"there is no folder '{content}': name a content folder with --into", CONFIGURATION)
    if format_ == OWN:
        return bring_back(file, content, dry_run=dry_run)
    mapped = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(mapped.values()):
        return complain(
            "write --map OLD=NEW: the last part of the old address, and the slug of the post", CONFIGURATION
        )
    pieces, fault = read_pieces(format_, file)
    if fault:
        return complain(fault, ENVIRONMENT)
    batch = READERS[format_](pieces, Options(dates=dates, thread=post))
    if batch.fault and not batch.items:
        return complain(f"'{visible(file.name)}': {visible(batch.fault)}", CONTENT)
    plan = make_plan(format_, content, batch, mapped)
    writes = not dry_run and (not plan.fault or partial)
    fault = save_plan(plan, content) if writes else ""
    say(render_import(plan, written=writes and not fault, every=every).rstrip("\n"))
    return finish(plan, fault, partial=partial)


def bring_back(file: Path, content: Path, *, dry_run: bool) -> int:
    """Bring our own export back, each comment to its place unless a file is there; return the exit code."""
    from rehab.comments.exports.own import read_own_json  # noqa: PLC0415 - as above
    from rehab.comments.imports.batch import LARGEST  # noqa: PLC0415 - as above
    from rehab.comments.store import comment_file, save_comment  # noqa: PLC0415 - as above
    from rehab.source.report import render_report  # noqa: PLC0415 - as above

    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            return complain(f"'{file.name}' has more than {LARGEST >> 20} MB", ENVIRONMENT)
        comments, problems = read_own_json(data, file.name)
        fresh = [each for each in comments if not comment_file(content, each.thread, each.slug).exists()]
        for each in fresh if not dry_run else ():
            save_comment(content, each)
    except OSError as wrong:
        return complain(f"'{wrong.filename or file.name}': {reason_of(wrong)}", ENVIRONMENT)
    if problems:
        say(render_report(problems, {}).rstrip("\n"))
    done = "would be imported" if dry_run else "imported"
    say(f"{len(comments)} comments: {len(fresh)} {done}, {len(comments) - len(fresh)} here already")
    return CONTENT if problems else OK


def finish(plan: Plan, fault: str, *, partial: bool) -> int:
    """Return the exit code of an import, and say what is to be done where it did not go through."""
    if fault:
        return complain(fault, ENVIRONMENT)
    if plan.fault and not partial:
        return complain("get the whole file, or say --partial to take what is there", CONTENT)
    return CONTENT if any(each.verdict == "held" and each.comment is None for each in plan.outcomes) else OK


def read_pieces(format_: str, file: Path) -> tuple[tuple[Piece, ...], str]:
    """Return the files of an export, and what is wrong with them: too large, or of a kind that cannot be read."""
    from rehab.comments.imports.batch import LARGEST, Piece  # noqa: PLC0415 - as above
    from rehab.comments.imports.formats import FOLDERS  # noqa: PLC0415 - as above

    endings = FOLDERS.get(format_, ())
    if file.is_dir() and not endings:
        return (), f"'{file.name}' is a folder: name a file"
    files = [file]
    if file.is_dir():
        files = sorted(each for each in file.rglob("*") if each.suffix in endings and not each.is_symlink())
    pieces: list[Piece] = []
    left = LARGEST
    try:
        for each in files[: _MOST_FILES + 1]:
            with each.open("rb") as opened:
                data = opened.read(left + 1)
            left -= len(data)
            if left < 0 or len(pieces) >= _MOST_FILES:
                return (
                    (),
                    f"'{file.name}' has more than {LARGEST >> 20} MB or {_MOST_FILES:,} files: import it in parts",
                )
            name = each.resolve().relative_to(file.resolve().parent if file.is_dir() else file.resolve().parents[1])
            pieces.append(Piece(name.as_posix(), data))
    except (OSError, ValueError, IndexError) as wrong:
        return (), f"'{file.name}' cannot be read: {getattr(wrong, 'strerror', None) or 'it leads out of its folder'}"
    return tuple(pieces), "" if pieces else f"'{file.name}' holds no file of this format"


def make_plan(format_: str, content: Path, batch: Batch, mapped: Mapping[str, str]) -> Plan:
    """Return what becomes of each comment on the site of a content folder."""
    from rehab.comments.imports.plan import Present, plan_import  # noqa: PLC0415 - as above
    from rehab.comments.inbox import read_held  # noqa: PLC0415 - as above

    held, _ = read_held(content)
    comments = [each.comment for each in held]
    ids = frozenset((each.thread, each.slug) for each in comments)
    names = frozenset((each.thread, alias) for each in comments for alias in each.aliases)
    shown = frozenset((each.comment.thread, each.comment.slug) for each in held if each.room == "content")
    return plan_import(batch, format_, find_hosts(content, mapped), Present(ids=ids, names=ids | names, shown=shown))


def find_hosts(content: Path, mapped: Mapping[str, str]) -> Hosts:
    """Return the names by which the threads of a content folder are known."""
    from rehab.comments.imports.hosts import Hosts  # noqa: PLC0415 - as above
    from rehab.compile import compile_site  # noqa: PLC0415 - as above

    site, _ = compile_site(content, shown=False)
    posts = (*site.posts, *site.unlisted)
    addresses = {old.strip("/"): post.slug for post in posts for old in post.redirect_from}
    threads = frozenset(site.threads)
    known = {old: new for old, new in mapped.items() if new in threads}
    return Hosts(threads=threads, addresses=addresses, mapped=known)


def save_plan(plan: Plan, content: Path) -> str:
    """Write what is imported into the content and what is held into the inbox; return what went wrong, or nothing."""
    from rehab.comments.inbox import INBOX  # noqa: PLC0415 - as above
    from rehab.comments.moves import Step, write_steps  # noqa: PLC0415 - as above
    from rehab.comments.store import FOLDER, comment_file, render_comment  # noqa: PLC0415 - as above

    steps: list[Step] = []
    for outcome in plan.outcomes:
        if outcome.comment is None:
            continue
        file = comment_file(content, outcome.comment.thread, outcome.comment.slug)
        below = file.relative_to(content / FOLDER).as_posix()
        root = f"{content.name}/{FOLDER}" if outcome.verdict == "imported" else INBOX
        steps.append(Step(None, None, f"{root}/{below}", render_comment(outcome.comment).encode()))
    return write_steps(content, steps)[1]
