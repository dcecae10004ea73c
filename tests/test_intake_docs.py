"""What the page on the intake tells people to type and to copy exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import ROOT
from rehab.cli import rehab
from rehab.cli.intake import HOST, PORT

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs/how-to/run-the-intake.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```(ini|sh|nginx|caddyfile)\n(.*?)```", PAGE, re.DOTALL))


def test_every_command_on_the_page_can_be_called() -> None:
    called = re.findall(r"(?:^ {4}|`|ExecStart=\S*/)rehab ([a-z]+(?: [a-z]+)?)", PAGE, re.MULTILINE)
    assert {"intake", "intake password", "intake pull"} <= set(called)
    for words in set(called):
        result = CliRunner().invoke(rehab, [*words.split(), "--help"])
        assert result.exit_code == 0, words


def test_every_option_on_the_page_is_one() -> None:
    command = re.search(r"^ExecStart=\S+ (.*)$", BLOCKS["ini"], re.MULTILINE)
    assert command
    named = {*re.findall(r"--[a-z]+", command[1]), "--content", "--db", "--host", "--port"}
    shown = CliRunner().invoke(rehab, ["intake", "--help"]).output
    assert {option for option in named if option not in shown} == set()
    assert "--show" in CliRunner().invoke(rehab, ["intake", "password", "--help"]).output


def test_the_servers_in_front_lead_to_the_intake() -> None:
    assert f"proxy_pass http://{HOST}:{PORT};" in BLOCKS["nginx"]
    assert f"reverse_proxy {HOST}:{PORT}" in BLOCKS["caddyfile"]
    assert f"--host {HOST} --port {PORT}" in BLOCKS["ini"]


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not on this machine")
    unit = tmp_path / "rehab-intake.service"
    here = BLOCKS["ini"].replace("/srv/blog/.venv/bin/rehab", sys.executable).replace("/srv/blog", str(tmp_path))
    unit.write_text(here.replace("User=blog", "User=root"), "utf-8")
    done = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []
