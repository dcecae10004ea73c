"""Posts: the authors' stories."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rehab.model.entry import Entry, Pairs
from rehab.model.nouns import (
    IMAGES,
    Avoided,
    Claim,
    Episode,
    LostLink,
    Mentions,
    Practitioner,
    Promise,
    Source,
    TrainingChange,
    Tried,
)
from rehab.model.records import ListOf, RecordOf
from rehab.model.shapes import FILE_OF_SITE, MOMENT, PROSE, SLUG, WHOLE, WORDS, YES_NO, Choice, Reference
from rehab.model.spec import spec
from rehab.model.use import USES
from rehab.model.words import SIDES

if TYPE_CHECKING:
    import datetime as dt

    from rehab.model.nouns import Image
    from rehab.model.refs import Ref
    from rehab.model.use import Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Entry):
    """A post: the author's story, with the exercises, injuries and treatments in it."""

    title: str = field(metadata=spec(WORDS, "Its title.", required=True))
    slug: str = field(default="", metadata=spec(SLUG, "Its part of the address. Without it, the file's name."))
    date: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was written."))
    date_basis: str = field(
        default="", metadata=spec(Choice(("stated", "inferred", "unknown")), "How the date is known.")
    )
    modified: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When it was last changed."))
    author: str = field(default="", metadata=spec(WORDS, "Who wrote it."))
    authors: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Who wrote it, where there are several."))
    category: str = field(default="", metadata=spec(WORDS, "The one category it stands in."))
    tags: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Its tags."))
    summary: str = field(default="", metadata=spec(PROSE, "What it says, in a sentence or two."))
    unmarked: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "Words of the glossary that its text leaves alone.")
    )
    status: str = field(
        default="published", metadata=spec(Choice(("published", "draft", "hidden")), "Whether it is on the site.")
    )
    lang: str = field(default="", metadata=spec(WORDS, "Its language, such as en."))
    translation: bool = field(default=False, metadata=spec(YES_NO, "Whether it is a translation of another."))
    template: str = field(default="", metadata=spec(WORDS, "Another template for it."))
    save_as: str = field(default="", metadata=spec(FILE_OF_SITE, "Another file for it."))
    url: str = field(default="", metadata=spec(WORDS, "Another address for it."))
    injuries: tuple[Ref, ...] = field(
        default=(), metadata=spec(ListOf(Reference("injury")), "The injuries it is about.")
    )
    side: str = field(default="", metadata=spec(Choice(SIDES), "Which side of the body hurt."))
    episode: Episode | None = field(default=None, metadata=spec(RecordOf(Episode), "The course of the injury."))
    exercises: tuple[Use, ...] = field(default=(), metadata=spec(USES, "The exercises done, each with its dose."))
    avoid: tuple[Avoided, ...] = field(
        default=(),
        metadata=spec(
            ListOf(RecordOf(Avoided, short="exercise", pair=("exercise", "note"))), "Exercises that made it worse."
        ),
    )
    treatments: tuple[Tried, ...] = field(
        default=(),
        metadata=spec(
            ListOf(RecordOf(Tried, pair=("treatment", "outcome"))), "Treatments tried, and what came of them."
        ),
    )
    programs: tuple[Ref, ...] = field(
        default=(), metadata=spec(ListOf(Reference("program")), "Programs that it follows or gives.")
    )
    training_changes: tuple[TrainingChange, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(TrainingChange)), "What was changed in training.")
    )
    practitioners: tuple[Practitioner, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Practitioner, short="role")), "Who treated the author.")
    )
    mentions: Mentions | None = field(
        default=None, metadata=spec(RecordOf(Mentions), "What is named in passing: no card comes of it.")
    )
    takeaways: tuple[str, ...] = field(default=(), metadata=spec(ListOf(PROSE), "What to remember."))
    question: str = field(default="", metadata=spec(PROSE, "A question to readers; it leads into the thread."))
    gallery: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Its pictures, in this order."))
    comments: str = field(
        default="open", metadata=spec(Choice(("open", "closed", "off")), "Whether readers may write, or none is shown.")
    )
    comments_declared: int | None = field(
        default=None, metadata=spec(WHOLE, "How many comments the old page said it had.")
    )
    sources: tuple[Source, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Source, short="title")), "What it leans on.")
    )
    claims: tuple[Claim, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Claim)), "What it asserts about bodies.")
    )
    lost_links: tuple[LostLink, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(LostLink, short="text")), "Links whose targets are lost.")
    )
    promises: tuple[Promise, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Promise, short="text")), "What it says will come later.")
    )
    redirect_from: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Old addresses of it."))
    disclosure: str = field(
        default="",
        metadata=spec(PROSE, "Who paid for it, or gave what. It stands at the top, behind the word Advertisement."),
    )
    paid_links: tuple[str, ...] = field(
        default=(),
        metadata=spec(ListOf(WORDS), "Hosts, such as `shop.example`, whose links in the text somebody pays for."),
    )
    disclaimer: str = field(
        default="",
        metadata=spec(
            Choice(("personal-experience", "author-not-clinician")), "What must be said above its exercises."
        ),
    )
    extra: Pairs = ()
    """Fields of an old Pelican header that we have no name for, passed through."""

    @property
    def bylines(self) -> tuple[str, ...]:
        """Return the names of those who wrote it."""
        return self.authors or ((self.author,) if self.author else ())
