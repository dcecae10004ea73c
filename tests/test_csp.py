"""What a browser may do on our pages: nothing of others, nothing inline, and all that a page of ours needs.

The demo is served from this process with the headers that are made for Netlify and Cloudflare, and without any; the
browser can reach no other machine.
"""

from __future__ import annotations

import base64
import hashlib
import re
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar

import pytest

from browsing import Quiet, answering, serving
from built import Built, elements_of
from rehab.publish.headers import FORMS, header_files, page_folders, render_headers
from rehab.site.headers import FIELDS, page_policy
from rehab.site.options import Options
from test_browser import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from conftest import BuildSite, WriteTree

URL = "https://knees.test.org"
OPTIONS = Options(site_url=URL)
POST = "---\ntitle: A knee\ndate: 2020-01-02\n---\n{}\n"
TEXT = """\
A *word*{: style="color: red" } and <b onclick="x()" style="color: red">another</b>.

| left | right |
|:-----|------:|
| 1    | 2     |

A note[^1].

[^1]: Below.
"""
WATCH = """
window.stopped = [];
addEventListener("securitypolicyviolation", each => stopped.push(
  `${each.effectiveDirective} ${each.blockedURI} ${each.sourceFile}:${each.lineNumber}`));
"""


def policy_of(options: Options, *digests: str) -> dict[str, str]:
    return dict(each.partition(" ")[::2] for each in page_policy(options, digests).split("; "))


# The policy


@pytest.mark.parametrize(
    ("form", "mail", "allowed"),
    [
        ("", "", "'none'"),
        ("", "a@example.org", "'none'"),
        ("netlify", "", "'self'"),
        ("https://forms.test.net/f/abc?x=1", "", "'self' https://forms.test.net"),
        ("intake:https://knees.test.org:8443/in", "", "'self' https://knees.test.org:8443"),
    ],
)
def test_a_form_may_be_sent_where_the_settings_say_and_nowhere_else(form: str, mail: str, allowed: str) -> None:
    assert policy_of(Options(comments_form=form, comments_mail=mail))["form-action"] == allowed


def test_the_policy_begins_with_nothing_and_allows_styles_by_their_digests() -> None:
    policy = policy_of(OPTIONS, "sha256-b", "sha256-a")
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["style-src"] == "'sha256-b' 'sha256-a'"
    assert policy_of(OPTIONS)["style-src"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert policy["trusted-types"] == "comeback"
    assert "unsafe" not in page_policy(OPTIONS, ("sha256-a",))
    assert "*" not in page_policy(OPTIONS, ())


def test_a_server_says_nothing_that_a_page_does_not_but_that_nobody_may_frame_it() -> None:
    said = dict(each.partition(" ")[::2] for each in FIELDS["Content-Security-Policy"].split("; "))
    assert said.pop("frame-ancestors") == said.pop("object-src") == "'none'"
    assert said.items() <= policy_of(OPTIONS).items()


# The forms of the headers


def test_pictures_and_feeds_may_be_shown_elsewhere_and_pages_may_not() -> None:
    paths = ["index.html", "404.html", "posts/a/index.html", "images/a.avif", "feeds/atom.xml", "feeds/index.html"]
    assert page_folders(paths) == ("/", "/404.html", "/posts/*")


def test_a_host_that_reads_a_hundred_rules_gets_no_more() -> None:
    assert len(page_folders(f"page-{number}/index.html" for number in range(500))) < 100


@pytest.mark.parametrize("form", FORMS)
def test_no_cache_on_the_way_keeps_the_service_worker(form: str) -> None:
    text = render_headers(form, f"{URL}/blog", ["index.html"])
    _, found, after = text.partition("/blog/sw.js")
    assert found
    assert "no-cache" in "".join(after.splitlines(keepends=True)[:2])
    assert "application/manifest+json" in text


@pytest.mark.parametrize("form", FORMS)
def test_each_form_says_every_field_in_lines_that_its_reader_takes(form: str) -> None:
    text = render_headers(form, f"{URL}/blog", ["index.html"])
    for name, value in FIELDS.items():
        said = rf"^ *(?:Header always set |add_header )?{name}[: ]+\"?{re.escape(value)}"
        assert len(re.findall(said, text, re.MULTILINE)) == 1
    assert "Cross-Origin-Resource-Policy" in text
    assert "/blog/images/" in text
    assert max(map(len, text.splitlines())) < 2_000, "Cloudflare reads no longer line"


def test_what_apache_reads_keeps_the_redirects() -> None:
    texts = header_files(URL, ["index.html"], {".htaccess": "RedirectMatch 301 a b\n"})
    assert texts[".htaccess"].startswith("RedirectMatch 301 a b\n<IfModule mod_headers.c>\n")
    assert texts[".htaccess"].endswith("</IfModule>\n")


# What is built


def test_every_page_says_its_policy_before_anything_that_it_rules(demo: Path) -> None:
    for path, page in Built(demo, "http://localhost:8000").pages.items():
        before, found, after = page.text.partition('<meta http-equiv="Content-Security-Policy"')
        assert found, path
        assert not re.search("<(?:style|script|link|img|body)", before), path
        said = set(re.findall(r"sha256-[\w+/=]+", after.partition(">")[0]))
        styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
        assert said == {f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}" for css in styles}


def inline_code(site: Path) -> list[str]:
    """Return the elements of all pages that have a script or a style of their own."""
    found = []
    for path, page in Built(site, "http://localhost:8000").pages.items():
        for each in page.elements:
            bad = [name for name in each.attrib if name == "style" or name.startswith("on")]
            runs = each.tag == "script" and each.get("type") != "application/ld+json" and "src" not in each.attrib
            address = any(value.strip().lower().startswith("javascript:") for value in each.attrib.values())
            found += [f"{path}: {each.tag} {each.attrib}"] if bad or runs or address else []
    return found


def test_no_page_has_a_script_or_a_style_attribute_of_its_own(demo: Path) -> None:
    assert inline_code(demo) == []


def test_a_text_with_tables_notes_and_attributes_has_none_either(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree({"posts/a.md": POST.format(TEXT)}))
    assert inline_code(output) == []
    page = Built(output, "http://localhost:8000").pages["posts/a/"]
    assert [each.get("class") for each in page.elements if each.tag == "td"] == ["align-left", "align-right"]


def test_every_script_of_a_page_is_compared_before_it_runs(demo: Path) -> None:
    seen = set()
    for page in Built(demo, "http://localhost:8000").pages.values():
        for each in elements_of(page.tree):
            if each.tag == "script" and "src" in each.attrib:
                data = (demo / each.get("src", "").lstrip("/")).read_bytes()
                digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
                assert each.get("integrity") == f"sha256-{digest}"
                seen.add(each.get("src"))
    assert len(seen) > 2


# In a browser


class Desk(BaseHTTPRequestHandler):
    """A service of another origin that takes what a form sends."""

    taken: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Take a comment and show a page."""
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>taken</title>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Host(Quiet):
    """A server that says what `headers_sent` has for every file."""

    headers_sent: ClassVar[dict[str, str]] = {}

    def end_headers(self) -> None:
        """Add our fields."""
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def served(demo: Path) -> Iterator[str]:
    """Serve the demo."""
    with serving(demo, Host) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("with_headers", [False, True], ids=["meta alone", "with headers"])
def test_no_page_is_stopped_keeps_anything_or_asks_anybody_else(
    browser: Browser,
    served: str,
    with_headers: bool,  # noqa: FBT001 - a row
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = {name: value for name, value in FIELDS.items() if name != "Strict-Transport-Security"}
    monkeypatch.setattr(Host, "headers_sent", kept if with_headers else {})
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.add_init_script(WATCH)
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    for name, path in PAGES.items():
        page = context.new_page()
        page.goto(f"{served}/{path}", wait_until="networkidle")
        for each in page.locator(".moves button:visible").all()[:3]:
            each.click()
        if page.locator(".gallery figure > a").count():
            page.locator(".gallery figure > a").first.click()
            page.keyboard.press("ArrowRight")
        assert page.evaluate("stopped") == [], name
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the styles are not in force"
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""], name
        page.close()
    assert context.cookies() == []
    assert said == []
    assert {url for url in asked if not url.startswith(served)} == set()
    context.close()


@pytest.mark.browser
def test_what_somebody_smuggles_into_a_page_is_stopped(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto(served)
    page.evaluate("""() => {
      const range = document.createRange();
      const run = text => { try { document.body.append(range.createContextualFragment(text)); } catch {} };
      const script = document.createElement("script");
      try { script.text = "window.ran = 1"; document.body.append(script); } catch {}
      try { document.body.innerHTML += "<img src=/x onerror='window.ran = 2'>"; } catch {}
      run("<img src=/x onerror='window.ran = 3'>");
    }""")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'http://127.0.0.2/a.png'}))")
    page.wait_for_function("stopped.some(each => each.startsWith('img-src'))")
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.browser
def test_a_form_reaches_the_service_of_the_settings(
    browser: Browser, write_tree: WriteTree, build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = "Content-Security-Policy"
    monkeypatch.setattr(Host, "headers_sent", {policy: FIELDS[policy]})
    Desk.taken.clear()
    with answering(Desk) as desk:
        _, output = build_site(write_tree({"posts/a.md": POST.format("Text")}), REHAB_COMMENTS_FORM=f"{desk}/f/abc")
        with serving(output, Host) as site, browser.new_page() as page:
            page.goto(f"{site}/posts/a/")
            page.fill("#reply-message", "It helped.")
            page.click(".reply button")
            page.wait_for_url(f"{desk}/**")
            assert page.title() == "taken"
    assert ["message=It+helped." in each for each in Desk.taken] == [True]
