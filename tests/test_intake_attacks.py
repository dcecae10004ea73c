"""Known attacks on the pages of the intake: a form that comes back, a page to reply on, the owner's queue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import yaml

pytest.importorskip("flask", reason="the intake is optional")

from built import Page, elements_of, tag_of
from intake_desk import Clock, Server, make_desk
from rehab.intake.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conftest import WriteTree

CASES = Path(__file__).parent / "cases"
SAID = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
POLITE = "Words"
MANY = Limits(comments=10_000)


def own_attacks() -> list[str]:
    groups = yaml.safe_load((CASES / "xss.yml").read_text("utf-8"))
    injected = yaml.safe_load((CASES / "injection.yml").read_text("utf-8"))
    return list(dict.fromkeys([each for group in groups.values() for each in group] + injected["readers"]))


def open_server(write_tree: WriteTree, *said: str) -> Server:
    """Open a server of a blog on which some things were said before, by people who are called so."""
    files: dict[str, str | bytes] = {"posts/knee.md": "---\ntitle: My knee\ndate: 2024-01-01\n---\nHello\n"}
    for at, words in enumerate(said):
        name = json.dumps(words, ensure_ascii=False)
        name = "".join(c if c.isascii() and c.isprintable() else f"\\U{ord(c):08x}" for c in name)
        comment = f"---\nauthor: {name}\ndate: 2024-01-01\nformat: html\n---\n{words}\n"
        files[f"comments/knee/c{at}.md"] = comment.encode("utf-8", "replace")
    clock = Clock()
    return Server(make_desk(write_tree(files), clock, limits=MANY), clock)


def assert_only_words(html: str, said: int, *twins: str) -> None:
    """Find the elements and attributes of the twins' pages, and inside what was said those of a comment."""
    page, *polite = (Page("https://x.example/", "x", each) for each in (html, *twins))
    assert [fault for fault in page.faults if "invalid-codepoint" not in fault] == []
    rooms = [each for each in page.elements if each.get("class") == "said"]
    assert len(rooms) == said
    theirs = {inner for room in rooms for inner in elements_of(room) if inner is not room}
    assert {tag_of(each) for each in theirs} <= SAID
    for each in theirs:
        assert set(each.attrib) == ({"href", "rel"} if each.tag == "a" else set())
    known = {(tag_of(each), name) for twin in polite for each in twin.elements for name in ("", *each.attrib)}
    found = {(tag_of(each), name) for each in page.elements if each not in theirs for name in ("", *each.attrib)}
    assert found <= known | {("code", ""), ("p", ""), ("br", "")}
    assert_addresses(page.elements)


def assert_addresses(elements: Iterable[object]) -> None:
    for element in elements:
        for name in ("href", "action", "formaction", "src"):
            address = element.get(name)  # type: ignore[attr-defined]
            assert address is None or urlsplit(address).scheme in {"", "http", "https", "mailto"}


def test_a_form_that_comes_back_holds_an_attack_as_words(write_tree: WriteTree) -> None:
    server = open_server(write_tree)
    twins = [server.post(message=words, name=POLITE * 40, url=POLITE, number=POLITE).text for words in (POLITE, " ")]
    for attack in own_attacks():
        answer = server.post(
            message=attack, name=POLITE * 40, url=attack, number=attack, numbered=attack, thread="knee"
        )
        assert answer.status_code in {400, 422}
        assert_only_words(answer.text, 0, *twins)
        assert (
            "script-src" in answer.headers["Content-Security-Policy"]
            or "default-src 'none'" in (answer.headers["Content-Security-Policy"])
        )


def test_a_page_to_reply_on_shows_an_attack_as_words(write_tree: WriteTree) -> None:
    server = open_server(write_tree, POLITE, *own_attacks())
    twin = server.browser.get("/reply?thread=knee&to=c0").text
    for number, attack in enumerate(own_attacks(), 1):
        answer = server.browser.get(f"/reply?thread=knee&to=c{number}")
        assert answer.status_code == 200
        assert_only_words(answer.text, 1, twin)
        for field in ("thread", "to"):
            odd = server.browser.get("/reply", query_string={"thread": "knee", "to": "c0", field: attack})
            assert odd.status_code >= 400
            assert attack not in odd.text or "<" not in attack


def test_the_queue_shows_attacks_as_words(write_tree: WriteTree) -> None:
    server = open_server(write_tree)
    server.post(message="*a* [b](https://ok.example/)", name="Al", url="https://ok.example/")
    server.log_in()
    twin = server.browser.get("/queue").text
    taken = 0
    for number, attack in enumerate(own_attacks()):
        for fields in (
            {"message": attack},
            {"message": f"{number}", "name": attack},
            {"message": f"u{number}", "url": attack},
        ):
            taken += server.post(f"192.0.2.{number}", **fields).status_code < 400
    assert taken > 1.5 * len(own_attacks())
    seen = 0
    for state in ("waiting", "spam"):
        html = server.browser.get(f"/queue?show={state}").text
        count = html.count('class="said"')
        seen += count
        assert_only_words(html, count, twin)
    assert seen > 20
