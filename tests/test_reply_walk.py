"""Reading and answering a thread ten answers deep with a keyboard, without a script, on a screen 320 pixels wide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from browsing import RULES, Quiet, serving
from conftest import write_settings
from rehab.comments.inbox import read_held
from rehab.comments.numbers import find_numbered
from rehab.comments.submission import parse_submission
from rehab.comments.submitted import know_threads
from rehab.model.comment import Comment

axe_module = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the tests' packages are not here")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

pytestmark = pytest.mark.browser

DEEP = 10
NARROW: ViewportSize = {"width": 320, "height": 640}
POST = (
    "---\ntitle: Knee\ndate: 2024-01-01\nexercises: [{name: Squat, dose: 3 x 10}]\ninjuries: [sore-knee]\n---\nText\n"
)
INJURY = "---\ntitle: Sore knee\nregion: knee\nred_flags: []\n---\nText\n"
MENTIONS = "mentions: {exercises: [squat], injuries: [sore-knee]}\n"
LONG_NAME = "Wilhelmina" * 7
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
FOCUSED = """
() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  const comment = element.closest("article.comment");
  return {
    tag: element.localName, name: element.getAttribute("name") || "", href: element.getAttribute("href") || "",
    words: element.textContent.trim().replace(/\\s+/g, " "), comment: comment ? comment.id : "",
    ring: parseFloat(style.outlineWidth) * (style.outlineStyle !== "none") || 0,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0
      && box.right <= innerWidth + 1,
    labelled: element.labels ? [...element.labels].map(each => each.textContent).join(" ") : "",
    form: !!element.closest("#reply"),
  };
}
"""
WIDER = """
() => [...document.querySelectorAll("main *")].filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => each.outerHTML.slice(0, 100))
"""
LOOK = (
    "element => { const s = getComputedStyle(element); return s.backgroundColor + s.outline + s.boxShadow + s.border; }"
)


@dataclass
class Desk:
    """A served blog, what was posted to it, and where its content lies."""

    address: str
    content: Path
    posted: list[dict[str, str]] = field(default_factory=list)


def name_of(number: int) -> str:
    return LONG_NAME if number == DEEP - 1 else f"Reader {number}"


def write_blog(folder: Path) -> Path:
    """Write a blog of one post under which each of ten comments answers the one before it."""
    thread = folder / "content" / "comments" / "knee"
    thread.mkdir(parents=True)
    (folder / "content" / "posts").mkdir()
    (folder / "content" / "injuries").mkdir()
    (folder / "content" / "posts" / "knee.md").write_text(POST, "utf-8")
    (folder / "content" / "injuries" / "sore-knee.md").write_text(INJURY, "utf-8")
    for number in range(1, DEEP + 1):
        fields = f"author: {name_of(number)}\ndate: 2024-02-{number:02}\n"
        fields += f"reply_to: c{number - 1:02}\n" if number > 1 else ""
        fields += f"url: https://site.example/{number}\n" if number % 2 else ""
        fields += MENTIONS if number >= DEEP - 1 else ""
        said = (
            f"{LONG_WORD} https://site.example/{LONG_WORD}\n\n```\n{LONG_WORD}\n```" if number == DEEP else "So it is."
        )
        (thread / f"c{number:02}.md").write_text(f"---\n{fields}---\n{said}\n", "utf-8")
    return folder / "content"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Build the blog with a form, and serve it together with what takes the form."""
    from rehab.adapter.run import build  # noqa: PLC0415 - as in the fixtures that all tests share

    folder = tmp_path_factory.mktemp("walk")
    content = write_blog(folder)
    made = write_settings(folder, content, folder / ".cache", REHAB_COMMENTS_FORM="netlify", REHAB_COMMENTS_MAIL=None)
    assert build(made, output=folder / "output").exit_code == 0
    desk = Desk("", content)

    class Taking(Quiet):
        """Serves files, keeps what is posted, and says nothing."""

        def do_POST(self) -> None:  # noqa: N802 - the library's name
            """Keep the fields and lead on to the page that says thanks."""
            data = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
            fields = parse_qs(data, keep_blank_values=True, strict_parsing=True)
            desk.posted.append({name: values[0] for name, values in fields.items()})
            self.send_response(303)
            self.send_header("Location", self.path)
            self.end_headers()

    with serving(folder / "output", Taking) as desk.address:
        yield desk


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """Open the post on a narrow screen, with scripts switched off."""
    with browser.new_context(viewport=NARROW, java_script_enabled=False, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(f"{desk.address}/posts/knee/")
        yield page


def tab(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the page is at its end, and return what had the focus inside the thread."""
    stops: list[dict[str, Any]] = []
    for _ in range(120):
        stop = tab(page)
        if stop["tag"] == "body":
            break
        stops.append(stop)
    return [stop for stop in stops if stop["comment"] or stop["form"]]


@pytest.mark.parametrize("path", ["posts/knee/", "exercises/squat/", "injuries/sore-knee/"])
def test_nothing_that_a_reader_wrote_is_wider_than_the_screen(path: str, page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/{path}")
    assert LONG_WORD in page.inner_text("main")
    assert LONG_NAME in page.inner_text("main")
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_deepest_comment_has_room_for_its_words(page: Page) -> None:
    assert page.locator("article.comment").count() == DEEP
    widths = page.evaluate("[...document.querySelectorAll('.comment-text')].map(each => each.clientWidth)")
    assert min(widths) >= 180, "room for some twenty letters in a line"


def test_an_audit_of_the_thread_and_its_form_finds_no_barrier(browser: Browser, desk: Desk) -> None:
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/posts/knee/")
        response = axe_module.Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    assert [(rule["id"], node["html"][:120]) for rule in response["violations"] for node in rule["nodes"]] == []


def test_a_keyboard_passes_every_comment_in_order_and_then_the_form(page: Page) -> None:
    stops = walk(page)
    numbers = [int(stop["comment"].removeprefix("comment-c")) for stop in stops if stop["comment"]]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, DEEP + 1))
    for number in range(1, DEEP + 1):
        words = [stop["words"] for stop in stops if stop["comment"] == f"comment-c{number:02}"]
        assert words[-1].startswith(f"Reply to comment {number} by {name_of(number)}")
        assert number == 1 or name_of(number - 1) in words
    fields = [stop for stop in stops if stop["form"]]
    assert [stop["name"] for stop in fields if stop["name"]] == ["number", "message", "name", "url"]
    assert all(stop["labelled"] for stop in fields if stop["name"])
    assert fields[-1]["tag"] == "button"


def test_the_focus_is_seen_at_every_stop(page: Page) -> None:
    assert [stop for stop in walk(page) if stop["ring"] < 2 or not stop["seen"]] == []


def test_in_reply_to_leads_to_what_it_answers_and_marks_it(page: Page) -> None:
    answer, parent = (page.locator(f"#comment-c{number:02}") for number in (DEEP, DEEP - 1))
    plain = parent.evaluate(LOOK)
    link = answer.get_by_role("link", name=LONG_NAME)
    assert "In reply to" in answer.inner_text()
    link.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith(f"#comment-c{DEEP - 1:02}")
    assert page.locator("article.comment:target").get_attribute("id") == f"comment-c{DEEP - 1:02}"
    assert parent.evaluate(LOOK) != plain, "the comment that is meant looks like it"
    top = parent.evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= top < NARROW["height"] / 2
    assert tab(page)["comment"] == f"comment-c{DEEP - 1:02}", "the keyboard goes on from there"


def test_every_comment_says_whom_it_answers(page: Page) -> None:
    for number in range(2, DEEP + 1):
        line = page.locator(f"#comment-c{number:02} > .by").first
        assert line.inner_text().replace("\u2068", "").strip() == f"In reply to {name_of(number - 1)}"
        assert line.locator("a").get_attribute("href") == f"#comment-c{number - 1:02}"


def test_an_answer_is_written_and_sent_by_keyboard_alone(page: Page, desk: Desk) -> None:
    desk.posted.clear()
    while not tab(page)["words"].startswith(f"Reply to comment {DEEP} "):
        assert page.evaluate("document.activeElement !== document.body")
    page.keyboard.press("Enter")
    assert page.url.endswith("#reply")
    for name, typed in {"number": f"{DEEP}", "message": "Mine *too*.\nHow long?", "name": "Ann", "url": ""}.items():
        stop = tab(page)
        assert (stop["name"], stop["seen"]) == (name, True)
        page.keyboard.type(typed)
    assert tab(page)["tag"] == "button"
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/**")
    assert len(page.inner_text("main")) > 20
    (fields,) = desk.posted
    known = [f"c{number:02}" for number in range(1, DEEP + 1)]
    assert (fields["thread"], fields["number"], fields["name"], fields["website2"]) == ("knee", f"{DEEP}", "Ann", "")
    assert find_numbered(DEEP, fields["numbered"], known) == f"c{DEEP:02}"
    threads = know_threads({"knee": "open"}, read_held(desk.content)[0])
    taken = parse_submission(fields, threads, dt.datetime(2026, 1, 2, tzinfo=dt.UTC))
    assert isinstance(taken, Comment)
    assert taken.reply_to is not None
    assert taken.reply_to.slug == f"c{DEEP:02}"
    assert taken.body == "Mine *too*.\nHow long?\n"
    assert taken.status == "pending"


def test_a_comment_without_words_is_not_sent_and_the_field_is_shown(page: Page, desk: Desk) -> None:
    desk.posted.clear()
    page.locator("#reply button").focus()
    page.keyboard.press("Enter")
    stop = page.evaluate(FOCUSED)
    assert (stop["name"], stop["seen"]) == ("message", True)
    assert desk.posted == []


def test_nobody_meets_the_trap_for_programs(page: Page) -> None:
    trap = page.locator("[name=website2]")
    assert trap.count() == 1
    assert not trap.is_visible()
    assert trap.get_attribute("tabindex") == "-1"
    assert page.get_by_label("Leave this empty").count() == 1
    assert page.get_by_role("textbox", name="Leave this empty").count() == 0, "assistive technology does not meet it"
