"""The main path of a deployment: what is published here → a target, or a sentence on why not.

In: a target, the published folder, the record of what was published. Out: `Deployed`. Each kind of target is a module
of its own; what to send and delete is decided in `plan`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.publish.address import address_fault, is_example
from rehab.publish.manifest import read_manifest
from rehab.publish.places import DeployError, Place, Rewindable, Shipment
from rehab.publish.plan import Plan, before, deletion_fault, plan_deployment, sorted_releases
from rehab.publish.preview import list_previews
from rehab.publish.record import difference, read_record
from rehab.publish.to_dir import DirPlace, paths_of
from rehab.publish.to_github import GitPlace
from rehab.publish.to_hosted import HostedPlace, limit_fault
from rehab.publish.to_s3 import NOT_SENT, S3Place
from rehab.publish.to_ssh import SshPlace
from rehab.publish.tree import PREVIEWS

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from rehab.publish.targets import Target

HOSTED = ("netlify", "cloudflare")


class Source(Struct, frozen=True, kw_only=True):
    """What is sent: the published folder, the cache, the folder of the settings, and the day, in UTC."""

    output: Path
    cache: Path
    home: Path
    today: dt.date


class Wish(Struct, frozen=True, kw_only=True):
    """How to deploy: only say what would be done; let many files be deleted."""

    dry: bool = False
    deleting: bool = False


class Deployed(Struct, frozen=True, kw_only=True):
    """What was done, or would be. `name` is what it is called at the target, or "" where nothing was sent."""

    plan: Plan
    size: int
    name: str
    site_url: str
    manifest: dict[str, str]


def deploy(target: Target, source: Source, wish: Wish) -> Deployed:
    """Bring what is published to a target. Raises DeployError, and OSError where this machine refuses."""
    site_url, manifest = _published(source)
    place = place_of(target, source, site_url)
    state = place.read_state()
    if state.foreign:
        raise DeployError(
            f"'{target.name}' holds '{state.foreign}', which no deployment of ours put there: "
            "choose an empty place, or empty this one by hand"
        )
    wanted = wanted_at(target, place, source, manifest)
    if reason := limit_fault(target.kind, source.output, (path for path in wanted if (source.output / path).is_file())):
        raise DeployError(reason)
    plan = plan_deployment(state.manifest, wanted)
    if reason := deletion_fault(plan, state.manifest, allowed=wish.deleting):
        raise DeployError(reason)
    files = [source.output / path for path in plan.sends]
    size = sum(file.stat().st_size for file in files if file.is_file())
    name = ""
    if not wish.dry and not plan.is_empty:
        shipment = Shipment(folder=source.output, wanted=wanted, plan=plan, state=state, site_url=site_url)
        name = place.send(shipment)
    return Deployed(plan=plan, size=size, name=name, site_url=target.url or site_url, manifest=manifest)


def _published(source: Source) -> tuple[str, dict[str, str]]:
    """Return the site's address and the manifest of what may be sent. Raises DeployError where that is nothing."""
    record = read_record(source.cache, source.output)
    if record is None or not source.output.is_dir():
        raise DeployError("nothing is published here yet: run 'make publish' first")
    site_url, manifest = record
    if changed := difference(source.output, manifest):
        raise DeployError(f"'{source.output.name}/{changed}' is not what was published: run 'make publish' again")
    if reason := address_fault(site_url):
        raise DeployError(reason)
    if is_example(site_url):
        raise DeployError(f"SITEURL is {site_url}, a name kept for examples: write your own and run 'make publish'")
    return site_url, {**manifest, **_previews(source)}


def _previews(source: Source) -> dict[str, str]:
    """Return the files of the preview links that are not over."""
    alive = {each.token for each in list_previews(source.output) if each.until >= source.today}
    found = read_manifest(source.output / PREVIEWS) if alive else {}
    return {f"{PREVIEWS}/{path}": value for path, value in found.items() if path.partition("/")[0] in alive}


def wanted_at(target: Target, place: Place, source: Source, manifest: dict[str, str]) -> dict[str, str]:
    """Return what is to be at a target. Raises DeployError."""
    if isinstance(place, GitPlace):
        return place.wanted(source.output, manifest)
    if target.kind == "s3":
        return {path: value for path, value in manifest.items() if path not in NOT_SENT}
    return manifest


def place_of(target: Target, source: Source, site_url: str) -> Place:
    """Return what knows how to reach a target."""
    if target.kind == "dir":
        path = paths_of(target.words, source.home)
        if path.resolve().is_relative_to(source.output.resolve()) or source.output.resolve().is_relative_to(
            path.resolve()
        ):
            raise DeployError(f"'{path}' and the published folder lie in each other: choose another place")
        return DirPlace(path, target.keep)
    if target.kind == "ssh":
        return SshPlace(target)
    if target.kind == "github-pages":
        store = source.cache / "deploy" / f"{target.name}.git"
        return GitPlace(target=target, store=store, home=source.home, site_url=site_url)
    return S3Place(target) if target.kind == "s3" else HostedPlace(target)


def rollback(target: Target, source: Source, to: str = "") -> tuple[str, str]:
    """Serve the release before the current one, or a named one. Returns both names. Raises DeployError."""
    place = place_of(target, source, "")
    if not isinstance(place, (DirPlace, SshPlace)):
        raise DeployError(f"a target of kind '{target.kind}' keeps no releases here: see docs/how-to/deploy.md")
    rewindable: Rewindable = place
    state = rewindable.read_state()
    if state.foreign or not state.current:
        raise DeployError(f"'{target.name}' holds no release of ours")
    known = sorted_releases(state.releases)
    wanted = to or before(known, state.current)
    if not wanted:
        raise DeployError(f"'{state.current}' is the oldest release that '{target.name}' keeps")
    if wanted not in known:
        raise DeployError(f"'{target.name}' has no release '{wanted}': it has {', '.join(known)}")
    rewindable.switch(wanted)
    return state.current, wanted
