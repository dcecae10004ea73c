"""A card in a reader's hand, in a real Chromium under the page's own policy and below a base path.

Without and with scripts, by keyboard, on a narrow phone, with a browser that keeps nothing, and without a network.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import pytest

from browsing import RULES
from carding import PREFIX, Blog, blog, cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")
playwright_module = pytest.importorskip("playwright.sync_api", reason="the tests' packages are not here")
icalendar = pytest.importorskip("icalendar", reason="the tests' packages are not here")
pytestmark = pytest.mark.browser
__all__ = ["blog", "cards"]

NOW = dt.datetime(2026, 11, 21, 9, 0)  # noqa: DTZ001 - the clock of the reader's own machine
WATCH = """
window.faults = [];
addEventListener("securitypolicyviolation", each => faults.push(`${each.effectiveDirective} ${each.blockedURI}`));
addEventListener("error", each => faults.push(each.message));
addEventListener("unhandledrejection", each => faults.push(String(each.reason)));
window.locks = [];
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
  const lock = new EventTarget();
  lock.release = async () => { locks.push("released"); lock.dispatchEvent(new Event("release")); };
  locks.push("held");
  return lock;
} } });
window.printed = 0;
window.print = () => { window.printed += 1; };
"""
MOST_SCRIPT = 5_120
OF_HEADERS = 300


@contextmanager
def opened(browser: Browser, *, workers: Literal["allow", "block"] = "allow") -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport={"width": 320, "height": 640}, accept_downloads=True, timezone_id="UTC", service_workers=workers
    )
    made.add_init_script(WATCH)
    yield made
    for page in made.pages:
        if page.url.startswith("http"):
            assert page.evaluate("window.faults ?? []") == []
    made.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with opened(browser) as made:
        yield made


@pytest.fixture
def held_page(browser: Browser) -> Iterator[Page]:
    """A page whose net a test can hold back: what a service worker asks for passes a test by."""
    with opened(browser, workers="block") as made:
        yield made.new_page()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def press(page: Page, name: str, *, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).first.click()


def number(page: Page) -> str:
    return page.locator(".card-clock").inner_text()


def where(page: Page) -> str:
    return page.locator(".card-time > p").first.inner_text()


def go_with_clock(page: Page, url: str) -> None:
    """Open a page whose clock stands still until a test lets it run."""
    page.clock.install(time=NOW)
    page.goto(url)
    page.clock.pause_at(NOW + dt.timedelta(minutes=1))


def kept(page: Page, name: str) -> Any:
    return page.evaluate("name => JSON.parse(localStorage.getItem(name))", f"comeback:{PREFIX}/:{name}")


def put(page: Page, name: str, value: str) -> None:
    """Write into the reader's store what may be anything."""
    page.evaluate("([name, value]) => localStorage.setItem(name, value)", [f"comeback:{PREFIX}/:{name}", value])


# Without a script


def test_without_a_script_no_tool_is_shown_and_every_way_works(browser: Browser, blog: Blog) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{blog.url}posts/a/")
    assert page.locator(".bib-tools:visible").count() == 0
    page.locator("a", has_text="Heel drop").first.click()
    assert page.url.endswith("#bib-heel-drop")
    page.locator("#bib-heel-drop summary", has_text="easier").click()
    assert page.locator("#bib-heel-drop a", has_text="Low heel drop").is_visible()
    page.goto(f"{blog.url}programs/weekly/")
    assert page.locator("a[download]").is_visible()
    page.goto(f"{blog.url}saved/")
    assert "needs JavaScript" in page.inner_text("main")
    context.close()


def test_of_buttons_pressed_while_the_net_is_slow_the_last_one_counts(held_page: Page, blog: Blog) -> None:
    held: list[Route] = []
    slow = re.compile(r"/card-[a-z]+-\w{10}\.js$")
    held_page.goto(f"{blog.url}posts/a/")
    held_page.route(slow, lambda route: held.append(route))  # noqa: PLW0108 - a method of a list tells no signature
    with held_page.expect_request("**/card-timer-*.js"):
        press(held_page, "Start the timer: Plank")
    with held_page.expect_request("**/card-tools-*.js"):
        press(held_page, "More: Heel drop")
    held_page.route(slow, lambda route: route.continue_())
    for each in held:
        each.continue_()
    held_page.locator("dialog").wait_for()
    held_page.wait_for_load_state("networkidle")
    assert held_page.locator("dialog h2").all_inner_texts() == ["Heel drop"]
    held_page.keyboard.press("Escape")
    press(held_page, "Start the timer: Plank")
    playwright_module.expect(held_page.locator("dialog h2")).to_have_text(["Plank"])


def test_a_touch_beside_the_tools_closes_them(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}posts/a/")
    press(page, "More: Heel drop")
    page.locator("dialog").wait_for()
    page.mouse.click(2, 300)
    page.locator("dialog").wait_for(state="detached")


# A caret in a page below a window is looked for again at every key, which on a long page takes longer than the key.
CARET_BELOW = """
() => {
  const { anchorNode } = getSelection();
  return !!anchorNode && !(anchorNode.closest ? anchorNode : anchorNode.parentNode).closest("dialog");
}
"""


@pytest.mark.parametrize("opener", ["Start the timer: Plank", "More: Plank"])
def test_no_caret_stays_in_the_page_below_a_window(page: Page, blog: Blog, opener: str) -> None:
    page.goto(f"{blog.url}posts/a/")
    page.locator("main p").first.click()
    assert page.evaluate(CARET_BELOW), "a touch of a text sets one"
    page.get_by_role("button", name=opener).focus()
    page.keyboard.press("Enter")
    page.locator("dialog").wait_for()
    assert not page.evaluate(CARET_BELOW)
    page.keyboard.press("Tab")
    assert not page.evaluate(CARET_BELOW)


def test_a_touch_beside_a_window_sets_no_caret(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}posts/a/")
    press(page, "Start the timer: Plank")
    page.locator("dialog").wait_for()
    page.mouse.click(2, 300)
    assert page.evaluate("getSelection().type") == "None"


def test_the_jump_takes_the_focus_along(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}posts/a/")
    page.get_by_role("link", name="Plank").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#bib-plank")
    assert page.evaluate("document.activeElement.id") == "bib-plank"
    playwright_module.expect(page.locator("#bib-plank .bib-name")).to_be_in_viewport()


# Weight, and what moves


@pytest.mark.parametrize("path", ["exercises/heel-drop/", "programs/weekly/", "posts/a/", "saved/"])
def test_a_page_asks_for_few_bytes_of_script_before_anybody_acts(page: Page, blog: Blog, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url) if each.resource_type == "script" else None)
    page.goto(blog.url + path, wait_until="networkidle")
    files = [blog.folder / each.removeprefix(blog.url) for each in asked]
    assert sum(len(gzip.compress(file.read_bytes(), 6)) + OF_HEADERS for file in files) <= MOST_SCRIPT, asked


@pytest.mark.parametrize("path", ["exercises/heel-drop/", "programs/weekly/"])
def test_nothing_moves_when_the_tools_come(page: Page, blog: Blog, path: str) -> None:
    page.add_init_script("""window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(each => {
      window.moved += each.value; })).observe({ type: "layout-shift", buffered: true });""")
    page.goto(blog.url + path, wait_until="networkidle")
    page.get_by_role("button", name="Start the timer").first.wait_for()
    assert page.evaluate("moved") == 0


# Units


def test_a_unit_is_remembered_everywhere_and_the_author_s_stays(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}exercises/heel-drop/")
    face = page.locator(".bib-facts")
    assert "10 lb (≈ 4.5 kg)" in face.inner_text()
    page.get_by_role("button", name="More").first.click()
    press(page, "Say it in kg first")
    assert page.get_by_role("button", name="Say it in kg first").get_attribute("aria-pressed") == "true"
    assert "≈ 4.5 kg (author: 10 lb)" in face.inner_text().replace("\u00a0", " ")
    page.goto(f"{blog.url}posts/a/")
    assert "≈ 4.5 kg (author: 10 lb)" in page.inner_text("#bib-heel-drop").replace("\u00a0", " ")
    page.goto(f"{blog.url}posts/b/")
    assert "5 kg (≈ 11 lb)" in page.inner_text("#bib-heel-drop")
    page.goto(f"{blog.url}exercises/heel-drop/")
    assert "≈ 4.5 kg (author: 10 lb)" in page.inner_text("table").replace("\u00a0", " ")
    assert "5 kg (≈ 11 lb)" in page.inner_text("table").replace("\u00a0", " ")


def test_a_distance_is_said_in_the_other_unit_too(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}exercises/walk/")
    page.get_by_role("button", name="More").click()
    press(page, "Say it in km first")
    page.keyboard.press("Escape")
    assert page.inner_text(".bib-number") == "2 × ≈ 1.6 km"
    assert "author: 1 mi" in page.inner_text(".bib-facts")


# The timer


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("sets=1;reps=10", ["Set 1 of 1|Reps|10"]),
        ("sets=2;reps=amrap;side=left", [
            "Set 1 of 2, left side|As many as you can|max", "rest|Rest as long as you need",
            "Set 2 of 2, left side|As many as you can|max"]),
        ("sets=1;reps=2;hold=5", ["Set 1 of 1|Rep 1 of 2: hold|5s?", "Set 1 of 1|Rep 2 of 2: hold|5s?"]),
        ("sets=2;time=30;rest=20", ["Set 1 of 2|Go|30s?", "rest|Rest|20s", "Set 2 of 2|Go|30s"]),
        ("sets=1;time=30-60", ["Set 1 of 1|Go, 30–60 s"]),
        ("sets=1;reps=1;tempo=3-0-1", ["Set 1 of 1|Rep 1 of 1: lower|3s?", "Set 1 of 1|Rep 1 of 1: lift|1s"]),
        ("sets=1;reps=5;tempo=3-1-X-0", ["Set 1 of 1|Tempo 3-1-X-0|5"]),
        ("sets=1;distance=400 m", ["Set 1 of 1||400 m"]),
        ("sets=1;reps=3;side=each", ["Set 1 of 1, first side|Reps|3", "Set 1 of 1, other side|Reps|3"]),
        ("sets=1-2;reps=8-12", ["Set 1 of 1–2|Reps|8–12", "enough|Rest as long as you need", "Set 2 of 1–2|Reps|8–12"]),
        ("reps=5", ["Set 1 of 1|Reps|5"]),
    ],
)  # fmt: skip
def test_a_timer_counts_what_the_dose_says_and_waits_for_the_rest(
    page: Page, blog: Blog, plan: str, told: list[str]
) -> None:
    page.goto(f"{blog.url}exercises/plank/")
    steps = page.evaluate(
        "async ([url, plan]) => (await import(url)).steps(plan)", [blog.script("card-timer.js"), plan]
    )

    def words(step: dict[str, Any]) -> str:
        first = ("enough" if "enough" in step["say"] else "rest") if step.get("rest") else step["say"]
        amount = f"{step['s']}s{'?' if step.get('ready') else ''}" if "s" in step else step.get("big")
        return "|".join([first, step["now"], *([amount] if amount else [])])

    assert [words(step) for step in steps] == told


def test_a_whole_card_is_timed_by_keyboard_alone(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/plank/")
    page.get_by_role("button", name="Start the timer").focus()
    page.keyboard.press("Enter")
    page.locator(".card-clock").wait_for()
    assert (where(page), number(page)) == ("Set 1 of 2, first side. Go", "30")
    assert page.evaluate("locks") == []  # nothing runs, and nothing is held, before the reader says so
    page.keyboard.press("Space")
    page.clock.run_for(10_000)
    assert number(page) == "20"
    assert page.evaluate("locks") == ["held"]
    page.keyboard.press("Space")
    page.clock.run_for(60_000)
    assert number(page) == "20"
    assert page.evaluate("locks") == ["held", "released"]
    page.keyboard.press("Space")
    page.clock.run_for(20_500)
    assert (where(page), number(page)) == ("Set 1 of 2, other side. Go", "30")
    page.clock.run_for(60_000)
    assert number(page) == "30"  # the other side waits for the reader
    page.keyboard.press("Space")
    page.clock.run_for(30_500)
    assert where(page) == "Rest. Set 2 comes next"
    page.clock.run_for(20_000)
    assert where(page) == "Set 2 of 2, first side. Go"
    assert int(number(page)) < 31  # after a stated rest the set begins by itself
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert number(page) == "Done"
    assert "2 sets done" in page.inner_text(".card-time")
    assert page.evaluate("locks").count("held") == page.evaluate("locks").count("released")
    page.keyboard.press("Escape")
    playwright_module.expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "Start the timer"


def test_a_page_that_slept_is_right_when_it_wakes(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/plank/")
    press(page, "Start the timer: Plank")
    press(page, "Start")
    page.clock.run_for(30_500)
    press(page, "Start")
    page.clock.fast_forward(45_000)  # the end of the side, and most of the rest, in one leap
    assert where(page) == "Rest. Set 2 comes next"
    assert number(page) in {"4", "5", "6"}


def test_a_timer_says_little_and_only_when_something_changes(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/plank/")
    press(page, "Start the timer: Plank")
    live = page.locator("dialog [role=status]")
    assert live.inner_text() == ""
    press(page, "Start")
    assert live.inner_text() == "Set 1 of 2, first side"
    page.evaluate("""window.said = 0; new MutationObserver(() => { window.said += 1; }).observe(
      document.querySelector("dialog [role=status]"), { childList: true, characterData: true, subtree: true });""")
    page.clock.run_for(29_000)
    assert page.evaluate("said") == 0
    page.clock.run_for(2_000)
    assert page.evaluate("said") == 1


def test_sound_comes_only_when_asked_for(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/plank/")
    page.evaluate("window.AudioContext = class { constructor() { window.heard = true; throw new Error('no'); } }; 0")
    press(page, "Start the timer: Plank")
    press(page, "Start")
    page.clock.run_for(31_000)
    assert page.evaluate("window.heard") is None
    assert not page.get_by_label("Beep").is_checked()


def test_hold_by_hold_a_reader_leads(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/plank/")
    page.evaluate("document.querySelector('.bib').dataset.dose = 'sets=2;reps=2;hold=5'")
    press(page, "Start the timer: Plank")
    press(page, "Start")
    page.clock.run_for(5_600)
    assert where(page) == "Set 1 of 2. Rep 2 of 2: hold"
    press(page, "Next set")
    assert where(page) == "Rest. Set 2 comes next"
    page.clock.run_for(3_000)
    assert number(page) == "3"  # no rest is stated, so it counts up and waits
    press(page, "Back")
    assert where(page) == "Set 1 of 2. Rep 2 of 2: hold"


# What is written down


def test_a_set_is_written_down_read_again_saved_and_erased(page: Page, blog: Blog) -> None:
    go_with_clock(page, f"{blog.url}exercises/heel-drop/")
    press(page, "Start the timer: Heel drop")
    press(page, "Start")
    press(page, "Done")
    press(page, "Write it down")
    assert page.get_by_role("textbox", name="How much").input_value() == "1 of 3 × 10 @ 10 lb"
    page.get_by_label("Note").fill("<b onclick=x()>=1+1</b>")
    page.locator("dialog").last.get_by_role("button", name="Write it down").click()
    page.get_by_text("Written down.").wait_for()
    page.locator("dialog[data-timer]").wait_for()  # it waits below, at the second set
    (entry,) = kept(page, "log")
    assert entry == {"day": "2026-11-21", "title": "Heel drop", "path": "exercises/heel-drop/",
                     "dose": "1 of 3 × 10 @ 10 lb", "note": "<b onclick=x()>=1+1</b>"}  # fmt: skip
    page.locator("dialog a", has_text="Your card box").click()
    page.get_by_text("21 November 2026").wait_for()
    assert "<b onclick=x()>=1+1</b>" in page.inner_text("#card-box")
    with page.expect_download() as table:
        press(page, "Save the log as a table (CSV)")
    assert table.value.path().read_text("utf-8").splitlines()[1].startswith('"2026-11-21","Heel drop"')
    with page.expect_download() as whole:
        press(page, "Save all as a file (JSON)")
    saved = whole.value.path().read_bytes()
    page.on("dialog", lambda each: each.accept())
    press(page, "Erase everything")
    page.get_by_text("Everything is erased.").wait_for()
    assert page.evaluate("localStorage.length") == 0
    page.set_input_files("input[type=file]", {"name": "a.json", "mimeType": "application/json", "buffer": saved})
    page.get_by_text("The file is read.").wait_for()
    assert kept(page, "log") == [entry]
    page.set_input_files("input[type=file]", {"name": "a.json", "mimeType": "application/json", "buffer": saved})
    page.wait_for_timeout(0)
    assert kept(page, "log") == [entry]


@pytest.mark.parametrize("words", ["{", "[]", '{"comeback": 2}', '"x"', "null"])
def test_a_file_that_is_no_export_changes_nothing(page: Page, blog: Blog, words: str) -> None:
    page.goto(f"{blog.url}saved/")
    page.set_input_files("input[type=file]", {"name": "a.json", "mimeType": "text/plain", "buffer": words.encode()})
    page.get_by_text("This file is no export of a card box").wait_for()
    assert page.evaluate("localStorage.length") == 0


HOSTILE = [
    "{", "null", "7", '"x"', '{"a": 1}', "[null, 1, [], {}]",
    '[{"day": "2026-01-01", "title": {"a": 1}, "path": 5, "dose": [], "note": null}]',
    '[{"day": "<img src=x>", "title": "t", "path": "", "dose": "", "note": ""}]',
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_what_somebody_else_wrote_into_the_store_breaks_no_page(page: Page, blog: Blog, value: str) -> None:
    page.goto(f"{blog.url}saved/")
    for name in ("log", "saved", "units"):
        put(page, name, value)
    page.goto(f"{blog.url}saved/")
    page.get_by_text("Take it with you").wait_for()
    page.goto(f"{blog.url}exercises/heel-drop/")
    page.get_by_role("button", name="More").first.click()
    press(page, "Done today")


@pytest.mark.parametrize("path", ["javascript:alert(1)", "//evil.example/", "https://evil.example/x", "../../outside/"])
def test_a_kept_address_that_leads_away_is_no_link(page: Page, blog: Blog, path: str) -> None:
    page.goto(f"{blog.url}saved/")
    log = json.dumps([{"day": "2026-01-01", "title": "t", "path": path, "dose": "", "note": ""}])
    put(page, "log", log)
    page.goto(f"{blog.url}saved/")
    page.get_by_text("1 January 2026").wait_for()
    links = page.locator("#card-box a").evaluate_all("all => all.map(each => each.href)")
    assert all(link.startswith(blog.url) for link in links)


def test_a_browser_that_keeps_nothing_says_so(page: Page, blog: Blog) -> None:
    page.add_init_script("Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('no'); } });")
    page.goto(f"{blog.url}exercises/heel-drop/")
    page.get_by_role("button", name="More").first.click()
    press(page, "Say it in kg first")
    assert "≈\u00a04.5" in page.inner_text(".bib-facts dd >> nth=0")
    press(page, "Done today")
    press(page, "Write it down")
    page.get_by_text("This browser keeps nothing").wait_for()


# On paper


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("path", ["exercises/heel-drop/", "exercises/plank/", "exercises/still/", "exercises/stub/"])
def test_an_exercise_prints_as_one_page_without_a_script(browser: Browser, blog: Blog, path: str, paper: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(blog.url + path)
    assert sheets(page, paper) == 1
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_one_card_of_many_prints_alone_with_its_address(page: Page, blog: Blog, paper: str) -> None:
    page.goto(f"{blog.url}programs/weekly/")
    page.get_by_role("button", name="More: Plank").last.click()
    press(page, "Print this card")
    assert page.evaluate("printed") == 1
    page.emulate_media(media="print")
    words = page.inner_text("body")
    assert "Bend." in words
    assert f"{blog.url}exercises/plank/" in words
    assert "Heel drop" not in words
    assert "Start the timer" not in words
    assert sheets(page, paper) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".card-sheet").count() == 0
    assert page.locator("main").is_visible()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_cards_of_a_program_print_four_to_a_sheet(page: Page, blog: Blog, paper: str) -> None:
    page.goto(f"{blog.url}programs/weekly/")
    press(page, "Print, keep, plan")
    press(page, "Print all cards, four to a sheet")
    assert page.locator(".card-sheet .bib").count() == 3  # the plank of both phases is one and the same card
    assert all("Bend." in words for words in page.locator(".card-sheet .bib").all_text_contents())
    assert sheets(page, paper) == 1


def sheets(page: Page, paper: str) -> int:
    """Return how many pages a print has."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))


# Without a network


def test_a_kept_program_opens_without_a_network(context: BrowserContext, page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}programs/weekly/")
    page.evaluate("navigator.serviceWorker.ready")
    press(page, "Print, keep, plan")
    press(page, "Keep for offline")
    page.get_by_text("Kept. You can open it without a network.").wait_for()
    context.set_offline(True)
    page.goto(f"{blog.url}saved/")
    page.get_by_text("opens without a network").wait_for()
    page.get_by_role("link", name="Three things").click()
    page.wait_for_url("**/programs/weekly/")
    page.get_by_role("button", name="Start the timer: Plank").first.click()
    assert number(page) == "30"
    page.goto(f"{blog.url}saved/")
    press(page, "Remove", exact=False)
    page.get_by_text("is removed").wait_for()
    assert page.evaluate("async name => (await (await caches.open(name)).keys()).length", f"{PREFIX}/saved") == 0
    assert kept(page, "saved") == []


def test_a_kept_picture_is_there_on_a_phone_that_is_turned(context: BrowserContext, page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}exercises/plank/")
    page.evaluate("navigator.serviceWorker.ready")
    press(page, "More: Plank")
    press(page, "Keep for offline")
    page.get_by_text("Kept. You can open it without a network.").wait_for()
    context.set_offline(True)
    page.set_viewport_size({"width": 900, "height": 600})
    page.goto(f"{blog.url}exercises/plank/")
    picture = page.locator(".gallery img").first
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("async each => { await each.decode(); return each.naturalWidth; }") > 0


# In a calendar


def plan(page: Page, blog: Blog, program: str, **fields: str) -> Any:
    """Make a calendar file of a program and return what a calendar reads."""
    page.clock.install(time=NOW)
    page.goto(f"{blog.url}programs/{program}/")
    press(page, "Print, keep, plan")
    press(page, "Put it in your calendar")
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    for day in ("Monday", "Wednesday", "Friday"):
        page.get_by_label(day).check()
    with page.expect_download() as file:
        press(page, "Make the calendar file")
    data = file.value.path().read_bytes()
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return event


def test_dates_are_those_that_the_reader_chose(page: Page, blog: Blog) -> None:
    event = plan(page, blog, "weekly", First_day="2026-11-24")
    assert event.decoded("DTSTART") == dt.date(2026, 11, 25)  # the first of the chosen days
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO,WE,FR"
    assert str(event["SUMMARY"]) == "Three things, weekly; with a comma"
    assert str(event["DESCRIPTION"]).splitlines() == [
        "Phase 1: To begin.", "Heel drop: 3 × 10 @ 10 lb", "Plank: 2 × 30 s each side, rest 20 s"
    ]  # fmt: skip
    assert str(event["URL"]) == f"{blog.url}programs/weekly/"


def test_an_hour_and_a_last_day_are_in_the_reader_s_own_time(page: Page, blog: Blog) -> None:
    event = plan(page, blog, "weekly", First_day="2026-11-23", At_what_time="07:30", Last_day="2026-12-31")
    assert event.decoded("DTSTART") == dt.datetime(2026, 11, 23, 7, 30)  # noqa: DTZ001 - floating, as RFC 5545 has it
    assert event["RRULE"]["UNTIL"] == [dt.datetime(2026, 12, 31, 23, 59, 59)]  # noqa: DTZ001 - the same


def test_days_must_be_as_many_as_the_program_says(page: Page, blog: Blog) -> None:
    page.goto(f"{blog.url}programs/weekly/")
    press(page, "Print, keep, plan")
    press(page, "Put it in your calendar")
    page.get_by_text("The program says: three times a week.").wait_for()
    page.get_by_label("Monday").check()
    press(page, "Make the calendar file")
    assert "Choose 3 days." in page.inner_text("dialog")


def test_a_program_that_does_not_say_how_often_leaves_it_to_the_reader(page: Page, blog: Blog) -> None:
    assert plan(page, blog, "silent")["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO,WE,FR"
    assert "does not say how often" in page.inner_text("dialog")


# Passing it on


def test_a_link_to_the_card_is_copied_where_nothing_can_be_shared(
    context: BrowserContext, page: Page, blog: Blog
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{blog.url}posts/a/?utm=1")
    page.get_by_role("button", name="More: Heel drop").click()
    press(page, "Copy the link")
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{blog.url}posts/a/#bib-heel-drop"


def test_sharing_asks_the_system_where_it_can(page: Page, blog: Blog) -> None:
    page.add_init_script("Navigator.prototype.share = async given => { window.shared = given; }")
    page.goto(f"{blog.url}posts/a/")
    page.get_by_role("button", name="More: Heel drop").click()
    press(page, "Share")
    assert page.evaluate("shared") == {"title": "Heel drop", "url": f"{blog.url}posts/a/#bib-heel-drop"}


# For everybody


WINDOWS = {  # what is pressed, and a button of the window that it leads to
    "tools": ["More: Heel drop", "Done today"],
    "log": ["More: Heel drop", "Done today", "Not now"],
    "timer": ["Start the timer: Heel drop", "Back"],
    "page tools": ["Print, keep, plan", "Put it in your calendar"],
    "plan": ["Print, keep, plan", "Put it in your calendar", "Make the calendar file"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", WINDOWS)
def test_a_window_passes_every_rule_and_fits_a_narrow_phone(page: Page, blog: Blog, window: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{blog.url}programs/weekly/")
    *presses, last = WINDOWS[window]
    for name in presses:
        press(page, name)
    page.get_by_role("button", name=last, exact=True).wait_for()
    audit(page, "dialog")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_box_passes_every_rule_empty_and_full(page: Page, blog: Blog, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{blog.url}saved/")
    page.get_by_text("Take it with you").wait_for()
    audit(page, "#card-box")
    log = [{"day": "2026-01-01", "title": "Heel drop", "path": "exercises/heel-drop/", "dose": "3", "note": "Fine."}]
    kept_pages = [{"title": "Three things", "path": "programs/weekly/", "day": "2026-01-01"}]
    for name, value in (("log", log), ("saved", kept_pages)):
        page.evaluate(
            "([name, value]) => localStorage.setItem(name, value)", [f"comeback:{PREFIX}/:{name}", json.dumps(value)]
        )
    page.goto(f"{blog.url}saved/")
    page.get_by_text("Fine.").wait_for()
    audit(page, "#card-box")


def audit(page: Page, within: str) -> None:
    found = axe_module.Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator(f"{within} :is(button, a.tap, input:not([type=checkbox])):visible").evaluate_all(
        "all => all.filter(each => each.getBoundingClientRect().height < 44).map(each => each.outerHTML)"
    )
    assert small == []
