"""Every code is explained, and what its page calls wrong and right is so."""

from __future__ import annotations

import datetime as dt
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import ROOT
from rehab.authoring.explain import Example, examples, list_codes, read_text, render_explanation, render_pages
from rehab.cli import rehab
from rehab.compile import compile_site
from rehab.site.link import Options
from rehab.source.codes import CODES

if TYPE_CHECKING:
    from conftest import BuildSite

LATER = Options(today=dt.date(2024, 1, 1))
THIN = {"unlinked-exercise", "unlinked-injury", "incomplete-exercise"}
"""What is said of any page as short as an example, besides what the example is about."""
BY_A_BUILD = {"missing-file"}
BY_PUBLISHING = {"broken-link", "broken-file", "leak"}
"""What is found in what was built: the tests of publishing look at their examples."""
HEADINGS = ["Why it matters", "Wrong", "Right", "How to mend it", "Can it be silenced?"]


def write_example(folder: Path, files: tuple[Example, ...]) -> Path:
    """Write the files of an example under `content/`, and do to them what is said beside their paths."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    for example in files:
        file = folder / example.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if "cannot be opened" in example.note:
            make_unreadable(file)
        else:
            text = _long(example.text) if "a thousand times" in example.note else example.text
            file.write_bytes(text.encode("latin-1" if "Latin-1" in example.note else "utf-8"))
    return content


def _long(text: str) -> str:
    *lines, last = text.splitlines(keepends=True)
    return "".join((*lines, *[last] * 1000))


def make_unreadable(file: Path) -> None:
    """Make what nobody can open as a file, whoever runs this: the end of a connection."""
    before = Path.cwd()
    os.chdir(file.parent)  # the name of such an end may have a hundred letters at most
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(file.name)
    finally:
        os.chdir(before)


def codes_of(folder: Path, code: str, title: str) -> set[str]:
    files = examples(code, title)
    assert files, f"the page of {code} has no example under '{title}'"
    _, problems = compile_site(write_example(folder, files), LATER)
    return {problem.code for problem in problems} - (THIN - {code})


@pytest.mark.parametrize("code", sorted(set(CODES) - BY_A_BUILD - BY_PUBLISHING))
def test_the_wrong_example_gives_exactly_its_code_and_the_right_one_nothing(code: str, tmp_path: Path) -> None:
    if code == "unreadable-file" and not hasattr(socket, "AF_UNIX"):
        pytest.skip("this system has no files of the kind that cannot be opened")
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert codes_of(tmp_path / "wrong", code, "Wrong") == {code}
    assert codes_of(tmp_path / "right", code, "Right") == set()


@pytest.mark.parametrize("code", sorted(BY_A_BUILD))
@pytest.mark.parametrize("title", ["Wrong", "Right"])
def test_what_only_a_build_finds_is_found_by_a_build(
    code: str, title: str, tmp_path: Path, build_site: BuildSite
) -> None:
    result, _ = build_site(write_example(tmp_path, examples(code, title)))
    assert {problem.code for problem in result.problems} == ({code} if title == "Wrong" else set())


def test_every_code_has_a_text_and_every_text_a_code() -> None:
    texts = {file.stem for file in (ROOT / "plugins/rehab/authoring/codes").glob("*.md")}
    assert texts == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_page_has_the_same_parts_in_the_same_order(code: str) -> None:
    page = render_explanation(code)
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == HEADINGS
    article = "An" if CODES[code].severity == "error" else "A"
    assert page.startswith(f"# {code}\n\n{article} {CODES[code].severity}.\n\n")
    assert max(map(len, page.splitlines())) <= 120


def test_only_warnings_are_said_to_be_silenced() -> None:
    silenced = {code for code in CODES if "Yes, with a reason" in render_explanation(code)}
    assert silenced == {code for code in CODES if CODES[code].severity == "warning"} - {"unused-silence"}


def test_the_pages_of_the_docs_say_what_the_command_says() -> None:
    folder = ROOT / "docs" / "reference" / "problems"
    written = {file.name: file.read_text("utf-8") for file in folder.glob("*.md")}
    assert written == render_pages(), "run `rehab docs`"


def explain(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(rehab, ["explain", *words], catch_exceptions=False)
    return done.exit_code, done.output


def test_the_command_shows_the_text_as_it_is() -> None:
    assert explain("bad-dose") == (0, render_explanation("bad-dose"))
    assert explain("[bad-dose]") == explain("BAD-DOSE") == explain("bad-dose")
    assert read_text("bad-dose").partition("\n## ")[0].strip() in explain("bad-dose")[1]


def test_without_a_code_all_are_listed() -> None:
    assert explain() == (0, list_codes() + "\n")
    assert all(f"  {code} " in list_codes() for code in CODES)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("unknown-slg", "there is no code 'unknown-slg': use 'unknown-slug'"),
        ("dose", "there is no code 'dose': use 'bad-dose' or 'stub-with-dose'"),
        ("qqq", "there is no code 'qqq': run `rehab explain` for a list of all"),
    ],
)
def test_an_unknown_code_leads_to_the_nearest(word: str, said: str) -> None:
    assert explain(word) == (2, f"rehab: {said}\n")
