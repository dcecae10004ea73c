"""The last look: everything that is checked on a built site before anybody else can see it.

In: a built folder and the site that it was made of. Out: problems. Every file is read; nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehab.publish.facts import read_facts
from rehab.publish.findings import Finding, as_problems
from rehab.publish.leaks import find_leaks, plan_secrets
from rehab.publish.machines import check_machines
from rehab.publish.tree import PREVIEWS, Tree, list_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rehab.site.site import Site
    from rehab.source.problem import Problems


def check_built(folder: Path, site: Site, machine: Iterable[str] = (), shown: str = "output") -> Problems:
    """Return what is wrong with a built site. Raises OSError where it cannot be read.

    `machine` are absolute paths that no file may hold; `shown` is what reports call the folder.
    """
    tree = Tree(folder, site.options.site_url, list_files(folder))
    for path in tree.files:
        if path.endswith((".html", ".htm")):
            tree.pages[path] = read_facts(tree.text(path))
    findings = [*check_links(tree), *check_machines(tree), *find_leaks(tree, plan_secrets(site, machine))]
    return as_problems(findings, site, shown)


def check_links(tree: Tree) -> Iterator[Finding]:
    """Yield each address on a page that leads nowhere. What stands under the preview links is no page yet."""
    for path, facts in tree.pages.items():
        if path.startswith(f"{PREVIEWS}/"):
            continue
        for address in facts.addresses:
            if reason := tree.failure(address, path):
                yield Finding("broken-link", path, f"'{address}' {reason}", address, "correct it, or take it out")
