"""A published site without a build: an output folder and its record, as `rehab publish` leaves them.

In: files. Out: what a deployment starts from. For tests of deployments only.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rehab.publish.deploy import Source, Wish, deploy
from rehab.publish.manifest import read_manifest
from rehab.publish.record import save_record
from rehab.publish.targets import Target, parse_target

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rehab.publish.deploy import Deployed

SITE_URL = "https://knees.test.org"
TODAY = dt.date(2026, 11, 21)
FIRST: Mapping[str, str] = {
    "index.html": "<h1>One</h1>",
    "404.html": "<h1>Off the course</h1>",
    "core/index.html": "<h1>Core exercises</h1>",
    "posts/a b ñ/index.html": "<h1>A</h1>",
    "images/knee-0a1b2c3d-360.avif": "picture",
    "feeds/atom.xml": "<feed/>",
    ".htaccess": "",
}


def publish(home: Path, files: Mapping[str, str]) -> Source:
    """Publish some files: those of an earlier call that are not among them are gone."""
    output, cache = home / "output", home / ".cache"
    for file in sorted(output.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    for name, text in files.items():
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(text, "utf-8")
    save_record(cache, output, read_manifest(output), SITE_URL)
    return Source(output=output, cache=cache, home=home, today=TODAY)


def target_of(**words: object) -> Target:
    """Return a target that must be understood."""
    target = parse_target("live", {"live": words})
    assert isinstance(target, Target), target
    return target


def bring(target: Target, source: Source, *, dry: bool = False, deleting: bool = False) -> Deployed:
    """Deploy."""
    return deploy(target, source, Wish(dry=dry, deleting=deleting))


def texts_of(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its text."""
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()
    }
