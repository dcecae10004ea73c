"""What is at a target, and what is to be there → what has to be sent and deleted, in an order that never breaks a page.

In: two manifests. Out: a `Plan`, or a sentence on why nothing may be done. Pure; the hardest decisions of a
deployment are made here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rehab.publish.manifest import Manifest

_LAST: Final = ("sitemap.xml", "robots.txt", "rehab.json")
_CAP, _ALWAYS = 0.25, 10


class Plan(Struct, frozen=True):
    """Files to send, in order, and files to delete after that; `kept` is how many stay as they are."""

    sends: tuple[str, ...]
    deletes: tuple[str, ...]
    kept: int

    @property
    def is_empty(self) -> bool:
        """Tell whether the target is as it should be."""
        return not self.sends and not self.deletes


def plan_deployment(there: Manifest, wanted: Manifest) -> Plan:
    """Return what makes a target as it should be: what pages need first, pages next, what lists pages last."""
    sends = [path for path in wanted if there.get(path) != wanted[path]]
    deletes = sorted(path for path in there if path not in wanted)
    return Plan(tuple(sorted(sends, key=_turn)), tuple(deletes), len(wanted) - len(sends))


def _turn(path: str) -> tuple[int, str]:
    if path in _LAST or path.startswith("feeds/"):
        return 2, path
    return (1 if path.endswith((".html", ".htm")) else 0), path


def deletion_fault(plan: Plan, there: Manifest, *, allowed: bool) -> str:
    """Return why so many files may not be deleted, or "". A quarter of a site does not vanish by intention."""
    most = max(_ALWAYS, int(len(there) * _CAP))
    if allowed or len(plan.deletes) <= most:
        return ""
    return (
        f"{len(plan.deletes)} of {len(there)} files would be deleted there: look at 'rehab deploy --dry-run', and add "
        "--allow-deletes if that is meant"
    )


def release_name(releases: Iterable[str], digest: str) -> str:
    """Return the name of the next release: a number that only grows, so that no clock decides what is newest."""
    return f"{max((number_of(each) for each in releases), default=0) + 1:06}-{digest[:8]}"


def number_of(release: str) -> int:
    """Return the number of a release, or 0 where the name is none of ours."""
    number = release.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def sorted_releases(names: Iterable[str]) -> list[str]:
    """Return the names that are releases, oldest first."""
    return sorted((name for name in names if number_of(name) and "." not in name), key=number_of)


def before(releases: Iterable[str], current: str) -> str:
    """Return the release before the current one, or "" where there is none."""
    older = [each for each in sorted_releases(releases) if number_of(each) < number_of(current)]
    return older[-1] if older else ""


def outdated(releases: Iterable[str], current: str, keep: int) -> list[str]:
    """Return the releases that may go: all but the newest `keep` and the current one."""
    return [each for each in sorted_releases(releases)[:-keep] if each != current]
