"""Body text → HTML with placeholders, and what the writer does to finished pages."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from rehab.adapter.bodies import Bodies
from rehab.adapter.settings import file_of, root_of
from rehab.adapter.styles import Styles, read_styles
from rehab.adapter.writer import absolute_links, first_picture_at_once
from rehab.site.text_refs import find_text_refs

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "markdown.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return Bodies({"MARKDOWN": runpy.run_path(str(ROOT / "pelicanconf.py"))["MARKDOWN"]})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_markdown_becomes(bodies: Bodies, case: dict[str, Any]) -> None:
    expected = case["html"] if "<pre>" in case["html"] else case["html"].replace(">|<", ">\n<")
    assert bodies.render(case["text"]) == expected


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_checker_and_markdown_see_the_same_references(bodies: Bodies, case: dict[str, Any]) -> None:
    html = bodies.render(case["text"])
    placeholders = html.count("<rehab-ref ") + html.count("<rehab-place ")
    assert len(find_text_refs(case["text"], "x.md")) == placeholders


PIECES = [
    "[[a]] ", "word ", "`[[a]]` ", "``[[a]]`` ", "\n\n", "\n\n![[a]]\n\n", "\n- [[a]]\n", "\n> [[a]]\n",
    "\n\n# [[a]]\n\n", "\n\n```\n[[a]]\n```\n\n", "\n\n    [[a]]\n\n", "\n\n~~~~~\n\n", "\\[[a]] ",
]  # fmt: skip


@settings(derandomize=True, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_placeholder_of_markdown_is_unknown_to_the_checker(text: str) -> None:
    """What Markdown links the checker has looked at; it may look at more, and then only says more."""
    html = Bodies({"MARKDOWN": {"extensions": ["markdown.extensions.extra"], "output_format": "html"}}).render(text)
    linked = html.count("<rehab-ref ") + html.count("<rehab-place ")
    assert linked <= len(find_text_refs(text, "x.md"))


def test_a_front_matter_string_is_inline_and_two_paragraphs_stay_two(bodies: Bodies) -> None:
    assert bodies.render_inline("one *two*") == "one <em>two</em>"
    assert bodies.render_inline("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


@pytest.mark.parametrize(
    ("html", "absolute"),
    [
        ('<a href="/posts/">', '<a href="https://x.org/posts/">'),
        ('<a href="//other.org/">', '<a href="//other.org/">'),
        ('<a href="https://y.org/">', '<a href="https://y.org/">'),
        (
            '<img srcset="/a-1.jpg 360w, /a-2.jpg 720w">',
            '<img srcset="https://x.org/a-1.jpg 360w, https://x.org/a-2.jpg 720w">',
        ),
    ],
)
def test_links_in_a_feed_are_absolute(html: str, absolute: str) -> None:
    assert absolute_links(html, "https://x.org/blog") == absolute


def test_only_the_first_picture_of_a_page_is_loaded_at_once() -> None:
    page = '<img src="a" loading="lazy"><img src="b" loading="lazy">'
    assert first_picture_at_once(page) == (
        '<img src="a" loading="eager" fetchpriority="high"><img src="b" loading="lazy">'
    )
    assert (
        first_picture_at_once('<img src="a"><img src="b" loading="lazy">')
        == '<img src="a"><img src="b" loading="lazy">'
    )


@pytest.mark.parametrize(("url", "file"), [("a/", "a/index.html"), ("", "index.html"), ("a.html", "a.html")])
def test_an_address_names_the_file_that_answers(url: str, file: str) -> None:
    assert file_of(url) == file


@pytest.mark.parametrize(
    ("site_url", "root"), [("https://x.org", ""), ("https://x.org/", ""), ("https://x.org/blog/", "/blog"), ("", "")]
)
def test_the_root_of_the_site_is_the_path_of_its_address(site_url: str, root: str) -> None:
    assert root_of({"SITEURL": site_url}) == root


def write_styles(theme: Path, **sources: str) -> Styles:
    (theme / "styles").mkdir(exist_ok=True)
    for name, css in sources.items():
        (theme / "styles" / f"{name.replace('_', '-')[1:]}.css").write_text(css, "utf-8")
    return read_styles(theme)


def test_what_every_page_needs_is_one_part_in_the_order_of_names(tmp_path: Path) -> None:
    styles = write_styles(tmp_path, _20_b=".b {}\n", _10_a="a {}\r\n\r\n", _70_c="c {}\n", _60_d=".d {}\n")
    assert [part.css for part in styles.parts] == ["a{}\n.b{}\nc{}\n", ".d{}\n"]
    assert styles.needed("<p>") == styles.parts[:1]


@pytest.mark.parametrize(
    ("css", "html", "fits"),
    [
        (".a .b {}", '<p class="a"><b class="x b">', True),
        (".a .b {}", '<p class="a">', False),
        (".a, .b {}", '<p class="b">', True),
        ("@media print { .a { x: y } }", '<p class="a">', True),
        (".a:not(.b) {}", '<p class="a">', True),
        (":is(.a, .b) i {}", '<p class="b">', True),
        (":is(.a, .b) i {}", '<p class="c">', False),
        ("[data-x='1'] {}", '<p data-x="2">', True),
        ("[data-x='1'] {}", '<p data-y="2">', False),
        (".a { b: url(x.b) }", '<p class="b">', False),
    ],
)
def test_a_part_goes_into_pages_that_have_what_one_of_its_selectors_asks_for(
    css: str,
    html: str,
    fits: bool,  # noqa: FBT001 - a row
    tmp_path: Path,
) -> None:
    styles = write_styles(tmp_path, _10_a="a {}", _60_b=css)
    assert len(styles.needed(html)) == 1 + fits


def test_a_script_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    urls = set()
    for text in ("1", "2"):
        (tmp_path / "static" / "a.js").write_text(text)
        styles = read_styles(tmp_path)
        urls.add(styles.scripts["a.js"].url)
        assert set(styles.files) == {styles.scripts["a.js"].url}
    assert len(urls) == 2


def test_styles_go_out_without_comments_and_white_space_but_with_their_strings_whole(tmp_path: Path) -> None:
    css = (
        """/* why */ a:not(b :hover) {\n  --x: 1px;\n  content: "{ /* ; */ }" / '';\n}\n"""
        "@media (min-width: 4em) { c > d, e + f { margin: calc(1px + 2px) } }\n"
    )
    assert write_styles(tmp_path, _10_a=css).parts[0].css == (
        """a:not(b :hover){--x:1px;content:"{ /* ; */ }" / ''}"""
        "@media (min-width:4em){c>d,e + f{margin:calc(1px + 2px)}}\n"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *word*{: style='color: red' .k }", '<p>A <em class="k">word</em></p>'),
        ("A *word*{: onclick='x()' }", "<p>A <em>word</em></p>"),
        ('<div STYLE="a" class="b" onLoad=x()>c</div>', '<div class="b">c</div>'),
        ("<i title=\"a style='b' c\">d</i>", "<p><i title=\"a style='b' c\">d</i></p>"),
        ("`<p style=a>`", "<p><code>&lt;p style=a&gt;</code></p>"),
    ],
)
def test_no_element_of_a_text_keeps_a_style_or_a_script_of_its_own(bodies: Bodies, text: str, html: str) -> None:
    assert bodies.render(text) == html
