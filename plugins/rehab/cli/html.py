"""`rehab html`: build the site into `output/` and say what was built."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rehab.cli.exits import CONFIGURATION
from rehab.cli.progress import picture_bar
from rehab.cli.project import content_folder, read_assigned, settings_fault, settings_option
from rehab.cli.show import complain, counted, has_errors, read_texts, say, show_messages
from rehab.site.waiting import render_waiting
from rehab.source.report import count_problems, render_report

if TYPE_CHECKING:
    from rehab.adapter.run import BuildResult

OUTPUT = Path("output")
CACHE = ".cache"
"""The cache's name where the settings do not say another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a build, so that it can be said again where nothing has changed since."""

    messages: tuple[str, ...]
    report: str
    made: str
    files: int
    last: tuple[str, ...]


def summary(built: BuildResult, output: Path) -> str:
    """Return what a build did, in one sentence."""
    return f"built {_made(built)} in {output}/ ({_changes(built)}) in {built.seconds:.1f} s"


def _made(built: BuildResult) -> str:
    return f"{counted(built.pages, 'page')} and {counted(built.images, 'image')}"


def _changes(built: BuildResult) -> str:
    changes = [f"{built.written} rewritten", f"{built.unchanged} unchanged"]
    if built.removed:
        changes.append(f"{built.removed} removed")
    return ", ".join(changes)


@click.command()
@click.argument("content", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to build.")
@settings_option
def html(content: Path | None, output: Path | None, settings: Path) -> int:
    """Build the site into output/.

    CONTENT is another content folder than the one that the settings name.

    Problems are reported, shown on the page, and keep nothing from being built.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    from rehab.adapter import unchanged  # noqa: PLC0415 - `rehab --help` needs none of it

    started, began = time.perf_counter(), time.time_ns()
    words = tuple(str(each.resolve()) if each else "" for each in (settings, content, output))
    record = unchanged.record_file(_cache(settings), *words)
    around = unchanged.surroundings(*words)
    known = unchanged.recall(record, around)
    if known and known.whole and (said := _answer_of(known.said)):
        return _tell(said, f"0 rewritten, {said.files} unchanged", time.perf_counter() - started, output or OUTPUT)
    from rehab.adapter.witness import Witness  # noqa: PLC0415 - as above

    witness = Witness()
    witness.watch()
    from rehab.adapter.left import read_left, spell_left  # noqa: PLC0415 - as above
    from rehab.adapter.run import build  # noqa: PLC0415 - Pelican takes a second to load

    left = read_left(known.said) if known else {}
    with picture_bar() as told:
        built = build(settings, content=content, output=output, progress=told, known=left)
    witness.rest()
    answer = _answer(built, (content or content_folder(settings)).parent)
    if built.exit_code:
        _tell_problems(answer)
        return complain("the build stopped before its end", built.exit_code)
    if built.inputs:
        kept = {**asdict(answer), "left": spell_left(built.left)}
        unchanged.remember(record, around, built.inputs, witness, kept, began=began)
    return _tell(answer, _changes(built), built.seconds, output or OUTPUT)


def _cache(settings: Path) -> Path:
    return content_folder(settings).parent / read_assigned(settings, "REHAB_CACHE", default=CACHE)


def _answer(built: BuildResult, folder: Path) -> Answer:
    """Return what there is to say of a build; `folder` holds the content folder."""
    problems = built.problems
    report = render_report(problems, read_texts(problems, folder)).rstrip("\n") if problems else ""
    last = [count_problems(problems)] if problems else []
    if has_errors(problems):
        last = [f"{count_problems(problems)}, shown on the pages: 'make publish' needs them mended"]
    if built.waiting:
        last.append(render_waiting(built.waiting).rstrip("\n"))
    return Answer(built.messages, report, _made(built), built.written + built.unchanged, tuple(last))


def _answer_of(known: Any) -> Answer | None:  # noqa: ANN401 - as it came from a file
    """Return a remembered answer, or None where there is none."""
    try:
        return Answer(tuple(known["messages"]), known["report"], known["made"], known["files"], tuple(known["last"]))
    except (TypeError, KeyError):
        return None


def _tell_problems(answer: Answer) -> None:
    show_messages(answer.messages)
    if answer.report:
        say(answer.report)


def _tell(answer: Answer, changes: str, seconds: float, output: Path) -> int:
    _tell_problems(answer)
    say(f"built {answer.made} in {output}/ ({changes}) in {seconds:.1f} s")
    for line in answer.last:
        say(line)
    return 0
