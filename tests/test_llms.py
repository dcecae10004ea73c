"""`llms.txt`: in the form of llmstxt.org, of what is public alone, with links that lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from built import Built
from rehab.compile import compile_site
from rehab.site.llms import MOST, render_llms
from rehab.site.options import Options

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

OPTIONS = Options(site_url="https://example.org/blog", site_name="Knees\nand hips")
LINK = re.compile(r"- \[([^\[\]]+)\]\((https?://[^()\s]+)\)(?:: (\S.*))?")
INJURY = "---\ntitle: '{}'\nregion: knee\nred_flags: []\nsummary: '{}'\n---\nText.\n"


def text_of(content: Path) -> str:
    return render_llms(compile_site(content, OPTIONS)[0], "What runners\ntell.")


def test_it_is_a_title_a_quote_a_note_and_lists_of_links(write_tree: WriteTree) -> None:
    text = text_of(write_tree({"injuries/a.md": INJURY.format("Sore knee", "It is *sore*, see [[a]].")}))
    blocks = text.removesuffix("\n").split("\n\n")
    assert blocks[0] == "# Knees and hips"
    assert blocks[1] == "> What runners tell."
    assert "no diagnosis" in " ".join(blocks[2].split())
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [each.partition("\n")[0] for each in sections] == ["Injuries", "Optional"]
    for section in sections:
        lines = [line for line in section.split("\n")[1:] if line]
        assert all(LINK.fullmatch(line) for line in lines), lines
    assert "- [Sore knee](https://example.org/blog/injuries/a/): It is sore, see a." in text


@pytest.mark.parametrize("title", ["A [knee]", "A (knee)](https://evil.example)", "# Knee", "> Knee"])
def test_no_title_breaks_out_of_its_link(write_tree: WriteTree, title: str) -> None:
    text = text_of(write_tree({"injuries/a.md": INJURY.format(title, "")}))
    assert "](https://evil" not in text
    (line,) = [line for line in text.splitlines() if "injuries/a/" in line]
    assert LINK.fullmatch(line)


def test_what_is_not_public_is_not_there(write_tree: WriteTree) -> None:
    post = "---\ntitle: {}\ndate: 2020-01-02\nstatus: {}\n---\nText.\n"
    statuses: dict[str, str | bytes] = {
        "posts/a.md": post.format("Shown", "published"),
        "posts/b.md": post.format("Unfinished", "draft"),
        "posts/c.md": post.format("Unlisted", "hidden"),
    }
    text = text_of(write_tree(statuses))
    assert "[Shown]" in text
    assert "Unfinished" not in text
    assert "Unlisted" not in text


def test_a_long_list_ends_where_its_page_goes_on(write_tree: WriteTree) -> None:
    files: dict[str, str | bytes] = {
        f"exercises/e{number}.md": f"---\ntitle: E {number}\n---\n" for number in range(MOST + 5)
    }
    text = text_of(write_tree(files))
    assert text.count("/exercises/e") == MOST
    assert f"- [All {MOST + 5} exercises](https://example.org/blog/exercises/)" in text


def test_every_link_of_the_demo_leads_to_a_page(demo: Path) -> None:
    site = Built(demo, "http://localhost:8000")
    links = [match[2] for line in site.text("llms.txt").splitlines() if (match := LINK.fullmatch(line))]
    assert len(links) > 20
    assert [url for url in links if site.file_of(url) is None] == []
