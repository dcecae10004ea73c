"""`rehab deploy` and `rehab rollback` as they are called: what they say, and with what they end."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from browsing import serving
from conftest import ROOT
from deploying import FIRST, SITE_URL, publish, texts_of
from rehab.cli import rehab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = """\
PATH, OUTPUT_PATH = "content", "output"
THEME = {theme!r}
SITEURL = {url!r}
REHAB_TARGETS = {targets!r}
"""
TOOL = """\
#!{python}
import os, sys
folder = next(each for each in sys.argv if "rehab-deploy-" in each).split("=")[-1]
print(sys.argv[1:], sorted(os.listdir(folder)), file=open({log!r}, "w"))
sys.exit({code})
"""


def settings(blog: Path, **targets: dict[str, object]) -> None:
    (blog / "content").mkdir(exist_ok=True)
    text = SETTINGS.format(theme=str(ROOT / "theme"), url=SITE_URL, targets=targets)
    (blog / "publishconf.py").write_text(text, "utf-8")


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(rehab, list(words), catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture
def blog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Publish a blog whose target is served by a real server of files."""
    monkeypatch.chdir(tmp_path)
    with serving(tmp_path / "www" / "current") as address:
        settings(tmp_path, live={"kind": "dir", "path": "www", "url": address})
        publish(tmp_path, FIRST)
        yield tmp_path


def test_a_dry_run_names_every_file_and_changes_nothing(blog: Path) -> None:
    code, said = run("deploy", "live", "--dry-run")
    assert code == 0
    assert "would send core/index.html\n" in said
    assert said.endswith("would send 7 files (0 kB), 0 deleted, 0 kept; nothing was touched\n")
    assert not (blog / "www").exists()


def test_a_deployment_is_looked_at_as_a_reader_would(blog: Path) -> None:
    code, said = run("deploy", "live")
    assert code == 0
    assert "sent 7 files (0 kB), 0 deleted, 0 kept: live serves 000001-" in said
    assert "looked at 3 pages of http://127.0.0.1:" in said
    assert run("deploy", "live") == (0, "live is as it should be: 0 files sent, 7 kept\n")
    assert texts_of(blog / "www/current") == FIRST


def test_a_site_that_serves_something_else_ends_with_4(blog: Path) -> None:
    assert run("deploy", "live")[0] == 0
    settings(blog, live={"kind": "dir", "path": "elsewhere", "url": "http://127.0.0.1:9", "verify": 1})
    code, said = run("deploy", "live")
    assert code == 4
    assert "http://127.0.0.1:9/ does not answer" in said
    assert said.endswith("rehab: 1 of 1 page looked at are not as they were sent\n")


def test_a_rollback_says_what_is_served(blog: Path) -> None:
    run("deploy", "live")
    publish(blog, {**FIRST, "index.html": "<h1>Two</h1>"})
    run("deploy", "live")
    code, said = run("rollback", "live")
    assert (code, said.startswith("live serves 000001-")) == (0, True)
    assert texts_of(blog / "www/current") == FIRST
    code, said = run("rollback", "live")
    assert (code, "is the oldest release" in said) == (4, True)


def test_what_is_wrong_with_the_targets_is_one_sentence(blog: Path) -> None:
    assert run("deploy", "production") == (2, "rehab: there is no target 'production': write one of live\n")
    (blog / "publishconf.py").write_text("REHAB_TARGETS = dict(live={})\n")
    assert run("deploy", "live") == (2, "rehab: publishconf.py:1: write REHAB_TARGETS out in plain words\n")
    assert run("rollback", "live")[0] == 2


def test_what_was_not_published_is_not_sent(blog: Path) -> None:
    (blog / "output/index.html").write_text("changed by hand")
    code, said = run("deploy", "live")
    assert (code, said.count("\n")) == (4, 1)
    assert "'output/index.html' is not what was published: run 'make publish' again" in said


# Hosts with tools of their own


@pytest.mark.skipif(os.name != "posix", reason="the tool is a script")
@pytest.mark.parametrize(
    ("name", "words", "called"),
    [
        ("netlify", {"kind": "netlify", "site": "abc"}, "['deploy', '--prod', '--no-build', '--dir="),
        ("wrangler", {"kind": "cloudflare", "project": "knees"}, "['pages', 'deploy', '"),
    ],
)
def test_a_hosts_own_tool_is_called_with_the_published_folder(
    blog: Path, monkeypatch: pytest.MonkeyPatch, name: str, words: dict[str, object], called: str
) -> None:
    settings(blog, live=words)
    monkeypatch.setenv("PATH", str(blog))
    code, said = run("deploy", "live", "--no-verify")
    assert (code, f"'{name}' is not installed here" in said) == (4, True)
    for end in (1, 0):
        text = TOOL.format(python=sys.executable, log=str(blog / "called"), code=end)
        (blog / name).write_text(text)
        (blog / name).chmod(0o755)
        code, said = run("deploy", "live", "--no-verify")
        assert code == (4 if end else 0)
    log = (blog / "called").read_text()
    assert log.startswith(called)
    assert str(sorted({path.split("/")[0] for path in FIRST})) in log
