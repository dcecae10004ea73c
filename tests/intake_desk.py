"""What the tests of the intake share: a blog's folder, a clock that is turned by hand, a desk, a mail server."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from functools import cache
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from werkzeug.security import generate_password_hash

from conftest import ROOT
from rehab.intake.app import create_app
from rehab.intake.chances import Chances
from rehab.intake.database import Database
from rehab.intake.desk import Desk
from rehab.intake.settings import Limits, Mail, Settings
from rehab.intake.threads import Threads
from rehab.intake.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from email.message import EmailMessage
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PASSWORD = "correct horse battery"  # noqa: S105 - of a server that runs for a second
SECRET = "a secret of the tests, which is long enough"  # noqa: S105 - as above
SITE = "https://blog.example"
URL = "http://127.0.0.1:8765"
GIT = shutil.which("git") or "git"
FIRST = "20240101T000000Z-parent"

FILES: dict[str, str | bytes] = {
    "posts/knee.md": "---\ntitle: My knee & I\ndate: 2024-01-01\n---\nHello\n",
    "posts/quiet.md": "---\ntitle: Quiet\ndate: 2024-01-01\ncomments: closed\n---\nHello\n",
    "posts/silent.md": "---\ntitle: Silent\ndate: 2024-01-01\ncomments: 'off'\n---\nHello\n",
    "posts/draft.md": "---\ntitle: Draft\ndate: 2024-01-01\nstatus: draft\n---\nHello\n",
    "posts/later.md": "---\ntitle: Later\ndate: 2030-01-01\n---\nHello\n",
    "exercises/bridge.md": "---\ntitle: Bridge\nstatus: stub\n---\n",
    "injuries/glute-pain.md": "---\ntitle: Glute pain\nregion: hip\nred_flags: []\n---\n",
    f"comments/knee/{FIRST}.md": "---\nauthor: Robin\ndate: 2024-01-01\n---\nFirst <b>*words*</b>\n",
    "comments/knee/20240102T000000Z-hidden.md": "---\nauthor: Sam\ndate: 2024-01-02\nstatus: pending\n---\nHidden\n",
}


@dataclass
class Clock:
    """A clock that stands still until a test turns it."""

    now: dt.datetime = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Return the moment."""
        return self.now

    def turn(self, **time: int) -> None:
        """Turn the clock on."""
        self.now += dt.timedelta(**time)


@cache
def hashed() -> str:
    """Return a hash of the password that is quickly made and checked."""
    return generate_password_hash(PASSWORD, "scrypt:1024:8:1")


def make_desk(content: Path, clock: Clock, **said: Any) -> Desk:
    """Return the desk of a server; `said` are settings."""
    folder = content.parent / "inbox" / ".intake"
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(content=content, database=folder / "queue.sqlite", **{"url": URL, "site": SITE, **said})
    database = Database(settings.database)
    return Desk(
        settings=settings,
        secret=SECRET,
        password_hash=hashed(),
        database=database,
        chances=Chances(content, database, pause=0),
        threads=Threads(content, clock, pause=0),
        tokens=Tokens(SECRET, clock),
        clock=clock,
    )


@dataclass
class Server:
    """A desk with a browser in front of it; what is sent goes through the whole application."""

    desk: Desk
    clock: Clock
    browser: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        """Open the browser."""
        self.browser = create_app(self.desk).test_client()

    def post(self, address: str = "192.0.2.1", **fields: str) -> TestResponse:
        """Send the form of a comment."""
        filled = {"thread": "knee", "name": "Ann", "message": "Hi *there*", **fields}
        return self.browser.post("/comment", data=filled, environ_base={"REMOTE_ADDR": address})

    def states(self) -> list[str]:
        """Return the state of everything that ever came, oldest first."""
        return [row["state"] for row in self.desk.database.rows("SELECT state FROM submission ORDER BY number")]

    def log_in(self) -> None:
        """Log in with the password."""
        token = form_token(self.browser.get("/login").text)
        assert self.browser.post("/login", data={"token": token, "password": PASSWORD}).status_code == 303

    def act(self, number: int, action: str) -> TestResponse:
        """Decide in the queue."""
        token = form_token(self.browser.get("/queue").text)
        return self.browser.post("/queue", data={"token": token, "number": str(number), "action": action})


def form_token(html: str) -> str:
    """Return the token that a form of the owner's carries."""
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found
    return found[1]


def published(content: Path) -> list[str]:
    """Return the files of comments in a content folder, without those that were there."""
    files = sorted(content.joinpath("comments").rglob("*"))
    return [
        path for path in (file.relative_to(content).as_posix() for file in files if file.is_file()) if path not in FILES
    ]


def git(content: Path, *words: str) -> str:
    """Run git in a blog's folder and return what it says."""
    who = ("-c", "user.name=Owner", "-c", "user.email=owner@blog.example", "-c", "init.defaultBranch=main")
    done = subprocess.run([GIT, *who, *words], cwd=content.parent, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def make_repository(content: Path) -> None:
    """Make a blog's folder a git repository in which everything is committed."""
    content.parent.joinpath(".gitignore").write_text("/inbox/\n", "utf-8")
    git(content, "init", "--quiet")
    git(content, "add", ".")
    git(content, "commit", "--quiet", "--message", "Begin")


class _Mailbox(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a sender needs."""

    def handle(self) -> None:
        """Take mails until the sender leaves."""
        self._say("220 ready")
        recipient = ""
        while line := self.rfile.readline():
            word = line.decode().strip()
            if word.upper().startswith("RCPT"):
                recipient = word
            if word.upper() == "DATA":
                self._say("354 go on")
                mail = message_from_bytes(b"".join(self._lines()), policy=default)
                self.server.mails.append((recipient, mail))  # type: ignore[attr-defined]
            self._say("221 bye" if word.upper() == "QUIT" else "250 ok")
            if word.upper() == "QUIT":
                return

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _lines(self) -> Iterator[bytes]:
        while (text := self.rfile.readline()) != b".\r\n":
            yield text.removeprefix(b".")


@contextmanager
def mail_server() -> Iterator[tuple[Mail, list[tuple[str, EmailMessage]]]]:
    """Run a mail server on this machine; give how to reach it, and what came."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mailbox) as server:
        server.mails = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.server_address[1]
        yield Mail("127.0.0.1", int(port), "none", "comments@blog.example"), server.mails  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()


def path_in(text: str, word: str) -> str:
    """Return the path of the first link in a text that has a word in it."""
    found: str = next(link for link in re.findall(r"https?://\S+", text) if word in link)
    return str(urlsplit(found).path)


FEW = Limits(comments=3)

PATIENCE = 60.0
"""Seconds after which something that must happen has not: a deadline, reached by failures only."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Running:
    """A server that runs, and a browser that asks it."""

    process: subprocess.Popen[str]
    port: int
    cookie: str = ""

    def ask(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, **headers: str
    ) -> tuple[int, str, str]:
        """Send one request; return the status, the page, and where it leads."""
        body = urlencode(fields) if fields is not None else None
        sent = {**(FORM if body else {}), "Cookie": self.cookie, **headers}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            self.cookie = (answer.getheader("Set-Cookie") or self.cookie).partition(";")[0]
            return answer.status, answer.read().decode(), answer.getheader("Location") or ""
        finally:
            connection.close()

    def log_in(self) -> None:
        """Log in with the password."""
        token = form_token(self.ask("GET", "/login")[1])
        assert self.ask("POST", "/login", {"token": token, "password": PASSWORD})[0] == 303

    def kill(self) -> None:
        """End the process as a loss of power would."""
        self.process.kill()
        self.process.wait(PATIENCE)


def start(content: Path, **variables: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "REHAB_"))}
    said = {"PYTHONPATH": str(ROOT / "plugins"), "REHAB_INTAKE_PASSWORD_HASH": hashed(), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rehab.cli", "intake", "--content", str(content), "--port", "0"]
    return subprocess.Popen(
        command, cwd=content.parent, env={**kept, **said, **variables}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@contextmanager
def running(content: Path, **variables: str) -> Iterator[Running]:
    """Run a server on a free port until the test ends."""
    with start(content, **variables) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            found = re.search(r":(\d+)/comment", line)
            assert found, line + (process.communicate(timeout=PATIENCE)[1] if not line else "")
            yield Running(process, int(found[1]))
        finally:
            process.kill()


def rows(content: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(content.parent / "inbox/.intake/queue.sqlite")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def until(holds: Callable[[], object]) -> None:
    """Ask again until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
