"""A running `rehab serve` for tests: started, asked, listened to and ended, with a deadline on everything."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from conftest import ROOT
from rehab.adapter.serve.events import Hub
from rehab.adapter.serve.http import SiteServer, open_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEADLINE = 30.0


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    text: str
    headers: dict[str, str]


class Event(NamedTuple):
    """One server-sent event."""

    name: str
    data: dict[str, Any]


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask a server of this machine for a path as it is written. Header names have `_` for `-`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    try:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(), dict(answer.getheaders()))
    finally:
        connection.close()


class Stream:
    """An open page: hears what the server says of it, in a thread."""

    def __init__(self, port: int, page: str, seen: str = "nothing") -> None:
        """Open the stream of a page that looked so when it was sent."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        self._connection.request("GET", f"/-rehab/events?{urlencode({'page': page, 'seen': seen})}")
        self._socket = self._connection.sock  # the answer takes it away from the connection
        self._answer = self._connection.getresponse()
        self._events: SimpleQueue[Event | None] = SimpleQueue()
        Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        name = ""
        try:
            for raw in self._answer:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self._events.put(Event(name, json.loads(line[6:])))
        except (OSError, ValueError):
            pass
        self._events.put(None)

    def close(self) -> None:
        """Close the page."""
        self._socket.shutdown(socket.SHUT_RDWR)

    def wait(self, wanted: Callable[[Event], bool], patience: float = DEADLINE) -> Event:
        """Return the first event that is wanted; fails where none comes in that many seconds or the stream ends."""
        until = time.monotonic() + patience
        while True:
            try:
                event = self._events.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise AssertionError("the server did not say so in time") from None
            assert event is not None, "the stream ended"
            if wanted(event):
                return event

    def ends(self) -> bool:
        """Return whether the stream ends in time."""
        until = time.monotonic() + DEADLINE
        while self._events.get(timeout=max(0.0, until - time.monotonic())) is not None:
            pass
        return True


class Live:
    """A server in a process of its own, and all that it has printed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Listen to a process."""
        self.process, self.lines = process, SimpleQueue[str]()
        self.printed: list[str] = []
        Thread(target=self._hear, daemon=True).start()
        self.port = int(self.line("serving at http://localhost:").split("localhost:")[1].split("/")[0])

    def _hear(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line)

    def line(self, start: str, patience: float = DEADLINE) -> str:
        """Return the next printed line that begins so; fails where none comes in that many seconds."""
        until = time.monotonic() + patience
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise AssertionError(f"no line began with {start!r}: {''.join(self.printed)}") from None
            self.printed.append(line)
            if line.startswith(start):
                return line

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=DEADLINE)


@contextmanager
def showing(site: Path) -> Iterator[SiteServer]:
    """Show a folder as `rehab serve` shows what it built, in this process and on a free port."""
    hub = Hub(site)
    hub.is_first = False
    with open_server(hub, 0) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            hub.close()
            server.shutdown()
            thread.join()


@contextmanager
def running(settings: Path, port: int = 0) -> Iterator[Live]:
    """Run a server until the end of the block, whatever happens in it."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "rehab.cli", "serve", "-p", str(port), "-s", str(settings)]
    process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    with process:
        try:
            yield Live(process)
        finally:
            if process.poll() is None:
                process.kill()


def until(wanted: Callable[[], bool]) -> None:
    """Wait until something is so, looking again whenever a moment has gone by; fails at the deadline."""
    from threading import Event as Flag  # noqa: PLC0415 - the name of an event is taken here

    moment, end = Flag(), time.monotonic() + DEADLINE
    while not wanted():
        assert time.monotonic() < end, "it did not come to be so in time"
        moment.wait(0.02)
