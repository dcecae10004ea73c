"""The Makefile, the lock and the lint settings: what users can name is there, and says what it promises."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bootstrap import DEV_MARK
from rehab.cli import COMMANDS
from rehab.cli import lock as lock_command

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
BLOCKS = re.findall(r"^[a-z0-9].*(?:\n[ ]+.*)*", LOCK, re.MULTILINE)


@pytest.fixture(scope="module")
def shown_help() -> str:
    """What `make` alone prints."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed here")
    return subprocess.run([make], cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout


def test_the_targets_are_the_commands_and_help() -> None:
    called_by_name_alone = {"comments", "docs", "explain", "headers", "images", "intake", "redirects"}
    assert set(TARGETS) == {*COMMANDS, "help", "bench"} - called_by_name_alone


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_is_in_the_help_with_a_sentence(target: str, shown_help: str) -> None:
    assert re.search(rf"^  {target} +\S+ \S+", shown_help, re.MULTILINE)


def test_the_help_is_grouped(shown_help: str) -> None:
    assert re.findall(r"^\w+$", shown_help, re.MULTILINE) == ["Write", "Develop", "Help"]


@pytest.mark.parametrize("command", [target for target in TARGETS if target not in {"help", "bench"}])
def test_a_target_is_one_line_over_its_command(command: str) -> None:
    assert re.search(rf"^\t\$\(REHAB\) {command}( .*)?$", MAKEFILE, re.MULTILINE)


def test_tests_and_linters_get_their_packages_and_the_others_do_without() -> None:
    prepared = dict(re.findall(r"^([a-z]+): (site|dev)-ready", MAKEFILE, re.MULTILINE))
    assert {target for target, part in prepared.items() if part == "dev"} == {"test", "lint", "lock", "bench"}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block).partition("==")[0])
def test_every_locked_package_has_one_version_and_a_hash(block: str) -> None:
    head, *hashes = block.split("\\\n")
    assert re.fullmatch(r"[a-z0-9-]+==[\w.+!-]+( ; .+)? ", head)
    assert hashes
    assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64} ?", line) for line in hashes)


def test_the_lock_names_no_place_on_a_network_or_a_disk() -> None:
    assert not re.search(r"://|@|file:|index-url|find-links|(?<![\w=])/", LOCK)


def names(part: str) -> set[str]:
    """Return the packages that a part of the lock names."""
    return set(re.findall(r"^([a-z0-9-]+)==", part, re.MULTILINE))


def wanted(requirements: list[str]) -> set[str]:
    """Return the packages that requirements name, written as a lock writes them."""
    return {re.split(r"[<>=!~\[; ]", line)[0].lower().replace("_", "-") for line in requirements}


def test_the_upper_part_serves_the_site_and_the_lower_part_the_tests() -> None:
    site, tests = (names(part) for part in LOCK.split(DEV_MARK))
    groups = PROJECT["dependency-groups"]
    assert wanted(PROJECT["project"]["dependencies"]) | wanted(groups["build"]) <= site
    assert wanted(groups["dev"]) <= tests
    assert not site & tests


def test_both_files_that_know_the_mark_agree() -> None:
    assert lock_command.DEV_MARK == DEV_MARK


def test_a_package_of_site_and_tests_stands_in_the_upper_part_with_the_wider_marker() -> None:
    site = "a==1 ; python_version < '3.12' \\\n    --hash=sha256:0\n"
    everything = "a==1 \\\n    --hash=sha256:0\nb==2 \\\n    --hash=sha256:1\n"
    upper, lower = lock_command.render_lock(site, everything).split(DEV_MARK)
    assert "\na==1 \\\n    --hash=sha256:0\n" in upper
    assert lower == "\nb==2 \\\n    --hash=sha256:1\n"


def test_pelican_is_held_to_its_major_version() -> None:
    assert "pelican>=4.12,<5" in PROJECT["project"]["dependencies"]


def test_no_import_contract_ignores_anything() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    assert len(contracts) > 5
    assert not [contract["name"] for contract in contracts if "ignore_imports" in contract]


def test_every_ignored_lint_rule_has_a_spoken_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    silent = [line for line in text.splitlines() if re.match(r'  "[A-Z]+[0-9]*",', line) and " # " not in line]
    assert silent == []


def imported(file: Path) -> set[str]:
    """Return the modules of `rehab` that a file imports, as `rehab.room.module`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(name.split(".")[:3]) for name in found if name.startswith("rehab.")}


def test_site_enters_comments_and_images_by_few_doors() -> None:
    doors = {"rehab.comments.thread", "rehab.comments.numbers", "rehab.comments.tokens"} | {
        "rehab.images.plan",
        "rehab.images.card",
    }
    for file in sorted((ROOT / "plugins/rehab/site").rglob("*.py")):
        others = {name for name in imported(file) if name.startswith(("rehab.comments", "rehab.images"))}
        assert others <= doors, file.name
