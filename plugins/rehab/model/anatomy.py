"""Regions of the body, muscles and other structures: the nouns of the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.records import ListOf
from rehab.model.shapes import SLUG, WORDS, Choice, Reference
from rehab.model.spec import spec

if TYPE_CHECKING:
    from rehab.model.refs import Ref
    from rehab.source.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the body: one of the 17 areas of the IOC consensus, or one that a site adds."""

    slug: str = field(metadata=spec(SLUG, "Its slug.", required=True))
    title: str = field(metadata=spec(WORDS, "Its name for readers.", required=True))
    osiics: str = field(default="", metadata=spec(WORDS, "Its letter in OSIICS."))
    group: str = field(default="", metadata=spec(WORDS, "Head and neck, upper limb, trunk, lower limb."))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "The words readers use."))
    complaints: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "What readers call trouble there. They find it by these words.")
    )
    includes: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "What belongs to it."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscle:
    """A muscle, a group of muscles, or another structure: a tendon, a fascia, a nerve."""

    slug: str = field(metadata=spec(SLUG, "Its slug.", required=True))
    title: str = field(metadata=spec(WORDS, "Its name for readers.", required=True))
    level: str = field(
        default="muscle", metadata=spec(Choice(("group", "muscle", "structure")), "What it is in the tree.")
    )
    tissue: str = field(
        default="", metadata=spec(Choice(("tendon", "fascia", "nerve", "ligament", "bone")), "Of a structure: what.")
    )
    parent: Ref | None = field(default=None, metadata=spec(Reference("muscle"), "The group it belongs to."))
    region: Ref | None = field(default=None, metadata=spec(Reference("region"), "Where it is."))
    view: str = field(default="", metadata=spec(Choice(("front", "back")), "From where it is seen."))
    lies: str = field(default="", metadata=spec(WORDS, "Where it is, in readers' words: `deep in the buttock`."))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "The words readers use."))
    place: Place
