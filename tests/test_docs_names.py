"""What prose names is there: files, modules, commands and their options, make targets, decisions.

Links have a test of their own. This one reads code spans, code blocks and the docstrings of the program.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest

from conftest import ROOT
from rehab.cli import rehab
from test_docs_links import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLUGIN = ROOT / "plugins" / "rehab"
HISTORY = ROOT / "CHANGELOG.md"
"""It names what was."""
PROSE = [page for page in DOCS if page != HISTORY]
CODE = sorted(file for file in (ROOT / "plugins").rglob("*.py") if "__pycache__" not in file.parts)
NAMED_FROM = (ROOT, PLUGIN, ROOT / "theme", ROOT / "tests")
"""Where paths in prose begin. Settings files (`otherconf.py`) are a blog's own."""
FOLDERS = sorted(each.name for base in NAMED_FROM for each in base.iterdir() if each.is_dir() and each.name.isalpha())
OF_AUTHORS = ("content/", "output/", "images/", "posts/", "comments/")
"""Folders that blogs have too: what is named there may be anybody's."""

SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./*-]*|[\w/-]+(?<!conf)\.py")
MODULE = re.compile(r"`(rehab(?:\.[a-z_]\w*)+)`")
PAGE = re.compile(r"\bdocs/[\w/.-]+\.md\b|\b\d{4}-[a-z-]+\.md\b")
REHAB = re.compile(r"^ *(?:\$ )?(?:\.venv/bin/)?rehab ([a-z].*)$", re.MULTILINE)
MAKE = re.compile(r"^ *(?:\$ )?make ([a-z][a-z-]*)\b", re.MULTILINE)
FENCED = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


def label(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def is_there(path: str) -> bool:
    """Return whether a path, perhaps with `*` in it, is where prose names paths from; a bare name is of any module."""
    if "/" not in path:
        return any(file.name == path for file in CODE) or (ROOT / path).is_file() or (ROOT / "tests" / path).is_file()
    return any(next(base.glob(path.rstrip("/")), None) for base in NAMED_FROM)


def is_module(name: str) -> bool:
    """Return whether `rehab.room.module`, perhaps with a name in it, is there."""
    parts = name.split(".")[1:]
    for count in range(len(parts), 0, -1):
        place = PLUGIN.joinpath(*parts[:count])
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if file.is_file():
            rest = parts[count:]
            return not rest or bool(re.search(rf"\b{rest[0]}\b", file.read_text("utf-8")))
    return False


def lost_paths(text: str) -> list[str]:
    """Return the paths in code spans that lead to no file of the project."""
    spans = [span for span in SPAN.findall(text) if PATH.fullmatch(span) and not span.startswith(OF_AUTHORS)]
    return [span for span in spans if not is_there(span)]


def calls_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield what code spans and code blocks call: the program, and the words after its name."""
    blocks = [*FENCED.findall(text), *re.findall(r"^    .*$", text, re.MULTILINE), *SPAN.findall(text)]
    for block in blocks:
        yield from (("rehab", words) for words in REHAB.findall(block))
        yield from (("make", target) for target in MAKE.findall(block))


def fault_of(words: str) -> str:
    """Return what is wrong with a call of `rehab`, as far as its names go; an option's value is its own affair."""
    said = shlex.split(words.replace("\\", "/"), comments=True)
    command: click.Command = rehab
    context = rehab.make_context("rehab", ["--help"], resilient_parsing=True)
    while said and isinstance(command, click.Group):
        found = command.get_command(context, said[0]) if re.fullmatch("[a-z-]+", said[0]) else None
        if found is None:
            break
        command, said = found, said[1:]
    if command is rehab:
        return f"no command: {words}"
    if isinstance(command, click.Group) and "posts" in command.commands:
        command = command.commands["posts"]  # what `rehab import FILE` is short for
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)} | {"-h", "--help"}
    named = [re.split(r"[=…|\]]", word)[0] for word in said if word.startswith("-")]
    lost = [name for name in named if name.startswith("--") and name != "--" and name not in known]
    return f"no option {lost[0]}: {words}" if lost else ""


TARGETS = frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PROSE, ids=label)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    assert lost_paths(page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PROSE, ids=label)
def test_every_call_that_a_page_shows_can_be_made(page: Path) -> None:
    calls = list(calls_in(page.read_text("utf-8")))
    assert [fault for program, words in calls if program == "rehab" and (fault := fault_of(words))] == []
    assert [words for program, words in calls if program == "make" and words not in TARGETS] == []


def test_every_module_that_is_named_is_there() -> None:
    texts = {file: file.read_text("utf-8") for file in (*PROSE, *CODE, ROOT / "pyproject.toml")}
    named = ((file, name) for file, text in texts.items() for name in MODULE.findall(text))
    assert [f"{label(file)}: {name}" for file, name in named if not is_module(name) and name != "rehab.json"] == []


def test_every_page_that_the_program_names_is_there() -> None:
    named = ((file, name) for file in CODE for name in PAGE.findall(file.read_text("utf-8")))
    there = {page.name for page in DOCS}
    lost = [(file, name) for file, name in named if not ((ROOT / name).is_file() or name in there)]
    assert [f"{label(file)}: {name}" for file, name in lost] == []


def lost_rows(text: str) -> list[str]:
    """Return the first row of each table that has no head: a page shows it as words with strokes between them."""
    blocks = re.findall(r"(?:^\|.*\n?)+", FENCED.sub("", text), re.MULTILINE)
    return [block.splitlines()[0] for block in blocks if not re.match(r"\|.*\n\|[-:| ]+\|$", block, re.MULTILINE)]


@pytest.mark.parametrize("page", DOCS, ids=label)
def test_every_table_has_its_head(page: Path) -> None:
    assert lost_rows(page.read_text("utf-8")) == []


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    decisions = {file.name[:4]: file for file in (ROOT / "docs" / "decisions").glob("*.md")}
    assert len(decisions) == len(list((ROOT / "docs" / "decisions").iterdir()))
    assert [
        number for number, file in decisions.items() if not file.read_text("utf-8").startswith(f"# {number} ")
    ] == []


def test_what_is_not_there_is_found() -> None:
    assert lost_paths("`model/dose/` `model/dose_*.py` `adapter/keep/stored.py` `keep.py`") == [
        "model/dose_*.py",
        "keep.py",
    ]
    assert [is_module(name) for name in ("rehab.site.rules", "rehab.cli.exits.OK", "rehab.cli.gone")] == [
        True,
        True,
        False,
    ]
    assert fault_of("check --strict") == fault_of("comments import wordpress x.xml --post=knee") == ""
    assert fault_of("chek") == "no command: chek"
    assert fault_of("check --stric") == "no option --stric: check --stric"
    assert list(calls_in("`make html`, `.venv/bin/rehab check`\n\n    rehab fix\n")) == [
        ("rehab", "fix"),
        ("make", "html"),
        ("rehab", "check"),
    ]
