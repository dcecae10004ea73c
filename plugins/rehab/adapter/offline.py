"""The service worker, written when everything else is: its bytes change with those of the whole site.

In: a build that has written all its files. Out: `sw.js` at the site's root. Where the setting says that there is none,
and where a site is served while it is written, a worker takes its place that removes itself: an old one never stays.
"""

from __future__ import annotations

import hashlib
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rehab.adapter.saved import save_calmly
from rehab.adapter.theme.scripts import SUFFIX, pack
from rehab.adapter.theme.styles import FOLDER
from rehab.adapter.words import NONE
from rehab.site.offline import WORKER, render_worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.adapter.build import Build
    from rehab.adapter.settings import Settings

SOURCES = "worker"
"""The theme's folder of workers: `sw.js`, and `farewell.js`, which removes it. Without the first, a site has none."""
PICTURES = "images/"
"""Files below this are named by their bytes, and need not be read."""


def save_worker(build: Build, settings: Settings, standing: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write the worker, if the theme has one.

    `standing` are the names of files that this build has not looked at, with what is known of their bytes.
    """
    folder, output = Path(settings["THEME"]) / SOURCES, Path(settings["OUTPUT_PATH"])
    source = folder / ("sw.js" if settings["REHAB_OFFLINE"] else "farewell.js")
    if not source.is_file():
        return
    text = pack(source.read_text("utf-8"))
    if settings["REHAB_OFFLINE"]:
        digests = dict(_digests(build, output, standing))
        scripts = {name: (output / name).read_text("utf-8") for name in digests if _is_script(name)}
        text = render_worker(text, build.site.options, digests, scripts)
    save_calmly(WORKER, text.encode(), build, NONE)


def _digests(build: Build, output: Path, standing: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each file that was written or left, and a digest of its bytes."""
    written = ((name, build.digests.get(name, "")) for name in build.written)
    for name, digest in chain(written, standing.items()):
        yield name, digest or ("" if name.startswith(PICTURES) else _read(output / name))


def _is_script(name: str) -> bool:
    """Return whether a file is one of the theme's scripts."""
    folder, _, file = name.rpartition("/")
    return folder == FOLDER and file.endswith(SUFFIX)


def _read(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
