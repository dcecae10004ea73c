"""A check that remembers its last answer, and forgets it as soon as anything differs."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest

from rehab.authoring.checked import check_content
from rehab.site.options import Options
from rehab.source.marks import read_mark

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import WriteTree

GOOD = "---\ntitle: A\ndate: 2020-01-01\n---\nText\n"
BAD = "---\ntitle: A\ndate: 2020-01-01\ninjuries: [nowhere]\n---\nText\n"
LONG_AGO = 10**18
TODAY = Options(today=dt.date(2026, 1, 31))
TOMORROW = Options(today=dt.date(2026, 2, 1))


def settle(folder: Path) -> int:
    """Return a time at which every file of a folder has been as it is for a while."""
    return max(file.stat().st_ctime_ns for file in folder.rglob("*")) + 2 * 10**9


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock be an hour ahead, so that files just written count as old."""
    import time  # noqa: PLC0415 - only here

    now = time.time_ns()
    monkeypatch.setattr("rehab.authoring.checked.time.time_ns", lambda: now + 3600 * 10**9)


@pytest.mark.usefixtures("settled")
def test_an_answer_is_remembered_with_its_places_and_excerpts(write_tree: WriteTree, tmp_path: Path) -> None:
    content = write_tree({"posts/a.md": BAD, "posts/b.md": GOOD})
    first = check_content(content, TODAY, tmp_path / "memory.json")
    second = check_content(content, TODAY, tmp_path / "memory.json")
    assert (tmp_path / "memory.json").is_file()
    assert second.problems == first.problems
    assert second.paths == first.paths
    assert second.texts == {"content/posts/a.md": BAD}


@pytest.mark.usefixtures("settled")
def test_a_changed_file_makes_a_new_answer(write_tree: WriteTree, tmp_path: Path) -> None:
    content = write_tree({"posts/a.md": BAD})
    check_content(content, TODAY, tmp_path / "memory.json")
    write_tree({"posts/a.md": BAD.replace("nowhere", "no-such")})
    (problem,) = check_content(content, TODAY, tmp_path / "memory.json").problems
    assert "no-such" in problem.message


@pytest.mark.usefixtures("settled")
def test_another_day_makes_a_new_answer(write_tree: WriteTree, tmp_path: Path) -> None:
    injury = "---\ntitle: A\nregion: knee\nred_flags: []\nnext_review: 2026-01-31\n---\n"
    content = write_tree({"injuries/a.md": injury})
    found = [check_content(content, day, tmp_path / "memory.json").problems for day in (TODAY, TOMORROW)]
    assert [["review-overdue" in {p.code for p in problems}] for problems in found] == [[False], [True]]


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("damage", ["", "{", "[]", '{"mark": 1}', "null"])
def test_a_damaged_memory_is_as_good_as_none(write_tree: WriteTree, tmp_path: Path, damage: str) -> None:
    content = write_tree({"posts/a.md": BAD})
    (tmp_path / "memory.json").write_text(damage)
    assert len(check_content(content, TODAY, tmp_path / "memory.json").problems) == 1


def test_a_file_that_changed_just_now_is_never_remembered(write_tree: WriteTree, tmp_path: Path) -> None:
    content = write_tree({"posts/a.md": GOOD})
    check_content(content, TODAY, tmp_path / "memory.json")
    assert not (tmp_path / "memory.json").exists()


def test_without_a_place_to_remember_nothing_is_written(write_tree: WriteTree, tmp_path: Path) -> None:
    check_content(write_tree({"posts/a.md": GOOD}), TODAY)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["content"]


def test_a_mark_differs_for_a_new_name_another_size_and_another_time(write_tree: WriteTree) -> None:
    content = write_tree({"posts/a.md": GOOD})
    marks = [read_mark(content, now_ns=settle(content))]
    write_tree({"posts/b.md": GOOD})
    marks.append(read_mark(content, now_ns=settle(content)))
    write_tree({"posts/b.md": GOOD + "more"})
    marks.append(read_mark(content, now_ns=settle(content)))
    os.utime(content / "posts" / "b.md", ns=(LONG_AGO, LONG_AGO))
    marks.append(read_mark(content, now_ns=settle(content)))
    assert None not in marks
    assert len(set(marks)) == 4
