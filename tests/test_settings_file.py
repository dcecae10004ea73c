"""A settings file is read from what it says now, whatever was read of it before."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

from rehab.adapter.settings_file import read_anew

if TYPE_CHECKING:
    from pathlib import Path

SECOND = (1_700_000_000, 1_700_000_000)
"""When a file was written, as its compiled code remembers it."""


def test_of_two_saves_of_one_size_in_one_second_the_second_is_read(tmp_path: Path) -> None:
    file, found = tmp_path / "saved_twice.py", []
    for name in ("One", "Two"):
        file.write_text(f'SITENAME = "{name}"\n', "utf-8")
        os.utime(file, SECOND)
        found.append(read_anew(file)["SITENAME"])
    assert found == ["One", "Two"]


@pytest.mark.parametrize("text", ["SITENAME = 'One'\n", "raise SystemError\n"])
def test_what_is_imported_after_a_settings_file_is_compiled_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    file = tmp_path / "read_once.py"
    file.write_text(text, "utf-8")
    with contextlib.suppress(SystemError):
        read_anew(file)
    assert not sys.dont_write_bytecode
