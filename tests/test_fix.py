"""What is certain is repaired, everything else keeps each of its bytes, and nothing is lost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from rehab.authoring.fix.plan import RULES, Edit, apply_edits, headers_left, plan_fixes
from rehab.authoring.fix.reading import fields, read_source
from rehab.authoring.fix.view import view_text
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.model.nearest import is_one_slip
from rehab.model.shapes import Choice

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from conftest import WriteTree

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "fix.yml").read_text("utf-8"))
HEAD, TAIL = "---\ntitle: A\ndate: 2020-01-01\n", "---\nText\n"


def whole(case: dict[str, Any], key: str) -> str:
    """Return a whole file of a case: as it stands (`front` or `file`), or as it becomes."""
    text: str = case[key]
    return f"{HEAD}{text}{TAIL}" if "front" in case else text


def sources(case: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the path of a case's file, and all its files by path."""
    path = f"content/{case.get('at', 'posts/a.md')}"
    beside = {f"content/{name}": text for name, text in case.get("beside", {}).items()}
    return path, {path: whole(case, "front" if "front" in case else "file"), **beside}


def fixed(texts: dict[str, str]) -> dict[str, str]:
    """Return texts with all their repairs."""
    edits = plan_fixes(texts)
    return {path: apply_edits(text, (edit for edit in edits if edit.path == path)) for path, text in texts.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_file_becomes_what_its_case_says(case: dict[str, Any]) -> None:
    path, texts = sources(case)
    expected = whole(case, "becomes") if "becomes" in case else texts[path]
    after = fixed(texts)
    assert after[path] == expected
    assert {name: text for name, text in after.items() if name != path} == {
        name: text for name, text in texts.items() if name != path
    }


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_check_after_fix_shows_only_what_needs_a_person(case: dict[str, Any], write_tree: WriteTree) -> None:
    path, texts = sources(case)
    files: dict[str, str | bytes] = {
        name.removeprefix("content/"): text.encode() for name, text in fixed(texts).items()
    }
    _, problems = compile_site(write_tree(files))
    errors = [problem.code for problem in problems if problem.severity == "error" and problem.place.path == path]
    assert sorted(errors) == sorted(case.get("still", [])), problems


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_second_fix_changes_nothing(case: dict[str, Any]) -> None:
    _, texts = sources(case)
    assert plan_fixes(fixed(texts)) == ()


def test_every_rule_has_a_case() -> None:
    """Each rule is asked alone for a first change in some case; those that build on another are too."""
    silent = set(RULES)
    for case in CASES:
        path, texts = sources(case)
        for text in (texts[path], fixed(texts)[path]):
            reading = read_source(view_text(text).text, path)
            silent -= {rule for rule in RULES if rule(reading) is not None}
    assert not silent


# Any bytes


FILES = {
    f"content/{file.relative_to(ROOT / 'content').as_posix()}": file.read_text("utf-8")
    for file in sorted((ROOT / "content").rglob("*"))
    if file.suffix in {".md", ".yml"}
}
SLIPS = [
    "\t",
    ": ",
    "“",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "#1 ",
    "*",
    "&",
    "%",
    "---\n",
    "\n\n",
    "\r\n",
    "[",
    "'",
    '"',
    "x",
]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, str]:
    """A file of the demo with a few slips of the keyboard in it, mostly near its beginning."""
    path = draw(st.sampled_from(sorted(FILES)))
    text = FILES[path]
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, min(len(text), 800)))
        cut = draw(st.integers(0, 2))
        text = text[:at] + draw(st.sampled_from(["", *SLIPS])) + text[at + cut :]
    return path, text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(max_examples=60)
@given(spoilt())
def test_slips_of_any_kind_are_mended_once_and_never_for_the_worse(file: tuple[str, str]) -> None:
    path, text = file
    edits = plan_fixes({path: text})
    after = apply_edits(text, edits)
    assert plan_fixes({path: after}) == ()
    old, new = (read_source(view_text(each).text, path) for each in (text, after))
    if not old.slips:
        assert new.errors <= old.errors
    if not edits:
        assert after == text


@settings(max_examples=60)
@given(spoilt())
def test_fields_on_lines_that_no_edit_touches_keep_their_values(file: tuple[str, str]) -> None:
    path, text = file
    edits = plan_fixes({path: text})
    old = read_source(view_text(text).text, path)
    new = read_source(view_text(apply_edits(text, edits)).text, path)
    if not old.slips and not old.document.legacy:
        touched = {line for edit in edits for line in old.field_at(edit.line)}
        kept = iter(fields(new))
        assert all(each in kept for each in outside(old, touched))


def outside(reading: Any, touched: set[int]) -> list[Any]:
    """Return the fields of a reading that begin on none of some lines."""
    if not touched:
        return list(fields(reading))
    return [each for each in fields(reading) if each in fields(reading, range(min(touched), max(touched) + 1))]


@given(st.text(max_size=200))
def test_no_text_makes_the_repairs_raise(text: str) -> None:
    for path in ("content/posts/a.md", "content/exercises/ladders.yml", "content/vocabulary/regions.yml"):
        fixed({path: text})
        fixed({path: f"---\n{text}\n---\n{text}"})


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9), st.text(max_size=5)), max_size=5)
)
def test_what_stands_outside_an_edit_keeps_every_character(text: str, spots: list[tuple[int, int, str]]) -> None:
    for start, length, new in spots:
        edit = Edit("a", min(start, len(text)), min(start + length, len(text)), new, "", 1)
        after = apply_edits(text, [edit])
        assert after.startswith(text[: edit.start])
        assert after.endswith(text[edit.end :])


def test_the_demo_has_nothing_to_fix() -> None:
    assert plan_fixes(FILES) == ()


def test_no_two_words_of_one_choice_are_a_slip_apart() -> None:
    """A word one slip away from one of them is then no slip of another: what it means is certain."""
    from rehab.authoring.fix.fields import _shapes  # noqa: PLC0415 - the field tables, flat

    for shape in (shape for shapes in _shapes().values() for shape in shapes if isinstance(shape, Choice)):
        assert not [(a, b) for a in shape.options for b in shape.options if a < b and is_one_slip(a, b)]


def test_a_header_that_stays_says_why() -> None:
    texts = {"content/posts/a.md": "Title: A\nMood: fine\n\nText\n", "content/posts/b.md": "Title: B\n\nText\n"}
    assert headers_left(texts) == (("content/posts/a.md", "front matter has no field 'mood'"),)


def test_no_break_spaces_become_ordinary_ones_only_where_the_report_warns_of_them() -> None:
    path, text = "content/posts/a.md", f"{HEAD}summary: 10\u00a0km\n---\nA\u00a0b, c\u00a0d\n"
    assert plan_fixes({path: text}) == ()
    assert apply_edits(text, plan_fixes({path: text}, (), [path])) == text.replace("\u00a0", " ")


def test_what_was_mended_in_a_comment_stays_told() -> None:
    path = "content/comments/a/c.md"
    text = "---\nauthor: Ann\nrepaired:\n  - {from: 'a\u00a0b', to: a b, rule: spaces}\n---\nHi\u00a0there\n"
    assert apply_edits(text, plan_fixes({path: text}, (), [path])) == text.replace("Hi\u00a0", "Hi ")


# The command


BROKEN = "---\ntitle: About: us\n---\nText  \n"
MENDED = '---\ntitle: "About: us"\n---\nText  \n'


def run(*words: str) -> Result:
    return CliRunner().invoke(rehab, list(words), catch_exceptions=False)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one broken page of a blog whose folder is the current one."""
    file = tmp_path / "content" / "pages" / "about.md"
    file.parent.mkdir(parents=True)
    file.write_text(BROKEN, "utf-8")
    (tmp_path / "pelicanconf.py").write_text('PATH = "content"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    return file


def test_a_dry_run_shows_the_change_and_its_reason_and_writes_nothing(page: Path) -> None:
    done = run("fix", "--dry-run")
    assert done.exit_code == 1
    assert "content/pages/about.md:2: a value with a second colon needs quotes\n" in done.output
    assert '-title: About: us\n+title: "About: us"\n' in done.output
    assert page.read_text("utf-8") == BROKEN


def test_a_dry_run_with_nothing_to_fix_ends_well(page: Path) -> None:
    page.write_text(MENDED, "utf-8")
    done = run("fix", "--dry-run")
    assert (done.exit_code, done.output.startswith("nothing to fix\n")) == (0, True)


def test_yes_writes_the_file_keeps_its_permissions_and_leaves_nothing_beside_it(page: Path) -> None:
    page.chmod(0o640)
    done = run("fix", "--yes")
    assert done.exit_code == 0
    assert page.read_text("utf-8") == MENDED
    assert stat.S_IMODE(page.stat().st_mode) == 0o640
    assert [file.name for file in page.parent.iterdir()] == ["about.md"]
    assert done.output.endswith("wrote content/pages/about.md\nno problems left\n")


def test_without_a_terminal_nothing_is_written_and_the_way_is_said(page: Path) -> None:
    done = run("fix")
    assert done.exit_code == 1
    assert "run 'rehab fix --yes'" in done.output
    assert page.read_text("utf-8") == BROKEN


@pytest.mark.parametrize(("answer", "expected", "exit_code"), [(b"\n", MENDED, 0), (b"n\n", BROKEN, 1)])
def test_on_a_terminal_it_asks_once(page: Path, answer: bytes, expected: str, exit_code: int) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, answer)
    done = subprocess.run(
        [sys.executable, "-m", "rehab.cli", "fix"],
        stdin=theirs,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    os.close(ours)
    os.close(theirs)
    assert done.stdout.count(b"Write 1 repair in 1 file?") == 1
    assert done.returncode == exit_code
    assert page.read_text("utf-8") == expected


def test_only_the_named_part_is_repaired(page: Path) -> None:
    other = page.with_name("other.md")
    other.write_text(BROKEN, "utf-8")
    assert run("fix", "--yes", "content/pages/other.md").exit_code == 0
    assert (page.read_text("utf-8"), other.read_text("utf-8")) == (BROKEN, MENDED)


def test_a_folder_that_is_not_there_is_one_sentence(page: Path) -> None:
    done = run("fix", "nowhere")
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert page.exists()


def test_files_that_are_not_utf8_are_left_alone(page: Path) -> None:
    data = "---\ntitle: Été: le\n---\n".encode("latin-1")
    page.write_bytes(data)
    assert run("fix", "--yes").exit_code == 0
    assert page.read_bytes() == data


def test_a_link_out_of_the_content_folder_is_not_followed(page: Path, tmp_path: Path) -> None:
    outside_file = tmp_path / "outside.md"
    outside_file.write_text(BROKEN, "utf-8")
    (page.parent / "link.md").symlink_to(outside_file)
    assert run("fix", "--yes").exit_code == 0
    assert outside_file.read_text("utf-8") == BROKEN


def test_a_link_inside_the_content_folder_stays_a_link(page: Path) -> None:
    link = page.parent / "link.md"
    link.symlink_to("about.md")
    run("fix", "--yes")
    assert link.is_symlink()
    assert page.read_text("utf-8") == MENDED


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_folder_that_nobody_may_write_to_is_one_sentence(page: Path) -> None:
    page.parent.chmod(0o500)
    done = run("fix", "--yes")
    page.parent.chmod(0o700)
    assert done.exit_code == 3
    assert "could not be written: it may not be written or read by you" in done.output
    assert page.read_text("utf-8") == BROKEN


def test_what_an_author_wrote_cannot_write_to_the_terminal(page: Path) -> None:
    page.write_text("---\ntitle: About: \u202e us\n---\n", "utf-8")
    assert "\u202e" not in run("fix", "--dry-run").output
