"""Settings for hosts: as the templates say, readable to the hosts, and calling nothing that is not there."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from conftest import ROOT
from rehab.publish.hosts import CACHE, OUTPUT, PYTHON, render_hosts
from rehab.publish.targets import KINDS

FILES = render_hosts()
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
SETTINGS = (ROOT / "pelicanconf.py").read_text("utf-8")


def test_the_files_of_the_docs_are_those_that_are_made() -> None:
    folder = ROOT / "docs" / "hosts"
    assert {file.name: file.read_text("utf-8") for file in folder.iterdir()} == FILES, "run `rehab docs`"


@pytest.mark.parametrize("name", FILES)
def test_every_make_target_that_is_called_is_there(name: str) -> None:
    called = set(re.findall(r"\bmake ([a-z]+)", FILES[name]))
    assert "publish" in called
    assert [target for target in called if not re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)] == []


def test_the_folders_and_the_python_are_those_of_the_project() -> None:
    assert f'OUTPUT_PATH = "{OUTPUT}"' in SETTINGS
    assert f'"REHAB_CACHE": "{CACHE}"' in (ROOT / "plugins/rehab/adapter/settings.py").read_text("utf-8")
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert tuple(map(int, PYTHON.split("."))) >= tuple(map(int, oldest.removeprefix(">=").split(".")))


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yml")])
def test_workflows_check_before_they_publish_run_each_day_and_carry_the_cache(name: str) -> None:
    workflow = yaml.safe_load(FILES[name])
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    runs = [step["run"] for step in steps if str(step.get("run", "")).startswith("make ")]
    assert runs[:2] == ["make check", "make publish"]
    assert re.fullmatch(r"\d+ 0 \* \* \*", workflow[True]["schedule"][0]["cron"])  # YAML takes `on` for true
    assert [step["with"]["path"] for step in steps if str(step.get("uses", "")).startswith("actions/cache@")] == [CACHE]
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def test_nobody_elses_pull_request_reaches_the_web() -> None:
    jobs = yaml.safe_load(FILES["github-actions.yml"])["jobs"]
    assert "github.event_name != 'pull_request'" in jobs["deploy"]["if"]
    assert "permissions" not in jobs["build"]


def test_netlify_gets_toml_that_can_be_read() -> None:
    assert tomllib.loads(FILES["netlify.toml"])["build"]["publish"] == OUTPUT


def test_every_kind_of_target_and_its_limits_are_in_the_docs() -> None:
    page = (ROOT / "docs/how-to/hosts.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []
