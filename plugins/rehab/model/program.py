"""Programs: exercises in phases, put together by somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.dose.shape import DOSE
from rehab.model.entry import Entry
from rehab.model.nouns import PainRule, Prescriber
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import PROSE, SLUG, WHOLE, WORDS, Reference
from rehab.model.spec import spec

if TYPE_CHECKING:
    from rehab.model.dose import Dose
    from rehab.model.refs import Ref
    from rehab.source.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One exercise of a phase. `start_at` is the rung of its ladder to start at, counted from 1."""

    exercise: Ref = field(metadata=spec(Reference("exercise"), "Which exercise.", required=True))
    dose: Dose | None = field(default=None, metadata=spec(DOSE, "How much."))
    start_at: int | None = field(default=None, metadata=spec(WHOLE, "The rung of its ladder to start at, from 1."))
    note: str = field(default="", metadata=spec(PROSE, "Anything that belongs to it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of a program: what is done, until when."""

    id: str = field(metadata=spec(SLUG, "Its short name.", required=True))
    goal: str = field(default="", metadata=spec(PROSE, "What it is for."))
    items: tuple[Item, ...] = field(
        default=(),
        metadata=spec(ListOf(RecordOf(Item, short="exercise", pair=("exercise", "dose"))), "Its exercises."),
    )
    advance_when: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "When to go on."))
    step_back_when: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "When to go back."))
    note: str = field(default="", metadata=spec(PROSE, "Anything that belongs to it."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Entry):
    """Exercises put together by somebody, in phases."""

    title: str = field(metadata=spec(WORDS, "Its name.", required=True))
    aliases: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Other names that lead here."))
    summary: str = field(default="", metadata=spec(PROSE, "One sentence for lists."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    injuries: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("injury")), "What it is for."))
    prescribed_by: Prescriber | None = field(
        default=None, metadata=spec(RecordOf(Prescriber, short="role"), "Who put it together.")
    )
    source: Ref | None = field(default=None, metadata=spec(Reference("post"), "The post that tells of it."))
    pain_rule: PainRule | None = field(
        default=None, metadata=spec(RecordOf(PainRule), "How much pain is all right, and who says so.")
    )
    phases: tuple[Phase, ...] = field(default=(), metadata=spec(ListOf(RecordOf(Phase)), "Its phases in order."))
    frequency: str = field(default="", metadata=spec(WORDS, "How often, where the source says."))
