"""The web server for writing: the output folder as a static host shows it, with our script in each page.

In: the output folder, and the hub of open pages. Out: answers to GET and HEAD, for this machine alone. A name that is
not this machine's is refused, or a page elsewhere could have its own name lead here and read what is not published.
"""

from __future__ import annotations

import io
import os
import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from urllib.parse import parse_qs, quote, urlsplit

from rehab.adapter.serve.events import NOTHING, look_of

if TYPE_CHECKING:
    import socket

    from rehab.adapter.serve.events import Hub

HOST: Final = "127.0.0.1"
TRIES: Final = 20
OURS: Final = "/-rehab/"
"""Below this address are the script and the events; no slug begins with a dash."""
_SCRIPT = Path(__file__).with_name("live.js")
_HERE: Final = {"localhost", "127.0.0.1", "[::1]"}
_LAST_PORT: Final = 65_535
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_END = re.compile(rb"</body\s*>", re.IGNORECASE)
_BUILDING = (
    b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Building</title></head>'
    b"<body><p>The site is being built. This page shows itself when it is there.</p></body></html>"
)


class SiteServer(ThreadingHTTPServer):
    """One server for one folder; each request is answered in a thread of its own."""

    daemon_threads = True
    # Elsewhere than on POSIX, this would let two servers share a port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, address: tuple[str, int], hub: Hub) -> None:
        """Bind to the address. Raises OSError where it is taken."""
        self.hub = hub
        super().__init__(address, partial(SiteHandler, directory=str(hub.output)))

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: Any) -> None:  # noqa: ANN401 - as there
        """Say nothing where a browser has hung up."""


def open_server(hub: Hub, port: int) -> SiteServer:
    """Return a server on the port, or on the next one that is free. Raises OSError if none of the next 20 is."""
    last = min(port + TRIES - 1, _LAST_PORT)
    for number in range(port, last + 1):
        try:
            return SiteServer((HOST, number), hub)
        except OSError:
            if number == last:
                raise
    raise AssertionError


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the folder as a static host does: never cached, and our own page where nothing is found."""

    server: SiteServer
    timeout = 60

    def do_GET(self) -> None:
        """Answer with a file, the script, or the stream of events."""
        if not self._is_for_us():
            return
        if self.path.startswith(f"{OURS}events?"):
            self._stream()
            return
        body = self._open()
        if body is not None:
            with body:
                self.copyfile(body, self.wfile)

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        if self._is_for_us():
            body = self._open()
            if body is not None:
                body.close()

    def end_headers(self) -> None:
        """Forbid caching: the next build may change anything."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each request: builds are what the author looks for."""

    def _is_for_us(self) -> bool:
        """Return whether the request names this machine; else it has been refused."""
        name = re.sub(r":\d*$", "", self.headers.get("Host", ""))
        if name.lower() not in _HERE:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "this server answers to localhost alone")
            return False
        return True

    def _open(self) -> BinaryIO | None:
        """Send the head of the answer and return its body, or None where it has none."""
        if self.path == f"{OURS}live.js":
            return self._answer(_SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        path = f"/{urlsplit(self.path).path.lstrip('/')}" if self.path.startswith("/") else "/"
        file = self._file(path)
        if file is not None and self.guess_type(str(file)) == "text/html":
            self.server.hub.ask(file)
        try:
            if file is not None and not path.endswith("/") and file.is_dir():
                return self._send_to(f"{path}/")
            return self._send(file.open("rb"), self.guess_type(str(file))) if file else self._send_lost()
        except (OSError, ValueError):
            return self._send_lost()

    def _file(self, path: str) -> Path | None:
        """Return the file that answers at an address, whether it is there or not; None where that is outside."""
        root = self.server.hub.root
        inside = path.removeprefix(root) if path == root or path.startswith(f"{root}/") else path
        file = Path(self.translate_path(inside or "/"))
        if not file.is_relative_to(self.directory):
            return None
        return file / "index.html" if path.endswith("/") else file

    def _send(self, opened: BinaryIO, kind: str) -> BinaryIO | None:
        look = look_of(opened.fileno())
        if kind == "text/html":
            with opened:
                return self._answer(with_script(opened.read(), look), "text/html; charset=utf-8")
        return self._send_part(opened, kind)

    def _send_part(self, opened: BinaryIO, kind: str) -> BinaryIO | None:
        """Send a file, or the part that was asked for: films are played from the middle."""
        size = os.fstat(opened.fileno()).st_size
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        span = span_of(asked, size) if asked else None
        if asked and span is None and (asked[1] or asked[2]):
            opened.close()
            return self._answer(b"", kind, HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, [f"bytes */{size}"])
        if span is None:
            self._head(HTTPStatus.OK, kind, size, [])
            return opened
        first, last = span
        opened.seek(first)
        with opened:
            part = opened.read(last - first + 1)
        return self._answer(part, kind, HTTPStatus.PARTIAL_CONTENT, [f"bytes {first}-{last}/{size}"])

    def _send_lost(self) -> BinaryIO:
        """Answer with the site's own page for what is not there, or say that the first build is not over."""
        if self.server.hub.is_first:
            return self._answer(
                with_script(_BUILDING, NOTHING), "text/html; charset=utf-8", HTTPStatus.SERVICE_UNAVAILABLE
            )
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.is_file() else b"<!DOCTYPE html><title>404</title><body>Not found</body>"
        return self._answer(with_script(body, NOTHING), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def _send_to(self, path: str) -> BinaryIO:
        """Send a browser on, for this time only: a page may come to be where a folder is."""
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"/{path.lstrip('/')}")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return io.BytesIO()

    def _answer(
        self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, ranges: list[str] | None = None
    ) -> BinaryIO:
        self._head(status, kind, len(body), ranges or [])
        return io.BytesIO(body)

    def _head(self, status: HTTPStatus, kind: str, length: int, ranges: list[str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.send_header("Accept-Ranges", "bytes")
        for each in ranges:
            self.send_header("Content-Range", each)
        self.end_headers()

    def _stream(self) -> None:
        """Send what happens, until the browser or the server goes."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        page = self._file(asked.get("page", "/"))
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        for text in self.server.hub.listen(page, asked.get("seen", NOTHING)):
            self.wfile.write(text.encode())
            self.wfile.flush()


def with_script(html: bytes, look: str) -> bytes:
    """Return a page with our script at its end, which knows how the page looked when it was sent."""
    script = f'<script src="{OURS}live.js" data-seen="{quote(look)}"></script>'.encode()
    ends = list(_END.finditer(html))
    at = ends[-1].start() if ends else len(html)
    return html[:at] + script + html[at:]


def span_of(asked: re.Match[str], size: int) -> tuple[int, int] | None:
    """Return the first and the last byte that a `Range` asks for, or None where the file has none of them."""
    if not asked[1]:
        length = min(int(asked[2] or 0), size)
        return (size - length, size - 1) if length else None
    first, last = int(asked[1]), min(int(asked[2] or size - 1), size - 1)
    return (first, last) if first <= last else None
