"""Injuries, and what is done against them that is no exercise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.entry import Entry, Pairs
from rehab.model.nouns import Claim, Differential, RedFlag, Review, Source, Symptom, TrainingChange, TreatmentRelation
from rehab.model.records import Facts, ListOf, RecordOf
from rehab.model.shapes import MOMENT, PROSE, WHOLE, WORDS, Choice, Reference
from rehab.model.spec import spec
from rehab.model.words import TREATMENT_KINDS

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.refs import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Injury(Entry):
    """An injury page."""

    title: str = field(metadata=spec(WORDS, "Its name.", required=True))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Other names that lead here."))
    status: str = field(default="", metadata=spec(Choice(("full", "stub")), "Stub while little is known of it here."))
    summary: str = field(default="", metadata=spec(PROSE, "What it is, in plain words."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    region: Ref = field(metadata=spec(Reference("region"), "Where in the body.", required=True))
    structures: tuple[Ref, ...] = field(
        default=(), metadata=spec(ListOf(Reference("muscle")), "Muscles, tendons, nerves that are part of it.")
    )
    differential: tuple[Differential, ...] = field(
        default=(),
        metadata=spec(ListOf(RecordOf(Differential, pair=("injury", "why"))), "What it can be mistaken for."),
    )
    symptoms: tuple[Symptom, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Symptom, short="what")), "What it feels like.")
    )
    aggravated_by: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "What makes it worse."))
    eased_by: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "What eases it."))
    risk_factors: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "What makes it likelier."))
    red_flags: tuple[RedFlag, ...] = field(
        metadata=spec(
            ListOf(RecordOf(RedFlag, short="id")), "Signs that mean: see somebody now. May be `[]`.", required=True
        )
    )
    see_a_professional: str = field(default="", metadata=spec(PROSE, "When to see somebody."))
    treatments: tuple[TreatmentRelation, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(TreatmentRelation)), "How treatments bear on it.")
    )
    training_changes: tuple[TrainingChange, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(TrainingChange)), "What to change in training.")
    )
    sources: tuple[Source, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Source, short="title")), "What has been published on it.")
    )
    comments: str = field(
        default="",
        metadata=spec(
            Choice(("open", "closed", "off")),
            "Whether readers may write, as they may where it says nothing, or none is shown.",
        ),
    )
    comments_declared: int | None = field(
        default=None, metadata=spec(WHOLE, "How many comments the old page said it had.")
    )
    reviewed_by: Review | None = field(
        default=None, metadata=spec(RecordOf(Review), "The clinician who has read this page: name, credential, date.")
    )
    next_review: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it should be read again."))
    xref: Pairs = field(default=(), metadata=spec(Facts(), "Its codes in other catalogues."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Entry):
    """Something done against an injury that is no exercise."""

    title: str = field(metadata=spec(WORDS, "Its name.", required=True))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Other names that lead here."))
    summary: str = field(default="", metadata=spec(PROSE, "What it is, in plain words."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    kind: str = field(default="", metadata=spec(Choice(TREATMENT_KINDS), "What kind of treatment."))
    who: str = field(default="", metadata=spec(Choice(("practitioner", "self")), "Who does it."))
    claims: tuple[Claim, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Claim)), "What is said of it, and by whom.")
    )
    sources: tuple[Source, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Source, short="title")), "What has been published on it.")
    )
