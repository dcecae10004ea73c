"""The body map in a real Chromium: hit with a thumb, walked by keyboard without scripts, seen in every scheme."""

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

pytestmark = pytest.mark.browser

PAGES = ("", "injuries/", "body/lumbosacral/", "body/foot/")
PHONE = {"width": 360, "height": 800}
NARROWEST = {"width": 320, "height": 640}

STEP = 4
"""Pixels between the points that are tried for what they hit."""
LEAST = 24 * 24
"""Square pixels that every link of the drawing is hit on (WCAG 2.2, 2.5.8, as an area: a tendon is long and thin)."""

HIT = """step => {
  const drawing = document.querySelector(".bodymap svg"), hits = {};
  const box = drawing.getBoundingClientRect();
  scrollBy(0, box.top - 10);
  const {left, top, right, bottom} = drawing.getBoundingClientRect();
  for (let y = top; y < bottom; y += step)
    for (let x = left; x < right; x += step) {
      const link = document.elementFromPoint(x, y)?.closest("a");
      const href = link && drawing.contains(link) ? link.getAttribute("href") : "";
      hits[href] = (hits[href] || 0) + step * step;
    }
  return hits;
}"""


@pytest.fixture(scope="module")
def site(demo: Path) -> Iterator[str]:
    with serving(demo) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page on a narrow phone where no script runs."""
    context = browser.new_context(viewport=NARROWEST, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


FOCUSED = """() => {
  const link = document.activeElement.closest("a");
  if (!link) return ["", "", "0"];
  const {outlineStyle, strokeWidth} = getComputedStyle(link);
  return [link.querySelector("title")?.textContent || link.textContent.trim(), outlineStyle, strokeWidth];
}"""
"""What the link with the focus is called, and how it looks."""


def follow(page: Page, name: str) -> str:
    """Press Tab until a link of that name has the focus and shows it, then Enter; return where that leads."""
    for _ in range(150):
        page.keyboard.press("Tab")
        called, outline, stroke = page.evaluate(FOCUSED)
        if re.search(name, called):
            assert outline != "none" or float(stroke.removesuffix("px")) >= 8
            assert page.get_by_role("link", name=called, exact=True).count()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return page.url
    pytest.fail(f"no link called {name} can be reached on {page.url}")


@pytest.mark.parametrize(
    "steps",
    [
        # The structure on the drawing, then what works it.
        ("^Piriformis, deep in the buttock: 1 injury", "^Ball release"),
        # The region by its name in the list, then the injury, then the exercise.
        ("^Low back and buttock$", "^Piriformis syndrome$", "^Ball release"),
        # What it feels like, then the exercise.
        ("where the buttock meets the leg", "^Ball release"),
    ],
    ids=["drawing", "list", "words"],
)
def test_pain_deep_in_the_buttock_leads_to_an_exercise_in_three_activations(
    page: Page, site: str, steps: tuple[str, ...]
) -> None:
    page.goto(f"{site}/")
    assert len(steps) <= 3
    ways = [follow(page, name) for name in steps]
    assert ways[-1] == f"{site}/exercises/ball-release-glute/"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]


def test_the_drawing_is_skipped_with_one_key(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    follow(page, "^Skip the drawing")
    page.keyboard.press("Tab")
    assert page.locator("a:focus").inner_text() == "Low back and buttock"


def test_every_place_on_the_drawing_can_be_hit_with_a_thumb(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    opened = context.new_page()
    opened.set_viewport_size({"width": 360, "height": 1400})
    opened.goto(f"{site}/")
    names = opened.locator(".bodymap svg a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    hits = opened.evaluate(HIT, STEP)
    context.close()
    assert len(names) == len(set(names)) == 24
    assert {name: hits.get(name, 0) for name in names if hits.get(name, 0) < LEAST} == {}


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_and_the_pages_it_leads_to_pass_axe(browser: Browser, site: str, width: int, scheme: Any) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    found = {}
    for path in PAGES:
        opened.goto(f"{site}/{path}")
        options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
        found[path] = [each["id"] for each in axe_module.Axe().run(opened, options=options).response["violations"]]
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert found == {path: [] for path in PAGES}


def test_forced_colours_tell_what_is_told_of_from_what_is_not(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active")
    opened = context.new_page()
    opened.goto(f"{site}/")
    look = "each => [getComputedStyle(each).fill, getComputedStyle(each).stroke, getComputedStyle(each).strokeWidth]"
    told = opened.locator(".bodymap svg a.told:not(.mark)").first.evaluate(look)
    quiet = opened.locator(".bodymap svg a:not(.told, .mark)").first.evaluate(look)
    context.close()
    assert told[1:] != quiet[1:]
    assert told[0] == quiet[0]
