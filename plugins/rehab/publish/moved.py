"""Files that git saw moving → the old addresses that their pages ought to keep.

In: the content folder's history, read with fixed words and no shell, and the linked site. Out: `Offer`s, one for each
page that has another address than before and does not say so. Nothing is written: the author decides.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from rehab.site.redirects import redirects_of
from rehab.site.targets import url_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rehab.site.site import Site

SECONDS: Final = 30
KINDS: Final = {
    "posts": "post", "pages": "page", "exercises": "exercise", "injuries": "injury", "treatments": "treatment",
    "programs": "program", "galleries": "gallery",
}  # fmt: skip
"""The folders whose files have pages, each with its kind."""
_OWN_FIELD: Final = {"post", "page"}
_QUIET: Final = ("-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-c", "log.showSignature=false")


class Offer(Struct, frozen=True):
    """A page that has moved: its source, its old address and the new one; `words` say what to write and where."""

    path: str
    old: str
    new: str
    words: str


def read_moves(content: Path) -> list[tuple[str, str]]:
    """Return what git knows of renamed files below a folder, newest first; nothing where there is no git."""
    program = shutil.which("git")
    if program is None:
        return []
    renamed = ("--relative", "-z", "--name-status", "--find-renames=50%", "--diff-filter=R", "--no-ext-diff")
    now = _git(program, content, "diff", *renamed, "HEAD", "--", ".")
    before = _git(program, content, "log", "--format=", *renamed, "--", ".")
    return [*parse_moves(now), *parse_moves(before)]


def parse_moves(text: str) -> list[tuple[str, str]]:
    """Return the old and the new path of each rename in git's own list."""
    parts = [part.lstrip("\n") for part in text.split("\0")]
    return [
        (parts[at + 1], parts[at + 2])
        for at in range(len(parts) - 2)
        if parts[at][:1] == "R" and parts[at][1:].isdecimal()
    ]


def _git(program: str, content: Path, *words: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [program, *_QUIET, "-C", str(content), *words],
            capture_output=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL,
            env={**kept, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def offers_of(site: Site, moves: Iterable[tuple[str, str]]) -> list[Offer]:
    """Return what to write for each page that has moved. A chain of renames leads to where the last one ends."""
    pages = {noun.path.partition("/")[2]: (id_, noun) for id_, noun in site.nouns.items() if getattr(noun, "path", "")}
    taken = {f"/{target.url}" for target in site.targets.values()}
    taken |= {f"{each.old.rstrip('/')}/" for each in redirects_of(site)[0]}
    ends: dict[str, str] = {}
    found = []
    for old, new in moves:
        ends[old] = ends.get(new, new)
        was = address_of(old, site)
        if ends[old] not in pages or not was or was in taken:
            continue
        taken.add(was)
        id_, noun = pages[ends[old]]
        now = f"/{url_of(noun, site.names, site.options)}"
        found.append(Offer(noun.path, was, now, _words(id_.partition(":")[0], noun.path, was, now, vars_of=noun)))
    return sorted(found, key=lambda offer: offer.path)


def address_of(path: str, site: Site) -> str:
    """Return the address that a file had by its name alone, or "" where its folder has no pages."""
    parts = PurePosixPath(path)
    kind = KINDS.get(parts.parts[0]) if len(parts.parts) > 1 else None
    if kind is None or parts.suffix != ".md":
        return ""
    bundle = parts.stem in {"index", "gallery"} and len(parts.parts) > 2  # noqa: PLR2004 - posts/x/index.md
    return f"/{site.options.url(kind, parts.parent.name if bundle else parts.stem)}"


def _words(kind: str, path: str, old: str, new: str, *, vars_of: object) -> str:
    if kind in _OWN_FIELD:
        more = ", ".join((*_kept(vars_of), old))
        return f"in {path}: redirect_from: [{more}]"
    return f'in pelicanconf.py: REHAB_REDIRECTS = {{"{old}": "{new}"}}'


def _kept(noun: object) -> tuple[str, ...]:
    kept: tuple[str, ...] = getattr(noun, "redirect_from", ())
    return kept


def gone_pages(before: Mapping[str, str], now: Iterable[str]) -> list[str]:
    """Return the addresses of pages that were published and are no more, not even as a redirect."""
    there = set(now)
    return [
        f"/{path.removesuffix('index.html')}" for path in sorted(before) if path.endswith(".html") and path not in there
    ]
