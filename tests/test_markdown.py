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
from rehab.adapter.feeds.items import absolute_links
from rehab.adapter.saved import first_picture_at_once
from rehab.adapter.settings import file_of, root_of
from rehab.adapter.text.bodies import Bodies
from rehab.adapter.theme.styles import read_styles
from rehab.site.text.refs import find_text_refs

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


def test_a_script_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    urls = set()
    for text in ("1", "2"):
        (tmp_path / "static" / "a.js").write_text(text)
        styles = read_styles(tmp_path)
        urls.add(styles.scripts["a.js"].url)
        assert set(styles.files) == {styles.scripts["a.js"].url}
    assert len(urls) == 2


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
