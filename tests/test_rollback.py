"""Going back: what was served before is served again, at once and without sending anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deploying import FIRST, bring, publish, target_of, texts_of
from rehab.publish.deploy import rollback
from rehab.publish.places import DeployError

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.publish.targets import Target

SITES = [{**FIRST, "index.html": f"<h1>{number}</h1>"} for number in range(3)]


@pytest.fixture
def live(tmp_path: Path) -> Target:
    """Return a target to which three sites were deployed one after the other."""
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    for files in SITES:
        bring(target, publish(tmp_path, files))
    return target


def test_a_rollback_serves_what_was_served_before_and_another_goes_further(tmp_path: Path, live: Target) -> None:
    source = publish(tmp_path, SITES[2])
    old, new = rollback(live, source)
    assert (old[:6], new[:6]) == ("000003", "000002")
    assert texts_of(tmp_path / "www/current") == SITES[1]
    rollback(live, source)
    assert texts_of(tmp_path / "www/current") == SITES[0]
    with pytest.raises(DeployError, match="is the oldest release"):
        rollback(live, source)


def test_a_release_can_be_named(tmp_path: Path, live: Target) -> None:
    source = publish(tmp_path, SITES[2])
    oldest = min(each.name for each in (tmp_path / "www/releases").iterdir() if each.is_dir())
    rollback(live, source, oldest)
    assert texts_of(tmp_path / "www/current") == SITES[0]
    with pytest.raises(DeployError, match=r"has no release '\.\./\.\./etc'"):
        rollback(live, source, "../../etc")


def test_the_next_deployment_goes_on_from_what_is_served(tmp_path: Path, live: Target) -> None:
    rollback(live, publish(tmp_path, SITES[2]))
    done = bring(live, publish(tmp_path, SITES[2]))
    assert (done.plan.sends, done.name[:6]) == (("index.html",), "000004")
    assert texts_of(tmp_path / "www/current") == SITES[2]


def test_where_nothing_was_deployed_nothing_goes_back(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="holds no release of ours"):
        rollback(target_of(kind="dir", path=str(tmp_path / "elsewhere")), publish(tmp_path, FIRST))


def test_a_target_that_keeps_no_releases_says_so(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="keeps no releases"):
        rollback(target_of(kind="s3", bucket="knees"), publish(tmp_path, FIRST))
