"""`rehab check`: which paths, how strictly, and what reaches a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from rehab.cli import project, rehab
from rehab.model.folders import FOLDERS, VOCABULARY

LONG = "a-very-long-name-" * 9
FILES = {
    "posts/good.md": "---\ntitle: Good\ndate: 2014-04-06\n---\n",
    "posts/2014/bad.md": "---\ntitle: Bad\ndate: soon\n---\n",
    "injuries/knee.md": "---\ntitle: Knee\nregion: knee\nred_flags: []\n---\n",
    f"pages/{LONG}.md": "---\ntitle: Long\ncolour: red\n---\n",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(rehab, ["check", *words], catch_exceptions=False)


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A blog with two errors and a warning, which is the current folder."""
    for name, text in FILES.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(*words: str) -> list[str]:
    return [problem["code"] for problem in json.loads(run(*words, "--format", "json").output)]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], ["unlinked-injury", "unknown-key", "bad-date"]),
        (["content"], ["unlinked-injury", "unknown-key", "bad-date"]),
        (["content/posts"], ["bad-date"]),
        (["content/posts/2014"], ["bad-date"]),
        (["content/posts/2014/bad.md"], ["bad-date"]),
        (["content/posts/good.md"], []),
        (["content/posts/", "content/injuries/knee.md"], ["unlinked-injury", "bad-date"]),
        (["./content/../content/posts/2014"], ["bad-date"]),
    ],
)
def test_only_the_problems_of_the_named_paths_are_shown(blog: Path, paths: list[str], found: list[str]) -> None:
    assert blog.is_dir()
    assert codes(*paths) == found


def test_a_single_file_is_linked_with_all_others(blog: Path) -> None:
    post = "---\ntitle: A\ndate: 2014-04-06\ninjuries: [knee]\n---\n"
    (blog / "content/posts/good.md").write_text(post, "utf-8")
    done = run("content/posts/good.md")
    assert (done.output, done.exit_code) == ("no problems in 1 file\n", 0)


def test_a_file_of_another_blog_is_checked_with_that_blog(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = blog / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    done = run("../content/posts/2014/bad.md", "--format", "concise")
    assert done.output.startswith("../content/posts/2014/bad.md:3:7: error[bad-date]")
    assert codes("../content/posts") == ["bad-date"]
    assert codes("../content") == ["unlinked-injury", "unknown-key", "bad-date"]


def test_a_path_that_is_not_there_is_named(blog: Path) -> None:
    assert blog.is_dir()
    done = run("content/posts/2015")
    assert done.exit_code == 2
    assert "'content/posts/2015'" in done.output


@pytest.mark.parametrize(
    ("paths", "strict", "exit_code"),
    [
        (["content/injuries"], [], 0),
        (["content/injuries"], ["--strict"], 1),
        (["content/posts/good.md"], ["--strict"], 0),
        (["content/posts"], [], 1),
    ],
)
def test_strict_counts_warnings_for_the_exit_code(
    blog: Path, paths: list[str], strict: list[str], exit_code: int
) -> None:
    assert blog.is_dir()
    assert run(*paths, *strict).exit_code == exit_code


def test_problems_of_one_cause_are_shown_one_by_one_when_asked(blog: Path) -> None:
    for name in "abcd":
        (blog / f"content/posts/{name}.md").write_text("---\ntitle: A\ndate: soon\n---\n", "utf-8")
    assert run("content/posts", "--format", "concise").output.count("\n") == 1
    assert run("content/posts", "--format", "concise", "--all").output.count("\n") == 5
    assert run("content/posts").output.endswith("5 errors in 6 files\n")


@pytest.mark.parametrize("shape", ["text", "concise", "json", "github"])
def test_what_is_piped_has_no_colour_and_no_wrapped_path(blog: Path, shape: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rehab.cli", "check", "--format", shape],
        check=False,
        cwd=blog,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "COLUMNS": "40", "FORCE_COLOR": "1", "TERM": "xterm"},
    )
    assert done.returncode == 1
    assert "\x1b" not in done.stdout + done.stderr
    line = next(line for line in done.stdout.splitlines() if LONG in line)
    assert f"content/pages/{LONG}.md" in line


def test_the_folders_by_which_content_is_known_are_those_of_the_kinds() -> None:
    assert set(project.KIND_FOLDERS) == {*FOLDERS, VOCABULARY}


@pytest.mark.parametrize(
    ("path", "content", "part"),
    [
        ("content", "content", ""),
        ("content/posts", "content", "posts"),
        ("other/texts", "other/texts", ""),
        ("other/texts/posts/x.md", "other/texts", "posts/x.md"),
        ("other/texts/x.md", "other/texts", "x.md"),
        ("posts/blog/content/posts/x.md", "posts/blog/content", "posts/x.md"),
        ("posts/blog/content", "posts/blog/content", ""),
    ],
)
def test_where_a_path_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, content: str, part: str) -> None:
    for folder in ("content/posts", "other/texts/posts", "posts/blog/content/posts"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("other/texts/posts/x.md", "other/texts/x.md", "posts/blog/content/posts/x.md"):
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    assert project.locate(Path(path), Path("content")) == (Path(content), part)
