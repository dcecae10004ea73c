"""Words of the body and of training, in plain words: the noun of the glossary."""

from __future__ import annotations

from dataclasses import dataclass, field

from rehab.model.nouns import Source
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import PROSE, SLUG, WORDS, YES_NO
from rehab.model.spec import spec
from rehab.source.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that not every reader knows. In texts it is found by its title, its other forms, and its short forms."""

    slug: str = field(metadata=spec(SLUG, "Its slug.", required=True))
    title: str = field(metadata=spec(WORDS, "The word itself, written out.", required=True))
    meaning: str = field(metadata=spec(PROSE, "What it means, in a plain sentence or two.", required=True))
    say: str = field(
        default="",
        metadata=spec(WORDS, "How it is said, as it would be spelt: `peer-ih-FOR-miss`, loud part in capitals."),
    )
    ipa: str = field(default="", metadata=spec(WORDS, "How it is said, in the letters of the IPA, without slashes."))
    aliases: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Other forms that texts use, such as the plural.")
    )
    short: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Abbreviations, exactly as they are written: `RPE`.")
    )
    mark: bool = field(
        default=True, metadata=spec(YES_NO, "Say no where texts should not lead here: the page of words alone has it.")
    )
    source: Source | None = field(
        default=None,
        metadata=spec(RecordOf(Source, short="title"), "Who says so, where it says more than a dictionary."),
    )
    place: Place
