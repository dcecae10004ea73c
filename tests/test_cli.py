"""The commands: each has its help, its exit codes, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rehab import __version__
from rehab.cli import COMMANDS, clean, project, rehab, show

ROOT = Path(__file__).parent.parent

PAGE = """\
---
title: About
---
Somebody who runs.
"""

BROKEN_PAGE = """\
---
title: About
colour: [red
---
"""

needs_compile = pytest.mark.skipif(find_spec("rehab.compile") is None, reason="the core is not here yet")


def run(*words: str) -> Result:
    """Run one command as a person without a terminal would; an exception is a failed test."""
    return CliRunner().invoke(rehab, list(words), catch_exceptions=False)


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder with settings and one page, which is the current folder."""
    pages = tmp_path / "content/pages"
    pages.mkdir(parents=True)
    (pages / "about.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text('PATH = "content"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Help


def test_help_names_every_command_with_a_whole_sentence() -> None:
    listed = [line.split(maxsplit=1) for line in run("--help").output.partition("Commands:\n")[2].splitlines()]
    assert [name for name, _ in listed] == list(COMMANDS)
    assert all(sentence.endswith((".", ")")) and "..." not in sentence for _, sentence in listed), listed


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "test"])
def test_every_command_has_help_for_itself_and_each_option(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    context = rehab.make_context("rehab", [command])
    found = rehab.get_command(context, command)
    assert found is not None
    assert found.help
    for parameter in found.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), parameter.name


def test_every_command_has_a_file_of_its_own() -> None:
    files = {file.stem.removesuffix("_") for file in (ROOT / "plugins/rehab/cli").iterdir()}
    assert set(COMMANDS) <= files


def test_the_help_loads_neither_pelican_nor_the_core_nor_rich() -> None:
    script = (
        "import sys\nfrom rehab.cli import rehab\nrehab.main(['--help'], standalone_mode=False)\n"
        "print(sorted({'pelican', 'yaml', 'PIL', 'rich', 'nh3', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert done.stdout.endswith("[]\n")


def test_an_unknown_command_is_a_question_of_configuration() -> None:
    assert run("hmtl").exit_code == 2


def test_package_and_project_have_one_version() -> None:
    assert f'\nversion = "{__version__}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


# Outside of a blog


@pytest.mark.parametrize("command", ["html", "serve", "publish", "clean"])
def test_outside_of_a_blog_one_sentence_says_where_to_run(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(command)
    assert done.exit_code == 2
    assert done.output.count("\n") == 1
    assert "run this in the blog's folder" in done.output


def test_lock_outside_of_the_project_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("lock").exit_code in {2, 3}
    assert not list(tmp_path.iterdir())


def test_a_package_that_is_not_installed_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "pelicanconf.py").touch()
    script = "import sys\nsys.modules['pelican'] = None\nfrom rehab.cli import main\nmain()"
    if find_spec("rehab.adapter.run") is None:
        pytest.skip("the adapter is not here yet")
    done = subprocess.run(
        [sys.executable, "-c", script, "html"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "is not installed" in done.stderr


def test_a_slip_in_the_settings_is_named_with_its_line(blog: Path) -> None:
    (blog / "pelicanconf.py").write_text("A = 1\nPATH = 'content\n", encoding="utf-8")
    done = run("html")
    assert done.exit_code == 2
    assert "pelicanconf.py:2:8: unterminated string" in done.output


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rehab.cli", "--help"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert done.stdout == run("--help").output


# Settings that are read and never run


@pytest.mark.parametrize(
    ("settings", "folder"),
    [
        ('PATH = "texts"', "texts"),
        ("", "content"),
        ("PATH = folder()", "content"),
        ("PATH = 1", "content"),
        ('PATH = "old"\nPATH = "texts"', "texts"),
        ("this is not Python", "content"),
    ],
)
def test_the_content_folder_is_what_the_settings_say_in_plain_words(settings: str, folder: str, tmp_path: Path) -> None:
    file = tmp_path / "pelicanconf.py"
    file.write_text(settings, encoding="utf-8")
    assert project.content_folder(file) == tmp_path / folder


def test_settings_are_never_run_to_check(tmp_path: Path) -> None:
    file = tmp_path / "pelicanconf.py"
    file.write_text('raise SystemExit(9)\nPATH = "texts"\n', encoding="utf-8")
    assert project.content_folder(file) == tmp_path / "texts"


# check


def test_check_of_a_folder_that_is_not_there_says_so(blog: Path) -> None:
    done = run("check", "elsewhere")
    assert done.exit_code == 2
    assert "no folder 'elsewhere'" in done.output
    assert blog.is_dir()


@needs_compile
def test_check_counts_the_files_it_found_nothing_wrong_with(blog: Path) -> None:
    assert blog.is_dir()
    done = run("check")
    assert done.output == "no problems in 1 file\n"
    assert done.exit_code == 0


@needs_compile
def test_check_reports_and_exits_1(blog: Path) -> None:
    (blog / "content/pages/about.md").write_text(BROKEN_PAGE, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    assert done.output.startswith("content/pages/about.md:3:")
    assert done.output.splitlines()[-1].endswith("in 1 file")


@needs_compile
def test_check_names_files_so_that_they_open_from_here(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (blog / "content/pages/about.md").write_text(BROKEN_PAGE, encoding="utf-8")
    monkeypatch.chdir(blog.parent)
    done = run("check", f"{blog.name}/content", "--format", "concise")
    assert done.output.startswith(f"{blog.name}/content/pages/about.md:3:")


@needs_compile
def test_json_alone_stands_in_the_output(blog: Path) -> None:
    assert blog.is_dir()
    assert run("check", "--format", "json").output == "[]\n"


# html and publish, with Pelican in a process of its own


SETTINGS = f"""
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""


@pytest.fixture
def whole_blog(blog: Path) -> Path:
    """The same blog with the settings and the theme of this project."""
    for name in ("pelicanconf.py", "publishconf.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        (blog / name).write_text(text + SETTINGS, encoding="utf-8")
    return blog


def run_alone(blog: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own, because Pelican's signals outlive a build."""
    return subprocess.run(
        [sys.executable, "-m", "rehab.cli", *words],
        check=False,
        cwd=blog,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )


def test_html_says_what_it_built_and_a_second_run_rewrites_nothing(whole_blog: Path) -> None:
    first = run_alone(whole_blog, "html")
    assert (first.returncode, first.stderr) == (0, "")
    assert "in output/ (" in first.stdout
    assert (whole_blog / "output/about/index.html").is_file()
    second = run_alone(whole_blog, "html")
    assert "(0 rewritten, " in second.stdout


def test_html_builds_in_spite_of_errors_and_says_so_last(whole_blog: Path) -> None:
    (whole_blog / "content/pages/about.md").write_text(BROKEN_PAGE, encoding="utf-8")
    done = run_alone(whole_blog, "html")
    assert done.returncode == 0
    assert done.stdout.startswith("content/pages/about.md:3:")
    assert done.stdout.splitlines()[-1].endswith("'make publish' waits until no error is left")
    assert (whole_blog / "output/index.html").is_file()


@pytest.mark.parametrize("name", ["output", ".cache"])
def test_a_file_where_a_folder_must_be_is_one_sentence(name: str, whole_blog: Path) -> None:
    (whole_blog / name).write_text("somebody's", encoding="utf-8")
    done = run_alone(whole_blog, "html")
    assert done.returncode == 3
    assert done.stderr.startswith("rehab: the build stopped before its end: '")
    assert done.stderr.count("\n") == 1
    assert (whole_blog / name).read_text(encoding="utf-8") == "somebody's"


def test_publish_with_an_error_writes_nothing_and_exits_1(whole_blog: Path) -> None:
    (whole_blog / "content/pages/about.md").write_text(BROKEN_PAGE, encoding="utf-8")
    done = run_alone(whole_blog, "publish")
    assert done.returncode == 1
    assert done.stdout.startswith("content/pages/about.md:3:")
    assert done.stderr.startswith("rehab: nothing was written: 1 error")
    assert not (whole_blog / "output").exists()


def test_publish_without_errors_builds(whole_blog: Path) -> None:
    assert run_alone(whole_blog, "publish").returncode == 0
    assert (whole_blog / "output/about/index.html").is_file()


# clean


def test_clean_removes_what_builds_made_and_nothing_else(blog: Path) -> None:
    for made in ("output/posts", ".cache/images"):
        (blog / made).mkdir(parents=True)
    assert run("clean").exit_code == 0
    assert sorted(file.name for file in blog.iterdir()) == ["content", "pelicanconf.py"]


def test_clean_says_where_there_is_nothing_to_remove(blog: Path) -> None:
    assert blog.is_dir()
    assert run("clean").output == "nothing to remove\n"


def test_clean_never_follows_a_link(blog: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "work.txt").touch()
    (blog / "output").symlink_to(elsewhere, target_is_directory=True)
    (blog / ".cache").mkdir()
    (blog / ".cache/link").symlink_to(elsewhere, target_is_directory=True)
    assert run("clean").exit_code == 2
    assert (elsewhere / "work.txt").exists()
    assert not (blog / ".cache").exists()


@pytest.mark.parametrize("sign", clean.SIGNS_OF_WORK)
def test_clean_keeps_a_folder_that_holds_somebodys_work(sign: str, blog: Path) -> None:
    (blog / "output" / sign).mkdir(parents=True)
    done = run("clean")
    assert done.exit_code == 2
    assert "stays" in done.output
    assert (blog / "output" / sign).exists()


# What is printed


def test_a_stream_that_cannot_show_a_letter_shows_its_number() -> None:
    script = "from rehab.cli.show import prepare_streams, say\nprepare_streams()\nsay('Mu\\u00f1oz \\U0001f3c3')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONIOENCODING": "ascii"},
    )
    assert done.stdout.split() == [b"Mu\\xf1oz", b"\\U0001f3c3"]


@pytest.mark.parametrize(("number", "text"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")])
def test_one_page_two_pages(number: int, text: str) -> None:
    assert show.counted(number, "page") == text


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["htm"], "there is no command 'htm': use 'html'"),
        (["comments", "aprove"], "there is no command 'aprove': use 'approve'"),
        (["xyzzy"], "there is no command 'xyzzy': 'rehab --help' lists all"),
    ],
)
def test_a_misspelt_command_is_answered_with_its_name(words: list[str], hint: str) -> None:
    done = CliRunner().invoke(rehab, words, prog_name="rehab")
    assert done.exit_code == 2
    assert hint in done.output


def test_a_day_that_is_none_says_how_to_write_one(blog: Path) -> None:
    assert blog.is_dir()
    done = run("todo", "--on", "tomorrow")
    assert done.exit_code == 2
    assert "'tomorrow' is no day: write one as 2026-05-01" in done.output


def test_what_pelican_says_in_two_lines_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    show.show_messages(["Cannot load plugin `x`\n  Cannot import plugin `x`\n"])
    assert capsys.readouterr().err == "pelican: Cannot load plugin `x`; Cannot import plugin `x`\n"
