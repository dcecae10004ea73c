"""Texts of other systems → Markdown: nothing in them is obeyed, and what cannot be kept is seen."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from rehab.adapter.text.markdown import RehabExtension
from rehab.authoring.import_posts.files_text import read_markdown_text
from rehab.authoring.import_posts.items import Picture
from rehab.authoring.import_posts.letters import escape_text, in_code, in_fence, safe_address
from rehab.authoring.import_posts.markdown import Ways, render_markdown
from rehab.authoring.import_posts.wordpress_text import read_wordpress_text, show_code
from rehab.comments.author_html import clean_author_html, render_text
from rehab.site.text.refs import find_text_refs

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases/import/text.yml").read_text(encoding="utf-8")
)
EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.toc", "markdown.extensions.sane_lists"]
GIVEN = {"have.jpg": "have.jpg"}
WAYS = Ways(
    shown=lambda source, link: GIVEN.get(link.rpartition("/")[2]) or GIVEN.get(source.rpartition("/")[2], ""),
    ours=lambda href: "post:other" if href.endswith("/other/") else "",
    whole=lambda href: href if "://" in href else "",
)
SHOWN = set(
    "p br em strong code pre a img ul ol li blockquote hr h1 h2 h3 h4 h5 h6 table thead tbody tr th td rehab-picture "
    "rehab-pictures".split()
)
ATTRIBUTES = {
    "href",
    "src",
    "alt",
    "title",
    "id",
    "class",
    "start",
    "data-file",
    "data-alt",
    "data-caption",
    "data-alone",
}
ATTRIBUTES |= {"data-together", "data-items"}


def to_markdown(html: str) -> str:
    cleaned = clean_author_html(html)
    return render_markdown(render_text(html) if cleaned is None else cleaned, WAYS)[0]


def published(text: str) -> str:
    """What the site makes of Markdown."""
    made: str = Markdown(extensions=[*EXTENSIONS, RehabExtension()], output_format="html").convert(text)
    return made


class Seen(HTMLParser):
    """The tags, attributes and addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what may not stand on a page."""
        if tag == "rehab-ref" and {"data-slug": "other", "data-kind": "post"}.items() <= dict(attrs).items():
            return
        if tag not in SHOWN:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.faults.append(f"{name}=")
            if re.match(r"\s*(?:[{|]|javascript|data|vbscript|file)", value or "", re.IGNORECASE) and name in {
                "href",
                "src",
            }:
                self.faults.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        """No comment may."""
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        """No declaration may."""
        self.faults.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        """No instruction may."""
        self.faults.append(f"<?{data}")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        self.words.append(data)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["rule"]))
def test_what_stands_in_a_text_becomes_this_markdown(case: dict[str, Any]) -> None:
    html = case.get("html") or ""
    pictures = {
        "7": Picture(url="https://old.example/have.jpg", alt="A hill"),
        "8": Picture(url="https://old.example/no.jpg"),
    }
    if "wordpress" in case:
        html, _ = read_wordpress_text(case["wordpress"], pictures)
    elif "markdown" in case:
        html, _ = read_markdown_text(case["markdown"])
    elif "shown" in case:
        html, _ = show_code(case["shown"])
    assert to_markdown(html) == case["gives"].strip("\n")


PIECES = st.sampled_from(
    (Path(__file__).parent / "cases/import/hostile.txt").read_text(encoding="utf-8").replace("§", " ").split("\n")
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "\n", "\n\n", "\n    ", "  \n"])), max_size=25).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@settings(max_examples=150)
@given(TEXTS)
def test_no_html_makes_a_tag_a_link_or_a_placeholder_of_its_own(html: str) -> None:
    text = to_markdown(html)
    page = published(text)
    assert Seen(page).faults == [], text
    refs = {found.ref.kind for found in find_text_refs(text, "x.md")}
    assert refs <= {"post"}


@settings(max_examples=100)
@given(TEXTS)
def test_no_text_of_wordpress_does(text: str) -> None:
    made = to_markdown(read_wordpress_text(text, {})[0])
    assert Seen(published(made)).faults == [], made


@settings(max_examples=100)
@given(TEXTS)
def test_no_markdown_of_another_program_does(text: str) -> None:
    made = to_markdown(read_markdown_text(text)[0])
    assert Seen(published(made)).faults == [], made


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_escaped_words_are_read_as_they_were(words: str) -> None:
    plain = " ".join(words.replace("\x02", "").replace("\x03", "").split())
    plain = "".join(letter for letter in plain if letter.isprintable())
    shown = "".join(Seen(published(f"x {escape_text(plain)} y")).words)
    assert " ".join(shown.split()) == " ".join(f"x {plain} y".split())


@pytest.mark.parametrize("code", ["`", "``` x", "a ` b `` c", "<script>", "{{ x }}", "[[knee]]", "~~~"])
def test_code_is_shown_as_it_is(code: str) -> None:
    assert "".join(Seen(published(in_code(code))).words).strip() == code
    assert "".join(Seen(published(in_fence(code))).words).strip() == code


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/x y", "https://a.example/xy"),
        ("https://a.example/{static}/x|y", "https://a.example/%7Bstatic%7D/x%7Cy"),
        ("https://a.example/(x)", "https://a.example/%28x%29"),
        ("{static}/etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https:///x", ""),
        ("//a.example/x", ""),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://a.example\\@b", ""),
    ],
)
def test_an_address_is_safe_or_none(address: str, safe: str) -> None:
    assert safe_address(address) == safe


def test_html_that_is_built_to_hurt_is_kept_as_text() -> None:
    assert clean_author_html("<div>" * 5000) is None
    assert clean_author_html("".join(f'<b><i><a href="https://a.example/{n}">' for n in range(3000))) is None


@pytest.mark.parametrize(
    "piece",
    [
        "[caption]",
        "[gallery ",
        "[a b=c ",
        "<!-- wp:x ",
        "<p <p ",
        "[embed]",
        "<pre>",
        "<script>",
        "&lt;",
        "[[",
        "`",
        "\n \n",
        " ",
        "{% x ",
        "<li>",
    ],
)
def test_a_long_run_of_anything_is_read_at_once(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert to_markdown(read_wordpress_text(text, {})[0]) is not None
    assert to_markdown(read_markdown_text(text)[0]) is not None
