"""Texts → the references in them that lead nowhere, and the names that they could mean.

In: the texts of all documents. Out: by path, the problems that only show once the files are linked. Exists so that
repairs can be planned for texts that are not on disk yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from rehab.authoring.fix.reading import read_source
from rehab.model.entries import parse_entries
from rehab.model.vocabulary import read_vocabulary
from rehab.site.link import Options, link
from rehab.source.document import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.site.names import Names
    from rehab.source.document import Asset
    from rehab.source.problem import Problem


class Linked(Struct, frozen=True):
    """Every name of a site, and by path the references that lead nowhere, in order."""

    names: Names
    problems: Mapping[str, tuple[Problem, ...]]


def link_tree(texts: Mapping[str, str], assets: tuple[Asset, ...]) -> Linked:
    """Link texts (with the line ends of Unix) by path. Pictures and threads are left out: no name comes of them."""
    documents = tuple(read_source(text, path).document for path, text in texts.items())
    tree = Tree(documents, assets, texts)
    entries, vocabulary = parse_entries(tree)[0], read_vocabulary(tree)[0]
    site, problems = link(entries, vocabulary, {}, {}, texts, Options(), frozenset(each.path for each in assets))
    found: dict[str, list[Problem]] = {}
    for problem in sorted(set(problems), key=lambda problem: problem.order):
        if problem.code == "unknown-slug" and problem.place.path in texts:
            found.setdefault(problem.place.path, []).append(problem)
    return Linked(site.names, {path: tuple(each) for path, each in found.items()})
