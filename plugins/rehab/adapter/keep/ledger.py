"""What builds of ours wrote into which output folder, kept in the cache, so that nobody else's file is ever removed.

In: the cache and the output folder. Out: the paths below it, or None where no build has kept a record of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

from rehab.site.offline import MANIFEST, OFFLINE, WORKER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BY_BYTES = re.compile(r"-[0-9a-f]{10}[-.][^/]*$")
_OF_WORKER: Final = frozenset((WORKER, MANIFEST, f"{OFFLINE}index.html"))


def ledger_file(cache: Path, output: Path) -> Path:
    """Return the file that holds the record of an output folder."""
    name = hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]
    return cache / f"written-{name}.json"


def read_ledger(cache: Path, output: Path) -> list[str] | None:
    """Return the paths that the last build wrote, or None where nothing is known of the folder."""
    try:
        paths = json.loads(ledger_file(cache, output).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else None


def save_ledger(cache: Path, output: Path, paths: Iterable[str]) -> None:
    """Keep what a build wrote, whole or not at all. An equal record is not written again."""
    file = ledger_file(cache, output)
    text = json.dumps(sorted(paths), indent=0, ensure_ascii=False) + "\n"
    if not file.is_file() or file.read_text("utf-8") != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(text, "utf-8")
        fresh.replace(file)


def count_missed(gone: Iterable[str]) -> int:
    """Return how many of these paths somebody may miss.

    A file that is named by its bytes (of the search, a picture, a script) is none: other bytes have another name. Nor
    is what belongs to the service worker, which no site has while it is served.
    """
    return sum(1 for path in gone if path not in _OF_WORKER and not _BY_BYTES.search(path))


def forget_ledger(cache: Path, output: Path) -> None:
    """Remove the record of a folder that is gone."""
    ledger_file(cache, output).unlink(missing_ok=True)
