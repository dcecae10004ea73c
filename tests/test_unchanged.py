"""A build that would change nothing is not run, and everything that could change something makes it run."""

from __future__ import annotations

import hashlib
import json
import os
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from edit_scripts import Blog, picture, start_blog
from rehab.adapter import run
from rehab.adapter.keep import unchanged
from rehab.adapter.keep.surroundings import Surroundings
from rehab.cli import rehab

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rehab.adapter.run import BuildResult

NOTHING, NOTHING_KNOWN = (hashlib.sha256(text).hexdigest() for text in (b"", b"{}"))
LATER = "from pathlib import Path\nSITENAME = Path({file!r}).read_text('utf-8')\n"


SAME = {"PYTEST_CURRENT_TEST": None}
"""What would make each phase of a test another environment."""


class Bench:
    """A blog, and whether its last `rehab html` ran Pelican."""

    def __init__(self, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take a blog, and listen for builds."""
        self.blog, self.ran, self.said = blog, False, ""
        self.settings = blog.configure()
        really = run.build

        def heard(*given: object, **named: object) -> BuildResult:
            self.ran = True
            return really(*given, **named)  # type: ignore[arg-type] # as it came

        monkeypatch.setattr(run, "build", heard)

    def html(self) -> bool:
        """Run the command and return whether Pelican ran."""
        self.ran = False
        done = CliRunner().invoke(rehab, ["html", "-s", str(self.settings), "-o", str(self.output)], env=SAME)
        assert done.exit_code == 0, done.output
        self.said = done.output
        return self.ran

    @property
    def output(self) -> Path:
        """Return where it builds."""
        return self.blog.folder / "output"

    @property
    def record(self) -> Path:
        """Return the record of the last build."""
        (file,) = (self.blog.folder / ".cache").glob("unchanged-*.looks")
        return file


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release_signals: None) -> Bench:  # noqa: ARG001 - whole test
    """Return a blog that was built, with the clock that builds begin by an hour ahead: its files count as old."""
    ahead = time.time_ns() + 3600 * 10**9
    monkeypatch.setattr("rehab.cli.html.time.time_ns", lambda: ahead)
    blog = start_blog(tmp_path)
    (tmp_path / "name.txt").write_text("Blog", "utf-8")
    bench = Bench(blog, monkeypatch)
    text = bench.settings.read_text("utf-8")
    bench.settings.write_text(text + LATER.format(file=str(tmp_path / "name.txt")), "utf-8")
    assert bench.html()
    assert not bench.html()
    return bench


def test_with_nothing_changed_nothing_is_run_and_the_same_is_said(bench: Bench) -> None:
    bench.record.unlink()
    assert bench.html()
    first = bench.said.splitlines()
    assert not bench.html()
    second = bench.said.splitlines()
    differing = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    ((before, after),) = differing
    assert before.partition(" (")[0] == after.partition(" (")[0]
    assert "(0 rewritten, " in after


def _new_template(bench: Bench) -> None:
    file = bench.blog.folder / "theme" / "templates" / "parts" / "dates.html"
    file.write_text(file.read_text("utf-8") + "{# #}", "utf-8")


def _swap(bench: Bench) -> None:
    """Put an older file of the same size in the place of a text."""
    file = bench.blog.content / "posts" / "post-1.md"
    other = file.with_name("other")
    other.write_text(file.read_text("utf-8").replace("Some", "Same"), "utf-8")
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)


CHANGES: dict[str, Callable[[Bench], object]] = {
    "a text": lambda bench: bench.blog.write("posts/post-0.md", "---\ntitle: A\ndate: 2020-01-01\n---\nB\n"),
    "a text, its size and time kept": _swap,
    "a new text": lambda bench: bench.blog.write("posts/x.md", "---\ntitle: A\ndate: 2020-01-01\n---\nB\n"),
    "a new comment that stands elsewhere": lambda bench: bench.blog.write(
        "comments/post-0/x.md", "---\nauthor: A\nmentions: {injuries: [in1]}\n---\nB\n"
    ),
    "a text gone": lambda bench: (bench.blog.content / "posts" / "post-0.md").unlink(),
    "a picture": lambda bench: bench.blog.write("posts/photo.png", picture("green")),
    "a hidden file": lambda bench: bench.blog.write("extra/.htaccess", "Deny from all\n"),
    "a template": _new_template,
    "a style": lambda bench: (bench.blog.folder / "theme" / "styles" / "x.css").write_text("p {}\n"),
    "the settings": lambda bench: bench.settings.write_text(bench.settings.read_text("utf-8") + "X = 1\n", "utf-8"),
    "a file that the settings read": lambda bench: (bench.blog.folder / "name.txt").write_text("Other", "utf-8"),
    "a page that was written": lambda bench: (bench.output / "index.html").write_text("", "utf-8"),
    "a page that is gone": lambda bench: (bench.output / "posts" / "post-2" / "index.html").unlink(),
    "a picture that is gone": lambda bench: next((bench.output / "images").iterdir()).unlink(),
}


def test_a_build_is_run_after_each_change_and_only_then(bench: Bench) -> None:
    missed = []
    for name, change in CHANGES.items():
        change(bench)
        if not bench.html() or bench.html():
            missed.append(name)
    assert missed == []


def test_a_build_is_run_in_another_environment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHAB_COMMENTS_KEY", "secret")
    assert bench.html()


def test_another_window_is_no_other_environment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "TERM_SESSION_ID",
        "SSH_TTY",
        "TMUX_PANE",
        "VSCODE_PID",
        "MAKELEVEL",
        "MAKEFLAGS",
        "COLUMNS",
        "PYTHONUTF8",
    ):
        monkeypatch.setenv(name, "another")
    assert not bench.html()


def test_a_build_is_run_on_another_day(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.strftime
    monkeypatch.setattr("rehab.adapter.keep.surroundings.time.strftime", lambda *given: f"{real(*given)} and one")
    assert bench.html()


DAMAGES = ("", "a", "a b", "\n", "{", "[]\n[]", "\udcff", "a \udcff\n{}", f"a {NOTHING}\n", f"a {NOTHING_KNOWN}\n{{}}")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_record_is_none(damage: str, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    record.write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert unchanged.recall(record, Surroundings("a", "")) is None


def test_a_record_that_was_altered_is_none(bench: Bench) -> None:
    head, body, rows = bench.record.read_bytes().split(b"\n", 2)
    whole = json.loads(body)
    whole["said"]["report"] = "Nothing is wrong."
    bench.record.write_bytes(b"\n".join((head, json.dumps(whole).encode(), rows)))
    assert bench.html()


def test_nothing_is_remembered_of_a_text_that_was_touched_while_a_build_ran(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.blog.write("posts/x.md", "---\ntitle: A\ndate: 2020-01-01\n---\nB\n")
    began = (bench.blog.content / "posts" / "x.md").stat().st_ctime_ns
    monkeypatch.setattr("rehab.cli.html.time.time_ns", lambda: began)
    assert bench.html()
    assert bench.html()


def test_nothing_is_remembered_where_the_settings_ask_another_program(bench: Bench) -> None:
    asked = "import subprocess as _s, sys as _y\nREVISION = _s.check_output([_y.executable, '-c', '']).decode()\n"
    bench.settings.write_text(bench.settings.read_text("utf-8") + asked, "utf-8")
    assert bench.html()
    assert bench.html()


def test_a_blog_that_names_no_output_folder_has_its_pages_watched_and_removed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bench.blog.folder)
    html = ["html", "-s", str(bench.settings)]
    for _ in range(2):
        assert CliRunner().invoke(rehab, html, env=SAME).exit_code == 0
    page = bench.output / "posts" / "post-0" / "index.html"
    page.unlink()
    CliRunner().invoke(rehab, html, env=SAME)
    assert page.is_file()
    (bench.blog.content / "posts" / "post-0.md").unlink()
    CliRunner().invoke(rehab, html, env=SAME)
    assert not page.exists()
    assert (bench.output / "posts" / "post-1" / "index.html").is_file()
