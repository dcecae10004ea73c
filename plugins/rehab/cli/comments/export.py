"""`rehab comments export`: all comments in another system's format, or in our own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rehab.cli.comments.moderate import find_content, read_all
from rehab.cli.exits import CONFIGURATION, ENVIRONMENT, OK
from rehab.cli.project import PUBLISH_SETTINGS, SETTINGS, read_assigned
from rehab.cli.show import complain, counted, say
from rehab.source.fault import reason_of
from rehab.source.report import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehab.comments.exports.wxr import Page
    from rehab.model.comment import Comment
    from rehab.model.post import Post

FORMATS = ("wxr", "json", "staticman")


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A new file; for staticman, a new folder.")
@click.option("--inbox", is_flag=True, help="Take what waits in the inbox as well.")
def export(format_: str, output: Path | None, inbox: bool) -> int:  # noqa: FBT001 - click passes names
    """Write all comments in another system's format.

    FORMAT is wxr (WordPress), json (our own, without loss) or staticman.

    Without --output the text goes to the terminal or a pipe. Nothing is overwritten.
    """
    from rehab.model.entries import parse_entries  # noqa: PLC0415 - `--help` needs none of it
    from rehab.source.read import read_tree  # noqa: PLC0415 - as above

    content = find_content()
    if content is None:
        return CONFIGURATION
    entries, _ = parse_entries(read_tree(content)[0])
    waiting = [each.comment for each in read_all(content) if each.room == "inbox"] if inbox else []
    comments = (*entries.comments, *waiting)
    if format_ == "staticman":
        return _write_folder(comments, output)
    text = render(format_, comments, entries.posts)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        return OK
    return _finish(write_new_files({output: text}), comments, output)


def render(format_: str, comments: Sequence[Comment], posts: Sequence[Post]) -> str:
    """Return the text of an export that is one file."""
    if format_ == "json":
        from rehab.comments.exports.own import render_json  # noqa: PLC0415 - as above

        return render_json(comments)
    from rehab.comments.exports.wxr import render_wxr  # noqa: PLC0415 - as above

    return render_wxr(comments, _pages(posts))


def _pages(posts: Sequence[Post]) -> dict[str, Page]:
    from rehab.comments.exports.wxr import Page  # noqa: PLC0415 - as above

    home = read_assigned(PUBLISH_SETTINGS, "SITEURL", default="") or read_assigned(SETTINGS, "SITEURL", default="")
    return {post.slug: Page(post.title, f"{home}/posts/{post.slug}/", post.date) for post in posts}


def _write_folder(comments: Sequence[Comment], folder: Path | None) -> int:
    from rehab.comments.exports.staticman import render_staticman  # noqa: PLC0415 - as above

    if folder is None:
        return complain("staticman is a folder of files: name a new one with --output", CONFIGURATION)
    if folder.exists():
        return complain(f"'{visible(str(folder))}' is there already: name a new folder", CONFIGURATION)
    files = {folder / path: text for path, text in render_staticman(comments).items()}
    return _finish(write_new_files(files), comments, folder)


def _finish(exit_code: int, comments: Sequence[Comment], output: Path) -> int:
    if exit_code == OK:
        say(f"wrote {counted(len(comments), 'comment')} to {visible(str(output))}")
    return exit_code


def write_new_files(files: Mapping[Path, str]) -> int:
    """Write files that are not there yet; return the exit code."""
    for file, text in files.items():
        shown = visible(str(file))
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(text.encode())
        except FileExistsError:
            return complain(f"'{shown}' is there already: name a new file", CONFIGURATION)
        except OSError as wrong:
            return complain(f"'{shown}' cannot be written: {reason_of(wrong)}", ENVIRONMENT)
    return OK
