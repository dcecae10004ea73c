"""The last look: everything that is checked on a built site before anybody else can see it.

In: a built folder and the site that it was made of. Out: the manifest of the folder, and problems. The bytes of every
file are read, and only what is remembered of the same bytes is not worked out again: whether an address leads anywhere,
and whether anything is a secret, is asked each time of the whole site.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rehab.publish.findings import Finding, as_problems
from rehab.publish.leaks import beyond, check_addresses, check_names, find_said, marks_of, plan_secrets
from rehab.publish.machines import check_machines
from rehab.publish.remembered import read_remembered, save_remembered
from rehab.publish.told import read_told
from rehab.publish.tree import Tree, is_public, list_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rehab.publish.leaks import Secrets
    from rehab.publish.told import Told
    from rehab.site.site import Site
    from rehab.source.problem import Problems


def check_built(
    folder: Path, site: Site, memory: Path, machine: Iterable[str] = (), shown: str = "output"
) -> tuple[dict[str, str], Problems]:
    """Return which files a built site has, and what is wrong with them. Raises OSError where it cannot be read.

    `memory` is where what is read is remembered; `machine` are absolute paths that no file may hold; `shown` is what
    reports call the folder.
    """
    secrets = plan_secrets(site, machine)
    tree = Tree(folder, site.options.site_url, list_files(folder))
    told, said = read_site(tree, secrets, memory)
    tree.pages |= {path: file.page for path, file in told.items() if file.page}
    public = {path: told[path] for path in tree.public()}
    findings = [
        *check_links(tree),
        *check_machines(tree, public),
        *check_names(public, secrets),
        *said,
        *check_addresses(public, secrets),
    ]
    return {path: file.digest for path, file in told.items()}, as_problems(findings, site, shown)


def read_site(tree: Tree, secrets: Secrets, memory: Path) -> tuple[dict[str, Told], list[Finding]]:
    """Return what every file says, and each secret that a public one holds.

    Of a file whose bytes are known, it is known as well which secrets it does not hold: it is searched for new ones.
    """
    known = read_remembered(memory)
    new = beyond(secrets, known.unsaid)
    told: dict[str, Told] = {}
    said: list[Finding] = []
    for path, file in tree.files.items():
        data = file.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        before = known.of(path, digest)
        told[path] = before or read_told(path, data, digest)
        if is_public(path):
            said += find_said(path, data, new if before else secrets)
    guilty = {finding.file for finding in said}
    save_remembered(memory, ((path, file) for path, file in told.items() if path not in guilty), marks_of(secrets))
    return told, said


def check_links(tree: Tree) -> Iterator[Finding]:
    """Yield each address on a page that leads nowhere. What stands under the preview links is no page yet."""
    for path, facts in tree.pages.items():
        if not is_public(path):
            continue
        for address in facts.addresses:
            if reason := tree.failure(address, path):
                yield Finding("broken-link", path, f"'{address}' {reason}", address, "correct it, or take it out")
