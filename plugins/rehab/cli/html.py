"""`rehab html`: build the site into `output/` and say what was built."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import asdict, replace

from rehab.cli.answer import answer_of, answer_to, words_of_made
from rehab.cli.exits import CONFIGURATION, ENVIRONMENT
from rehab.cli.options import settings_option
from rehab.cli.progress import picture_bar
from rehab.cli.project import content_folder, read_assigned, settings_fault
from rehab.cli.show import complain, say, show_messages
from rehab.cli.timings import render_timings
from rehab.cli.why import Done, file_name, render_why
from rehab.source.fault import words_of_fault
from rehab.source.looks import look_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.edit.patch import Patched
    from rehab.adapter.keep.unchanged import Record
    from rehab.adapter.left import Remains
    from rehab.adapter.run import BuildResult
    from rehab.cli.answer import Answer
    from rehab.cli.last import Last

OUTPUT = Path("output")
CACHE = ".cache"
"""The cache's name where the settings do not say another."""


def summary(built: BuildResult, output: Path) -> str:
    """Return what a build did, in one sentence."""
    changes = _changes(built.written, built.unchanged, built.removed)
    return f"built {words_of_made(built)} in {output}/ ({changes}) in {built.seconds:.1f} s"


def _changes(written: int, unchanged: int, removed: int) -> str:
    changes = [f"{written} rewritten", f"{unchanged} unchanged"]
    if removed:
        changes.append(f"{removed} removed")
    return ", ".join(changes)


@click.command()
@click.argument("content", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Where to build.")
@click.option("--timings", is_flag=True, help="Say where the time went, by stage, kind of page, and slowest pages.")
@click.option(
    "--why", metavar="PAGE", default="", help="Say why a page was made anew or left: its address or its file."
)
@settings_option
def html(content: Path | None, output: Path | None, settings: Path, *, timings: bool, why: str) -> int:
    """Build the site into output/.

    CONTENT is another content folder than the one that the settings name.

    Problems are reported, shown on the page, and keep nothing from being built.
    """
    if reason := settings_fault(settings):
        return complain(reason, CONFIGURATION)
    try:
        return _make(_call(settings, content, output, why=why), timings=timings)
    except OSError as wrong:
        return complain(f"the build stopped before its end: {words_of_fault(wrong)}", ENVIRONMENT)


def _make(call: Call, *, timings: bool) -> int:
    """Do as little as the last build leaves to do: nothing, the words that are new, or everything. Raises OSError."""
    known = call.last.recall()
    said = answer_of(known.said) if known else None
    if known and said and known.whole:
        if timings:
            say("nothing was made, so there is no time to show: all is as the last build left it")
        code = _tell(said, _changes(0, said.files, 0), call.seconds, call.shown)
        call.explain(Done(), known.inputs.output, known.inputs.written)
        return code
    if known and said and known.changed and not timings and (patched := _patch(call, known, said)):
        files = said.files + len(patched.files) - len(known.inputs.written)
        code = _tell(
            said, _changes(patched.written, files - patched.written, patched.removed), call.seconds, call.shown
        )
        done = Done(touched=_named(known), words=True, made=patched.made)
        call.explain(done, known.inputs.output, patched.files)
        return code
    left, done = call.last.remains(known), _done_whole(known)
    del known  # how each file looked, which is much, and nothing to a whole build
    return _build(call, left, done, timings=timings)


def _done_whole(known: Record | None) -> Done:
    """Return what is to be said of a whole build before it is done."""
    if known is None:
        return Done(touched=None)
    return Done(touched=_named(known), gone=known.changed is None)


def _named(known: Record) -> tuple[str, ...]:
    """Return the files that were touched since the last whole build, as authors know them."""
    above = f"{Path(known.inputs.content).parent}/"
    return tuple(sorted(path.removeprefix(above) for path in {*known.since, *(known.changed or ())}))


class Call(Struct, frozen=True, kw_only=True):
    """What the command was called with, when, and what it has of its last build."""

    settings: Path
    content: Path | None
    output: Path | None
    last: Last
    started: float
    why: str

    def explain(self, done: Done, output: str, files: Iterable[str]) -> None:
        """Say why the page that was asked for was made anew or left."""
        name = file_name(self.why, files) if self.why else ""
        if self.why:
            look = look_of(f"{output}/{name}")
            differs = bool(look) and max(look[1:3]) >= self.last.began
            unknown = f"there is no page '{self.why}': name its address, such as posts/my-knee/"
            say(render_why(name, done, differs=differs) if name else unknown)

    @property
    def seconds(self) -> float:
        """Return the seconds since it was called."""
        return time.perf_counter() - self.started

    @property
    def shown(self) -> Path:
        """Return the output folder as it is spoken of."""
        return self.output or OUTPUT


def _call(settings: Path, content: Path | None, output: Path | None, *, why: str) -> Call:
    from rehab.cli.last import last_build  # noqa: PLC0415 - `rehab --help` needs none of it

    started, began = time.perf_counter(), time.time_ns()
    words = (str(each.resolve()) if each else "" for each in (settings, content, output))
    last = last_build(_cache(settings), began, *words)
    return Call(settings=settings, content=content, output=output, last=last, started=started, why=why)


def _patch(call: Call, known: Record, said: Answer) -> Patched | None:
    """Write the pages whose words were changed, where nothing else was, or return None."""
    from rehab.adapter.keep.witness import Witness  # noqa: PLC0415 - as above
    from rehab.adapter.memory import lasting  # noqa: PLC0415 - as above

    witness = Witness()
    witness.watch()
    with lasting():
        from rehab.adapter.edit.patch import Whole, patch  # noqa: PLC0415 - Pelican takes a while to load

        whole = Whole(
            snapshot=call.last.snapshot,
            digest=str(known.said.get("snapshot")),
            messages=said.messages,
            files=known.inputs.written,
            search=tuple(known.said.get("search", ())),
        )
        touched = {*known.since, *(known.changed or ())}
        try:
            patched = patch(call.settings, touched, whole, content=call.content, output=call.output)
        except Exception as fault:  # noqa: BLE001 - a whole build needs nothing of this
            patched = None
            words = f"{type(fault).__name__}: {fault}"
            complain(f"a fault of this program, please report it: the site is built whole after {words}", 0)
    witness.rest()
    if patched:
        inputs = replace(known.inputs, written=patched.files)
        files = said.files + len(patched.files) - len(known.inputs.written)
        kept = {**known.said, "files": files, "search": patched.search}
        call.last.keep_patched(inputs, witness, kept, known, patched.made)
    return patched


def _build(call: Call, left: Remains, done: Done, *, timings: bool) -> int:
    """Build the site whole, with what the last build left; `done` says what was touched since."""
    from rehab.adapter.keep.witness import Witness  # noqa: PLC0415 - as above
    from rehab.adapter.memory import lasting  # noqa: PLC0415 - as above

    witness = Witness()
    witness.watch()
    with lasting():
        from rehab.adapter.run import build  # noqa: PLC0415 - Pelican takes a second to load
        from rehab.adapter.timings import Timings  # noqa: PLC0415 - as above

    clock = Timings() if timings else None
    with picture_bar() as told:
        built = build(
            call.settings, content=call.content, output=call.output, progress=told, known=left, timings=clock,
            snapshot=call.last.snapshot,
        )  # fmt: skip
    witness.rest()
    answer = answer_to(built, (call.content or content_folder(call.settings)).parent)
    if built.exit_code:
        _tell_problems(answer)
        return complain("the build stopped before its end", built.exit_code)
    if built.inputs:
        said = {**asdict(answer), "snapshot": built.snapshot, "search": built.search}
        call.last.keep(built.inputs, witness, built.left, said)
    code = _tell(answer, _changes(built.written, built.unchanged, built.removed), built.seconds, call.shown)
    for line in render_timings(clock) if clock else ():
        say(line)
    if built.inputs:
        done = replace(done, left=built.stood, because=built.because)
        call.explain(done, built.inputs.output, built.files)
    return code


def _cache(settings: Path) -> Path:
    return content_folder(settings).parent / read_assigned(settings, "REHAB_CACHE", default=CACHE)


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
