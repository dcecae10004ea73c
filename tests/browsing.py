"""A Chromium that can reach this machine only, and folders served on it: what all tests in a browser begin with.

The fixture `browser` of `conftest.py` gives the one; `serving` gives the other, `answering` a server of no files.
"""

from __future__ import annotations

import shutil
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --no-proxy-server
--disable-component-update --disable-sync""".split()
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "best-practice"]
"""What axe is asked for: every level of WCAG, and what its makers recommend beside."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start one headless Chromium; the test is skipped where there is none."""
    playwright_module: Any = pytest.importorskip("playwright.sync_api", reason="the tests' packages are not here")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium is installed: apt install chromium")
    with playwright_module.sync_playwright() as playwright:
        started: Browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, NOWHERE])
        yield started
        started.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves the files of a folder and says nothing."""

    def send_head(self) -> Any:
        """Never say that a file is as it was: dates of HTTP have whole seconds, and two builds fit into one."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it is called with
        """Leave the terminal to pytest."""


@contextmanager
def serving(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """Serve a folder on a free port; give its address without a slash at its end."""
    with answering(partial(handler, directory=str(folder))) as address:
        yield address


class Patient(ThreadingHTTPServer):
    """Takes it that a browser leaves a page before all of it has come."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless nobody listens any more."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Answer on a free port of this machine as a handler does; give the address without a slash at its end."""
    with Patient(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
