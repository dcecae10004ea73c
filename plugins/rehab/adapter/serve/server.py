"""`rehab serve`: the site on this machine while it is written; what is saved is in the browser before the eyes are.

Three parts work beside each other: the watcher tells of changed files, a process of its own builds, and the server
shows the folder and tells open pages what has changed. This file joins them and does nothing else; it imports no
Pelican, so it stands at once and outlives every fault of settings, themes and plugins.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from rehab.adapter.serve.builder import Builder
from rehab.adapter.serve.events import Hub
from rehab.adapter.serve.http import open_server
from rehab.adapter.serve.overlay import state_of
from rehab.adapter.serve.watch import Watched, changes, settings_changes, words_of_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rehab.adapter.serve.http import SiteServer

ASSETS = (".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".woff2", ".mp4", ".webm")
"""Files of a theme that pages load under a name that stays."""


class Said(NamedTuple):
    """One thing that happened: what a part says, in `kind` and `data`."""

    kind: str
    data: Any


class Serving:
    """A running server. One thread, that of `run`, does everything but answer and watch."""

    def __init__(self, settings_file: Path, port: int, say: Callable[[str], None]) -> None:
        """Take the settings file, the port and what prints a text."""
        self.settings_file, self.port, self.say = settings_file.resolve(), port, say
        self.happened: SimpleQueue[Said] = SimpleQueue()
        self.stop = Event()
        self.hub: Hub | None = None
        self.server: SiteServer | None = None
        self.watched = Watched(folders=(), beside=self.settings_file.parent, left=(), code=(), theme=Path())
        self.builder = Builder(self.settings_file, self._hear)
        self.assets = False

    def run(self) -> int:
        """Serve until a signal ends it. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])):
            signal.signal(number, lambda *_: self.happened.put(Said("stop", None)))
        try:
            self._watch(settings_changes)
            self.builder.start()
            while (said := self.happened.get()).kind != "stop":
                getattr(self, f"_on_{said.kind}")(said.data)
        finally:
            self._end()
        return 0

    def _hear(self, kind: str, data: Any) -> None:  # noqa: ANN401 - any JSON value
        self.happened.put(Said(kind, data))

    def _on_places(self, data: dict[str, Any]) -> None:
        """Serve and watch where the settings say, if that is news; then let the first build begin."""
        self.builder.retire()
        watched = watched_of(data, self.settings_file)
        output, root = Path(data["output"]), urlsplit(data["site_url"]).path.rstrip("/")
        if self.hub is None:
            self._serve(Hub(output, root, partial(self._hear, "asked")))
        elif (self.hub.output, self.hub.root) != (output.resolve(), root):
            self.say("the settings name another output folder or address: start 'make serve' again to see it\n")
        if watched != self.watched:
            self.watched, before, self.stop = watched, self.stop, Event()
            self._watch(settings_changes)
            self._watch(changes)
            before.set()  # only now, so that nothing falls between two watchers
        self.builder.send((), self._looked_at())

    def _serve(self, hub: Hub) -> None:
        self.hub, self.server = hub, open_server(hub, self.port)
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        if self.port not in {0, self.server.server_port}:
            self.say(f"port {self.port} is taken\n")
        self.say(f"serving at http://localhost:{self.server.server_port}{hub.root}/, Ctrl-C stops\n")

    def _on_changed(self, files: tuple[Path, ...]) -> None:
        self.say(f"changed: {words_of_changed(files, self.watched.beside)}\n")
        self.assets |= any(file.is_relative_to(self.watched.theme) and file.suffix in ASSETS for file in files)
        program = {*filter(self.watched.needs_new_process, files)}
        if not self.builder.runs or program - {self.settings_file}:
            self.builder.stop()
            self.builder.start()
        elif program:
            self.builder.renew(files, self._looked_at())
        else:
            self.builder.send(files, self._looked_at())

    def _looked_at(self) -> tuple[Path, ...]:
        return self.hub.looked_at if self.hub else ()

    def _on_asked(self, page: Path) -> None:
        """Have a page made before others that somebody asked for: it may be as it was before the last save."""
        self.builder.ask(page)

    def _on_pages(self, data: dict[str, Any]) -> None:
        if self.hub:
            self.hub.look()
            if "state" in data:
                self.hub.tell(data["state"])
        self.say(data["text"])

    def _on_built(self, data: dict[str, Any]) -> None:
        self.say(data["text"])
        if self.hub:
            self.hub.is_first = False
            self.hub.tell(data["state"])
            self.hub.reload() if self.assets else self.hub.look()
        self.assets = False

    def _on_failed(self, data: dict[str, Any]) -> None:
        """Say why there was no build. Before the first one there may be nothing to serve; the watcher goes on."""
        self.builder.retire()
        self.say(f"{data['text']}\n")
        if self.hub:
            self.hub.tell(data["state"])

    def _on_ended(self, words: str) -> None:
        """Say why the building process has ended, unless it said so itself. The next change starts another."""
        self._on_failed({"text": words, "state": state_of((), Path(), "", failed=words)})

    def _watch(self, look: Callable[[Watched, Event, Callable[[], None]], Iterator[tuple[Path, ...]]]) -> None:
        """Watch in a thread, and come back when everything that is saved from now on is seen."""
        ready, watched, stop = Event(), self.watched, self.stop

        def watch() -> None:
            for batch in look(watched, stop, ready.set):
                self._hear("changed", batch)

        Thread(target=watch, daemon=True).start()
        ready.wait(_LONG)

    def _end(self) -> None:
        self.stop.set()
        if self.hub and self.server:
            self.hub.close()
            self.server.shutdown()
            self.server.server_close()
        self.builder.stop()


_LONG = 10
"""Seconds that a watcher may take to begin."""


def watched_of(data: dict[str, Any], settings_file: Path) -> Watched:
    """Return what to watch, from where the settings have things."""
    content, theme = Path(data["content"]), Path(data["theme"])
    package = Path(__file__).resolve().parents[2]
    plugins = (*(Path(each) for each in data["plugins"]), package)
    overrides = tuple(Path(each) for each in data["overrides"])
    return Watched(
        folders=tuple(dict.fromkeys((content, theme, *overrides, *plugins))),
        beside=settings_file.parent,
        left=(Path(data["output"]), Path(data["cache"])),
        code=plugins,
        theme=theme,
    )


def serve(settings_file: Path, port: int, say: Callable[[str], None] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM. A port that is taken gives way to the next one. Returns the exit code.

    `say` prints a text that ends its own lines. Raises OSError where no port is free.
    """
    return Serving(settings_file, port, say or _say).run()


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
