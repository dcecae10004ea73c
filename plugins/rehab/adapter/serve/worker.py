"""The process that builds for a running server: it stays, so that a saved page need not wait for anything to load.

In: batches of changed files and the pages that are open then, as JSON lines on the input stream. Out: what came of
them, as JSON lines on the output stream. After each batch what somebody waits for comes first, then the whole site. A
batch that arrives while the site is built ends that build, for it is late already. A change of settings or program code
ends the process: the server starts another, and nothing old is left in memory; until that one is ready, this one shows
what it can of new settings. It ends when its input does, so no server leaves one behind.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs
from pelican.plugins import signals

from rehab.adapter.build import build_of
from rehab.adapter.keep.ledger import read_ledger, save_ledger
from rehab.adapter.keep.reading import known_before, save_known
from rehab.adapter.left import Remains
from rehab.adapter.run import BuildResult, Places, build, read_places
from rehab.adapter.serve.ahead import show_ahead
from rehab.adapter.serve.chosen import read_chosen
from rehab.adapter.serve.first import show_saved, show_settings, show_theme
from rehab.adapter.serve.inbox import Inbox, end_all
from rehab.adapter.serve.overlay import state_of
from rehab.adapter.serve.release import forget, release
from rehab.adapter.serve.single import ours_of
from rehab.adapter.settings import cache_of
from rehab.site.waiting import render_waiting
from rehab.source.fault import words_of_fault
from rehab.source.report import render_report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rehab.adapter.serve.inbox import Batch


class Superseded(BaseException):
    """Something was saved while a build ran. No `except Exception` on the way may hold it."""


class Session:
    """What stays from build to build: the generators of the last one, and what was told of it."""

    def __init__(self, settings_file: Path, places: Places, tell: Callable[..., None], inbox: Inbox) -> None:
        """Listen to Pelican. Connecting is enough: its signals hold receivers weakly, and the session lives."""
        self.settings_file, self.places, self.tell, self.inbox = settings_file, places, tell, inbox
        self.generators: Sequence[Any] = ()
        self._unfinished: list[Any] = []
        self.left = Remains()
        self._began, self._saved = time.time_ns(), False
        self.known = known_before(places.cache)
        self._chosen = read_chosen(settings_file)
        signals.generator_init.connect(self._begin)
        signals.all_generators_finalized.connect(self._keep)
        signals.article_generator_preread.connect(self.give_way)
        signals.content_written.connect(self._written)
        signals.feed_written.connect(self._written)
        signals.get_writer.connect(self._show_ahead)
        self._building = False
        self._due: tuple[Path, ...] = ()
        self._failed = ""
        self._told = 0.0
        self._behind = 0

    def turn(self, batch: Batch) -> None:
        """Do all that a batch asks for. The first one comes when what is saved from then on is seen.

        With other settings, another process builds the site.
        """
        self.show_first(batch)
        if self.settings_file in batch.changed:
            return
        if self._behind >= _MANY:
            self.tidy()
        self.build()
        self.rest()

    def show_first(self, batch: Batch) -> None:
        """Write the pages of saved files, and those that are open, and remove those of deleted ones."""
        theme = {file for file in batch.changed if file.is_relative_to(self.places.theme)}
        styled = any(not file.is_relative_to(self.places.theme / "templates") for file in theme)
        has_theme = theme or any(file.is_relative_to(each) for file in batch.changed for each in self.places.overrides)
        if has_theme:
            self.left = Remains()
        self.known.forget(map(str, batch.changed), str(self.places.content.parent))
        self._due = batch.looked_at
        if not self.generators:
            return
        started = time.perf_counter()
        # What is wrong here is wrong in the build that follows, which says it.
        with contextlib.suppress(Exception):
            self._remove(file for file in batch.changed if not file.exists())
            urls = show_saved(self.generators, batch.changed, batch.looked_at)
            urls += show_theme(self.generators, batch.looked_at, styled=styled) if has_theme else ()
            urls += self._show_settings(batch.looked_at) if self.settings_file in batch.changed else ()
            took = time.perf_counter() - started
            said = "".join(f"shown: /{url} ({took:.2f} s)\n" for url in urls)
            self.tell("pages", text=said, **(self._state() if urls else {}))
            self._remember()  # one that is deleted before the whole build would otherwise be nobody's

    def _show_settings(self, looked_at: Sequence[Path]) -> tuple[str, ...]:
        now = read_chosen(self.settings_file)
        return show_settings(self.generators, self._chosen, now, looked_at)

    def _state(self) -> dict[str, Any]:
        """Return what is wrong as far as is known before the site is built, unless it could not be built at all."""
        if self._failed:
            return {}
        problems = ours_of(self.generators).build.problems
        return {"state": state_of(problems, self.places.content.parent, self.places.editor)}

    def build(self) -> None:
        """Build the whole site, and tell what came of it, unless something is saved before the end."""
        self._building = True
        try:
            result = build(self.settings_file, serving=True, known=self.left, read=self.known, heed=self.give_way)
        except Superseded:
            release(self._unfinished)
            self._remember()
            return
        except OSError as wrong:
            result = BuildResult(messages=(f"the build stopped: {words_of_fault(wrong)}",), exit_code=1)
        except Exception as error:  # noqa: BLE001 - a fault of a theme, a plugin or ours: it is shown, and serving goes on
            traceback.print_exc()
            words = "".join(traceback.format_exception_only(error)).strip()
            result = BuildResult(messages=(f"the build stopped: {words}",), exit_code=1)
        finally:
            self._unfinished, self._building = [], False
        # What other plugins read nobody knows: with them, every page is made each time.
        self.left = result.left if result.inputs else Remains()
        self._failed = "\n".join(result.messages) if result.exit_code else ""
        state = state_of(result.problems, self.places.content.parent, self.places.editor, failed=self._failed)
        self.tell("built", state=state, text=_words(result, self.places))

    def rest(self) -> None:
        """Give back what nobody needs, and keep once what was read: settings that change begin another process."""
        forget()
        if not self.generators:
            return
        texts = build_of(self.generators[0].settings).linked.texts
        self.known.keep(texts)
        if not self._saved:
            self._saved = True
            save_known(self.places.cache, self.known, texts, self._began)
        if self._behind and self.inbox.quiet():
            self.tidy()

    def tidy(self) -> None:
        """Give back what earlier builds have left in circles. All memory is searched for it, and that takes long."""
        self._behind = 0
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def _begin(self, generator: object) -> None:
        self._unfinished.append(generator)

    def _keep(self, generators: Sequence[Any]) -> None:
        self._unfinished = []
        before, self.generators = self.generators, generators
        self._behind += 1
        release(before)

    def give_way(self, sender: object = None) -> None:  # noqa: ARG002 - Pelican's signature
        """End the build that runs, if something was saved."""
        if self._building and self.inbox.waiting:
            raise Superseded

    def _show_ahead(self, pelican: object) -> None:  # noqa: ARG002 - Pelican's signature
        """Write the open pages before all others, and tell what is wrong with the texts."""
        self.give_way()
        due, self._due = self._due, ()
        if self._building:
            show_ahead(self.generators, (*due, *self.inbox.asked()))
            self.tell("pages", text="", **self._state())

    def _written(self, path: str, **_: object) -> None:  # noqa: ARG002 - as above
        """Between two files, see whether somebody waits for another one, and tell of those that were written."""
        self.give_way()
        if self._building and (asked := self.inbox.asked()):
            show_ahead(self.generators, asked)
            self._told = 0.0
        now = time.monotonic()
        if self._building and now - self._told > _OFTEN:
            self._told = now
            self.tell("pages", text="")

    def _remove(self, deleted: Any) -> None:  # noqa: ANN401 - any files
        """Remove the pages of files that are gone, so that they are not found from now on."""
        gone = set(deleted)
        if not gone:
            return
        names = {file.name for file in gone}
        ours = ours_of(self.generators)
        output = Path(ours.output_path)
        known = set(read_ledger(cache_of(ours.settings), output) or ())
        for content in ours.contents():
            source = str(content.source_path or "")
            # To resolve each of thousands would take longer than to build their pages.
            if source.rpartition(os.sep)[2] in names and Path(source).resolve() in gone and content.save_as in known:
                (output / content.save_as).unlink(missing_ok=True)
        self.tell("pages", text="")

    def _remember(self) -> None:
        """Keep in the record what an ended build has written: a later one may have to remove it."""
        if self.generators:
            settings = self.generators[0].settings
            cache, output = cache_of(settings), Path(settings["OUTPUT_PATH"])
            save_ledger(cache, output, {*(read_ledger(cache, output) or ()), *build_of(settings).written})


_MANY = 4
"""Builds that have left something behind, after which it is given back although nobody rests."""
_OFTEN = 0.1
"""Seconds between two words on pages that were written."""


def find_places(settings_file: Path, tell: Callable[..., None]) -> Places | None:
    """Read and tell where things are, or why the settings lead to no site."""
    places = read_places(settings_file)
    if isinstance(places, str):
        tell("failed", state=state_of((), Path(), "", failed=places), text=places)
        return None
    fields = structs.asdict(places)
    tell("places", **{name: [*map(str, value)] if isinstance(value, tuple) else str(value)
                      for name, value in fields.items()})  # fmt: skip
    return places


def _words(result: BuildResult, places: Places) -> str:
    """Return what the terminal says of a build."""
    said = "".join(f"pelican: {message}\n" for message in result.messages)
    texts = result.site.texts if result.site else {}
    said += render_report(result.problems, texts)
    if result.exit_code:
        return f"{said}the build stopped before its end\n"
    removed = f", {result.removed} removed" if result.removed else ""
    counts = f"{result.pages} pages and {result.images} images"
    changes = f"{result.written} rewritten, {result.unchanged} unchanged{removed}"
    built = f"built {counts} in {places.output.name}/ ({changes}) in {result.seconds:.1f} s\n"
    return f"{said}{built}{render_waiting(result.waiting)}"


def main() -> None:
    """Build, then build again for each batch, until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends this process
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what a settings file or a plugin prints is no answer

    def tell(kind: str, **said: Any) -> None:  # noqa: ANN401 - any JSON value
        out.write(json.dumps({"kind": kind, **said}) + "\n")

    inbox = Inbox(sys.stdin, end_all)
    settings_file = Path(sys.argv[1]).resolve()
    places = find_places(settings_file, tell)
    if places is None:
        return
    session = Session(settings_file, places, tell, inbox)
    while True:
        session.turn(inbox.take())
