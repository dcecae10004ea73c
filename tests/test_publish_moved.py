"""Files that git saw moving offer their old addresses."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rehab.compile import compile_site
from rehab.publish.moved import offers_of, parse_moves, read_moves

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

TEXT = "---\ntitle: {}\ndate: 2014-04-06\n---\nA text that is long enough for git to know it again elsewhere.\n"
SQUAT = "---\ntitle: {}\nkind: strength\n---\nAnother text, and git knows this one again as well.\n"


@pytest.fixture
def content(write_tree: WriteTree) -> Path:
    """Return a content folder in git, whose files have moved in different ways."""
    folder = write_tree(
        {
            "posts/one.md": TEXT.format("One"),
            "posts/two/index.md": TEXT.format("Two") * 2,
            "exercises/squat.md": SQUAT.format("S"),
        }
    )
    git(folder, "init", "--quiet")
    commit(folder)
    git(folder, "mv", "posts/one.md", "posts/uno.md")
    commit(folder)
    git(folder, "mv", "posts/uno.md", "posts/eins.md")
    git(folder, "mv", "exercises/squat.md", "exercises/deep-squat.md")
    commit(folder)
    git(folder, "mv", "posts/two", "posts/zwei")
    return folder


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)  # noqa: S607 - git as the author has it


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "x")


def offers(content: Path) -> list[str]:
    site, _ = compile_site(content)
    return [f"{each.old} {each.new} {each.words}" for each in offers_of(site, read_moves(content))]


def test_each_page_that_moved_offers_every_old_address(content: Path) -> None:
    assert offers(content) == [
        (
            '/exercises/squat/ /exercises/deep-squat/ in pelicanconf.py: REHAB_REDIRECTS = {"/exercises/squat/": '
            '"/exercises/deep-squat/"}'
        ),
        "/posts/uno/ /posts/eins/ in content/posts/eins.md: redirect_from: [/posts/uno/]",
        "/posts/one/ /posts/eins/ in content/posts/eins.md: redirect_from: [/posts/one/]",
        "/posts/two/ /posts/zwei/ in content/posts/zwei/index.md: redirect_from: [/posts/two/]",
    ]


def test_an_address_that_redirects_already_or_is_a_page_again_is_not_offered(content: Path) -> None:
    text = TEXT.format("One").replace("---\nA", "redirect_from: [/posts/one/]\n---\nA")
    (content / "posts/eins.md").write_text(text)
    (content / "posts/uno.md").write_text(TEXT.format("A new one"))
    assert [line for line in offers(content) if "/posts/eins/" in line] == []


def test_where_there_is_no_git_nothing_is_offered(write_tree: WriteTree, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_tree({"posts/one.md": TEXT.format("One")})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", "/")
    assert read_moves(content) == []
    monkeypatch.setenv("PATH", "")
    assert read_moves(content) == []


def test_gits_list_is_read_whatever_stands_in_a_name() -> None:
    assert parse_moves("R100\0a\nb.md\0c \t.md\0R051\0x\0y\0") == [("a\nb.md", "c \t.md"), ("x", "y")]
    assert parse_moves("") == []
