"""Known attacks in every place where a reader may write, in a built blog: what a parser, a browser and a machine find.

Each attack is a name, an address and a text as Markdown in one comment, and a text as HTML in the next, which answers
the first. A twin of the blog has as many polite comments. What is not inside a comment must be the same in both.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml

from browsing import serving
from built import Built, Page, elements_of, parse_html, tag_of
from conftest import SHARED, write_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from playwright.sync_api import Browser

CASES = Path(__file__).parent / "cases"
PUBLISHED = SHARED / "data" / "xss" / "payloads.jsonl"
ORIGIN = "https://comeback.example"
SETTINGS = {
    "SITEURL": ORIGIN, "FEED_DOMAIN": ORIGIN, "REHAB_COMMENTS_FORM": "netlify",
    "REHAB_COMMENTS_MAIL": "comments@comeback.example",
}  # fmt: skip
PER_POST = 50
"""Comments on a post: as many as its feed holds, so that each of them is in one."""
LONG = "long"
"""The post whose thread has a second page: some attacks stand there once more."""

TAGS = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
BOX_TAGS = {"section", "h2", "ul", "li", "strong", "code", "span", "br"}
REL = {"ugc", "nofollow", "noopener"}
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
ATOM = "{http://www.w3.org/2005/Atom}"
POLITE = "*a* **b** `c` [d](https://ok.example/)\n\n> e\n\n- f"


# The attacks, and blogs with and without them


def own_attacks() -> tuple[str, ...]:
    groups = yaml.safe_load((CASES / "xss.yml").read_text("utf-8"))
    injected = yaml.safe_load((CASES / "injection.yml").read_text("utf-8"))
    return tuple(dict.fromkeys([each for group in groups.values() for each in group] + injected["readers"]))


def published_attacks() -> tuple[str, ...]:
    if not PUBLISHED.is_file():
        return ()
    lines = PUBLISHED.read_text("utf-8").splitlines()
    return tuple(dict.fromkeys(str(json.loads(line)["payload"]) for line in lines if line.strip()))


@cache
def attacks() -> tuple[str, ...]:
    """Return the attacks of ours, then the published ones where they are beside the checkout."""
    return tuple(dict.fromkeys((*own_attacks(), *published_attacks())))


def front(fields: dict[str, Any], body: str = "") -> bytes:
    """Return a content file. JSON is YAML, but for letters of more than sixteen bits."""
    lines = "".join(f"{name}: {quoted(json.dumps(value, ensure_ascii=False))}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{body}\n".encode("utf-8", "replace")


def quoted(text: str) -> str:
    return "".join(letter if letter.isascii() and letter.isprintable() else f"\\U{ord(letter):08x}" for letter in text)


def pair_of(attack: str, number: int, mentions: dict[str, list[str]]) -> Iterator[bytes]:
    """Yield the comment that is hostile in name, address and Markdown, and the answer that is in its HTML."""
    day = f"2020-01-{1 + number // 50 % 28:02} {number // 2 % 24:02}:{number % 60:02}"
    fields = {"author": attack, "url": attack, "date": day, "format": "markdown", "mentions": mentions}
    yield front({**fields, "source": attack}, attack)
    fields = {"author": "Al", "date": day, "format": "html", "reply_to": f"c{number:04}", "mentions": mentions}
    yield front(fields, attack)


def tree_of(said: Sequence[str]) -> dict[str, bytes]:
    """Return a blog in which everything that is said stands in two comments, a thread for each fifty."""
    half = PER_POST // 2
    threads = {f"p{at:02}": said[at * half : (at + 1) * half] for at in range(-(-len(said) // half))}
    few = said[:half]
    files: dict[str, bytes] = {}
    for slug, attacks_here in {**threads, LONG: said[: 4 * half + 5]}.items():
        post = {
            "title": f"Post {slug}",
            "date": "2020-01-01",
            "exercises": [{"name": f"Squat {slug}", "dose": "3 x 10"}],
        }
        files[f"posts/{slug}.md"] = front({**post, "injuries": ["sore-knee"]}, "Text")
        mentions = {"exercises": [f"squat-{slug}"], "injuries": ["sore-knee"] if slug == "p00" else []}
        files |= thread_of(slug, attacks_here, mentions)
    files |= thread_of("exercises/squat-p01", few, {})
    files |= thread_of("injuries/sore-knee", few, {})
    fields = {"title": "Sore knee", "region": "knee", "red_flags": []}
    return {**files, "injuries/sore-knee.md": front(fields, "Text")}


def thread_of(thread: str, said: Sequence[str], mentions: dict[str, list[str]]) -> dict[str, bytes]:
    """Return the files of a thread in which everything is said twice."""
    pairs = ((2 * at, pair_of(attack, 2 * at, mentions)) for at, attack in enumerate(said))
    return {f"comments/{thread}/c{first + more:04}.md": data for first, pair in pairs for more, data in enumerate(pair)}


def build(folder: Path, said: Sequence[str]) -> Built:
    """Build a blog beside a file that nobody may publish."""
    from rehab.adapter.run import build as build_folder  # noqa: PLC0415 - as in the fixtures that all tests share

    for name, data in tree_of(said).items():
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    (folder / "publishconf.py").write_text("x = 'SECRET-OF-PUBLISHCONF'")
    file = write_settings(folder, folder / "content", folder / ".cache", **SETTINGS)
    result = build_folder(file, output=folder / "output")
    assert result.exit_code == 0
    return Built(folder / "output", ORIGIN)


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the blog whose readers are polite."""
    return build(tmp_path_factory.mktemp("polite"), [POLITE] * len(attacks()))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the blog whose readers are not."""
    return build(tmp_path_factory.mktemp("hostile"), attacks())


# What is a reader's on a page, and what is not


@dataclass(frozen=True)
class Split:
    """A page as lines of elements and words: those that are not in a comment, and the elements that are.

    `boxes` are lists of problems, which a preview shows: they tell what is wrong with a comment, too.
    """

    site: tuple[str, ...]
    texts: tuple[Element, ...]
    names: tuple[Element, ...]
    boxes: tuple[Element, ...]


FACE = "-1 -1.5 7 7"
"""How the drawing beside a name says what of it is seen; what is drawn depends on the name."""


def split_page(page: Page) -> Split:
    """Take the readers' words out of a page: texts and names of comments and voices, and what JSON-LD says of them."""
    site: list[str] = []
    texts: list[Element] = []
    names: list[Element] = []
    boxes: list[Element] = []
    waiting = [page.tree]
    while waiting:
        element = waiting.pop()
        if "comment-text" in element.get("class", "").split() or element.tag == "blockquote":
            texts.append(element)
        elif "comment-name" in element.get("class", "") or element.tag == "bdi" or _names_a_reader(element):
            names.append(element)
        elif element.get("class") == "problems":
            boxes.append(element)
        elif element.tag == "style" or element.get("http-equiv") == "Content-Security-Policy":
            continue  # the box of problems has a part of the styles, and the policy names each part
        elif element.get("viewBox") != FACE:
            data = element.get("type") == "application/ld+json"
            fields = sorted((key, value) for key, value in element.attrib.items() if key not in {"fill", "data-search"})
            words = ("" if data else element.text or "").strip(), (element.tail or "").strip()
            site.append(f"{element.tag} {fields} {words}")
            waiting += reversed(element)
    return Split(tuple(site), tuple(texts), tuple(names), tuple(boxes))


def _names_a_reader(element: Element) -> bool:
    """Tell whether it is the part of a link that says to whom it replies."""
    return element.get("class") == "unseen" and "to comment" in (element.text or "")


def assert_harmless_text(text: Element) -> None:
    """Find only the tags, attributes and addresses that a comment may have."""
    inside = [each for each in elements_of(text) if each is not text]
    assert {tag_of(each) for each in inside} <= TAGS
    for each in inside:
        assert set(each.attrib) == ({"href", "rel"} if each.tag == "a" else set())
        if each.tag == "a":
            assert set(each.attrib["rel"].split()) >= REL
            assert_harmless_address(each.attrib["href"])


def assert_harmless_name(name: Element) -> None:
    inside = list(elements_of(name))
    assert {tag_of(each) for each in inside} <= {"h3", "span", "bdi", "a"}
    for each in inside:
        assert set(each.attrib) <= {"class", "id"} | ({"href", "rel"} if each.tag == "a" else set())
        if each.tag == "a":
            assert set(each.attrib["rel"].split()) >= REL
            assert_harmless_address(each.attrib["href"], {"http", "https"})


def assert_harmless_address(address: str, schemes: Iterable[str] = ("http", "https", "mailto")) -> None:
    parts = urlsplit(address)
    assert parts.scheme in schemes
    assert parts.scheme == "mailto" or (parts.hostname and "@" not in parts.netloc)
    assert not set(address) & set('{}|\\"<> \n')
    assert not UNSEEN.search(address)


# Read by a parser


def test_all_known_attacks_are_in_every_place(built: Built) -> None:
    if not published_attacks():
        pytest.skip("the collection of published attacks is not beside this checkout: ours went alone")
    assert len(published_attacks()) >= 400
    assert sum(len(split_page(page).texts) for page in built.pages.values()) >= 4 * len(attacks())


def test_no_reader_makes_a_file_or_takes_one(built: Built, twin: Built) -> None:
    assert built.lasting == twin.lasting
    everything = b"".join((built.folder / name).read_bytes() for name in built.files)
    assert b"SECRET-OF-PUBLISHCONF" not in everything
    assert b"root:x:0:0" not in everything


def test_what_is_no_readers_is_the_same_on_every_page(built: Built, twin: Built) -> None:
    for name, page in built.pages.items():
        assert page.faults == (), (page.file, page.faults[:3])
        assert split_page(page).site == split_page(twin.pages[name]).site, page.file


def test_what_is_a_readers_has_only_the_tags_and_addresses_of_a_comment(built: Built) -> None:
    count = 0
    for page in built.pages.values():
        split = split_page(page)
        for text in split.texts:
            assert_harmless_text(text)
        for name in split.names:
            assert_harmless_name(name)
        assert {tag_of(each) for box in split.boxes for each in elements_of(box)} <= BOX_TAGS
        count += len(split.texts)
        assert not UNSEEN.search(page.text), page.file
    assert count >= 4 * len(attacks()), "each text stands in its thread, and on the page of what it mentions"


def test_no_reader_names_an_element(built: Built) -> None:
    """`id` and `name` become properties of the document: scripts would find a reader's element instead of their own."""
    for page in built.pages.values():
        for text in split_page(page).texts:
            assert not [each.attrib for each in elements_of(text) if {"id", "name"} & set(each.attrib)]
        assert len(page.ids) == len(set(page.ids)), page.file


def test_a_strict_parser_takes_every_feed_and_finds_only_a_comments_tags(built: Built, twin: Built) -> None:
    names = sorted(name for name in built.files if name.endswith(".xml"))
    assert {"exercises/squat-p01/comments.atom.xml", "injuries/sore-knee/comments.atom.xml"} <= set(names)
    assert sum(name.endswith("comments.atom.xml") for name in names) > len(tree_posts(built))
    count = 0
    for name in names:
        feed, polite = (ET.fromstring(each.text(name)) for each in (built, twin))  # noqa: S314 - strictness is the point
        assert [each.tag for each in feed.iter()] == [each.tag for each in polite.iter()] or "comments" in name
        assert {each.tag for each in feed.iter()} == {each.tag for each in polite.iter()}, name
        for entry in feed.iter(f"{ATOM}entry"):
            count += "comments" in name
            assert {each.tag for each in entry} <= {each.tag for each in next(polite.iter(f"{ATOM}entry"))}
            for content in entry.iter(f"{ATOM}content"):
                assert_harmless_text(parse_html(f"<!doctype html>{content.text or ''}").find("body") or ET.Element("p"))
            for link in entry.iter(f"{ATOM}link"):
                assert link.get("href", "").startswith(f"{ORIGIN}/")
            assert [each.text for each in entry.iter(f"{ATOM}uri")] == []
    assert count >= 2 * len(attacks())


def tree_posts(built: Built) -> list[str]:
    return [name for name in built.pages if re.fullmatch(r"posts/[^/]+/", name)]


def test_data_for_machines_is_whole_and_leaves_its_element_nowhere(built: Built, twin: Built) -> None:
    told = 0
    for name, page in built.pages.items():
        scripts = re.findall(r"<script[^>]*ld\+json[^>]*>(.*?)</script", page.text, re.DOTALL)
        assert len(scripts) == len(re.findall(r"<script[^>]*ld\+json", twin.pages[name].text))
        for script in scripts:
            assert not re.search("[<>&\u2028\u2029]", script), page.file
            (thing, *_) = json.loads(script)["@graph"]
            comments = thing.get("comment", ())
            assert {key for each in comments for key in each} <= {
                "@type", "@id", "text", "datePublished", "author", "parentItem"
            }  # fmt: skip
            told += len(comments)
    assert told >= 2 * len(attacks())
    graphs = [json.loads(each.text("rehab.json")) for each in (built, twin)]
    assert "</script" not in built.text("rehab.json")
    (ids, polite) = ([(node["id"], node["kind"], node["url"]) for node in graph["nodes"]] for graph in graphs)
    assert ids == polite
    assert graphs[0]["edges"] == graphs[1]["edges"]


# Opened in a browser


TRAPS = """
(() => {
  const caught = name => console.error(`trap: ${name}`);
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = () => { caught(name); return null; };
  window.fetch = (...words) => { caught(`fetch ${words[0]}`); return new Promise(() => {}); };
  XMLHttpRequest.prototype.open = () => caught("XMLHttpRequest");
  navigator.sendBeacon = () => caught("beacon");
  window.Image = function () { caught("Image"); };
  Object.defineProperty(document, "cookie", {get: () => { caught("cookie"); return ""; }, set: () => caught("cookie")});
  addEventListener("securitypolicyviolation", event => caught(event.violatedDirective));
})()
"""

FIND = """
([tags, allowed]) => {
  const found = [];
  const own = new Set(["", "http:", "https:", "mailto:"]);
  const rooms = document.querySelectorAll("#comments, .voice");
  for (const room of rooms) for (const element of room.querySelectorAll("*")) {
    const name = element.localName, said = element.outerHTML.slice(0, 120);
    const theirs = element.closest(".comment-text, .voice blockquote, bdi");
    if (theirs && theirs !== element && !tags.includes(name)) found.push(`element ${said}`);
    if (!theirs && !allowed.includes(name)) found.push(`element ${said}`);
    for (const {name: key} of element.attributes) {
      if (key.startsWith("on") || ["style", "srcdoc", "src", "formaction", "is"].includes(key))
        found.push(`${key} ${said}`);
      if (key === "action" && !element.matches("#reply form")) found.push(`action ${said}`);
      if (theirs && theirs !== element && !["href", "rel"].includes(key)) found.push(`${key} ${said}`);
    }
    if ("protocol" in element && (!own.has(element.protocol) || element.username)) found.push(`address ${said}`);
    if (theirs && name === "a" && !/^(https?|mailto):/.test(element.getAttribute("href")))
      found.push(`address ${said}`);
    for (const key in element) if (key.startsWith("on") && element[key]) found.push(`handler ${key} ${said}`);
  }
  return found;
}
"""

PROVOKE = """
() => {
  const kinds = [[MouseEvent, "click dblclick mouseover mouseenter mousemove mousedown mouseup contextmenu wheel"],
    [PointerEvent, "pointerdown pointerover pointerenter pointerrawupdate"], [DragEvent, "dragstart drop"],
    [KeyboardEvent, "keydown keyup keypress"], [FocusEvent, "focus focusin blur focusout"],
    [AnimationEvent, "animationstart animationend animationiteration"], [TransitionEvent, "transitionend"],
    [Event, "load error toggle beforetoggle input change submit scroll scrollend begin end start finish paste"]];
  document.addEventListener("click", event => event.preventDefault());
  let count = 0;
  const all = document.querySelectorAll("#comments, #comments *, .voice, .voice *");
  for (const element of all) for (const [Kind, names] of kinds) for (const name of names.split(" "))
    count += 1, element.dispatchEvent(new Kind(name, {bubbles: !/^(load|error)$/.test(name), cancelable: true}));
  for (const element of document.querySelectorAll(".comment-text, .voice blockquote")) {
    const before = element.querySelectorAll("*").length;
    element.innerHTML = element.innerHTML;
    if (element.querySelectorAll("*").length !== before) console.error(`trap: another tree ${element.innerHTML}`);
  }
  return count;
}
"""
SITE_TAGS = """
section h2 h3 ol li article span svg path header a bdi time p div nav ul figure figcaption blockquote form label input
textarea button small code em strong
""".split()
"""Elements of ours around what readers wrote. A form's fields are the site's."""


@pytest.fixture(scope="module")
def served(built: Built) -> Iterator[str]:
    """Serve the hostile blog; return its address without a slash at its end."""
    with serving(built.folder) as address:
        yield address


@pytest.fixture(scope="module")
def tab(served: str, browser: Browser) -> Iterator[tuple[Any, list[str]]]:
    """Open a browser's tab in which every trap is set, and the list of what is caught."""
    caught: list[str] = []
    # Without the page's own policy: cleaning alone must hold, and the traps write where the policy forbids it.
    with browser.new_context(viewport={"width": 900, "height": 900}, bypass_csp=True) as context:
        context.add_init_script(TRAPS)
        context.route("**/*", lambda route: _let_own_pass(route, served, caught))
        context.on("page", lambda page: _watch(page, caught))
        yield context.new_page(), caught


def _let_own_pass(route: Any, served: str, caught: list[str]) -> None:
    if route.request.url.startswith(f"{served}/"):
        route.continue_()
        return
    caught.append(f"request: {route.request.url}")
    route.abort()


def _watch(page: Any, caught: list[str]) -> None:
    def dismiss(dialog: Any) -> None:
        caught.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("popup", lambda popup: caught.append(f"window: {popup.url}"))
    page.on("pageerror", lambda error: caught.append(f"script: {error}"))
    page.on("download", lambda download: caught.append(f"download: {download.url}"))
    page.on("console", lambda said: caught.append(f"{said.type}: {said.text}") if said.type == "error" else None)


@pytest.mark.browser
def test_a_browser_finds_nothing_but_words_and_nothing_runs(
    built: Built, served: str, tab: tuple[Any, list[str]]
) -> None:
    page, caught = tab
    events = 0
    paths = sorted(
        path for path, read in built.pages.items() if 'class="comment-text ' in read.text or "voice" in read.text
    )
    assert len(paths) > len(tree_posts(built))
    for path in paths:
        address = f"{served}/{path}"
        page.goto(address)
        found = page.evaluate(FIND, [sorted(TAGS), SITE_TAGS])
        events += page.evaluate(PROVOKE)
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert (found, caught, page.url) == ([], [], address), path
    assert events > 10_000


@pytest.mark.browser
def test_the_traps_catch_what_they_are_set_for(served: str, tab: tuple[Any, list[str]]) -> None:
    page, caught = tab
    page.goto(f"{served}/posts/p00/")
    page.evaluate(
        """() => {
          const box = document.querySelector(".comment-text");
          box.innerHTML = "<img src=https://evil.example/x onerror=alert(1)><a href='javascript:alert(2)' id=x>y</a>";
        }"""
    )
    found = page.evaluate(FIND, [sorted(TAGS), SITE_TAGS])
    page.evaluate(PROVOKE)
    assert any(each.startswith("request: https://evil.example") for each in caught)
    assert "error: trap: alert" in caught
    assert {each.split()[0] for each in found} >= {"element", "onerror", "src", "id", "address", "handler"}
    caught.clear()
