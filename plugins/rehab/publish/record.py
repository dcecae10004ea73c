"""What was published last into which folder, kept in the cache: a deployment sends that and nothing else.

In: the cache, the folder, its manifest. Out: the same. A preview that was built over it afterwards shows at once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rehab.publish.manifest import parse_manifest, read_manifest, render_manifest
from rehab.publish.tree import PREVIEWS

if TYPE_CHECKING:
    from pathlib import Path

    from rehab.publish.manifest import Manifest


def record_file(cache: Path, output: Path) -> Path:
    """Return the file that holds what was published into a folder."""
    return cache / f"published-{hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]}.json"


def save_record(cache: Path, output: Path, manifest: Manifest, site_url: str) -> None:
    """Keep the manifest of what is published, whole or not at all."""
    file = record_file(cache, output)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(render_manifest(without_previews(manifest), site_url), "utf-8")
    fresh.replace(file)


def read_record(cache: Path, output: Path) -> tuple[str, dict[str, str]] | None:
    """Return the site's address and manifest as they were published last into a folder, or None."""
    try:
        return parse_manifest(record_file(cache, output).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def without_previews(manifest: Manifest) -> dict[str, str]:
    """Return a manifest without preview links, which come and go between two publications."""
    return {path: value for path, value in manifest.items() if not path.startswith(f"{PREVIEWS}/")}


def difference(output: Path, manifest: Manifest) -> str:
    """Return one file in which a folder differs from a manifest, or "". Raises OSError."""
    now = without_previews(read_manifest(output))
    changed = [path for path in sorted({*now, *manifest}) if now.get(path) != manifest.get(path)]
    return changed[0] if changed else ""
