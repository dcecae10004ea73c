"""Everything that users can name is in the docs."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from rehab.adapter.settings import DEFAULTS, KINDS, LISTS
from rehab.authoring.reference import render_front_matter, render_problems
from rehab.cli import COMMANDS

REFERENCE = ROOT / "docs" / "reference"


def test_the_page_of_fields_says_what_the_field_tables_say() -> None:
    assert (REFERENCE / "front-matter.md").read_text("utf-8") == render_front_matter(), "run `rehab docs`"


def test_the_page_of_problems_says_what_the_table_of_codes_says() -> None:
    assert (REFERENCE / "problems.md").read_text("utf-8") == render_problems(), "run `rehab docs`"


@pytest.mark.parametrize("setting", [*DEFAULTS, *(f"{name}_URL" for name in (*KINDS, *LISTS))])
def test_every_setting_is_in_the_docs(setting: str) -> None:
    assert f"`{setting}`" in (REFERENCE / "settings.md").read_text("utf-8")


def test_the_docs_name_no_setting_that_does_not_exist() -> None:
    named = set(re.findall(r"`(REHAB_[A-Z_]+)`", (REFERENCE / "settings.md").read_text("utf-8")))
    assert named == set(DEFAULTS)


def test_every_make_target_and_command_is_in_the_docs() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    page = (REFERENCE / "commands.md").read_text("utf-8")
    missing = [name for name in sorted(targets) if f"`make {name}`" not in page]
    missing += [name for name in COMMANDS if f"`rehab {name}" not in page]
    assert not missing


def test_every_decision_is_short_and_has_its_four_parts() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert decisions
    for decision in decisions:
        text = decision.read_text("utf-8")
        assert len(text.splitlines()) <= 25, decision.name
        assert all(f"**{part}**" in text for part in ("Question", "Options", "Choice", "Cost")), decision.name
