"""Files of the output folder: written only where they differ, whole or not at all, and none that is stale stays.

In: bytes and their place. Out: the file, and in the running build what was written, removed or found as it should be.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from rehab.adapter.build import Build, build_of
from rehab.adapter.keep.ledger import count_missed, read_ledger, save_ledger
from rehab.adapter.settings import cache_of
from rehab.adapter.words import ANY
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.adapter.settings import Settings

_PICTURE = re.compile(r"<img\b[^<>]*>")
_AT_ONCE = 'loading="eager" fetchpriority="high"'


def report_overwriting(name: str, build: Build) -> None:
    """Report that two pages ask for one file, unless the core has said so: the first one is kept."""
    if not any(problem.code in {"duplicate-url", "duplicate-slug"} for problem in build.found):
        message = f"two pages are written to '{'/'.join(name.split('/')[-2:])}'"
        place = Place(build.content.name)
        build.found.append(Problem("duplicate-url", place, message, "give one of them another slug"))


class CalmFile(io.StringIO):
    """A text file that is written when it is closed, and only if it differs from what is there."""

    def __init__(self, name: str, encoding: str, build: Build, reach: str) -> None:
        """Collect what is written, for a file by its name in the output folder."""
        super().__init__()
        self.name, self.used_encoding, self.build, self.reach = name, encoding, build, reach

    def close(self) -> None:
        """Write the file if it differs."""
        if not self.closed:
            text = self.getvalue()
            if self.name.endswith(".html"):
                text = first_picture_at_once(text)
            save_calmly(self.name, text.encode(self.used_encoding), self.build, self.reach)
        super().close()


def first_picture_at_once(html: str) -> str:
    """Return a page whose first picture is not lazy: it is what a reader sees first, and waits for."""
    if "<img" not in html:
        return html
    return _PICTURE.sub(lambda match: match[0].replace('loading="lazy"', _AT_ONCE), html, count=1)


def save_calmly(name: str, data: bytes, build: Build, reach: str = ANY) -> None:
    """Write bytes to a file of the output folder unless they are there, whole or not at all, and count which it was.

    `reach` says which texts' words may stand in it: where nobody says, any.
    """
    name = build.name_of(name)
    if not _is_taken(name, build, reach):
        return
    build.digests[name] = hashlib.sha256(data).hexdigest()
    file = f"{build.output}/{name}"  # no Path: that would cost more, for each of thousands of files
    if _holds(file, data):
        build.counts["unchanged"] += 1
        return
    with open(_fresh(file), "wb") as out:  # noqa: PTH123 - as above
        out.write(data)
    os.replace(_fresh(file), file)  # noqa: PTH105 - as above
    build.counts["written"] += 1


def save_pieces(name: str, pieces: Iterable[str], build: Build, reach: str = ANY) -> None:
    """Do the same with a file that is too large to be held at once."""
    name = build.name_of(name)
    if not _is_taken(name, build, reach):
        return
    file, digest = Path(build.output, name), hashlib.sha256()
    fresh = Path(_fresh(file.as_posix()))
    with fresh.open("wb") as out:
        for piece in pieces:
            build.heed()
            data = piece.encode()
            digest.update(data)
            out.write(data)
    build.digests[name] = digest.hexdigest()
    if file.is_file() and digest_of(file) == build.digests[name]:
        fresh.unlink()
        build.counts["unchanged"] += 1
    else:
        fresh.replace(file)
        build.counts["written"] += 1


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _holds(file: str, data: bytes) -> bool:
    try:
        with open(file, "rb") as there:  # noqa: PTH123 - as above
            return there.read() == data
    except OSError:
        return False


def _fresh(file: str) -> str:
    """Return what a file is called until it is whole."""
    folder, _, name = file.rpartition("/")
    return f"{folder}/.{name}.new"


def _is_taken(name: str, build: Build, reach: str) -> bool:
    """Take a file for what is about to be written, and return whether nothing stands in the way."""
    build.heed()
    if name in build.written or not _is_free(f"{build.output}/{name}", build):
        report_overwriting(name, build)
        return False
    build.written.add(name)
    build.reach[name] = reach
    return True


def _is_free(file: str, build: Build) -> bool:
    """Return whether a file may stand here, and make its folder: no folder is there, and nothing above it is a file."""
    folder = file.rpartition("/")[0]
    if folder not in build.folders:
        above = list(takewhile(lambda each: each.as_posix() not in build.folders, Path(file).parents))
        if any(parent.is_file() for parent in above):
            return False
        above[0].mkdir(parents=True, exist_ok=True)
        build.folders.update(each.as_posix() for each in above)
    return not os.path.isdir(file)  # noqa: PTH112 - as above


def remove_stale(settings: Settings, standing: Iterable[str] = ()) -> None:
    """Remove what the last build wrote here and this one did not. Files of others are never touched.

    `standing` are the names of files that this build has left as they were without a look at them.
    """
    build, output = build_of(settings), Path(settings["OUTPUT_PATH"])
    now = {*build.written, *standing}
    stale = sorted(set(read_ledger(cache_of(settings), output) or ()) - now)
    build.counts["removed"] += count_missed(path for path in stale if _remove(output, path))
    build.folders.clear()  # one that is empty now is gone
    save_ledger(cache_of(settings), output, now)


def _remove(output: Path, path: str) -> bool:
    """Remove a file that lies inside the output folder, and the folders that it leaves empty. Tell whether it did."""
    file = output / path
    if not file.resolve().is_relative_to(output.resolve()) or not file.is_file():
        return False
    file.unlink()
    for folder in file.parents:
        if folder == output or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
