"""Exercises and the ladders that they are steps of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.dose.shape import DOSE
from rehab.model.entry import Entry, Pairs
from rehab.model.nouns import IMAGES, Equipment, Muscles, Relation, Rung, Source, Step
from rehab.model.records import Facts, ListOf, RecordOf
from rehab.model.shapes import PROSE, URL, WHOLE, WORDS, Choice, Reference
from rehab.model.spec import spec
from rehab.model.words import DIFFICULTY, EXERCISE_KINDS, LATERALITY

if TYPE_CHECKING:
    from rehab.model.dose import Dose
    from rehab.model.nouns import Image
    from rehab.model.refs import Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Entry):
    """Exercises in order from easier to harder."""

    title: str = field(default="", metadata=spec(WORDS, "Its name."))
    steps: tuple[Rung, ...] = field(
        metadata=spec(ListOf(RecordOf(Rung, short="exercise")), "The steps, easier first.", required=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise(Entry):
    """What an exercise is. How much of it somebody did is a `Dose`, in a post."""

    title: str = field(metadata=spec(WORDS, "Its name.", required=True))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Other names that lead here."))
    status: str = field(
        default="",
        metadata=spec(Choice(("full", "stub")), "Stub while details are missing. Without it: full once it has steps."),
    )
    summary: str = field(default="", metadata=spec(PROSE, "One sentence for lists."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    kind: str = field(default="", metadata=spec(Choice(EXERCISE_KINDS), "What kind of exercise."))
    laterality: str = field(
        default="", metadata=spec(Choice(LATERALITY), "One side at a time, both at once, or in turn.")
    )
    muscles: Muscles | None = field(default=None, metadata=spec(RecordOf(Muscles), "The muscles it works."))
    equipment: Equipment | None = field(
        default=None, metadata=spec(RecordOf(Equipment, short="load"), "What is needed.")
    )
    difficulty: str = field(default="", metadata=spec(Choice(DIFFICULTY), "For whom."))
    dose: Dose | None = field(default=None, metadata=spec(DOSE, "The usual dose, where a source gives one."))
    steps: tuple[Step, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Step, short="text")), "How it is done, one step an item.")
    )
    steps_by: str = field(default="", metadata=spec(WORDS, "Who wrote the steps, where it is not the post's author."))
    cues: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "What to think of while doing it."))
    mistakes: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "What goes wrong."))
    feel_it_in: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Where it should be felt."))
    benefits: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(PROSE), "What it is good for, in the sources' words.")
    )
    stop_if: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "Signs to stop at."))
    ladder: Ref | None = field(default=None, metadata=spec(Reference("ladder"), "The ladder it is a step of."))
    easier: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("exercise")), "Easier exercises."))
    harder: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("exercise")), "Harder exercises."))
    injuries: tuple[Relation, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Relation)), "The injuries it bears on, and who says so.")
    )
    images: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Pictures."))
    video: str | None = field(default=None, metadata=spec(URL, "A film of it. Shown as a link."))
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
    xref: Pairs = field(default=(), metadata=spec(Facts(), "Its names in other catalogues."))
