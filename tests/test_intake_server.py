"""The intake as a server: a process of its own, real sockets, real git, killed where it hurts."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

pytest.importorskip("flask", reason="the intake is optional")

from conftest import ROOT
from intake_desk import (
    FILES,
    FORM,
    GIT,
    PATIENCE,
    SECRET,
    SITE,
    Running,
    form_token,
    git,
    make_repository,
    published,
    rows,
    running,
    start,
    until,
)
from rehab.intake.notices import DECIDE
from rehab.intake.tokens import Tokens

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

POSTS = 500

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and scripts of Unix")


@pytest.fixture
def content(write_tree: WriteTree) -> Path:
    return write_tree(FILES)


def test_five_hundred_posts_at_once_lose_and_double_nothing(content: Path) -> None:
    ready = threading.Barrier(POSTS)

    def send(at: int) -> int:
        fields = {"thread": "knee", "name": f"Reader {at // 2}", "message": f"Words {at // 2}"}
        who = f"198.51.{at // 200}.{at % 200}"
        with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
            body = urlencode(fields)
            head = f"POST /comment HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {who}\r\nConnection: close\r\n"
            ready.wait(PATIENCE)  # every connection is open before the first is served
            connection.sendall(
                f"{head}Content-Type: {FORM['Content-Type']}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()
            )
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
            return int(answer.split(b" ", 2)[1])

    with running(content, REHAB_INTAKE_TRUSTED_PROXY="127.0.0.1", REHAB_INTAKE_SITE=SITE) as server:
        with ThreadPoolExecutor(POSTS) as pool:
            answers = list(pool.map(send, range(POSTS)))
        assert answers == [303] * POSTS
        assert server.ask("GET", "/health")[0] == 200
        stored = b"".join(file.read_bytes() for file in content.parent.joinpath("inbox/.intake").iterdir())
        server.process.terminate()
        logged = "".join(server.process.communicate(timeout=PATIENCE))
    assert b"198.51." not in stored
    assert logged == ""
    texts = [str(text) for (text,) in rows(content, "SELECT text FROM submission")]
    said = sorted(int(found[1]) for text in texts if (found := re.search(r"Words (\d+)", text)))
    assert said == list(range(POSTS // 2))
    assert rows(content, "SELECT count(*), count(DISTINCT id) FROM submission") == [(POSTS // 2, POSTS // 2)]


HANGING_GIT = """\
#!/bin/sh
for word in "$@"; do
  if [ "$word" = commit ]; then
    echo $$ > {mark}.new && mv {mark}.new {mark}
    exec tail -f /dev/null
  fi
done
exec {git} "$@"
"""


def test_a_kill_between_file_and_commit_is_made_good_at_the_next_start(content: Path, tmp_path: Path) -> None:
    make_repository(content)
    mark, folder = tmp_path / "committing", tmp_path / "bin"
    folder.mkdir()
    program = folder / "git"
    program.write_text(HANGING_GIT.format(mark=mark, git=GIT), "utf-8")
    program.chmod(0o755)

    with running(content, PATH=f"{folder}:{os.environ['PATH']}") as server:
        assert server.ask("POST", "/comment", {"thread": "knee", "message": "Hi"})[0] == 303
        server.log_in()
        token = form_token(server.ask("GET", "/queue")[1])
        fields = urlencode({"token": token, "number": "1", "action": "approve"})
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("POST", "/queue", fields, {**FORM, "Cookie": server.cookie})
        until(mark.exists)
        server.kill()
        connection.close()
        os.kill(int(mark.read_text("utf-8")), signal.SIGKILL)

    assert rows(content, "SELECT state FROM submission") == [("written",)]
    assert len(published(content)) == 1
    assert git(content, "log", "--format=%s") == "Begin"
    with running(content) as server:
        until(lambda: rows(content, "SELECT state FROM submission") == [("approved",)])
    assert git(content, "log", "--format=%s").splitlines() == ["Publish a reader's comment", "Begin"]
    assert git(content, "status", "--porcelain", "content") == ""
    assert len(published(content)) == 1


def test_eight_clicks_at_once_approve_once(content: Path) -> None:
    make_repository(content)
    with running(content, REHAB_INTAKE_SECRET=SECRET) as server:
        server.ask("POST", "/comment", {"thread": "knee", "message": "Hi"})
        said = {"number": 1, "id": rows(content, "SELECT id FROM submission")[0][0], "action": "approve"}
        path = f"/decide/{Tokens(SECRET, lambda: dt.datetime.now(dt.UTC)).render(DECIDE, said)}"
        with ThreadPoolExecutor(8) as pool:
            answers = sorted(pool.map(lambda _: server.ask("POST", path, {})[0], range(8)))
    assert answers == [200] + [409] * 7
    assert len(published(content)) == 1
    assert len(git(content, "log", "--format=%s").splitlines()) == 2


def test_a_kill_while_five_hundred_are_sent_keeps_all_that_were_thanked(content: Path) -> None:
    thanked: list[int] = []

    def send(at: int) -> None:
        who = f"198.51.{at // 200}.{at % 200}"
        try:
            status, _, _ = Running(server.process, server.port).ask(
                "POST", "/comment", {"thread": "knee", "message": f"Words {at}."}, **{"X-Forwarded-For": who}
            )
        except (OSError, HTTPException):
            return
        if status == 303:
            thanked.append(at)
            if len(thanked) >= 50:
                server.process.kill()

    with running(content, REHAB_INTAKE_TRUSTED_PROXY="127.0.0.1") as server, ThreadPoolExecutor(32) as pool:
        list(pool.map(send, range(POSTS)))
    assert len(thanked) >= 50
    kept = {
        int(found[1])
        for (text,) in rows(content, "SELECT text FROM submission")
        if (found := re.search(r"Words (\d+)", str(text)))
    }
    assert set(thanked) <= kept
    assert rows(content, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_megabyte_is_refused_with_a_page_and_nothing_is_written(content: Path, kind: str) -> None:
    with running(content) as server:
        before = sorted(content.rglob("*"))
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("POST", "/comment", b"message=" + b"a" * 1_000_000, {"Content-Type": kind})
        answer = connection.getresponse()
        page = answer.read().decode()
        connection.close()
        assert answer.status == 413
        assert "more than a comment can be" in page
        assert sorted(content.rglob("*")) == before
        assert server.ask("GET", "/health")[:2] == (200, "ok\n")
    assert rows(content, "SELECT count(*) FROM submission") == [(0,)]


def test_what_is_larger_still_ends_at_the_server(content: Path) -> None:
    with running(content) as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(b"POST /comment HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000000000\r\n\r\n")
        assert b" 413 " in connection.recv(1000)
        assert server.ask("GET", "/health")[0] == 200


def test_headers_without_end_are_refused(content: Path) -> None:
    with running(content) as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX-A: " + b"a" * 20_000 + b"\r\n\r\n")
        assert b" 431 " in connection.recv(1000)


def test_an_address_that_a_reader_claims_does_not_count_without_a_proxy(content: Path) -> None:
    with running(content) as server:
        answers = [
            server.ask(
                "POST", "/comment", {"thread": "knee", "message": f"{at}"}, **{"X-Forwarded-For": f"192.0.2.{at}"}
            )[0]
            for at in range(9)
        ]
    assert answers == [303] * 8 + [429]


def test_sigterm_ends_the_server_and_leaves_no_log_of_writes(content: Path) -> None:
    with running(content) as server:
        server.ask("POST", "/comment", {"thread": "knee", "message": "Hi"})
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
        assert server.process.stderr
        assert "Traceback" not in server.process.stderr.read()
    assert [file.name for file in content.parent.joinpath("inbox/.intake").iterdir() if "sqlite-" in file.name] == []
    assert rows(content, "SELECT count(*) FROM submission") == [(1,)]


def test_a_second_server_on_one_file_says_so(content: Path) -> None:
    with running(content), start(content) as second:
        said = second.communicate(timeout=PATIENCE)[1]
        assert (second.returncode, "another intake has" in said) == (3, True)


def test_what_is_wrong_at_the_start_is_one_sentence(content: Path, tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    command = [sys.executable, "-m", "rehab.cli", "intake", "--content"]
    port = ["--port", str(taken.getsockname()[1])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    for words, code in (([str(content), *port], 3), ([str(tmp_path / "nowhere")], 2)):
        done = subprocess.run(
            [*command, *words], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
    taken.close()
    done = subprocess.run(
        [*command, str(content)], env={**environment, "REHAB_INTAKE_URL": "http://x.example"},
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr


def test_without_the_extra_one_sentence_says_what_to_install(content: Path) -> None:
    code = "import sys; sys.modules['flask'] = None; from rehab.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "intake", "--content", str(content)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = "rehab: 'flask' is not installed: pip install 'comeback-blog[intake]'\n"
    assert (done.returncode, done.stderr) == (3, said)


def test_no_answer_names_the_server_and_redirects_stay_on_it(content: Path) -> None:
    with running(content) as server:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", "/queue")
        answer = connection.getresponse()
        answer.read()
        connection.close()
    assert answer.getheader("Server") is None
    assert urlsplit(answer.getheader("Location") or "").netloc == ""
