"""What a machine and a blog's folder need for all this to work → one line each, with what to do where it is missing.

In: facts, read by functions that change nothing. Out: `Finding`s in the order of a day's work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.publish.address import address_fault, is_example
from rehab.publish.targets import Target, parse_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OLDEST: Final = (3, 11)
_ROOM: Final = 500_000_000
"""Bytes: what a site of 10,000 pages takes twice, while the new one is made beside the old one."""
_TOOLS: Final = {"ssh": "ssh", "github-pages": "git", "netlify": "netlify", "cloudflare": "wrangler"}
_INSTALL: Final = {
    "ssh": "install openssh-client",
    "git": "install git",
    "netlify": "run 'npm install -g netlify-cli', then 'netlify login'",
    "wrangler": "run 'npm install -g wrangler', then 'wrangler login'",
}


class Health(Struct, frozen=True):
    """One thing looked at: what, what was found, and what to do; `fix` is "" where all is well.

    `needed` is false for what only some need.
    """

    what: str
    said: str
    fix: str = ""
    needed: bool = True


class Patient(Struct, frozen=True, kw_only=True):
    """What is looked at: the blog's folder, its site's address, its cache and output, its targets, and codecs."""

    home: Path
    site_url: str
    cache: Path
    output: Path
    targets: Mapping[str, object]
    codecs: str


def check_interpreter() -> Health:
    """Look whether this Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    fix = "" if sys.version_info >= OLDEST else "install Python 3.11 or newer"
    return Health("python", f"{version} at {sys.executable}", fix)


def check_venv(home: Path) -> Iterator[Health]:
    """Look whether the packages are those of the lock, in a folder of their own."""
    venv, lock = home / ".venv", home / "requirements.lock"
    if not lock.is_file():
        yield Health(
            "lock", "there is no requirements.lock here", "run 'rehab lock', or take it from git again", needed=False
        )
        return
    stamp = venv / "comeback-site.stamp"
    inside = Path(sys.prefix).resolve() == venv.resolve()
    fix = "" if inside else "start it as .venv/bin/rehab, or with make"
    yield Health("venv", str(venv) if inside else f"this runs in {sys.prefix}", fix, needed=False)
    ready = stamp.is_file() and stamp.stat().st_mtime >= lock.stat().st_mtime
    fix = "" if ready else "run 'python3 plugins/bootstrap.py'"
    yield Health(
        "lock", "the packages are those of the lock" if ready else ".venv is older than the lock", fix, needed=inside
    )


def check_codecs(codecs: str) -> Health:
    """Look whether pictures can be made in every format."""
    missing = [name for name in ("libjpeg_turbo", "avif", "webp") if f"{name} " not in codecs]
    if not missing:
        return Health("pictures", codecs)
    return Health("pictures", f"without {', '.join(missing)}", "install Pillow from a wheel: pip install -U pillow")


def check_git(home: Path) -> Iterator[Health]:
    """Look whether git is there, and knows this folder."""
    program = shutil.which("git")
    if program is None:
        yield Health("git", "is not installed", _INSTALL["git"], needed=False)
        return
    said = subprocess.run(
        [program, "-C", str(home), "rev-parse", "--show-toplevel"],
        capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if said.returncode:
        yield Health(
            "git", "does not know this folder", "run 'git init', so that nothing you wrote is lost", needed=False
        )
    else:
        yield Health("git", said.stdout.strip())


def check_address(site_url: str) -> Health:
    """Look whether the site has an address that readers can reach."""
    if reason := address_fault(site_url):
        said, _, fix = reason.partition(": ")
        return Health("address", said, fix)
    if is_example(site_url):
        return Health("address", site_url, "write your own address into publishconf.py", needed=False)
    return Health("address", site_url)


def check_targets(targets: Mapping[str, object]) -> Iterator[Health]:
    """Look whether each target says what it must, and whether its tools are there."""
    if not targets:
        yield Health("targets", "none yet", "see docs/how-to/deploy.md", needed=False)
    for name in sorted(targets):
        target = parse_target(name, targets)
        if isinstance(target, str):
            yield Health(f"target {name}", "cannot be used", target)
        else:
            yield _check_tool(target)


def _check_tool(target: Target) -> Health:
    tool = _TOOLS.get(target.kind, "")
    if tool and shutil.which(tool) is None:
        return Health(f"target {target.name}", f"needs '{tool}', which is not installed", _INSTALL[tool])
    if target.kind == "s3" and find_spec("boto3") is None:
        return Health(f"target {target.name}", "needs 'boto3'", "run \"pip install 'comeback-blog[s3]'\"")
    return Health(f"target {target.name}", f"{target.kind}, ready as far as this machine goes")


def check_disk(cache: Path, output: Path) -> Iterator[Health]:
    """Look whether the folders can be written to, and whether there is room for a second site beside the first."""
    for what, folder in (("cache", cache), ("output", output.parent)):
        there = next(each for each in (folder, *folder.parents) if each.exists())
        fix = "" if os.access(there, os.W_OK) else f"give yourself the right to write to {there}"
        yield Health(what, str(folder), fix)
    free = shutil.disk_usage(next(each for each in (output, *output.parents) if each.exists())).free
    fix = "" if free >= _ROOM else "make room: a site is built beside the one that is there"
    yield Health("disk", f"{free / 1e9:.1f} GB free", fix)


def examine(patient: Patient) -> tuple[Health, ...]:
    """Look at everything, in the order in which it is needed."""
    return (
        check_interpreter(),
        *check_venv(patient.home),
        check_codecs(patient.codecs),
        *check_git(patient.home),
        check_address(patient.site_url),
        *check_targets(patient.targets),
        *check_disk(patient.cache, patient.output),
    )
