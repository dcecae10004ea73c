"""Deployments: what is sent, in which order, and what is refused; a folder of this machine as the target."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT
from deploying import FIRST, SITE_URL, bring, publish, target_of, texts_of
from rehab.publish.manifest import read_manifest
from rehab.publish.places import DeployError
from rehab.publish.plan import deletion_fault, outdated, plan_deployment, release_name
from rehab.publish.preview import Preview
from rehab.publish.record import save_record
from rehab.publish.targets import KINDS, parse_target

if TYPE_CHECKING:
    from pathlib import Path

SECOND = {**FIRST, "index.html": "<h1>Two</h1>", "posts/new/index.html": "<h1>New</h1>"}
KILLS = 50


# What is decided without looking at any target


def test_what_pages_need_is_sent_first_then_pages_then_lists_of_pages() -> None:
    wanted = dict.fromkeys(["sitemap.xml", "feeds/atom.xml", "index.html", "images/b.avif", "theme/a.css"], "1")
    plan = plan_deployment({"old.html": "1", "images/b.avif": "0"}, wanted)
    assert plan.sends == ("images/b.avif", "theme/a.css", "index.html", "feeds/atom.xml", "sitemap.xml")
    assert plan.deletes == ("old.html",)


def test_equal_manifests_send_nothing() -> None:
    assert plan_deployment({"a": "1"}, {"a": "1"}).is_empty


@pytest.mark.parametrize(("there", "gone", "stops"), [(100, 25, False), (100, 26, True), (8, 8, False), (30, 11, True)])
def test_more_than_a_quarter_is_deleted_only_when_that_is_said(there: int, gone: int, stops: bool) -> None:  # noqa: FBT001 - a row
    files = {str(number): "1" for number in range(there)}
    plan = plan_deployment(files, dict(list(files.items())[gone:]))
    assert bool(deletion_fault(plan, files, allowed=False)) == stops
    assert not deletion_fault(plan, files, allowed=True)


def test_releases_are_numbered_and_no_clock_decides_what_is_newest() -> None:
    assert release_name(["000009-aa", "000010-bb", "junk", ".x.part", "000010-bb.json"], "c" * 64) == "000011-cccccccc"
    assert outdated(["000003-c", "000001-a", "000002-b", "000002-b.json"], "000001-a", 1) == ["000002-b"]


GOOD: dict[str, Any] = {"kind": "ssh", "host": "ann@example.org", "path": "/srv/www/blog"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password": "x"}, "holds a secret under 'password'"),
        ({"api_token": "x"}, "holds a secret under 'api_token'"),
        ({"url": "https://ann:word@example.org"}, "holds a secret under 'url'"),
        ({"host": "-oProxyCommand=touch x"}, "begins with a hyphen"),
        ({"host": "example.org; touch x"}, "is no host"),
        ({"path": "www"}, "begins with a slash"),
        ({"path": "/srv"}, "no folder of your own"),
        ({"path": ""}, "does not say its 'path'"),
        ({"port": "22"}, "must be a whole number"),
        ({"kind": "ftp"}, "no kind that is known"),
        ({"bucket": "x"}, "has no use for"),
    ],
)
def test_what_is_wrong_with_a_target_is_said_in_one_sentence(change: dict[str, Any], said: str) -> None:
    found = parse_target("live", {"live": {**GOOD, **change}})
    assert isinstance(found, str)
    assert said in found


def test_an_unknown_target_leads_to_those_there_are() -> None:
    assert parse_target("live", {"staging": GOOD}) == "there is no target 'live': write one of staging"
    assert "REHAB_TARGETS" in str(parse_target("live", {}))


def test_every_kind_of_target_is_in_the_docs() -> None:
    page = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


# A folder as the target


def test_a_first_deployment_brings_every_file_and_a_second_none(tmp_path: Path) -> None:
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    assert len(bring(target, publish(tmp_path, FIRST)).plan.sends) == len(FIRST)
    assert texts_of(tmp_path / "www/current") == FIRST
    again = bring(target, publish(tmp_path, FIRST))
    assert (again.plan.is_empty, again.name) == (True, "")
    assert len(list((tmp_path / "www/releases").glob("*.json"))) == 1


def test_only_what_changed_is_sent_and_the_rest_is_shared(tmp_path: Path) -> None:
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    bring(target, publish(tmp_path, FIRST))
    old = (tmp_path / "www/current/core/index.html").stat().st_ino
    assert bring(target, publish(tmp_path, SECOND)).plan.sends == ("index.html", "posts/new/index.html")
    assert texts_of(tmp_path / "www/current") == SECOND
    assert (tmp_path / "www/current/core/index.html").stat().st_ino == old


def test_five_releases_are_kept(tmp_path: Path) -> None:
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    for number in range(8):
        bring(target, publish(tmp_path, {**FIRST, "index.html": str(number)}))
    names = sorted(each.name for each in (tmp_path / "www/releases").iterdir() if each.is_dir())
    assert [name[:6] for name in names] == [f"{number:06}" for number in range(4, 9)]
    assert len(list((tmp_path / "www/releases").iterdir())) == 10


def test_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    done = bring(target_of(kind="dir", path=str(tmp_path / "www")), publish(tmp_path, FIRST), dry=True)
    assert len(done.plan.sends) == len(FIRST)
    assert not (tmp_path / "www").exists()


def test_a_folder_with_somebody_elses_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "www/wedding.jpg").write_text("not ours")
    with pytest.raises(DeployError, match=r"holds 'wedding.jpg', which no deployment of ours put there"):
        bring(target_of(kind="dir", path=str(tmp_path / "www")), publish(tmp_path, FIRST))
    assert texts_of(tmp_path / "www") == {"wedding.jpg": "not ours"}


def test_many_deletes_are_refused_unless_they_are_meant(tmp_path: Path) -> None:
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    many = {**FIRST, **{f"posts/{number}/index.html": "x" for number in range(40)}}
    bring(target, publish(tmp_path, many))
    with pytest.raises(DeployError, match=r"40 of 47 files would be deleted"):
        bring(target, publish(tmp_path, FIRST))
    assert texts_of(tmp_path / "www/current") == many
    assert len(bring(target, publish(tmp_path, FIRST), deleting=True).plan.deletes) == 40


def test_only_what_was_published_is_deployed(tmp_path: Path) -> None:
    target = target_of(kind="dir", path=str(tmp_path / "www"))
    source = publish(tmp_path, FIRST)
    (source.output / "drafts").mkdir()
    (source.output / "drafts/index.html").write_text("a preview was built over it")
    with pytest.raises(DeployError, match=r"'output/drafts/index.html' is not what was published"):
        bring(target, source)
    assert not (tmp_path / "www").exists()


def test_what_was_never_published_is_not_deployed(tmp_path: Path) -> None:
    source = publish(tmp_path, FIRST)
    (next((tmp_path / ".cache").glob("published-*"))).unlink()
    with pytest.raises(DeployError, match="run 'make publish' first"):
        bring(target_of(kind="dir", path=str(tmp_path / "www")), source)


def test_an_address_that_is_kept_for_examples_is_not_deployed(tmp_path: Path) -> None:
    source = publish(tmp_path, FIRST)
    save_record(source.cache, source.output, read_manifest(source.output), "https://comeback.example")
    with pytest.raises(DeployError, match="kept for examples"):
        bring(target_of(kind="dir", path=str(tmp_path / "www")), source)


def test_a_target_inside_the_published_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeployError, match="lie in each other"):
        bring(target_of(kind="dir", path="output/www"), publish(tmp_path, FIRST))


def test_a_preview_link_goes_along_until_its_day_and_then_leaves(tmp_path: Path) -> None:
    import datetime as dt  # noqa: PLC0415 - only here

    from msgspec.structs import replace  # noqa: PLC0415 - as above

    from rehab.publish.preview import Link, render_preview  # noqa: PLC0415 - as above

    target = target_of(kind="dir", path=str(tmp_path / "www"))
    source = publish(tmp_path, FIRST)
    page = source.output / "preview" / ("t" * 22) / "index.html"
    page.parent.mkdir(parents=True)
    preview = Preview("t" * 22, "0" * 16, dt.date(2026, 11, 30))
    page.write_text(render_preview("<head></head>", preview, Link("", frozenset(), frozenset())))
    bring(target, source)
    assert (tmp_path / "www/current/preview" / ("t" * 22) / "index.html").is_file()
    bring(target, replace(source, today=dt.date(2026, 12, 1)))
    assert texts_of(tmp_path / "www/current") == FIRST


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DeployError, match="cannot be"):
        bring(target_of(kind="dir", path=str(tmp_path / "file/www")), publish(tmp_path, FIRST))


# Killed at any moment

SCRIPT = """
import sys
from pathlib import Path
sys.path[:0] = [{plugins!r}, {tests!r}]
from deploying import bring, target_of, TODAY
from rehab.publish.deploy import Source
home = Path({home!r})
source = Source(output=home / "output", cache=home / ".cache", home=home, today=TODAY)
print("ready", flush=True)
bring(target_of(kind="dir", path={www!r}), source)
"""


@pytest.mark.skipif(os.name != "posix", reason="a process is killed so on POSIX systems only")
def test_killed_at_any_moment_the_served_tree_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    sites = [
        {**FIRST, **{f"posts/{page}/index.html": f"{number} of {page}" for page in range(150)}} for number in (1, 2)
    ]
    www = tmp_path / "www"
    target = target_of(kind="dir", path=str(www))
    bring(target, publish(tmp_path, sites[0]))
    words = {"plugins": str(ROOT / "plugins"), "tests": str(ROOT / "tests"), "home": str(tmp_path), "www": str(www)}
    dice, seen = random.Random(7), []  # noqa: S311 - moments, no secrets
    for kill in range(KILLS):
        publish(tmp_path, sites[(kill + 1) % 2])
        command = [sys.executable, "-c", SCRIPT.format(**words)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            assert running.stdout
            running.stdout.readline()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(timeout=dice.uniform(0, 0.12))
            running.kill()
        served = texts_of(www / "current")
        assert served in sites, f"kill {kill}"
        seen.append(sites.index(served))
    assert set(seen) == {0, 1}
    done = bring(target, publish(tmp_path, sites[0]))
    assert done.site_url == SITE_URL
    assert texts_of(www / "current") == sites[0]


@pytest.mark.parametrize("kind", ["full", "read-only"])
def test_a_full_or_read_only_disk_is_one_sentence_and_serves_what_it_served(tmp_path: Path, kind: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount") if os.name == "posix" and os.geteuid() == 0 else None
    small = ("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk))
    if mount is None or subprocess.run([mount, *small], check=False, capture_output=True).returncode:
        pytest.skip("only root can put a small disk there")
    target = target_of(kind="dir", path=str(disk / "www"))
    try:
        bring(target, publish(tmp_path, FIRST))
        if kind == "read-only":
            subprocess.run([mount, "-o", "remount,ro", str(disk)], check=True)
        large = {**FIRST, "index.html": "x" * 2_000_000}
        with pytest.raises(DeployError, match="no space left" if kind == "full" else "read-only") as wrong:
            bring(target, publish(tmp_path, large))
        assert "\n" not in str(wrong.value)
        assert texts_of(disk / "www/current") == FIRST
        assert not list((disk / "www/releases").glob(".*"))
    finally:
        subprocess.run([str(shutil.which("umount")), str(disk)], check=True)
