"""From a built folder to a published one: redirects, other people's files, the last look, and the exchange.

In: a fresh folder that a build filled, and the folder of what is published. Out: problems, or nothing and the new
site in place. This is the main path of publishing after the build; each step is a module of this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehab.publish.check import check_built
from rehab.publish.headers import header_files
from rehab.publish.preview import list_previews
from rehab.publish.record import save_record
from rehab.publish.redirects import check_stubs, redirect_files
from rehab.publish.remembered import memory_file
from rehab.publish.swap import carry, foreign_files, swap
from rehab.publish.to_hosted import rules_fault
from rehab.publish.tree import PREVIEWS, list_files
from rehab.site.redirects import redirects_of
from rehab.source.place import Place
from rehab.source.problem import Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from rehab.site.site import Site
    from rehab.source.problem import Problems


class Work(Struct, frozen=True, kw_only=True):
    """What is published from where.

    `fresh` is the new folder, `place` the one it replaces, `known` what builds of ours wrote into that one, `cache` the
    folder of the cache, `kinds` those of the targets it will go to, `machine` paths that no file may hold.
    """

    fresh: Path
    place: Path
    cache: Path
    known: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    machine: tuple[str, ...] = ()
    today: dt.date


class Prepared(Struct, frozen=True, kw_only=True):
    """What is in the new folder: `made` are our redirects and headers, `carried` the files of others.

    The `manifest` has the hash of every file as it was looked at.
    """

    made: frozenset[str] = frozenset()
    carried: tuple[str, ...] = ()
    manifest: Mapping[str, str] = field(default_factory=dict)


def prepare(work: Work, site: Site, written: Iterable[str]) -> tuple[Prepared, Problems]:
    """Add redirects and files of others to a built folder, and look at all of it. Raises OSError."""
    written = frozenset(written)
    redirects, _ = redirects_of(site)
    files = redirect_files(redirects, site.options.site_url, site.options.language, set(work.kinds))
    _keep_only(work.fresh, written | frozenset(files))
    if problems := check_stubs(written, redirects):
        return Prepared(), problems
    made = {name for name in files if name not in written}  # an author's own `_redirects` stays
    for name in sorted(made):
        _save(work.fresh / name, files[name].encode())
    carried: list[str] = []
    if work.place.is_dir():
        over = tuple(f"{PREVIEWS}/{each.token}/" for each in list_previews(work.place) if each.until < work.today)
        strange = (path for path in foreign_files(work.place, work.known) if not path.startswith(over))
        carried = carry(work.place, work.fresh, strange)
    made |= _save_headers(work, site, files, written | frozenset(carried))
    memory = memory_file(work.cache, work.place)
    manifest, problems = check_built(work.fresh, site, memory, work.machine, work.place.name)
    prepared = Prepared(made=frozenset(made), carried=tuple(carried), manifest=manifest)
    return prepared, (*_check_hosts(work), *problems)


def _save_headers(work: Work, site: Site, redirects: Mapping[str, str], kept: frozenset[str]) -> set[str]:
    """Write what servers should say, unless an author has files of that name; return their names. Raises OSError."""
    texts = header_files(site.options.site_url, list_files(work.fresh), redirects)
    made = {name: text for name, text in texts.items() if name not in kept}
    for name, text in made.items():
        _save(work.fresh / name, text.encode())
    return set(made)


def _check_hosts(work: Work) -> Iterator[Problem]:
    """Yield why a host that the site goes to would not follow all redirects."""
    for kind in sorted(work.kinds):
        if reason := rules_fault(kind, work.fresh):
            place = Place(f"{work.place.name}/_redirects")
            yield Problem(
                "bad-redirect", place, f"{kind}: {reason}", "take out old addresses that nobody uses any more"
            )


def _keep_only(folder: Path, written: frozenset[str]) -> None:
    """Remove what the build left over from the copy it began with."""
    for file in sorted(folder.rglob("*"), reverse=True):
        if file.is_dir() and not any(file.iterdir()):
            file.rmdir()
        elif not file.is_dir() and file.relative_to(folder).as_posix() not in written:
            file.unlink()


def _save(file: Path, data: bytes) -> None:
    """Write a file unless it is there already, as it is."""
    if not file.is_file() or file.read_bytes() != data:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def put_in_place(work: Work, manifest: Mapping[str, str], site_url: str) -> None:
    """Exchange the folders and keep a record of what is published now. Raises OSError; then nothing changed."""
    swap(work.fresh, work.place)
    save_record(work.cache, work.place, manifest, site_url)
