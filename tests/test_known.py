"""What a process that stays has read: nothing is read twice, and nothing that changed is taken for what it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rehab.compile import compile_site
from rehab.source.known import Known

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

POST = "---\ntitle: {}\ndate: 2020-01-01\n---\nText\n"


def titles(content: Path, known: Known) -> list[str]:
    site, _ = compile_site(content, known=known)
    return [post.title for post in site.posts]


def test_a_file_that_looks_as_it_did_is_the_same_noun_again(write_tree: WriteTree) -> None:
    content, known = write_tree({"posts/a.md": POST.format("A"), "posts/b.md": POST.format("B")}), Known()
    before, after = (compile_site(content, known=known)[0].posts for _ in range(2))
    assert all(one is other for one, other in zip(before, after, strict=True))


def test_a_change_a_new_file_and_one_that_is_gone_are_seen(write_tree: WriteTree) -> None:
    content, known = write_tree({"posts/a.md": POST.format("A"), "posts/b.md": POST.format("B")}), Known()
    assert titles(content, known) == ["A", "B"]
    write_tree({"posts/a.md": POST.format("Another"), "posts/c.md": POST.format("C")})
    (content / "posts/b.md").unlink()
    assert titles(content, known) == ["Another", "C"]


def test_a_change_that_cannot_be_seen_is_seen_when_it_is_told(write_tree: WriteTree) -> None:
    content, known = write_tree({"posts/a.md": POST.format("A")}), Known()
    file = content / "posts/a.md"
    known.read(str(file), "content/posts/a.md", lambda *_: "before")
    known.forget([str(file)], str(content.parent))
    assert known.read(str(file), "content/posts/a.md", lambda *_: "after") == "after"


def test_problems_of_a_file_that_is_not_read_again_are_still_told(write_tree: WriteTree) -> None:
    content, known = write_tree({"posts/a.md": "---\ntitle: A\ndate: never\nmood: [\n---\nText\n"}), Known()
    first, second = (compile_site(content, known=known)[1] for _ in range(2))
    assert first == second
    assert first


def test_what_is_gone_is_forgotten(write_tree: WriteTree) -> None:
    content, known = write_tree({"posts/a.md": POST.format("A")}), Known()
    file = str(content / "posts/a.md")
    known.read(file, "content/posts/a.md", lambda *_: "before")
    known.keep([])
    assert known.read(file, "content/posts/a.md", lambda *_: os.sep) == os.sep
