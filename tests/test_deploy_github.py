"""GitHub Pages as the target: a bare repository on this machine takes the place of the remote."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from deploying import FIRST, bring, publish, target_of
from rehab.publish.places import DeployError

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.publish.targets import Target

SECOND = {**FIRST, "index.html": "<h1>Two</h1>\r\n"}
ADDED = {".nojekyll": "", "CNAME": "knees.test.org\n"}


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """Return a bare repository whose main branch holds an author's sources."""
    bare, work = tmp_path / "remote.git", tmp_path / "work"
    bare.mkdir()
    work.mkdir()
    git(bare, "init", "--quiet", "--bare")
    git(work, "init", "--quiet", "--initial-branch=main")
    (work / "README.md").write_text("An author's own.")
    git(work, "add", ".")
    git(work, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Begin")
    git(work, "push", "--quiet", str(bare), "main")
    return bare


@pytest.fixture
def live(remote: Path) -> Target:
    """Return a target that pushes there."""
    return target_of(kind="github-pages", remote=str(remote))


def files_on(remote: Path, branch: str = "gh-pages") -> dict[str, str]:
    names = [name for name in git(remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0") if name]
    return {name: git(remote, "show", f"{branch}:{name}") for name in names if name != ".comeback"}


def test_the_branch_holds_the_site_and_what_the_host_wants(tmp_path: Path, remote: Path, live: Target) -> None:
    bring(live, publish(tmp_path, FIRST))
    expected = {**FIRST, **ADDED}
    del expected[".htaccess"]
    assert files_on(remote) == expected


def test_no_change_pushes_nothing_and_a_change_is_one_commit(tmp_path: Path, remote: Path, live: Target) -> None:
    bring(live, publish(tmp_path, FIRST))
    assert bring(live, publish(tmp_path, FIRST)).plan.is_empty
    assert bring(live, publish(tmp_path, SECOND)).plan.sends == ("index.html",)
    assert git(remote, "rev-list", "--count", "gh-pages").strip() == "2"
    assert files_on(remote)["index.html"] == "<h1>Two</h1>\r\n"


def test_a_branch_with_somebody_elses_files_is_refused(tmp_path: Path, remote: Path) -> None:
    main = target_of(kind="github-pages", remote=str(remote), branch="main")
    with pytest.raises(DeployError, match=r"holds 'README.md'"):
        bring(main, publish(tmp_path, FIRST))
    assert files_on(remote, "main") == {"README.md": "An author's own."}


def test_the_authors_checkout_is_not_touched(tmp_path: Path, live: Target) -> None:
    before = git(tmp_path / "work", "status", "--porcelain", "--branch"), git(tmp_path / "work", "log", "--all")
    bring(live, publish(tmp_path, FIRST))
    assert (
        git(tmp_path / "work", "status", "--porcelain", "--branch"),
        git(tmp_path / "work", "log", "--all"),
    ) == before


def test_a_remote_of_the_authors_checkout_can_be_named(tmp_path: Path, remote: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", str(remote))
    bring(target_of(kind="github-pages", remote="origin"), publish(tmp_path, FIRST))
    assert files_on(remote)["index.html"] == FIRST["index.html"]


def test_a_push_of_somebody_else_is_never_overwritten(tmp_path: Path, remote: Path, live: Target) -> None:
    from rehab.publish.deploy import place_of  # noqa: PLC0415 - only here
    from rehab.publish.places import Shipment  # noqa: PLC0415 - as above
    from rehab.publish.plan import plan_deployment  # noqa: PLC0415 - as above
    from rehab.publish.to_github import GitPlace  # noqa: PLC0415 - as above

    source = publish(tmp_path, FIRST)
    bring(live, source)
    place = place_of(live, source, "https://knees.test.org")
    assert isinstance(place, GitPlace)
    state = place.read_state()
    bring(live, publish(tmp_path, SECOND))
    wanted = place.wanted(source.output, {"404.html": ""})
    shipment = Shipment(
        folder=source.output, wanted=wanted, plan=plan_deployment(state.manifest, wanted), state=state, site_url=""
    )
    with pytest.raises(DeployError, match="somebody else has pushed"):
        place.send(shipment)
    assert files_on(remote)["index.html"] == SECOND["index.html"]


def test_a_remote_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    lost = target_of(kind="github-pages", remote=str(tmp_path / "nowhere.git"))
    with pytest.raises(DeployError, match="failed: fatal:") as wrong:
        bring(lost, publish(tmp_path, FIRST))
    assert "\n" not in str(wrong.value)


def test_a_preview_link_is_not_pushed_where_everybody_can_list_it(tmp_path: Path, remote: Path, live: Target) -> None:
    source = publish(tmp_path, FIRST)
    page = source.output / "preview" / ("t" * 22) / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<meta name="comeback-preview" content="0123456789abcdef until 2026-11-30">')
    bring(live, source)
    assert not [name for name in files_on(remote) if name.startswith("preview/")]
