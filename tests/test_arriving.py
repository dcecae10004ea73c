"""What is shown of a page that is still coming stays where it is: on a slow network, or while a processor is busy.

Pages are sent piece by piece, each when the last one has been drawn: a picture of a row, a post of a list, its bibs.
"""

from __future__ import annotations

import re
import threading
from typing import IO, TYPE_CHECKING, Any, ClassVar

import pytest

from browsing import Quiet, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
PATHS = ("galleries/lakes-and-trails/", "about/", "tags/hamstring/", "authors/dana/")

_CUT = re.compile(rb'(?=<li data-ratio|<article class="post-card|<div class="post-card-bibs)')
BEGUN = "count => document.querySelectorAll('li[data-ratio], .post-card, .post-card-bibs').length >= count"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NOTE_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(
  each => `${each.value} ${each.sources.map(({node}) => node?.outerHTML ?? node?.textContent)}`)))
  .observe({type: "layout-shift", buffered: true});
"""


class Halting(Quiet):
    """Sends a page piece by piece: each when it is asked for."""

    asked: ClassVar = threading.Semaphore(0)

    def copyfile(self, source: IO[bytes], outputfile: Any) -> None:  # type: ignore[override]
        """Send what was asked for."""
        for piece in _CUT.split(source.read()):
            if self.path.endswith("/"):
                self.asked.acquire(timeout=20)
            outputfile.write(piece)


@pytest.fixture(scope="module")
def halting(demo: Path) -> Iterator[str]:
    with serving(demo, Halting) as address:
        yield address


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_shown_of_a_page_stays_while_the_rest_is_coming(
    browser: Browser, demo: Path, halting: str, width: int, path: str
) -> None:
    pieces = _CUT.split((demo / path / "index.html").read_bytes())
    assert len(pieces) > 1
    Halting.asked = threading.Semaphore(1)
    # A worker would ask for pages too, and get the pieces of this one.
    with browser.new_context(viewport={"width": width, "height": 800}, service_workers="block") as context:
        page = context.new_page()
        page.add_init_script(NOTE_SHIFTS)
        page.goto(f"{halting}/{path}", wait_until="commit")
        for begun in range(len(pieces)):
            page.wait_for_function(BEGUN, arg=begun)
            page.evaluate(DRAWN)
            Halting.asked.release()
        page.wait_for_load_state()
        assert page.evaluate("window.shifts") == []
