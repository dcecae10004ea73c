"""The pictures of an import: those of a folder that is given, those beside the texts, or those fetched from the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.authoring.import_posts.pictures import SUFFIXES, Media
from rehab.authoring.import_posts.plan import find_wanted
from rehab.cli.import_.read import list_files
from rehab.images.read import read_photo
from rehab.images.refused import Refused, attempt
from rehab.source.document import Asset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rehab.authoring.import_posts.items import Export


def gather_media(
    export: Export, file: Path, folder: Path | None, fetched: Path | None
) -> tuple[Media, Mapping[str, Path], list[str]]:
    """Return the pictures that can be taken, where each is on disk, and what is to be said of the others.

    A file that is no sound picture is not taken. `fetched` is an empty folder, or None where nothing may be fetched.
    """
    said: list[str] = []
    files: dict[str, Path] = {}
    for root in (file if file.is_dir() else None, folder):
        if root is not None:
            names = (name for name in list_files(root, frozenset()) if name.lower().endswith(SUFFIXES))
            files |= {name: root / name for name in names}
    wanted = find_wanted(export) if files or fetched is not None else ()
    offered = Media(names=tuple(sorted(files)))
    named = {offered.find(address, folder) for address, folder in wanted} - {""}
    faults = {name: _fault(files[name]) for name in sorted(named)}
    said += [f"'{name}' {fault}" for name, fault in faults.items() if fault]
    media = Media(names=tuple(name for name in offered.names if not faults.get(name)))
    if fetched is not None:
        media = _fetch(media, files, [address for address, _ in wanted], fetched, said)
    return media, files, said


def _fetch(media: Media, files: dict[str, Path], wanted: Sequence[str], folder: Path, said: list[str]) -> Media:
    from rehab.cli.import_.fetch import fetch_pictures  # noqa: PLC0415 - only where the network is asked for

    missing = list(dict.fromkeys(address for address in wanted if not media.find(address)))
    found: dict[str, str] = {}
    for address, path, fault in fetch_pictures(missing, folder):
        reason = fault or (_fault(path) if path else "was not found")
        if reason or path is None:
            said.append(f"'{address[:200]}' {reason}")
            continue
        name = path.relative_to(folder).as_posix()
        files[name] = path
        found[address] = name
    return Media(names=media.names, fetched=found)


def _fault(file: Path) -> str:
    """Return why a file is no picture that can be shown safely, or the empty string."""
    photo = attempt(read_photo, Asset(f"import/{file.name}", file))
    return photo.reason if isinstance(photo, Refused) else ""
