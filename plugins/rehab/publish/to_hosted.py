"""Netlify and Cloudflare Pages as targets: their own tools send the folder, for these know how to sign in.

In: a target and a shipment. Out: one call of the host's tool with fixed words, without a shell. What such a host
would refuse or leave out without a word (too many files, a file too large, too many redirects) is refused here,
before.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.publish.places import DeployError, Shipment, State
from rehab.publish.swap import link_or_copy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.publish.targets import Target

SECONDS: Final = 3600
_MIB: Final = 1 << 20


class Limits(Struct, frozen=True):
    """What a host takes at most: files, bytes of one file, rules and bytes of `_redirects`, bytes in all; 0 for any."""

    files: int = 0
    file_bytes: int = 0
    rules: int = 0
    rules_bytes: int = 0
    all_bytes: int = 0


LIMITS: Final = {
    # developers.cloudflare.com/pages/platform/limits and /configuration/redirects, read 2026-11-21
    "cloudflare": Limits(files=100_000, file_bytes=25 * _MIB, rules=2_000, rules_bytes=100_000),
    # docs.github.com/pages/getting-started-with-github-pages/github-pages-limits, read 2026-11-21
    "github-pages": Limits(file_bytes=100 * _MIB, all_bytes=1 << 30),
}


def limit_fault(kind: str, folder: Path, paths: Iterable[str]) -> str:
    """Return why a host would not take a folder, or "". Raises OSError."""
    limits, paths = LIMITS.get(kind, Limits()), list(paths)
    if limits.files and len(paths) > limits.files:
        return f"{len(paths)} files are more than the {limits.files} that this host takes"
    sizes = {path: (folder / path).stat().st_size for path in paths}
    largest = max(sizes, key=lambda path: sizes[path], default="")
    if limits.file_bytes and largest and sizes[largest] > limits.file_bytes:
        return f"'{largest}' is larger than the {limits.file_bytes // _MIB} MiB that this host takes"
    if limits.all_bytes and sum(sizes.values()) > limits.all_bytes:
        return f"the site is larger than the {limits.all_bytes // _MIB} MiB that this host takes"
    return rules_fault(kind, folder)


def rules_fault(kind: str, folder: Path) -> str:
    """Return why a host would not follow all redirects of a folder, or "". Raises OSError."""
    limits = LIMITS.get(kind, Limits())
    file = folder / "_redirects"
    text = file.read_text("utf-8") if limits.rules and file.is_file() else ""
    rules = sum(bool(line.strip()) and not line.startswith("#") for line in text.splitlines())
    if limits.rules and rules > limits.rules:
        return f"{rules} redirects are more than the {limits.rules} that this host follows"
    if limits.rules_bytes and len(text.encode()) > limits.rules_bytes:
        return f"'_redirects' is larger than the {limits.rules_bytes // 1000} kB of which this host reads no more"
    return ""


def command_of(target: Target, folder: Path) -> list[str]:
    """Return the words that start a host's own tool."""
    if target.kind == "netlify":
        return ["netlify", "deploy", "--prod", "--no-build", f"--dir={folder}", f"--site={target.word('site')}"]
    branch = target.word("branch") or "main"
    return [
        "wrangler",
        "pages",
        "deploy",
        str(folder),
        f"--project-name={target.word('project')}",
        f"--branch={branch}",
    ]


class HostedPlace(Struct, frozen=True):
    """A host that compares and sends by itself."""

    target: Target

    def read_state(self) -> State:
        """Return nothing: the host's tool knows what is there."""
        return State()

    def send(self, shipment: Shipment) -> str:
        """Let the host's tool send the folder. Raises DeployError."""
        with tempfile.TemporaryDirectory(prefix="rehab-deploy-") as name:
            folder = Path(name)
            for path in shipment.wanted:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                link_or_copy(shipment.folder / path, folder / path)
            self._call(command_of(self.target, folder))
        return self.target.kind

    def _call(self, command: list[str]) -> None:
        program = shutil.which(command[0])
        if program is None:
            raise DeployError(f"'{command[0]}' is not installed here: see docs/how-to/deploy.md")
        try:
            done = subprocess.run([program, *command[1:]], stdin=subprocess.DEVNULL, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise DeployError(f"'{command[0]}' did not end within {SECONDS // 60} minutes") from None
        if done.returncode:
            raise DeployError(f"'{command[0]}' ended with {done.returncode}: read what it said above")
