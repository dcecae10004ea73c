"""`rehab serve`: build, show the site on this machine, and build again on each change.

Each build is a process of its own, so that changed templates, settings and plugin code are seen and no
memory is kept from build to build. The server binds to this machine alone.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from pelican import read_settings
from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"
TRIES = 20
MOMENT = 300
"""Milliseconds after which the watcher says that nothing has changed."""


def serve(settings_file: Path, port: int) -> int:
    """Serve until Ctrl-C. A port that is taken gives way to the next one. Returns the exit code."""
    settings = read_settings(str(settings_file))
    output = Path(settings["OUTPUT_PATH"])
    changes = _changes(settings_file, settings)
    next(changes)  # what is saved from here on is seen, also while the first build runs
    _build(settings_file)
    server = open_server(output, port)
    Thread(target=server.serve_forever, daemon=True).start()
    if port not in {0, server.server_port}:
        _say(f"port {port} is taken")
    _say(f"serving at http://localhost:{server.server_port}/, Ctrl-C stops")
    try:
        for changed in filter(None, changes):
            _say(f"changed: {changed}")
            _build(settings_file)
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()
        server.server_close()
    return 0


def _build(settings_file: Path) -> None:
    subprocess.run([sys.executable, "-m", "rehab.cli", "html", "-s", str(settings_file)], check=False)


def _changes(settings_file: Path, settings: dict[str, object]) -> Iterator[str]:
    """Yield the names of changed files, once for each batch, until Ctrl-C.

    The first thing it yields, and whenever nothing has changed for a moment, is the empty string.
    """
    here = settings_file.resolve().parent
    folders = (Path(str(settings["PATH"])), Path(str(settings["THEME"])), here / "plugins")
    files = here.glob("*conf.py")
    watched = [path for path in (*folders, *files) if path.exists()]
    for batch in watch(*watched, raise_interrupt=True, yield_on_timeout=True, rust_timeout=MOMENT):
        names = sorted({Path(path).name for _, path in batch if "__pycache__" not in path})
        yield ", ".join(names[:5])


def open_server(output: Path, port: int) -> ThreadingHTTPServer:
    """Return a server for a folder, on the port or on the next one that is free. Raises OSError if none is."""
    handler = partial(SiteHandler, directory=str(output))
    for number in range(port, port + TRIES):
        try:
            return ThreadingHTTPServer((HOST, number), handler)
        except OSError:
            if number == port + TRIES - 1:
                raise
    raise AssertionError


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the folder as a static host does: never cached, and our own page where nothing is found."""

    def end_headers(self) -> None:
        """Forbid caching: the next build may change anything."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page with the site's own page for that."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():  # noqa: PLR2004 - HTTP's own number
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each request: builds are what the author looks for."""


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
