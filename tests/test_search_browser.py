"""Searching in a real Chromium: what stands first, what is asked for and when, by keyboard, without a script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from browsing import RULES, Quiet, serving
from rehab.site.search.words import stem, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")
pytestmark = pytest.mark.browser

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "search.yml").read_text("utf-8"))
SEARCH = """async ([engine, typed]) => {
  const { open } = await import(engine), form = document.querySelector("form[data-search]");
  const at = new URL(form.dataset.search, location.href), { search, show } = open(await (await fetch(at)).json(), at);
  const found = [];
  for (const text of typed) {
    const { rows } = await search(text);
    found.push((await show(rows.slice(0, 5))).map(each => each.title));
  }
  return found;
}"""
TEXTS = (
    "Runner’s KNEE: Éclairs, 5K — O'Neil_b 膝 straße ﬁbula",
    "exercises lunges stretches injuries running stretching healed needed",
    "string spring bleeding tired hamstrings biceps gluteus piriformis process ache ice icing calves tree trees",
    "10 x 3 @ 4.5 kg", "",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(demo: Path) -> Iterator[str]:
    """Serve the demo below a path of its own, as a project's page on GitHub is."""
    with serving(demo) as address:
        yield address


@pytest.fixture
def page(browser: Browser, home: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, service_workers="block")
    opened = context.new_page()
    opened.goto(f"{home}/search/")
    yield opened
    context.close()


def script(demo: Path, name: str) -> str:
    return f"/theme/{next((demo / 'theme').glob(f'{name}-??????????.js')).name}"


def type_in(page: Page, text: str) -> str:
    """Search, and return what is said of it."""
    page.fill("#q", text)
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text=f"“{text}”").wait_for()
    return page.inner_text("[data-said]")


def test_the_list_of_searches_is_long_enough_to_mean_something() -> None:
    assert len(CASES) >= 60
    assert len({each["type"] for each in CASES}) == len(CASES)


def test_what_readers_type_leads_to_what_they_want(page: Page, demo: Path) -> None:
    found = page.evaluate(SEARCH, [script(demo, "search-engine"), [each["type"] for each in CASES]])
    wrong = []
    for case, titles in zip(CASES, found, strict=True):
        fits = not titles if case.get("none") else not case.get("first") or (titles[:1] and titles[0] in case["first"])
        wrong += [] if fits and set(case.get("in", ())) <= set(titles) else [(case["type"], titles)]
    assert wrong == []


def test_a_browser_makes_the_words_that_the_index_is_made_of(page: Page, demo: Path) -> None:
    made = page.evaluate(
        """async ([words, texts]) => {
          const { words_in, stem } = await import(words);
          return texts.map(text => words_in(text).map(word => [word, stem(word)]));
        }""",
        [script(demo, "search-words"), TEXTS],
    )
    assert made == [[[word, stem(word)] for word in words_in(text)] for text in TEXTS]


def test_the_same_of_every_word_of_the_demo(page: Page, demo: Path) -> None:
    words = sorted({word for file in demo.rglob("*.html") for word in words_in(file.read_text("utf-8"))})
    made = page.evaluate(
        "async ([path, words]) => { const { stem } = await import(path); return words.map(stem); }",
        [script(demo, "search-words"), words],
    )
    assert made == [stem(word) for word in words]


def test_nothing_is_loaded_before_somebody_turns_to_the_field(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert [url for url in asked if ("/search/" in url and url.endswith(".json")) or "search-" in url] == [
        url for url in asked if re.search(r"/theme/search-[0-9a-f]{10}\.js$", url)
    ]
    asked.clear()
    page.focus("#q")
    page.wait_for_load_state("networkidle")
    assert sum(url.endswith(".json") for url in asked) == 1


def test_an_address_with_a_search_in_it_shows_the_search(page: Page, home: str) -> None:
    page.goto(f"{home}/search/?q=piriformus")
    page.locator(".found li").first.wait_for()
    assert page.input_value("#q") == "piriformus"
    assert "this is for “piriformis”" in page.inner_text("[data-said]")
    assert page.locator(".found a").first.inner_text() == "Piriformis syndrome"
    page.fill("#q", "cupping")
    page.locator("[data-said]", has_text="“cupping”").wait_for()
    assert page.url.endswith("/search/?q=cupping")


def test_the_results_are_counted_aloud_narrowed_and_reached_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("glute")
    page.locator(".found li").first.wait_for()
    assert page.get_attribute("[data-said]", "role") == "status"
    whole = int(re.match(r"\d+", page.inner_text("[data-said]"))[0])  # type: ignore[index] # it begins with a number
    page.select_option(
        "select[name=kind]", label=page.locator("select[name=kind] option", has_text="Exercises").inner_text()
    )
    page.wait_for_selector(f"[data-said]:not(:text-matches('^{whole} '))")
    assert {each.split(" · ")[0] for each in page.locator(".found .by").all_inner_texts()} == {"Exercise"}
    page.focus("select[name=equipment]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.found') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url("**/exercises/**")


def test_nothing_found_is_said_with_a_way_on(page: Page) -> None:
    assert "Nothing found" in type_in(page, "xylophone")
    assert page.locator("[data-ways]").is_visible()
    type_in(page, "glute")
    assert not page.locator("[data-ways]").is_visible()
    page.fill("#q", "")
    page.locator("[data-ways]").wait_for()
    assert page.locator(".found li").count() == 0


def test_what_a_reader_says_is_found_and_marked_as_theirs(page: Page) -> None:
    type_in(page, "lifting regularly")
    assert any("reader" in each for each in page.locator(".found .by").all_inner_texts())


def test_more_is_shown_on_request_and_the_focus_goes_on_with_it(page: Page) -> None:
    type_in(page, "the muscles")
    shown = page.locator(".found li").count()
    page.click("[data-more]")
    page.locator(".found li").nth(shown).wait_for()
    page.wait_for_selector(f".found li:nth-child({shown + 1}) a:focus")


def test_without_a_script_the_lists_are_there_and_no_field_that_does_nothing(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}/search/")
    assert not page.locator("#q").is_visible()
    assert not page.locator("[data-more]").is_visible()
    for name in ("The list of injuries", "The list of exercises", "All tags"):
        assert page.get_by_role("link", name=name).is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_of_results_is_without_fault(browser: Browser, home: str, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{home}/search/?q=glute")
    page.locator(".found li").first.wait_for()
    found = axe_module.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_search_works_below_a_base_path(browser: Browser, demo: Path, tmp_path: Path) -> None:
    text = (demo / "search/index.html").read_text("utf-8")
    assert 'data-search="/search/head-' in text
    moved = tmp_path / "blog"
    for name in ("theme", "search"):
        for file in (demo / name).rglob("*"):
            if file.is_file():
                target = moved / file.relative_to(demo)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
    moved_text = re.sub(r'(href|src|action|data-search|data-home)="/', r'\1="/blog/', text)
    (moved / "search/index.html").write_text(moved_text, "utf-8")
    with serving(tmp_path, Quiet) as address:
        page = browser.new_page()
        page.goto(f"{address}/blog/search/?q=clams")
        page.locator(".found li").first.wait_for()
        assert page.locator(".found a").first.get_attribute("href") == f"{address}/blog/exercises/clamshell/"
        page.close()
