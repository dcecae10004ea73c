"""What lets a site be read without a network: its manifest, and its service worker.

In: a site's options, the names of its files, a digest of all of them, its scripts, and the worker's source. Out: texts.
The worker's bytes change with the digest, so a browser that compares them knows of every publish.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from rehab.site.show.form import INTAKE, service_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rehab.site.options import Options

OFFLINE: Final = "offline/"
"""Where the page is that stands for all that is not kept."""
WORKER: Final = "sw.js"
MANIFEST: Final = "manifest.webmanifest"
SAVED: Final = "saved/"
"""Where readers find what they keep, if a site has such a page."""
NOT_OURS: Final = ("preview/", "drafts/")
"""Beginnings of addresses that no worker keeps: they were given to somebody, or are not public yet."""

_ICONS: Final = (
    ("theme/icon.svg", "any", "any"),
    ("theme/icon-192.png", "192x192", "any"),
    ("theme/icon-512.png", "512x512", "any"),
    ("theme/icon-maskable-512.png", "512x512", "maskable"),
)
_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}
_SHELL_FILES: Final = ("theme/icon.svg", MANIFEST)
_LOADED: Final = re.compile(r"""["']\./([\w-]+\.js)["']""")


def render_manifest(options: Options, files: Iterable[str]) -> str:
    """Return the manifest of a site. `files` are the names of the theme's files: only icons that are there are named.

    Addresses are relative to the manifest, which lies at the site's root. The colours are those of the paper in light.
    """
    there = set(files)
    icons = [
        {"src": name, "sizes": sizes, "type": _TYPES[name.rpartition(".")[2]], "purpose": purpose}
        for name, sizes, purpose in _ICONS if name in there
    ]  # fmt: skip
    data = {
        "name": options.site_name,
        "short_name": options.site_name,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "lang": options.language,
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": icons,
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"


def render_worker(source: str, options: Options, digests: Mapping[str, str], scripts: Mapping[str, str]) -> str:
    """Return the service worker. `digests` are of all files of the site, `scripts` are texts; both by name."""
    pages = [url for url in ("", OFFLINE, SAVED) if f"{url}index.html" in digests]
    constants = {
        "BUILD": digest_of(digests),
        "SHELL": pages,
        "FILES": sorted(name for name in _SHELL_FILES if name in digests),
        "APART": [*NOT_OURS, *_intake(options)],
        "LOADS": {name: loaded for name in sorted(scripts) if (loaded := _loads(name, scripts))},
    }
    said = ", ".join(f"{name} = {json.dumps(value)}" for name, value in constants.items())
    return f"const {said};\n{source}"


def _loads(name: str, scripts: Mapping[str, str]) -> list[str]:
    """Return all that a script may load, and those load in their turn. They lie in its folder."""
    folder, found, left = name.rpartition("/")[0], dict[str, None](), [name]
    while left:
        some = (f"{folder}/{each}" for each in _LOADED.findall(scripts.get(left.pop(), "")))
        new = [each for each in some if each not in found]
        found |= dict.fromkeys(new)
        left += new
    return sorted(found)


def digest_of(digests: Mapping[str, str]) -> str:
    """Return one short digest of all files."""
    lines = "".join(f"{name} {digests[name]}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _intake(options: Options) -> tuple[str, ...]:
    """Return where our own intake answers below the site's address, if it does so there."""
    if service_of(options.comments_form) != "intake":
        return ()
    home, there = urlsplit(f"{options.site_url}/"), urlsplit(options.comments_form.removeprefix(INTAKE))
    same = (home.scheme, home.netloc) == (there.scheme, there.netloc) and there.path.startswith(home.path)
    return (f"{there.path.removeprefix(home.path).rstrip('/')}",) if same else ()
