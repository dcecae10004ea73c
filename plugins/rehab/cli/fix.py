"""`rehab fix`: show what can be repaired with certainty, ask once, and write it."""

from __future__ import annotations

import difflib
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from rehab.cli.check import prefix_of
from rehab.cli.exits import CONFIGURATION, CONTENT, ENVIRONMENT, OK
from rehab.cli.project import SETTINGS, content_folder, locate
from rehab.cli.show import complain, counted, say
from rehab.source.fault import reason_of
from rehab.source.report import count_problems, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rehab.authoring.fix.plan import Edit
    from rehab.source.problem import Problems

_COLOURS = {"+++": None, "---": None, "+": "green", "-": "red", "@": "cyan"}
_MOST_NAMED = 5


class Repair(NamedTuple):
    """What becomes of one file, and why: its bytes as they are, its text before and after."""

    file: Path
    shown: str
    data: bytes
    before: str
    after: str
    edits: tuple[Edit, ...]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the repairs and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def fix(paths: tuple[Path, ...], dry_run: bool, yes: bool) -> int:  # noqa: FBT001 - click passes names
    """Show what can be repaired with certainty, and write it.

    PATHS are content folders, or files and folders in one. Without one, the blog's own content is repaired.
    """
    home = content_folder(SETTINGS)
    for path in paths or (home,):
        if not path.exists():
            sentence = f"there is no folder '{path}', and no file: name a content folder or a part of it"
            return complain(sentence, CONFIGURATION)
    parts: dict[Path, list[str]] = {}
    for content, part in (locate(path, home) for path in paths or (home,)):
        parts.setdefault(content, []).append(part)
    found = {content: find_repairs(content, inside) for content, inside in parts.items()}
    repairs = [repair for each, _ in found.values() for repair in each]
    exit_code = offer(repairs, dry_run=dry_run, yes=yes)
    if exit_code == OK:
        for content, (written, problems) in found.items():
            show_rest(read_problems(content) if written else problems)
    return exit_code


def find_repairs(content: Path, parts: Iterable[str]) -> tuple[list[Repair], Problems]:
    """Return the repairs of some parts of a content folder, and what the whole folder's report says before them.

    Files that are not UTF-8 are left alone.
    """
    from rehab.authoring.fix.plan import apply_edits, headers_left, plan_fixes  # noqa: PLC0415 - not needed for --help
    from rehab.compile import compile_site  # noqa: PLC0415 - as above
    from rehab.source.document import Asset  # noqa: PLC0415 - as above

    site, problems = compile_site(content, shown=False)
    files = {path: content.joinpath(*path.split("/")[1:]) for path in (*site.texts, *site.assets)}
    sources = dict(_read_sources({path: files[path] for path in site.texts}))
    texts = {path: text for path, (_, text) in sources.items()}
    assets = tuple(Asset(path, files[path]) for path in sorted(site.assets))
    wanted = tuple(f"{content.name}/{part}" if part else content.name for part in parts)
    by_path: dict[str, list[Edit]] = {}
    for edit in plan_fixes(texts, assets, warned_of_spaces(problems, site.texts)):
        if is_within(edit.path, wanted):
            by_path.setdefault(edit.path, []).append(edit)
    show_headers((path, why) for path, why in headers_left(texts) if is_within(path, wanted))
    repairs = [
        Repair(files[path], prefix_of(content) + path, *sources[path], apply_edits(texts[path], edits), tuple(edits))
        for path, edits in by_path.items()
    ]
    return repairs, problems


def is_within(path: str, parts: Iterable[str]) -> bool:
    """Return whether a path is one of some parts, or lies in one of them."""
    return any(path == part or path.startswith(f"{part}/") for part in parts)


def _read_sources(files: dict[str, Path]) -> Iterator[tuple[str, tuple[bytes, str]]]:
    for path, file in files.items():
        with suppress(OSError, UnicodeDecodeError):
            data = file.read_bytes()
            yield path, (data, data.decode("utf-8"))


def warned_of_spaces(problems: Problems, texts: Mapping[str, str]) -> list[str]:
    """Return the paths of the files in which the report warns of no-break spaces."""
    places = [problem.place for problem in problems if problem.code == "mojibake"]
    lines = [(place, texts[place.path].split("\n")[place.line - 1]) for place in places]
    return [place.path for place, line in lines if line[place.column - 1 : place.column] == "\u00a0"]


def offer(repairs: list[Repair], *, dry_run: bool, yes: bool) -> int:
    """Show repairs, and write them where that is wanted; return the exit code."""
    if not repairs:
        say("nothing to fix")
        return OK
    for repair in repairs:
        show_repair(repair)
    count = f"{counted(sum(len(each.edits) for each in repairs), 'repair')} in {counted(len(repairs), 'file')}"
    if dry_run:
        say(f"{count}; nothing is written")
        return CONTENT
    if not yes and not sys.stdin.isatty():
        say(f"{count}; nothing is written, for there is nobody to ask: run 'rehab fix --yes'")
        return CONTENT
    if not yes and not click.confirm(f"Write {count}?", default=True):
        say("nothing is written")
        return CONTENT
    return max(write_repair(repair) for repair in repairs)


def show_repair(repair: Repair) -> None:
    """Print the reasons for a file's edits, then the changed lines with some around them."""
    told = dict.fromkeys(f"{visible(repair.shown)}:{edit.line}: {visible(edit.reason)}" for edit in repair.edits)
    say("\n".join(told))
    for line in render_diff(repair):
        colour = next((colour for sign, colour in _COLOURS.items() if line.startswith(sign)), None)
        click.secho(line, fg=colour, color=False if os.environ.get("NO_COLOR") else None)
    say("")


def render_diff(repair: Repair) -> Iterator[str]:
    """Yield the lines of a unified diff. Letters that nobody sees are written out; tabs stay."""
    before, after = _lines(repair.before), _lines(repair.after)
    for line in difflib.unified_diff(before, after, repair.shown, repair.shown, lineterm=""):
        yield "\t".join(visible(part) for part in line.removesuffix("\r").split("\t")).replace("\u00a0", "\\u00a0")


def _lines(text: str) -> list[str]:
    """Return the lines of a text, the last one marked where nothing ends it."""
    lines = text.split("\n")
    return [*lines[:-1], *([f"{lines[-1]}  (no line end)"] if lines[-1] else [])]


def show_headers(left: Iterable[tuple[str, str]]) -> None:
    """Say which files keep their old header, and why; of many only the first."""
    told = [f"{visible(path)} keeps its old header: {visible(why)}" for path, why in left]
    for sentence in told[:_MOST_NAMED]:
        say(sentence)
    if told[_MOST_NAMED:]:
        say(f"and so do {counted(len(told) - _MOST_NAMED, 'more file')}")


def read_problems(content: Path) -> Problems:
    """Return what the report says of a content folder now."""
    from rehab.compile import compile_site  # noqa: PLC0415 - as above

    return compile_site(content, shown=False)[1]


def show_rest(problems: Problems) -> None:
    """Say what is left for a person."""
    say(f"{count_problems(problems)} left" + (": 'make check' shows where" if problems else ""))


def write_repair(repair: Repair) -> int:
    """Write one file, whole or not at all; return the exit code. A file that has changed meanwhile stays as it is."""
    file = repair.file.resolve()
    try:
        if file.read_bytes() != repair.data:
            return complain(f"'{repair.shown}' has changed meanwhile and stays: run this again", ENVIRONMENT)
        replace(file, repair.after.encode())
    except OSError as wrong:
        reason = reason_of(wrong)
        return complain(f"'{repair.shown}' could not be written: {reason}", ENVIRONMENT)
    say(f"wrote {visible(repair.shown)}")
    return OK


def replace(file: Path, data: bytes) -> None:
    """Put bytes in place of a file's, keeping its permissions. Nobody ever sees half of them."""
    mode = stat.S_IMODE(file.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
