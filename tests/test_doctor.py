"""The doctor: one line for each thing that is needed, with what to do where it is missing."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from conftest import ROOT
from rehab.cli import rehab
from rehab.publish.health import Patient, examine

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.publish import health

CODECS = "pillow 12, libjpeg_turbo 3, avif 1, webp 1"


def look(tmp_path: Path, **changes: Any) -> dict[str, health.Health]:
    """Examine a blog, and return what was found by name."""
    facts: dict[str, Any] = {"home": tmp_path, "site_url": "https://knees.test.org", "cache": tmp_path / ".cache"}
    facts |= {"output": tmp_path / "output", "targets": {}, "codecs": CODECS, **changes}
    return {each.what: each for each in examine(Patient(**facts))}


def test_what_is_well_has_no_fix(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert [found[name].fix for name in ("python", "pictures", "address", "cache", "output", "disk")] == [""] * 6


@pytest.mark.parametrize(
    ("changes", "name", "fix"),
    [
        ({"codecs": "pillow 12, libjpeg_turbo 3"}, "pictures", "install Pillow from a wheel"),
        ({"site_url": "http://localhost:8000"}, "address", "write the address of your site into publishconf.py"),
        ({"site_url": "https://comeback.example"}, "address", "write your own address"),
        ({"targets": {"live": {"kind": "ftp"}}}, "target live", "write one of dir, ssh"),
        (
            {"targets": {"live": {"kind": "ssh", "host": "a", "path": "/srv/x", "password": "x"}}},
            "target live",
            "a secret",
        ),
        ({}, "lock", "rehab lock"),
        ({}, "git", "git init"),
        ({}, "targets", "docs/how-to/deploy.md"),
    ],
)
def test_what_is_missing_has_one(tmp_path: Path, changes: dict[str, Any], name: str, fix: str) -> None:
    assert fix in look(tmp_path, **changes)[name].fix


@pytest.mark.parametrize(
    ("words", "tool"),
    [
        ({"kind": "ssh", "host": "a", "path": "/srv/x"}, "ssh"),
        ({"kind": "github-pages", "remote": "origin"}, "git"),
        ({"kind": "netlify", "site": "x"}, "netlify"),
        ({"kind": "cloudflare", "project": "x"}, "wrangler"),
    ],
)
def test_a_target_without_its_tool_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: dict[str, str], tool: str
) -> None:
    monkeypatch.setenv("PATH", "")
    found = look(tmp_path, targets={"live": words})["target live"]
    assert found.said == f"needs '{tool}', which is not installed"
    assert "install" in found.fix


def test_little_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 1000))  # noqa: SLF001 - the shape of an answer of the system
    assert look(tmp_path)["disk"].fix.startswith("make room")


def test_the_command_prints_a_line_each_and_ends_with_3_where_something_is_to_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    words = f'PATH = "content"\nTHEME = {str(ROOT / "theme")!r}\nSITEURL = "http://x"\n'
    (tmp_path / "publishconf.py").write_text(words)
    done = CliRunner().invoke(rehab, ["doctor"], catch_exceptions=False)
    assert done.exit_code == 3
    lines = done.output.splitlines()
    assert lines[0] == f"ok   python: {'.'.join(map(str, sys.version_info[:3]))} at {sys.executable}"
    assert [line for line in lines if line.startswith("FIX  address: SITEURL is 'http://x'")]
    assert lines[-1] == "rehab: 1 thing to mend"
