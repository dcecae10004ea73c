"""A folder of this machine as a target: releases beside each other, and a link `current` to the one that is served.

In: a shipment. Out: a new release that shares its unchanged files with the last one, and the link moved to it at one
moment. A process that is killed leaves a folder whose name begins with a dot, which is no release.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.publish.manifest import hash_file, parse_manifest, render_manifest
from rehab.publish.places import MARK, MARK_TEXT, DeployError, Shipment, State
from rehab.publish.plan import outdated, release_name, sorted_releases

if TYPE_CHECKING:
    from collections.abc import Mapping


_DAY = 86_400


class DirPlace(Struct, frozen=True):
    """A folder; the web server's root is `current` in it."""

    path: Path
    keep: int

    def read_state(self) -> State:
        """Return what is there. Raises DeployError where it cannot be read or its record is lost."""
        try:
            return self._read_state()
        except OSError as wrong:
            raise DeployError(f"'{self.path}' cannot be read: {_reason(wrong)}") from wrong

    def _read_state(self) -> State:
        if not self.path.exists():
            return State()
        names = sorted(each.name for each in self.path.iterdir())
        if MARK not in names:
            return State(foreign=names[0] if names else "")
        releases = tuple(each.name for each in self._releases.iterdir()) if self._releases.is_dir() else ()
        link = self.path / "current"
        current = link.readlink().name if link.is_symlink() else ""
        record = self._releases / f"{current}.json"
        parsed = parse_manifest(record.read_text("utf-8")) if current and record.is_file() else None
        return State(manifest=parsed[1] if parsed else {}, current=current if parsed else "", releases=releases)

    @property
    def _releases(self) -> Path:
        return self.path / "releases"

    def send(self, shipment: Shipment) -> str:
        """Make a release of a shipment and serve it. Raises DeployError; then the old one is served as before."""
        part = self._releases / f".{secrets.token_hex(6)}.part"
        try:
            self._releases.mkdir(parents=True, exist_ok=True)
            (self.path / MARK).write_text(MARK_TEXT, "utf-8")
            name = self._fill(part, shipment)
            self.switch(name)
            self._prune(name)
        except OSError as wrong:
            shutil.rmtree(part, ignore_errors=True)
            raise DeployError(f"'{self.path}' cannot be written: {_reason(wrong)}") from wrong
        return name

    def _fill(self, part: Path, shipment: Shipment) -> str:
        """Make a release under another name, look at what was written, and give it its own."""
        sent = set(shipment.plan.sends)
        for path in shipment.wanted:
            target = part / path
            target.parent.mkdir(parents=True, exist_ok=True)
            earlier = self._releases / shipment.state.current / path
            if path in sent or not shipment.state.current or not _linked(earlier, target):
                shutil.copyfile(shipment.folder / path, target)
                _check(target, shipment.wanted[path])
        text = render_manifest(shipment.wanted, shipment.site_url)
        there = [each.name for each in self._releases.iterdir()]
        name = release_name(there, hashlib.sha256(text.encode()).hexdigest())
        (self._releases / f"{name}.json").write_text(text, "utf-8")
        part.rename(self._releases / name)
        return name

    def switch(self, release: str) -> None:
        """Serve a release that is there. Raises DeployError."""
        fresh = self.path / f".current.{secrets.token_hex(4)}"
        try:
            if not (self._releases / release).is_dir():
                raise DeployError(f"there is no release '{release}' in '{self.path}'")
            fresh.symlink_to(Path("releases") / release)
            fresh.replace(self.path / "current")
        except OSError as wrong:
            fresh.unlink(missing_ok=True)
            raise DeployError(f"'{self.path}' cannot be written: {_reason(wrong)}") from wrong

    def _prune(self, current: str) -> None:
        """Remove old releases, and what killed deployments left."""
        names = [each.name for each in self._releases.iterdir()]
        for name in outdated(names, current, self.keep):
            shutil.rmtree(self._releases / name, ignore_errors=True)
            (self._releases / f"{name}.json").unlink(missing_ok=True)
        for name in names:
            if name.endswith(".part") and _is_old(self._releases / name):
                shutil.rmtree(self._releases / name, ignore_errors=True)
            elif name.endswith(".json") and name.removesuffix(".json") not in sorted_releases(names):
                (self._releases / name).unlink(missing_ok=True)


def _linked(earlier: Path, target: Path) -> bool:
    """Let a new release share a file with an earlier one, or return False where this disk cannot."""
    try:
        os.link(earlier, target)
    except OSError as wrong:
        if wrong.errno in {errno.ENOSPC, errno.EROFS, errno.EACCES}:
            raise
        return False
    return True


def _is_old(folder: Path) -> bool:
    """Tell whether a half-made release is a day old: nobody works on it any more."""
    return time.time() - folder.stat().st_mtime > _DAY


def _check(file: Path, digest: str) -> None:
    if hash_file(file) != digest:
        raise OSError(errno.EIO, "what was written is not what was sent", str(file))


def _reason(wrong: OSError) -> str:
    return (wrong.strerror or "unknown reason").lower()


def paths_of(options: Mapping[str, str], home: Path) -> Path:
    """Return the folder of a target; a relative one is beside the settings."""
    return (home / Path(options["path"]).expanduser()).absolute()
