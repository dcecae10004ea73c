"""What an author sees of the server in a real browser: the page again where it was, and problems over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from serving import showing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from rehab.adapter.serve.http import SiteServer

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'none'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
LONG = "".join(f"<p>Line {number}</p>" for number in range(300))
HTML = f'<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
HTML += "<title>A</title></head><body><main><h1>{}</h1>" + LONG + "</main></body></html>"
PROBLEM = {
    "severity": "error",
    "message": "no <b>day</b> is called so",
    "hint": "write another",
    "where": "content/posts/a.md:3:7",
    "link": "vscode://file/blog/content/posts/a.md:3:7",
}
WRONG = {"title": "1 error", "failed": "", "more": "", "problems": [PROBLEM]}
WELL: dict[str, Any] = {"title": "no problems", "failed": "", "more": "", "problems": []}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    """Serve a long page with a strict policy."""
    (tmp_path / "index.html").write_text(HTML.format("Before"))
    with showing(tmp_path) as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: SiteServer) -> Iterator[Page]:
    """Open the page, and wait until the server knows of it. Nothing that is refused by the policy may be asked for."""
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "favicon" not in str(said.location) else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    with page.expect_response(lambda answer: "/-rehab/events" in answer.url):
        page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    page.close()
    assert refused == []


def test_a_page_is_loaded_again_and_stays_where_it_was_scrolled_to(
    server: SiteServer, page: Page, tmp_path: Path
) -> None:
    page.evaluate("scrollTo(0, 4000)")
    assert page.evaluate("scrollY") == 4000
    fresh = tmp_path / ".fresh"
    fresh.write_text(HTML.format("After"))
    fresh.replace(tmp_path / "index.html")
    server.hub.look()
    page.get_by_role("heading", name="After").wait_for()
    page.wait_for_function("scrollY === 4000")


def test_a_problem_is_an_alert_with_a_link_that_escape_puts_away_and_mending_takes(
    server: SiteServer, page: Page
) -> None:
    server.hub.tell(WRONG)
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "no <b>day</b> is called so" in alert.inner_text()
    assert alert.locator("a").get_attribute("href") == PROBLEM["link"]
    assert alert.evaluate("element => getComputedStyle(element).position") == "fixed"
    page.keyboard.press("Escape")
    alert.wait_for(state="detached")
    server.hub.tell({**WRONG, "failed": "the build stopped"})
    alert.wait_for()
    server.hub.tell(WELL)
    alert.wait_for(state="detached")


def test_what_was_put_away_stays_away_when_the_page_is_loaded_again(server: SiteServer, page: Page) -> None:
    server.hub.tell(WRONG)
    page.get_by_role("button", name="Close").click()
    with page.expect_response(lambda answer: "/-rehab/events" in answer.url):
        server.hub.reload()
    page.wait_for_load_state()
    server.hub.tell({**WRONG, "problems": [PROBLEM, {**PROBLEM, "where": "b.md:1:1"}]})
    page.get_by_role("alert").wait_for()
    assert page.get_by_role("alert").locator("li").count() == 2
