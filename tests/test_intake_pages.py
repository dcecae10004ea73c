"""Every page of the intake in a real Chromium: narrow and wide, light and dark, by keyboard, without scripts."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("flask", reason="the intake is optional")
pytest.importorskip("playwright", reason="the tests' packages are not here")

from browsing import RULES, serving
from intake_desk import FILES, FIRST, PASSWORD, SECRET, Running, form_token, rows, running
from rehab.intake.notices import CONFIRM, DECIDE, LEAVE
from rehab.intake.tokens import Tokens

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from conftest import BuildSite, WriteTree

pytestmark = pytest.mark.browser

SCREENS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
LONG = "Averylongwordthatnobodywoulduse" * 20
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
FOCUSED = "[document.activeElement.id, document.activeElement.name || '', document.activeElement.textContent.trim()]"
SMALL = """
() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main textarea")]
  .filter(each => !each.closest(".trap") && !each.closest(".said"))
  .filter(each => { const box = each.getBoundingClientRect(); return box.height < 24; })
  .map(each => each.outerHTML.slice(0, 80))
"""


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intake") / "content"
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.fixture(scope="module")
def server(content: Path) -> Iterator[Running]:
    mail = {"REHAB_INTAKE_MAIL_HOST": "127.0.0.1", "REHAB_INTAKE_MAIL_FROM": "comments@blog.example"}
    known = {"REHAB_INTAKE_SECRET": SECRET, "REHAB_INTAKE_MAIL_PORT": "1"}
    with running(content, REHAB_INTAKE_SITE="https://blog.example", **known, **mail) as server:
        said = {"thread": "knee", "name": "Ann", "email": "ann@home.example", "url": "https://ann.example/"}
        server.ask("POST", "/comment", {**said, "message": "Hi *there*\n\n> quoted\n\n- one\n- two\n\n`code`"})
        server.ask("POST", "/comment", {"thread": "injuries/glute-pain", "message": LONG, "name": LONG[:80]})
        yield server


@pytest.fixture(scope="module")
def cookies(browser: Browser, server: Running) -> BrowserContext:
    """Return a browser that is logged in, with the keyboard alone."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address(server)}/queue")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue")
    page.close()
    return context


@pytest.fixture(scope="module")
def paths(content: Path, server: Running) -> dict[str, str]:
    """Return the address of each page, by what it is."""
    del server
    tokens = Tokens(SECRET, lambda: dt.datetime.now(dt.UTC))
    id_ = rows(content, "SELECT id FROM submission WHERE number = 1")[0][0]
    return {
        "reply": f"/reply?thread=knee&to={FIRST}",
        "no such comment": "/reply?thread=knee&to=nothing",
        "thanks": "/thanks?thread=knee",
        "login": "/login",
        "queue": "/queue",
        "spam": "/queue?show=spam",
        "decide": f"/decide/{tokens.render(DECIDE, {'number': 1, 'id': id_, 'action': 'approve'})}",
        "confirm": f"/confirm/{tokens.render(CONFIRM, {'reader': 1})}",
        "leave": f"/unsubscribe/{tokens.render(LEAVE, {'reader': 1})}",
        "damaged link": "/decide/x",
        "nothing": "/nothing",
    }


def address(server: Running) -> str:
    return f"http://127.0.0.1:{server.port}"


def open_refused(page: Page, server: Running) -> None:
    """Send a form with a web address that is none and a long comment."""
    page.goto(f"{address(server)}/reply?thread=knee&to={FIRST}")
    page.fill("#message", LONG)
    page.evaluate("document.querySelector('#url').type = 'text'")
    page.fill("#url", "nowhere")
    page.click("button")
    page.wait_for_selector("#wrong")


def faults(page: Page) -> list[str]:
    found = axe_module.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    barriers = [f"{each['id']}: {each['nodes'][0]['html'][:80]}" for each in found.response["violations"]]
    wide = page.evaluate(WIDE)
    return [*barriers, *([f"{wide} px too wide"] if wide > 0 else []), *page.evaluate(SMALL)]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}")
def test_no_page_has_a_barrier_or_is_wider_than_the_screen(
    browser: Browser, server: Running, paths: dict[str, str], cookies: BrowserContext, screen: tuple[int, str]
) -> None:
    width, scheme = screen
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # for the auditor's own script
        storage_state=cookies.storage_state(),
    )
    page = context.new_page()
    found = {}
    for kind, path in paths.items():
        page.goto(f"{address(server)}{path}")
        found[kind] = faults(page)
    open_refused(page, server)
    found["refused"] = faults(page)
    context.close()
    assert {kind: each for kind, each in found.items() if each} == {}


def test_the_style_sheet_is_allowed_and_nothing_else_is_asked_for(
    browser: Browser, server: Running, paths: dict[str, str]
) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address(server)}{paths['reply']}")
    assert page.evaluate("getComputedStyle(document.querySelector('button.first')).fontWeight") == "700"
    assert said == []
    assert asked == [f"{address(server)}{paths['reply']}"]
    context.close()


def test_what_is_wrong_has_the_focus_and_leads_to_the_field(browser: Browser, server: Running) -> None:
    context = browser.new_context()
    page = context.new_page()
    open_refused(page, server)
    assert page.title().startswith("Not sent:")
    assert page.evaluate(FOCUSED)[0] == "wrong"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#url"
    assert page.input_value("#message") == LONG
    context.close()


def test_an_answer_is_sent_and_published_by_keyboard_without_scripts(
    browser: Browser, server: Running, paths: dict[str, str], cookies: BrowserContext, content: Path
) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=cookies.storage_state())
    page = context.new_page()
    page.goto(f"{address(server)}{paths['reply']}")
    keys = page.keyboard
    for words in (None, "By keyboard", "Kay", "", ""):  # the link to the page, then the fields in their order
        keys.press("Tab")
        if words:
            keys.type(words)
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_url("**/thanks?thread=knee")
    page.goto(f"{address(server)}/queue")
    article = page.locator("article", has_text="By keyboard")
    article.get_by_role("button", name="Approve").focus()
    keys.press("Enter")
    page.get_by_role("status").filter(has_text="Approved.").wait_for()
    context.close()
    texts = [file.read_text("utf-8") for file in content.joinpath("comments/knee").iterdir()]
    assert [text for text in texts if "By keyboard" in text and f'reply_to: "{FIRST}"' in text]


def test_from_the_form_of_a_built_page_to_the_comment_below_it(
    browser: Browser, build_site: BuildSite, write_tree: WriteTree, tmp_path: Path
) -> None:
    folder = write_tree(FILES)
    with serving(tmp_path / "output") as site, running(folder, REHAB_INTAKE_SITE=site) as server:
        settings = {"SITEURL": site, "REHAB_COMMENTS_FORM": f"intake:{address(server)}"}
        build_site(folder, **settings)
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        for words, way in {"From the page": "number", "By the link": "link"}.items():
            page.goto(f"{site}/posts/knee/")
            if way == "link":
                page.get_by_role("link", name="Reply to comment 1 by Robin").click()
            else:
                page.get_by_label("Reply to comment number").fill("1")
            page.get_by_label("Your comment").fill(words)
            page.keyboard.press("Tab")
            page.get_by_role("button", name=re.compile("Send")).press("Enter")
            page.wait_for_url("**/thanks?thread=knee")
        page.get_by_role("link", name="Back to").click()
        page.wait_for_url(f"{site}/posts/knee/")
        server.log_in()
        token = form_token(server.ask("GET", "/queue")[1])
        for number in ("1", "2"):
            server.ask("POST", "/queue", {"token": token, "number": number, "action": "approve"})
        build_site(folder, **settings)
        page.goto(f"{site}/posts/knee/")
        for words in ("From the page", "By the link"):
            assert "In reply to Robin" in page.locator("article.comment", has_text=words).inner_text()
        context.close()
