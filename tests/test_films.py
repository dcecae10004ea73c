"""Films and pictures of other sites in a body: nothing is asked of them before a click."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree

DRAWING = Path(__file__).parent.parent / "content" / "exercises" / "images" / "clamshell.png"
FILM = "https://www.youtube.com/watch?v=abcdefghijk"
HEAD = "---\ntitle: P\ndate: 2020-01-01\n---\n"


def body(write_tree: WriteTree, build_site: BuildSite, text: str) -> str:
    """Return what a text becomes on its page."""
    content = write_tree({"posts/p/index.md": f"{HEAD}{text}\n", "posts/p/leg.png": DRAWING.read_bytes()})
    _, output = build_site(content)
    page = (output / "posts/p/index.html").read_text("utf-8")
    found = re.search(r'e-content">(.*?)</div>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (f"![How it goes]({FILM})", f'<a href="{FILM}">How it goes (film on youtube.com)</a>'),
        ("![](https://example.org/a.jpg)", '<a href="https://example.org/a.jpg">A picture on example.org</a>'),
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk?rel=0" allowfullscreen></iframe>',
            f'<a href="{FILM}">Film on youtube-nocookie.com</a>',
        ),
        (
            "<iframe src='//player.vimeo.com/video/1234'></iframe>",
            '<a href="https://vimeo.com/1234">Film on player.vimeo.com</a>',
        ),
        (
            "<IFRAME SRC=\"https://example.org/map?a=1&amp;b='2'\">\n</IFRAME>",
            '<a href="https://example.org/map?a=1&amp;b=&#x27;2&#x27;">A page on example.org</a>',
        ),
    ],
)
def test_what_another_site_would_show_is_a_link_to_it(
    write_tree: WriteTree, build_site: BuildSite, text: str, link: str
) -> None:
    found = body(write_tree, build_site, text)
    assert link in found
    assert "<iframe" not in found.lower()
    assert "src=" not in found


def test_a_picture_of_ours_that_leads_to_a_film_is_its_poster(write_tree: WriteTree, build_site: BuildSite) -> None:
    found = body(write_tree, build_site, f"[![A leg](leg.png)]({FILM})")
    assert f'<a href="{FILM}">' in found
    assert '<span class="film-at">Film on youtube.com</span></a>' in found
    assert re.findall(r'src="([^"]*)"', found) == re.findall(r'src="(/images/leg-[^"]*)"', found) != []


def test_code_that_shows_how_to_embed_stays_code(write_tree: WriteTree, build_site: BuildSite) -> None:
    found = body(write_tree, build_site, '    <iframe src="https://example.org/"></iframe>')
    assert "&lt;iframe" in found
    assert "<a " not in found
