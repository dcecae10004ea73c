"""Drafts and posts whose day has not come: listed, built in previews, and nowhere in what is published."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT, write_settings
from rehab.compile import compile_site
from rehab.site.options import Options
from rehab.site.waiting import Waiting, render_waiting, waiting_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import BuildSite, WriteTree

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 {}"><path d="M0 0h4v3z"/></svg>'
PUBLIC = "---\ntitle: Open\ndate: 2020-01-01\n---\nText\n\n![A square](../open.svg)\n"
LATER = """
---
title: Zanzibar
date: 2026-12-24
tags: [quokka]
author: Xenia
category: Yonder
exercises: [{name: Wombat walk}]
---
The wombat

![A platypus](platypus.svg)
"""
FILES: dict[str, str | bytes] = {
    "posts/a.md": PUBLIC.replace("../", ""),
    "posts/open.svg": SQUARE.format(3),
    "posts/zanzibar/index.md": LATER,
    "posts/zanzibar/platypus.svg": SQUARE.format(5),
    "posts/wombat/index.md": LATER.replace("2026-12-24", "2020-01-02\nstatus: draft").replace("Zanzibar", "Numbat"),
    "posts/wombat/platypus.svg": SQUARE.format(6),
    "pages/numbat.md": "---\ntitle: Numbat\nstatus: draft\n---\nquokka\n",
    "comments/zanzibar/1.md": "---\nauthor: Xenia\ndate: 2026-12-24\nstatus: approved\n---\nquokka\n",
}
HIDDEN = (b"zanzibar", b"quokka", b"xenia", b"yonder", b"wombat", b"platypus", b"numbat")
SETTINGS: dict[str, Any] = {"WITH_FUTURE_DATES": False, "REHAB_TODAY": "2026-12-23"}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def holders(output: Path) -> set[str]:
    """Return the files whose name or bytes hold a word of what is not published yet."""
    return {
        name
        for name, data in bytes_of(output).items()
        if any(word in (name.encode() + data).lower() for word in HIDDEN)
    }


def words(content: Path, **options: Any) -> list[str]:
    site, _ = compile_site(content, Options(**options))
    return [each.words for each in waiting_of(site)]


@pytest.mark.parametrize(
    ("today", "waits"),
    [("2026-12-23", True), ("2026-12-24", False), ("2026-12-25", False)],
)
def test_a_post_waits_until_its_day_begins(write_tree: WriteTree, today: str, waits: bool) -> None:  # noqa: FBT001 - a row of the table
    content = write_tree({"posts/x.md": "---\ntitle: X\ndate: 2026-12-24 18:30\n---\n"})
    listed = ["scheduled: content/posts/x.md on 2026-12-24"] if waits else []
    assert words(content, today=dt.date.fromisoformat(today), future=False) == listed


def test_no_post_waits_while_nobody_says_which_day_it_is_or_all_days_are_public(write_tree: WriteTree) -> None:
    content = write_tree({"posts/x.md": "---\ntitle: X\ndate: 2999-12-24\n---\n"})
    assert words(content, future=False) == []
    assert words(content, today=dt.date(2026, 1, 1), future=True) == []


def test_a_post_whose_date_nobody_knows_never_waits(write_tree: WriteTree) -> None:
    content = write_tree({"posts/x.md": "---\ntitle: X\ndate: 2999-12-24\ndate_basis: unknown\n---\n"})
    assert words(content, today=dt.date(2026, 1, 1), future=False) == []


def test_a_hidden_post_and_a_translation_wait_for_their_day_too(write_tree: WriteTree) -> None:
    content = write_tree(
        {
            "posts/h.md": "---\ntitle: X\ndate: 2026-12-25\nstatus: hidden\n---\n",
            "posts/t.md": "---\ntitle: X\ndate: 2026-12-24\nlang: de\ntranslation: true\n---\n",
        }
    )
    assert words(content, today=dt.date(2026, 1, 1), future=False) == [
        "scheduled: content/posts/t.md on 2026-12-24",
        "scheduled: content/posts/h.md on 2026-12-25",
    ]


def test_a_published_build_holds_no_byte_of_drafts_and_posts_to_come(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    result, output = build_site(write_tree(FILES), REHAB_STRICT=True, **SETTINGS)
    assert (result.exit_code, result.messages) == (0, ())
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    assert holders(output) == set()
    assert not (output / "drafts").exists()
    assert [name for name in bytes_of(output) if name.startswith("images/open-")]
    assert [each.words for each in result.waiting] == [
        "scheduled: content/posts/zanzibar/index.md on 2026-12-24",
        "draft: content/pages/numbat.md",
        "draft: content/posts/wombat/index.md dated 2020-01-02",
    ]


def test_a_preview_has_drafts_and_posts_to_come_under_drafts_alone(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    _, output = build_site(write_tree(FILES), **SETTINGS)
    assert {name for name in holders(output) if not name.startswith("images/")} == {
        "drafts/zanzibar/index.html",
        "drafts/wombat/index.html",
        "drafts/pages/numbat/index.html",
    }


def test_what_a_preview_left_in_the_folder_is_gone_from_what_is_published(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree(FILES)
    build_site(content, **SETTINGS)
    _, output = build_site(content, REHAB_STRICT=True, **SETTINGS)
    assert holders(output) == set()


def test_on_its_day_a_post_is_published(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree(FILES), REHAB_STRICT=True, **{**SETTINGS, "REHAB_TODAY": "2026-12-24"})
    assert (output / "posts" / "zanzibar" / "index.html").is_file()
    assert (output / "exercises" / "wombat-walk" / "index.html").is_file()


def test_one_day_gives_one_output(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree(FILES)
    _, first = build_site(content, "one", **SETTINGS)
    _, second = build_site(content, "two", **SETTINGS)
    assert bytes_of(first) == bytes_of(second)


def test_a_link_to_what_is_not_published_stops_publishing(write_tree: WriteTree, build_site: BuildSite) -> None:
    link = PUBLIC.replace("![A square](../open.svg)", "[soon]({filename}zanzibar/index.md#top)")
    result, output = build_site(write_tree({**FILES, "posts/a.md": link}), REHAB_STRICT=True, **SETTINGS)
    assert [str(problem.place) for problem in result.problems if problem.code == "missing-file"] == [
        "content/posts/a.md:7:18"
    ]
    assert result.exit_code == 1
    assert not output.exists()


def test_a_day_that_is_none_is_a_fault_of_the_settings(write_tree: WriteTree, build_site: BuildSite) -> None:
    result, _ = build_site(write_tree(FILES), REHAB_TODAY="soon")
    assert result.exit_code == 2
    assert "soon" in "".join(result.messages)


def test_no_clock_is_read_where_a_site_is_made_but_for_its_day_and_what_is_remembered() -> None:
    clock = re.compile(
        r"\b(?:datetime|date|dt|SafeDatetime)\.(?:now|today|utcnow)\(|\btime\.(?:time|time_ns|localtime|gmtime)\("
    )
    rooms = ROOT / "plugins" / "rehab"
    core = ("source", "model", "comments", "images", "site", "compile.py")
    readers = {
        file.relative_to(rooms).as_posix() for file in rooms.rglob("*.py") if clock.search(file.read_text("utf-8"))
    }
    assert {name for name in readers if name.partition("/")[0] in core} == set()
    # The day of a site; whether that day is still the one; and whether a file is too new to be remembered by its time.
    allowed = {"settings.py", "keep/surroundings.py", "pictures.py", "signals.py", "serve/worker.py"}
    assert {name.partition("/")[2] for name in readers if name.startswith("adapter/")} == allowed


def test_what_readers_do_not_see_yet_is_named_with_its_day() -> None:
    draft = Waiting(path="content/posts/a.md", status="draft", date=None)
    later = Waiting(path="content/posts/x.md", status="scheduled", date=dt.date(2026, 12, 24))
    assert render_waiting((later, draft)) == (
        "not published yet: 1 draft, 1 scheduled\n"
        "  scheduled: content/posts/x.md on 2026-12-24\n  draft: content/posts/a.md\n"
    )
    assert render_waiting(()) == ""


def test_pelicans_own_command_lists_what_waits_too(
    write_tree: WriteTree,
    tmp_path: Path,
    release_signals: None,  # noqa: ARG001 - must stay for the whole test
    capsys: pytest.CaptureFixture[str],
) -> None:
    from pelican import Pelican, read_settings  # noqa: PLC0415 - tests of the core run without Pelican

    file = write_settings(tmp_path, write_tree(FILES), tmp_path / ".cache", **SETTINGS)
    Pelican(read_settings(str(file), override={"OUTPUT_PATH": str(tmp_path / "output")})).run()
    assert "  scheduled: content/posts/zanzibar/index.md on 2026-12-24\n" in capsys.readouterr().err
