"""The vocabulary: regions of the body, muscles and other structures, red flags, the glossary.

The built-in lists lie in `vocabulary/`; a site adds to them in `content/vocabulary/`. An item of the
site with a slug that is built in adds its aliases and replaces the fields it gives.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field

from rehab.model.anatomy import Muscle, Region
from rehab.model.folders import VOCABULARY, folder_of
from rehab.model.glossary import Term
from rehab.model.nouns import RedFlag
from rehab.model.records import parse_record
from rehab.model.shapes import describe
from rehab.model.spec import specs
from rehab.source.nodes import Items, Node, Scalar, Table
from rehab.source.place import Place
from rehab.source.problem import Problem, Problems
from rehab.source.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rehab.source.document import Tree

T = TypeVar("T")

LISTS: dict[str, type[Any]] = {"regions": Region, "muscles": Muscle, "red_flags": RedFlag, "glossary": Term}


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The words of the body that references may use, and the glossary, by slug (red flags by id), in order."""

    regions: Mapping[str, Region]
    muscles: Mapping[str, Muscle]
    red_flags: Mapping[str, RedFlag]
    glossary: Mapping[str, Term] = field(default_factory=dict)


def read_vocabulary(tree: Tree) -> tuple[Vocabulary, Problems]:
    """Return the built-in vocabulary with what the site adds to it."""
    lists: dict[str, dict[str, Any]] = {name: dict(read_built_in(name)) for name in LISTS}
    problems: list[Problem] = []
    for document in tree.documents:
        if folder_of(document.path) != VOCABULARY:
            continue
        stem = PurePosixPath(document.path).stem
        if stem not in LISTS:
            hint = f"name it one of: {', '.join(f'{each}.yml' for each in LISTS)}"
            problems.append(Problem("lost-file", Place(document.path), "nothing reads this file", hint))
            continue
        problems += _extend(lists[stem], LISTS[stem], document.root)
    return Vocabulary(**lists), tuple(problems)


@cache
def read_built_in(name: str) -> Mapping[str, Any]:
    """Return one of the built-in lists. A mistake in it is ours, so it raises."""
    text = files("rehab.model").joinpath("vocabulary", f"{name}.yml").read_text("utf-8")
    root, problems = parse_yaml(text, f"rehab/vocabulary/{name}.yml")
    items: dict[str, Any] = {}
    problems += _extend(items, LISTS[name], root)
    if problems:
        raise ValueError(problems)
    return items


def _extend(items: dict[str, Any], noun: type[Any], root: Node) -> Problems:
    if not isinstance(root, Items):
        if isinstance(root, Table) and not root.rows:
            return ()
        message = f"this is {describe(root)}, not a list"
        return (Problem("wrong-type", root.place, message, "write one item a line: `- slug: …`"),)
    problems: list[Problem] = []
    for node in root:
        known = items.get(_slug(node))
        given = {each.name: getattr(known, each.name) for each in specs(noun)} if known else {}
        item, found = parse_record(noun, node, given)
        problems += (problem for problem in found if not (known and problem.code == "missing-field"))
        if item is not None:
            items[_slug(node)] = _with_old_aliases(item, known)
    return tuple(problems)


_NAMED = (Region, Muscle, Term)
"""Nouns whose aliases are added to, and not replaced."""


def _with_old_aliases(item: T, known: T | None) -> T:
    if not isinstance(item, _NAMED) or not isinstance(known, _NAMED):
        return item
    return dataclasses.replace(item, aliases=tuple(dict.fromkeys((*known.aliases, *item.aliases))))


def _slug(node: Node) -> str:
    """Return the slug or id of an item, or the empty string."""
    if not isinstance(node, Table):
        return ""
    named = (row.value for row in node if row.key.value in {"slug", "id"})
    value = next(named, None)
    return value.value.strip() if isinstance(value, Scalar) else ""
