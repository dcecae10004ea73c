"""Every kind of page in a real Chromium: narrow and wide, light and dark, by keyboard, without scripts, on paper.

The demo blog is served from this process. Each page is opened once for each width and scheme; what was met there is
kept, and the tests look at that.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import pytest

from browsing import RULES, Quiet, serving
from conftest import ROOT

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PAGES = {
    "home": "",
    "post with thread": "posts/two-exercises-for-a-hamstring/",
    "post without date": "posts/sciatic-nerve-issues/",
    "exercise": "exercises/single-leg-deadlift/",
    "exercise with ladder": "exercises/side-plank-with-leg-lift/",
    "exercise stub": "exercises/clamshell/",
    "exercise to avoid": "exercises/pigeon-pose/",
    "injury": "injuries/piriformis-syndrome/",
    "injury stub": "injuries/it-band-syndrome/",
    "treatment": "treatments/active-release/",
    "program": "programs/two-glute-exercises/",
    "region": "body/lumbosacral/",
    "empty region": "body/foot/",
    "gallery": "galleries/lakes-and-trails/",
    "photo": "galleries/lakes-and-trails/lake-loop/",
    "list of posts": "posts/",
    "list of exercises": "exercises/",
    "list of injuries": "injuries/",
    "list of treatments": "treatments/",
    "list of programs": "programs/",
    "list of galleries": "galleries/",
    "page": "about/",
    "tags": "tags/",
    "tag": "tags/glutes/",
    "category": "categories/running/",
    "author": "authors/marit/",
    "not found": "404.html",
}
"""A page of each kind, by what it is."""

WIDE_AUDITS = ("home", "post with thread", "exercise", "injury", "program", "region")
"""The pages whose layout changes most between a phone and a desk; all are audited on the phone."""

Scheme: TypeAlias = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
SCREENS = [(width, scheme) for width in (360, 1280) for scheme in SCHEMES]
NARROWEST = 320
"""Pixels: a page 1280 wide at a zoom of 400 %, which WCAG 2.2 asks to read without scrolling sideways (1.4.10)."""

COUNT_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => {
  if (!each.hadRecentInput) window.shifted += each.value;
})).observe({type: "layout-shift", buffered: true});
"""
LOAD_PICTURES = """
async () => {
  const broken = [];
  for (const image of document.images) {
    image.loading = "eager";
    image.scrollIntoView({behavior: "instant"});
    await image.decode().catch(() => {});
    if (!image.naturalWidth || !image.clientWidth) broken.push(image.getAttribute("src"));
  }
  return broken;
}
"""
SAID = """
() => {
  // Buttons that only a script can answer.
  for (const each of document.querySelectorAll(".moves-bar, .bib-tools, .combine")) each.remove();
  // Comments far down are not laid out, and have no words then.
  for (const each of document.querySelectorAll(".thread > ol > li")) each.style.contentVisibility = "visible";
  return document.body.innerText;
}
"""
SETTLE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
OVERFLOW = """
() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const sticks = [...document.querySelectorAll("main *")].filter(
    each => each.getBoundingClientRect().right > window.innerWidth + 1);
  return wide > 0 ? [wide, ...sticks.slice(0, 3).map(each => each.outerHTML.slice(0, 80))] : [];
}
"""
BLANK = """
() => {
  const box = each => document.querySelector(each).getBoundingClientRect();
  const above = [box(".care"), box(".toc")].filter(each => each.left >= box("h1").left);
  return box(".part").top - Math.max(...above.map(each => each.bottom));
}
"""
FOCUSED = """
() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const drawn = element.ownerSVGElement ? [...element.querySelectorAll("*")].map(each => getComputedStyle(each)) : [];
  return {
    name: (element.getAttribute("aria-label") || element.textContent).trim().slice(0, 60), id: element.id,
    tag: element.tagName.toLowerCase(), ring: parseFloat(style.outlineWidth) * (style.outlineStyle !== "none"),
    drawn: drawn.some(each => parseFloat(each.strokeWidth) >= 2 && each.stroke !== "none"),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && style.visibility === "visible" && style.opacity !== "0" && style.clipPath === "none",
  };
}
"""


REFUSED = """
sources => {
  const refused = [];
  const read = text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); return sheet.cssRules; };
  const count = rules => [...rules].reduce(
    (sum, each) => sum + !!(each.cssRules || each.style) + count(each.cssRules ?? []), 0);
  for (const source of sources) {
    const css = source.replace(/\\/\\*[^]*?\\*\\//g, ""), blocks = css.split("{").length - 1, taken = count(read(css));
    if (taken !== blocks) refused.push(`${taken} of ${blocks} blocks: ${css.trim().slice(0, 80)}`);
    for (const [, body] of css.matchAll(/\\{([^{}]*)\\}/g)) {
      for (const each of body.split(";").map(one => one.trim()).filter(Boolean)) {
        if (!read(`x { ${each} }`)[0]?.style.length) refused.push(each);
      }
    }
  }
  return refused;
}
"""
"""Blocks and declarations that a browser leaves out of what it was given."""


@pytest.fixture(scope="module")
def served(demo: Path) -> Iterator[str]:
    """Serve the demo blog; return its address without a slash at its end."""
    with serving(demo) as address:
        yield address


@dataclass(frozen=True)
class Screen:
    """One window of one width and scheme, with what it met on each page so far."""

    served: str
    context: BrowserContext
    width: int

    @cached_property
    def page(self) -> Page:
        """Return its one tab."""
        self.context.add_init_script(COUNT_SHIFTS)
        return self.context.new_page()

    @cached_property
    def visits(self) -> dict[str, Visit]:
        """Return what was met on each page, in the order of the table."""
        return {kind: self._visit(PAGES[kind]) for kind in PAGES}

    def open(self, kind: str) -> Page:
        """Open a page again."""
        self.page.goto(f"{self.served}/{PAGES[kind]}")
        return self.page

    def _visit(self, path: str) -> Visit:
        listener = Listener(self.served)
        with listener.listening(self.page):
            self.page.goto(f"{self.served}/{path}")
            broken = self.page.evaluate(LOAD_PICTURES)
            self.page.evaluate(SETTLE)
        overflow = {f"{self.width} px": self.page.evaluate(OVERFLOW)}
        shifted = round(float(self.page.evaluate("window.shifted")), 3)
        text = self.page.evaluate(SAID)
        if self.width < 500:
            self.page.set_viewport_size({"width": NARROWEST, "height": 800})
            overflow[f"{NARROWEST} px"] = self.page.evaluate(OVERFLOW)
            self.page.set_viewport_size({"width": self.width, "height": 800})
        return Visit(
            problems=tuple(listener.problems),
            foreign=tuple(listener.foreign),
            broken=tuple(broken),
            overflow={width: found for width, found in overflow.items() if found},
            shifted=shifted,
            text=text,
            paper=self.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            + self.page.evaluate("getComputedStyle(document.body).backgroundColor"),
        )


@dataclass(frozen=True)
class Visit:
    """What a browser met on one page. `shifted` is the cumulative layout shift, in thousandths of a screen."""

    problems: tuple[str, ...]
    foreign: tuple[str, ...]
    broken: tuple[str, ...]
    overflow: dict[str, list[Any]]
    shifted: float
    text: str
    paper: str


class Listener:
    """Keeps what a page complains of and asks for while it loads."""

    def __init__(self, served: str) -> None:
        """Take requests to anywhere but `served` as foreign."""
        self.served = served
        self.problems: list[str] = []
        self.foreign: list[str] = []

    def listening(self, page: Page) -> Listening:
        """Return a block in which a page is listened to."""
        return Listening(page, {"console": self._console, "pageerror": self._error, **self._network()})

    def _network(self) -> dict[str, Callable[[Any], None]]:
        return {"request": self._request, "requestfailed": self._failed, "response": self._response}

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type}: {message.text}")

    def _error(self, error: Any) -> None:
        self.problems.append(f"script: {error}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((f"{self.served}/", "data:")):
            self.foreign.append(request.url)

    def _failed(self, request: Any) -> None:
        # Opening the next page ends what the last one still loads: no file is missing for that.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")


@dataclass(frozen=True)
class Listening:
    """A block in which the events of a page are passed on."""

    page: Page
    events: dict[str, Callable[[Any], None]]

    def __enter__(self) -> None:
        """Begin to listen."""
        for name, receive in self.events.items():
            self.page.on(name, receive)  # type: ignore[call-overload] # one overload for each name

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        for name, receive in self.events.items():
            self.page.remove_listener(name, receive)


@pytest.fixture(scope="module")
def screens(browser: Browser, served: str) -> Iterator[dict[tuple[int, Scheme], Screen]]:
    """Open a window for each width and scheme; pages are visited when a test first asks."""
    contexts = {
        (width, scheme): browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for width, scheme in SCREENS
    }
    yield {screen: Screen(served, context, screen[0]) for screen, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(params=SCREENS, ids=lambda screen: f"{screen[0]}-{screen[1]}", scope="module")
def screen(request: pytest.FixtureRequest, screens: dict[tuple[int, Scheme], Screen]) -> Screen:
    """Return each window in turn."""
    found: Screen = screens[request.param]
    return found


def met(screen: Screen, what: Callable[[Visit], object]) -> dict[str, object]:
    """Return what was met, by page, where there was any."""
    return {kind: found for kind, visit in screen.visits.items() if (found := what(visit))}


# What a screen hears


class Patchy(Quiet):
    """Serves files; breaks off at `cut.png`, and says nothing of `slow.png` until it is let go."""

    let_go = threading.Event()

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        """Answer as the path asks for."""
        if self.path == "/slow.png":
            self.let_go.wait(timeout=30)
        elif self.path != "/cut.png":
            super().do_GET()


def test_what_is_missing_is_heard_and_what_the_next_page_ends_is_not(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text('<link rel="icon" href="data:,"><img src="none.png"><img src="cut.png">')
    (tmp_path / "two.html").write_text('<link rel="icon" href="data:,"><img src="slow.png">')
    with serving(tmp_path, Patchy) as address, browser.new_page() as page:
        listener = Listener(address)
        with listener.listening(page):
            page.goto(f"{address}/one.html")
            with page.expect_request("**/slow.png"):
                page.goto(f"{address}/two.html", wait_until="commit")
            with page.expect_event("requestfailed", lambda each: each.url.endswith(".png")) as ended:
                page.goto("data:text/html,three")
        Patchy.let_go.set()
    assert ended.value.url == f"{address}/slow.png"
    missing = sorted(each for each in listener.problems if not each.startswith("error:"))
    assert missing == [f"404: {address}/none.png", f"failed: {address}/cut.png"]


# On each screen


def test_no_page_complains_or_misses_a_file(screen: Screen) -> None:
    assert met(screen, lambda visit: visit.problems) == {}


def test_no_page_asks_for_anything_outside_the_site(screen: Screen) -> None:
    assert met(screen, lambda visit: visit.foreign) == {}


def test_no_page_is_wider_than_the_screen(screen: Screen) -> None:
    assert met(screen, lambda visit: visit.overflow) == {}


def test_every_picture_is_drawn(screen: Screen) -> None:
    assert met(screen, lambda visit: visit.broken) == {}


def test_nothing_moves_while_a_page_loads(screen: Screen) -> None:
    assert met(screen, lambda visit: visit.shifted) == {}


def test_no_blank_lies_between_the_warning_signs_of_an_injury_and_its_first_part(
    screens: dict[tuple[int, Scheme], Screen], served: str
) -> None:
    page = screens[1280, "light"].page
    for injury in ("glute-pain", "it-band-syndrome", "piriformis-syndrome"):
        page.goto(f"{served}/injuries/{injury}/")
        assert page.evaluate(BLANK) < 100, injury


@pytest.mark.parametrize("width", [360, 1280])
def test_dark_is_dark_and_light_is_light(screens: dict[tuple[int, Scheme], Screen], width: int) -> None:
    for scheme in SCHEMES:
        papers = {visit.paper for visit in screens[width, scheme].visits.values()}
        assert len(papers) == 1
        numbers = [int(number) for number in re.findall(r"rgb\((\d+), (\d+), (\d+)\)", papers.pop())[-1]]
        assert (sum(numbers) > 3 * 128) is (scheme == "light")


# Accessibility


@pytest.mark.parametrize(
    ("width", "scheme", "kind"),
    [
        *((360, scheme, kind) for scheme in SCHEMES for kind in PAGES),
        *((1280, scheme, kind) for scheme in SCHEMES for kind in WIDE_AUDITS),
    ],
)
def test_an_audit_finds_no_barrier(
    screens: dict[tuple[int, Scheme], Screen], width: int, scheme: Scheme, kind: str
) -> None:
    page = screens[width, scheme].open(kind)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    response = axe_module.Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    found = [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("kind", ["home", "post with thread", "exercise", "not found"])
@pytest.mark.parametrize("size", [(360, "light"), (1280, "dark")])
def test_the_first_tab_reaches_a_visible_link_that_skips_to_the_text(
    screens: dict[tuple[int, Scheme], Screen], size: tuple[int, Scheme], kind: str
) -> None:
    page = screens[size].open(kind)
    page.keyboard.press("Tab")
    page.evaluate(SETTLE)
    skip = page.evaluate(FOCUSED)
    assert (skip["tag"], skip["seen"]) == ("a", True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("kind", ["home", "post with thread", "injury"])
@pytest.mark.parametrize("size", SCREENS)
def test_the_focus_is_seen_wherever_a_keyboard_goes(
    screens: dict[tuple[int, Scheme], Screen], size: tuple[int, Scheme], kind: str
) -> None:
    page = screens[size].open(kind)
    hidden = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] != "body" and not (focused["ring"] >= 2 or focused["drawn"]):
            hidden.append(focused["name"])
    assert hidden == []


def test_a_keyboard_reaches_every_link_and_is_never_caught(screens: dict[tuple[int, Scheme], Screen]) -> None:
    page = screens[1280, "light"].open("post without date")
    links = page.evaluate("document.querySelectorAll('a[href], summary').length")
    hidden = page.evaluate("document.querySelectorAll('details:not([open]) > :not(summary) a[href]').length")
    reached = 0
    for _ in range(links + 1):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        reached += 1
    assert reached == links - hidden


# Styles


def test_a_browser_takes_every_declaration_and_selector(screens: dict[tuple[int, Scheme], Screen]) -> None:
    sources = [file.read_text("utf-8") for file in sorted((ROOT / "theme" / "styles").glob("*.css"))]
    refused = screens[1280, "light"].open("home").evaluate(REFUSED, sources)
    assert refused == []


# Without scripts, and on paper


def test_a_page_says_the_same_without_scripts(browser: Browser, screens: dict[tuple[int, Scheme], Screen]) -> None:
    screen = screens[360, "light"]
    with browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False) as context:
        page = context.new_page()
        for kind, path in PAGES.items():
            page.goto(f"{screen.served}/{path}")
            plain = page.evaluate(SAID)
            assert len(plain) > 100
            assert plain == screen.visits[kind].text, kind


@pytest.mark.parametrize("kind", ["exercise", "exercise with ladder", "exercise stub", "program", "post with thread"])
def test_print_leaves_the_site_away_and_keeps_the_card(screens: dict[tuple[int, Scheme], Screen], kind: str) -> None:
    page = screens[1280, "dark"].open(kind)
    page.emulate_media(media="print")
    shown = {name: page.locator(name).first.is_visible() for name in (".site-head", ".site-nav", ".site-foot", ".skip")}
    cards = [card.is_visible() for card in page.locator("main .bib:not([data-size=mini])").all()]
    ink = page.evaluate("getComputedStyle(document.querySelector('main .bib')).color")
    page.emulate_media(media="null")
    assert not any(shown.values()), shown
    assert cards
    assert all(cards)
    assert sum(int(number) for number in re.findall(r"\d+", ink)[:3]) < 3 * 80, "dark ink, whatever the screen's scheme"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(
    ("kind", "most"), [("exercise stub", 1), ("exercise", 1), ("exercise with ladder", 1), ("program", 2)]
)
def test_a_card_takes_few_sheets(screens: dict[tuple[int, Scheme], Screen], kind: str, most: int, paper: str) -> None:
    sheets = screens[1280, "light"].open(kind).pdf(format=paper)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= most
