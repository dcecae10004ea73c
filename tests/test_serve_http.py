"""The web server for writing: what it answers, to whom, and what it tells open pages."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from rehab.adapter.serve.events import Hub
from rehab.adapter.serve.http import open_server
from serving import Stream, ask, showing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rehab.adapter.serve.http import SiteServer

SCRIPT = '<script src="/-rehab/live.js" data-seen="[^"]+"></script>'
PAGE = "<!DOCTYPE html><html><body><p>page a</p></body></html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    """Serve a folder with one page, a file, and a page for what is not there."""
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "a" / "index.html").write_text(PAGE)
    (site / "film.mp4").write_text("0123456789")
    (site / "404.html").write_text("<body>not here</body>")
    (tmp_path / "secret.txt").write_text("secret")
    with showing(site) as server:
        yield server


def seen_in(text: str) -> str:
    found = re.search(r'data-seen="([^"]*)"', text)
    assert found
    return found[1]


def test_a_page_is_served_with_our_script_and_never_cached(server: SiteServer, tmp_path: Path) -> None:
    answer = ask(server.server_port, "/a/")
    assert answer.status == 200
    assert re.fullmatch(
        PAGE.replace("</body>", '<script src="/-rehab/live.js" data-seen="[^"]+"></script></body>'), answer.text
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.headers.keys() & {"Last-Modified", "ETag", "Expires"}
    assert (tmp_path / "site" / "a" / "index.html").read_text() == PAGE


def test_a_head_says_as_much_as_a_get(server: SiteServer) -> None:
    got, head = (ask(server.server_port, "/a/", method) for method in ("GET", "HEAD"))
    assert head.text == ""
    assert int(head.headers["Content-Length"]) == len(got.text.encode())


def test_the_script_is_a_file_of_this_origin(server: SiteServer) -> None:
    answer = ask(server.server_port, "/-rehab/live.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "EventSource" in answer.text


def test_whoever_builds_hears_which_pages_are_asked_for(server: SiteServer) -> None:
    asked: list[Path] = []
    server.hub.ask = asked.append
    for path in ("/a/", "/to-come/", "/film.mp4", "/-rehab/live.js"):
        ask(server.server_port, path)
    stream = Stream(server.server_port, "/a/")
    stream.wait(lambda event: event.name == "state")
    stream.close()
    assert [page.relative_to(server.hub.output).as_posix() for page in asked] == [
        "a/index.html",
        "to-come/index.html",
        "a/index.html",
    ]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/nowhere/", "/empty/", "/a/index.html/", "/%00", "/-rehab/other"])
def test_what_is_not_there_is_answered_with_our_own_page(server: SiteServer, method: str, path: str) -> None:
    answer = ask(server.server_port, path, method)
    assert answer.status == 404
    assert answer.text.startswith("<body>not here<script" if method == "GET" else "")


def test_a_page_that_is_built_later_is_loaded_where_404_was_shown(server: SiteServer, tmp_path: Path) -> None:
    shown = ask(server.server_port, "/b/")
    stream = Stream(server.server_port, "/b/", seen_in(shown.text))
    (tmp_path / "site" / "b").mkdir()
    (tmp_path / "site" / "b" / "index.html").write_text(PAGE)
    stream.wait(lambda event: event.name == "state")
    server.hub.look()
    stream.wait(lambda event: event.name == "reload")


def test_before_the_first_build_is_over_a_page_that_is_not_there_yet_is_waited_for(server: SiteServer) -> None:
    server.hub.is_first = True
    answer = ask(server.server_port, "/nowhere/")
    assert answer.status == 503
    assert "live.js" in answer.text


def test_no_redirect_is_remembered_by_a_browser_or_leads_elsewhere(server: SiteServer) -> None:
    answer = ask(server.server_port, "/a")
    assert (answer.status, answer.headers["Location"]) == (302, "/a/")
    assert ask(server.server_port, "//a").headers["Location"] == "/a/"


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/a/../../secret.txt", "/a/..%2f..%2fsecret.txt", "//etc/passwd",
     "/..%5csecret.txt", "/%2e%2e%2f%2e%2e%2fetc/passwd"],
)  # fmt: skip
def test_nothing_outside_the_folder_is_served(server: SiteServer, path: str) -> None:
    answer = ask(server.server_port, path)
    assert answer.status == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("name", "status"),
    [("localhost", 200), ("localhost:8000", 200), ("127.0.0.1:1", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
     ("evil.example", 421), ("evil.example:8000", 421), ("localhost.evil.example", 421),
     ("127.0.0.1.evil.example", 421), ("", 421)],
)  # fmt: skip
def test_a_name_that_is_not_this_machines_is_refused(server: SiteServer, name: str, status: int) -> None:
    assert ask(server.server_port, "/a/", Host=name).status == status
    assert ask(server.server_port, "/a/", "HEAD", Host=name).status == status


def test_events_are_refused_to_other_names_too(server: SiteServer) -> None:
    assert ask(server.server_port, "/-rehab/events?page=/a/", Host="evil.example").status == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_answered(server: SiteServer, method: str) -> None:
    assert ask(server.server_port, "/a/", method).status == 501


@pytest.mark.parametrize(
    ("asked", "status", "text", "said"),
    [
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=5-99", 206, "56789", "bytes 5-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("bytes=1-2,4-5", 200, "0123456789", None),
        ("bytes=-", 200, "0123456789", None),
    ],
)
def test_a_film_is_sent_from_where_it_is_asked_for(
    server: SiteServer, asked: str, status: int, text: str, said: str | None
) -> None:
    answer = ask(server.server_port, "/film.mp4", Range=asked)
    assert (answer.status, answer.text, answer.headers.get("Content-Range")) == (status, text, said)


def test_the_server_binds_to_this_machine_alone(server: SiteServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_port_that_is_taken_gives_way_to_the_next(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with open_server(Hub(tmp_path), number) as server:
            assert number < server.server_port <= number + 20


def test_without_a_free_port_the_server_says_so_instead_of_counting_too_far(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65_535))
        taken.listen()
        with pytest.raises(OSError, match=r"."):
            open_server(Hub(tmp_path), 65_535)


def test_a_page_is_loaded_again_when_its_file_was_written_and_no_other_is(server: SiteServer, tmp_path: Path) -> None:
    seen = seen_in(ask(server.server_port, "/a/").text)
    here, other = Stream(server.server_port, "/a/", seen), Stream(server.server_port, "/nowhere/")
    for stream in (here, other):
        stream.wait(lambda event: event.name == "state")
    (tmp_path / "site" / "a" / "index.html").write_text(f"{PAGE} ")
    server.hub.look()
    server.hub.tell({"problems": [], "failed": "", "last": True})
    here.wait(lambda event: event.name == "reload")
    assert other.wait(lambda _: True).data.get("last")


def test_what_is_written_between_a_page_and_its_stream_is_not_missed(server: SiteServer, tmp_path: Path) -> None:
    seen = seen_in(ask(server.server_port, "/a/").text)
    (tmp_path / "site" / "a" / "index.html").write_text(f"{PAGE} ")
    Stream(server.server_port, "/a/", seen).wait(lambda event: event.name == "reload")


def test_the_server_knows_which_pages_are_open(server: SiteServer, tmp_path: Path) -> None:
    assert server.hub.looked_at == ()
    streams = [Stream(server.server_port, page) for page in ("/a/", "/a/", "/b/")]
    for stream in streams:
        stream.wait(lambda event: event.name == "state")
    site = tmp_path / "site"
    assert set(server.hub.looked_at) == {site / "a" / "index.html", site / "b" / "index.html"}


def test_a_page_whose_file_is_gone_is_loaded_again(server: SiteServer, tmp_path: Path) -> None:
    seen = seen_in(ask(server.server_port, "/a/").text)
    (tmp_path / "site" / "a" / "index.html").unlink()
    Stream(server.server_port, "/a/", seen).wait(lambda event: event.name == "reload")


def test_who_comes_late_is_told_what_is_wrong(server: SiteServer) -> None:
    server.hub.tell({"problems": [{"message": "wrong\n\nevent: reload"}], "failed": ""})
    state = Stream(server.server_port, "/a/").wait(lambda event: event.name == "state")
    assert state.data["problems"][0]["message"] == "wrong\n\nevent: reload"


def test_streams_end_with_the_server(server: SiteServer) -> None:
    stream = Stream(server.server_port, "/a/")
    stream.wait(lambda event: event.name == "state")
    server.hub.close()
    assert stream.ends()


def test_a_site_below_a_path_is_served_there(server: SiteServer) -> None:
    server.hub.root = "/blog"
    assert ask(server.server_port, "/blog/a/").status == 200
    assert ask(server.server_port, "/blog/nowhere/").status == 404
