"""A form service that is asked for its submissions: every page of both lists, and the token to nobody else."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from browsing import answering
from rehab.cli.comments.fetch import SERVICES, Service, fetch_records
from rehab.cli.comments.pull import pull as comments_pull

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Held:
    """What a service holds, how it answers, and what it was asked."""

    ham: int = 0
    spam: int = 0
    status: int = 200
    body: bytes = b""
    asked: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def served(held: Held) -> Iterator[str]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append((self.path, self.headers.get("Authorization", "")))
            self.send_response(held.status)
            self.send_header("Location", "/elsewhere")
            body = held.body or json.dumps(self.found()).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def found(self) -> object:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            count = held.spam if "spam" in self.path else held.ham
            if "page" in asked:
                first, most = (int(asked["page"]) - 1) * int(asked["per_page"]), int(asked["per_page"])
                return [{"data": {"message": str(at)}} for at in range(count)[first : first + most]]
            first, most = int(asked["offset"]), int(asked["limit"])
            return {"submissions": [{"message": str(at)} for at in range(count)[first : first + most]]}

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it is called with
            """Leave the terminal to pytest."""

    with answering(Answer) as address:
        yield address


def service(name: str, base: str) -> Service:
    return replace(SERVICES[name], base=base)


@pytest.mark.parametrize("name", list(SERVICES))
@pytest.mark.parametrize("count", [0, 3, 100, 250])
def test_every_page_of_both_lists_is_read(held: Held, served: str, name: str, count: int) -> None:
    held.ham, held.spam = count, 2
    found, fault = fetch_records(service(name, served), "abc-1", "token")
    assert fault == ""
    assert [spam for _, spam in found] == [False] * count + [True] * 2
    assert [record.sent["message"] for record, spam in found if not spam] == [str(at) for at in range(count)]
    assert all(path.startswith("/forms/abc-1/submissions?") for path, _ in held.asked)


def test_each_service_gets_its_token_in_its_own_way(held: Held, served: str) -> None:
    fetch_records(service("netlify", served), "abc", "token")
    fetch_records(service("formspree", served), "abc", "token")
    assert {head for _, head in held.asked} == {"Bearer token", f"Basic {base64.b64encode(b':token').decode()}"}


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "does not know the token"), (404, "no form of that id"), (500, "answers 500"), (302, "answers 302")],
)
def test_an_answer_that_is_none_is_a_sentence(held: Held, served: str, status: int, said: str) -> None:
    held.status = status
    found, fault = fetch_records(service("netlify", served), "abc", "token")
    assert (found, said in fault) == ((), True)
    assert [path for path, _ in held.asked if "elsewhere" in path] == []


@pytest.mark.parametrize("body", [b"<html>", b"{", b'{"error": 1}'])
def test_an_answer_that_cannot_be_read_brings_nothing_in(held: Held, served: str, body: bytes) -> None:
    held.body = body
    found, fault = fetch_records(service("formspree", served), "abc", "token")
    assert found == ()
    assert "cannot be read" in fault


def test_a_service_that_always_gives_the_same_page_comes_to_an_end(held: Held, served: str) -> None:
    held.body = json.dumps([{"data": {"message": "x"}}] * 100).encode()
    found, _ = fetch_records(service("netlify", served), "abc", "token")
    assert len(found) == 200
    assert len(held.asked) == 4


def test_a_service_that_is_not_there_is_a_sentence() -> None:
    assert "cannot be reached" in fetch_records(service("netlify", "http://127.0.0.1:1"), "abc", "token")[1]


@pytest.mark.parametrize("form", ["../sites", "a b", "a?x=y", "ü", "x" * 65])
def test_no_id_of_a_form_leads_to_another_address(held: Held, served: str, form: str) -> None:
    assert fetch_records(service("netlify", served), form, "token")[1]
    assert held.asked == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("netlify",), "name a FILE"),
        (("netlify", "--form", "abc"), "set NETLIFY_TOKEN"),
        (("form", "--form", "abc"), "no service that could be asked"),
    ],
)
def test_what_is_missing_is_said_before_anybody_is_asked(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "content").mkdir()
    runner = CliRunner(env={"NETLIFY_TOKEN": None})
    result = runner.invoke(comments_pull, [*words, "--into", str(tmp_path / "content")], standalone_mode=False)
    assert result.return_value == 2
    assert said in result.output
