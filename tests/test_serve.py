"""The server for writing: this machine alone, our own page where nothing is found, a new build on each change."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from threading import Thread, Timer
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, write_settings
from rehab.adapter.serve import open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import WriteTree


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Serve a folder with one page and a page for what is not there; return the port."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("page a")
    (tmp_path / "404.html").write_text("not here")
    server = open_server(tmp_path, 0)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, method: str, path: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(method, path)
    answer = connection.getresponse()
    text = answer.read().decode()
    headers = dict(answer.getheaders())
    connection.close()
    return answer.status, text, headers


def test_a_page_is_served_and_never_cached(port: int) -> None:
    status, text, headers = ask(port, "GET", "/a/")
    assert (status, text, headers["Cache-Control"]) == (200, "page a", "no-store")


@pytest.mark.parametrize(("method", "body"), [("GET", "not here"), ("HEAD", "")])
def test_what_is_not_there_is_answered_with_our_own_page(port: int, method: str, body: str) -> None:
    assert ask(port, method, "/nowhere/")[:2] == (404, body)


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/%2e%2e/pyproject.toml", "/a/../../etc/passwd"])
def test_nothing_outside_the_folder_is_served(port: int, path: str) -> None:
    assert ask(port, "GET", path)[0] == 404


def test_the_server_binds_to_this_machine_alone(port: int, tmp_path: Path) -> None:
    del port
    with open_server(tmp_path, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_gives_way_to_the_next(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with open_server(tmp_path, number) as server:
            assert number < server.server_port <= number + 20


def test_a_change_is_built_and_ctrl_c_ends_it_all(write_tree: WriteTree, tmp_path: Path) -> None:
    content = write_tree({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nBefore\n"})
    file = write_settings(tmp_path, content, tmp_path / ".cache", OUTPUT_PATH=str(tmp_path / "out"))
    env = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUNBUFFERED": "1"}
    words = [sys.executable, "-m", "rehab.cli", "serve", "-p", "0", "-s", str(file)]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True) as server:
        assert server.stdout is not None
        deadline = Timer(60, server.kill)  # a server that never answers ends the test instead of holding it
        deadline.start()
        assert any(line.startswith("serving at http://localhost:") for line in server.stdout)
        write_tree({"posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nAfter\n"})
        assert any(line.startswith("built ") for line in server.stdout)
        assert "After" in (tmp_path / "out" / "posts" / "a" / "index.html").read_text("utf-8")
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0
        deadline.cancel()
