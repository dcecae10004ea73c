"""A check of a content folder that remembers: where nothing has changed, the last answer still holds.

In: a content folder, and a file to remember in. Out: what was found and what was read. The memory is a
convenience: it can be deleted at any time, and one that is damaged or of another version is as good as none.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, to_builtins

from rehab.source.marks import read_mark
from rehab.source.place import Place
from rehab.source.problem import Problem
from rehab.source.read import read_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.options import Options
    from rehab.source.problem import Problems


PROGRAM = Path(__file__).resolve().parents[1]
"""Where the program itself lies: another version of it may find other problems."""


class Checked(Struct, frozen=True):
    """What is wrong, the paths of all documents, and the texts of those that excerpts may be shown of."""

    problems: Problems
    paths: tuple[str, ...]
    texts: Mapping[str, str]


def check_content(content: Path, options: Options, memory: Path | None = None) -> Checked:
    """Check a content folder, or remember the last check where nothing has changed since, the day included.

    Nothing is remembered without `memory`, nor while a file is younger than a second. What pictures are is remembered
    in the folder `images` beside it, which builds use too.
    """
    mark = _mark(content, options) if memory else None
    if memory and mark and (known := _recall(memory, mark, content)):
        return known
    from rehab.compile import compile_site  # noqa: PLC0415 - what is remembered needs none of it
    from rehab.images.seen import read_seen, save_seen  # noqa: PLC0415 - as above

    pictures = memory.with_name("images") if memory else None
    seen = read_seen(pictures, now_ns=time.time_ns()) if pictures else None
    site, problems = compile_site(content, options, shown=False, seen=seen)
    if pictures and seen:
        with suppress(OSError):
            save_seen(pictures, seen)
    checked = Checked(problems, tuple(site.texts), site.texts)
    if memory and mark:
        _remember(memory, mark, checked)
    return checked


def _mark(content: Path, options: Options) -> str | None:
    """Return the fingerprint of the content, of what the site chooses, and of the program that reads it."""
    now = time.time_ns()
    program = read_mark(PROGRAM, now_ns=now)
    seen = read_mark(content, now_ns=now)
    return f"{sys.version_info}:{options}:{program}:{seen}" if program and seen else None


def _recall(memory: Path, mark: str, content: Path) -> Checked | None:
    try:
        said = json.loads(memory.read_text("utf-8"))
        if said["mark"] != mark:
            return None
        problems = tuple(_problem(data) for data in said["problems"])
        paths = tuple(str(path) for path in said["paths"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    wrong = sorted({problem.place.path for problem in problems} & set(paths))
    texts = {path: read_document(str(content.parent / path), path)[1] for path in wrong}
    return Checked(problems, paths, texts)


def _problem(data: Mapping[str, Any]) -> Problem:
    related = tuple((Place(**place), str(word)) for place, word in data["related"])
    return Problem(**{**data, "place": Place(**data["place"]), "related": related})


def _remember(memory: Path, mark: str, checked: Checked) -> None:
    """Keep an answer. That it cannot be kept is no reason to keep it from anybody."""
    said = {"mark": mark, "problems": to_builtins(checked.problems), "paths": checked.paths}
    fresh = memory.with_name(f"{memory.name}.new")
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(said), "utf-8")
        fresh.replace(memory)
    except OSError:
        return
