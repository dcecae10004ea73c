"""Choosing exercises in a browser: by keyboard, with and without scripts, on a narrow screen, in light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from browsing import RULES, serving

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from conftest import BuildSite, WriteTree

pytestmark = pytest.mark.browser

PATHS = (
    "exercises/",
    "exercises/for/piriformis-syndrome/",
    "exercises/with/any-room/",
    "exercises/pigeon-pose/",
    "treatments/",
)
LOADED = re.compile(r"combine|choices\.json")
ASKED = "exercises/#for=piriformis-syndrome&with=nothing"


@pytest.fixture(scope="module")
def site(demo: Path) -> Iterator[str]:
    """Serve the demo."""
    with serving(demo) as address:
        yield address


def opened(browser: Browser, address: str, **options: Any) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 780}, **options).new_page()
    page.goto(address)
    return page


def status(page: Page) -> str:
    return page.locator("fieldset ~ [role=status]").inner_text()


def names(page: Page) -> list[str]:
    return page.locator("h2:has-text('What fits') + ul .bib-name").all_inner_texts()


def test_without_scripts_every_answer_is_a_link_and_nothing_else_is_offered(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/", java_script_enabled=False)
    assert page.locator(".choose button, .choose select").count() == 0
    page.get_by_text("What is at hand").click()
    page.get_by_role("link", name="Only what any room has").click()
    assert page.locator("h1").inner_text() == "Exercises that a hotel room is enough for"
    assert page.get_by_text("Narrow these down").is_hidden()


def test_the_questions_open_and_lead_on_by_keyboard(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/for/*/")
    page.get_by_role("link", name="Narrow these down").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("select")
    assert "of 8" in status(page)


def test_several_choices_are_combined_by_keyboard_and_kept_in_the_address(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if LOADED.search(request.url) else None)
    page.get_by_role("button", name="Combine several").focus()
    assert asked == []
    page.keyboard.press("Enter")
    page.wait_for_selector("select")
    assert len(asked) == 2
    assert page.evaluate("document.activeElement.labels[0].firstChild.data") == "For which injury"
    page.keyboard.type("Piri")
    page.keyboard.press("Tab")
    assert status(page) == "4 exercises of 8, 1 left out."
    page.keyboard.type("Noth")
    page.keyboard.press("Tab")
    assert status(page) == "3 exercises of 8, 1 left out."
    assert page.url.endswith(ASKED)
    assert names(page) == ["Clamshell", "Double-leg bridge", "Single-leg bridge"]
    assert "Pigeon pose: ▼ makes it worse, the author's own experience, in" in page.locator("main").inner_text()
    assert page.locator("[data-whole]:visible").count() == 0
    page.go_back()
    assert status(page) == "4 exercises of 8, 1 left out."
    page.go_back()
    assert page.locator("select").first.is_hidden()
    assert page.locator("[data-whole]:visible").count() > 0


def test_an_address_with_choices_shows_the_same_to_whoever_gets_it(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/{ASKED}")
    page.wait_for_selector("select")
    assert status(page) == "3 exercises of 8, 1 left out."
    page.get_by_role("link", name="Clamshell").click()
    assert page.locator("h1").inner_text() == "Clamshell"
    page.go_back()
    page.wait_for_selector("select")
    assert status(page) == "3 exercises of 8, 1 left out."


def test_a_stranger_to_the_list_in_an_address_is_no_choice(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/#for=%3Cimg%3E&nonsense=1&with=nothing")
    page.wait_for_selector("select")
    assert page.locator("select").first.input_value() == ""
    assert page.locator("img[src='']").count() == 0


def test_where_nothing_fits_each_choice_says_what_dropping_it_would_find(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/#for=piriformis-syndrome&with=chair")
    page.wait_for_selector("select")
    assert status(page) == "None of 8."
    page.get_by_role("button", name="Without “Chair”: 4 exercises").press("Enter")
    assert status(page).startswith("4 exercises of 8")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_lists_stay_where_the_data_cannot_be_loaded(browser: Browser, site: str) -> None:
    page = opened(browser, f"{site}/exercises/", service_workers="block")
    page.route("**/choices.json", lambda route: route.abort())
    page.get_by_role("button", name="Combine several").click()
    page.get_by_text("The lists above work without them.").wait_for()
    assert page.locator("details").first.is_visible()
    page.unroute("**/choices.json")
    page.get_by_role("button", name="Combine several").click()
    page.wait_for_selector("select")


def test_all_of_it_works_below_another_sites_path(
    browser: Browser, write_tree: WriteTree, build_site: BuildSite, tmp_path: Path
) -> None:
    content = write_tree(
        {
            "injuries/ache.md": "---\ntitle: Ache\nregion: knee\nred_flags: []\n---\n",
            "exercises/squat.md": "---\ntitle: Squat\nkind: strength\ndose: 3 x 10\nsteps: [Bend.]\n---\n",
            "exercises/plank.md": "---\ntitle: '<b>Plank</b>'\nkind: strength\n---\n",
            "posts/a.md": "---\ntitle: A\ndate: 2020-01-02\ninjuries: [ache]\nexercises: [plank]\n---\n",
        }
    )
    build_site(content, "blog", SITEURL="https://a.example/blog")
    with serving(tmp_path) as served:
        page = opened(browser, f"{served}/blog/exercises/for/ache/")
        page.get_by_role("link", name="Narrow these down").click()
        page.wait_for_selector("select")
        assert names(page) == ["<b>Plank</b>"]
        page.get_by_label("For which injury").select_option(index=0)
        page.get_by_role("link", name="Squat").click()
        assert page.url == f"{served}/blog/exercises/squat/"


def test_nothing_is_wider_than_a_narrow_screen(browser: Browser, site: str) -> None:
    for path in (*PATHS, ASKED, "exercises/side-plank-with-leg-lift/", "programs/"):
        page = opened(browser, f"{site}/{path}")
        page.set_viewport_size({"width": 320, "height": 640})
        for each in page.locator("details").all():
            each.evaluate("each => { each.open = true }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lists_and_the_choices_pass_axe(browser: Browser, site: str, scheme: Any) -> None:
    found = {}
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    for path in (*PATHS, ASKED, "exercises/#for=piriformis-syndrome&with=chair"):
        page = opened(browser, f"{site}/{path}", color_scheme=scheme)
        if "#" in path:
            page.wait_for_selector("select")
        for each in page.locator("details").all()[:1]:
            each.evaluate("each => { each.open = true }")
        found[path] = [each["id"] for each in axe_module.Axe().run(page, options=options).response["violations"]]
        page.context.close()
    assert {path: names for path, names in found.items() if names} == {}
