"""The small nouns that the kinds are made of: what stands inside a list in front matter.

All are frozen. A field that an author may write carries its `Spec`; see `rehab.model.spec`.
`place` is where the item begins in its source file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from rehab.model.records import ListOf, RecordOf
from rehab.model.refs import FileRef, Ref
from rehab.model.shapes import FILE, MOMENT, PROSE, URL, WHOLE, WORDS, YES_NO, Choice, Reference
from rehab.model.spec import spec
from rehab.model.words import COURSE, EVIDENCE, OUTCOMES, RELATIONS, URGENCY
from rehab.source.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who made a picture. `status` link-lost says that the source is known to have had a link, now gone."""

    text: str = field(default="", metadata=spec(WORDS, "Who made it, or the words of the old credit."))
    url: str | None = field(default=None, metadata=spec(URL, "Where it comes from."))
    status: str = field(
        default="none", metadata=spec(Choice(("ok", "link-lost", "none")), "Whether the link still leads somewhere.")
    )
    license: str = field(
        default="", metadata=spec(WORDS, "The licence, in words or as an SPDX name; `own` for your own.")
    )
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture as an author lists it. `src` is relative to the file that lists it."""

    src: FileRef = field(metadata=spec(FILE, "The picture's file, relative to this one.", required=True))
    alt: str = field(default="", metadata=spec(WORDS, "What the picture shows, for somebody who cannot see it."))
    decorative: bool = field(
        default=False, metadata=spec(YES_NO, "Say yes where the picture says nothing that the text does not.")
    )
    caption: str = field(default="", metadata=spec(PROSE, "Words shown under the picture."))
    role: str = field(
        default="",
        metadata=spec(
            Choice(("start", "end", "before", "after")),
            "What it is beside the next one: start and end of a movement, or before and after.",
        ),
    )
    credit: Credit | None = field(
        default=None, metadata=spec(RecordOf(Credit, short="text"), "Who made it, and under which licence.")
    )
    original_name: str = field(default="", metadata=spec(WORDS, "What the file was called where it comes from."))
    place: Place


IMAGES = ListOf(RecordOf(Image, short="src"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A treatment that the post's author tried, and what came of it."""

    treatment: Ref = field(metadata=spec(Reference("treatment"), "Which treatment.", required=True))
    outcome: str = field(metadata=spec(Choice(OUTCOMES), "What came of it.", required=True))
    note: str = field(
        default="", metadata=spec(PROSE, "Anything that belongs to it: how often, by whom, for how long.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Avoided:
    """An exercise that made the post's injuries worse."""

    exercise: Ref = field(metadata=spec(Reference("exercise"), "Which exercise.", required=True))
    note: str = field(default="", metadata=spec(PROSE, "What happened."))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingChange:
    """What was changed in training: stop hill running, limit running to four days a week, add cycling."""

    change: str = field(metadata=spec(Choice(("stop", "limit", "add", "swap")), "What kind of change.", required=True))
    activity: str = field(metadata=spec(WORDS, "Of what.", required=True))
    days_per_week: int | None = field(default=None, metadata=spec(WHOLE, "At most this many days a week."))
    for_: str = field(default="", metadata=spec(WORDS, "For how long, in the source's words.", key="for"))
    when: str = field(default="", metadata=spec(WORDS, "Under which condition."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something published that the text leans on."""

    title: str = field(metadata=spec(WORDS, "Its title.", required=True))
    container: str = field(default="", metadata=spec(WORDS, "The magazine, journal, book or site it stands in."))
    year: str = field(default="", metadata=spec(WORDS, "Year, or month and year, as far as it is known."))
    url: str | None = field(default=None, metadata=spec(URL, "Where it can be read."))
    license: str = field(
        default="", metadata=spec(WORDS, "The licence of what is taken over from it, in words or as an SPDX name.")
    )
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something the text asserts about bodies, and who says so."""

    text: str = field(metadata=spec(PROSE, "The claim in one sentence.", required=True))
    evidence: str = field(metadata=spec(Choice(EVIDENCE), "Who says so.", required=True))
    source: str = field(default="", metadata=spec(WORDS, "The title of one of `sources`, or who said it."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLink:
    """A link of the original text whose target is not known any more."""

    text: str = field(metadata=spec(WORDS, "The words that were the link.", required=True))
    about: str = field(default="", metadata=spec(WORDS, "What stood behind it, as far as the text says."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something the author said would come later. It is kept once every exercise in it is full."""

    text: str = field(metadata=spec(PROSE, "What was promised.", required=True))
    exercises: tuple[Ref, ...] = field(
        default=(), metadata=spec(ListOf(Reference("exercise")), "The exercises it is about.")
    )
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """One point of an injury's course, in the source's own words for time."""

    when: str = field(metadata=spec(WORDS, "When, as exact as the source is.", required=True))
    what: str = field(metadata=spec(PROSE, "What happened.", required=True))
    mark: str = field(default="", metadata=spec(Choice(COURSE), "What it was; two such points make a small chart."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The course of the author's own injury: how it began, came back, and how it stands."""

    onset: str = field(default="", metadata=spec(WORDS, "When it began, as exact as the source is."))
    trigger: str = field(default="", metadata=spec(WORDS, "What set it off, as the author sees it."))
    recurrences: int | None = field(default=None, metadata=spec(WHOLE, "How often it came back."))
    outcome: str = field(
        default="", metadata=spec(Choice(("resolved", "improving", "managing", "ongoing")), "How it stood at the end.")
    )
    history: str = field(default="", metadata=spec(WORDS, "What came before it: surgery, older injuries."))
    diagnosis: str = field(
        default="",
        metadata=spec(Choice(("self-labelled", "practitioner-told", "unnamed")), "Who gave the injury its name."),
    )
    course: tuple[Moments, ...] = field(
        default=(), metadata=spec(ListOf(RecordOf(Moments, pair=("when", "what"))), "Its points in order of time.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Practitioner:
    """Somebody who treated the author. A name only where the post gives it."""

    role: str = field(metadata=spec(WORDS, "Physical therapist, acupuncturist…", required=True))
    name: str = field(default="", metadata=spec(WORDS, "The name, if the post gives it."))
    organization: str = field(default="", metadata=spec(WORDS, "Where they work, if the post says."))
    note: str = field(default="", metadata=spec(PROSE, "What they did or said."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What the text names without making anything of it: no card and no page come from these."""

    exercises: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Exercises named in passing."))
    races: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Races."))
    injuries: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("injury")), "Injuries."))
    regions: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("region")), "Regions of the body."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How an exercise bears on an injury, who says so, and in which post."""

    injury: Ref = field(metadata=spec(Reference("injury"), "Which injury.", required=True))
    relation: str = field(metadata=spec(Choice(RELATIONS), "How it bears on it.", required=True))
    evidence: str = field(metadata=spec(Choice(EVIDENCE), "Who says so.", required=True))
    source: Ref | None = field(default=None, metadata=spec(Reference("post"), "The post that says it."))
    note: str = field(default="", metadata=spec(PROSE, "Anything that limits it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentRelation:
    """How a treatment bears on an injury. What single posts saw is linked from the posts by itself."""

    treatment: Ref = field(metadata=spec(Reference("treatment"), "Which treatment.", required=True))
    relation: str = field(metadata=spec(Choice((*RELATIONS, "no-change")), "How it bears on it.", required=True))
    evidence: str = field(metadata=spec(Choice(EVIDENCE), "Who says so.", required=True))
    source: Ref | None = field(default=None, metadata=spec(Reference("post"), "The post that says it."))
    note: str = field(default="", metadata=spec(PROSE, "Anything that limits it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Muscles:
    """Which muscles an exercise works: mainly, and also."""

    primary: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("muscle")), "Worked mainly."))
    secondary: tuple[Ref, ...] = field(default=(), metadata=spec(ListOf(Reference("muscle")), "Worked too."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """What is needed: what is lifted, and what stands around."""

    load: str = field(default="", metadata=spec(WORDS, "What is lifted: dumbbell, bodyweight, band…"))
    setup: tuple[str, ...] = field(
        default=(), metadata=spec(ListOf(WORDS), "What else is needed: chair, mat, baseball…")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an exercise, perhaps with pictures."""

    text: str = field(metadata=spec(PROSE, "What to do.", required=True))
    images: tuple[Image, ...] = field(default=(), metadata=spec(IMAGES, "Pictures of this step."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of a ladder: an exercise, perhaps a variation of it, and the household things it needs."""

    exercise: Ref = field(metadata=spec(Reference("exercise"), "Which exercise.", required=True))
    variation: str = field(default="", metadata=spec(WORDS, "How this step differs from the plain exercise."))
    setup_any: tuple[str, ...] = field(default=(), metadata=spec(ListOf(WORDS), "Things of which any one will do."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Differential:
    """An injury that this one can be mistaken for, and how to tell."""

    injury: Ref = field(metadata=spec(Reference("injury"), "Which one it can be mistaken for.", required=True))
    why: str = field(metadata=spec(PROSE, "What is alike and what differs.", required=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Symptom:
    """What it feels like, where, how it spreads, and what it is not."""

    what: str = field(metadata=spec(WORDS, "What it feels like.", required=True))
    where: str = field(default="", metadata=spec(WORDS, "Where."))
    pattern: str = field(default="", metadata=spec(WORDS, "How it spreads or comes and goes."))
    not_: str = field(default="", metadata=spec(WORDS, "What it is not.", key="not"))
    source: Ref | None = field(default=None, metadata=spec(Reference("post"), "The post that tells it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A sign that means: see somebody, now. `id` names one of the shared list; then the rest comes from there."""

    id: str = field(default="", metadata=spec(WORDS, "The id of a red flag of the shared list."))
    sign: str = field(default="", metadata=spec(PROSE, "What a runner would notice."))
    urgency: str = field(default="emergency", metadata=spec(Choice(URGENCY), "How fast."))
    act: str = field(default="", metadata=spec(PROSE, "What to do."))
    source: Source | None = field(default=None, metadata=spec(RecordOf(Source, short="title"), "Who says so."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A clinician who has read the page."""

    name: str = field(default="", metadata=spec(WORDS, "Their name."))
    credential: str = field(default="", metadata=spec(WORDS, "What makes them fit to judge."))
    date: dt.datetime | None = field(default=None, metadata=spec(MOMENT, "When they read it."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescriber:
    """Who put a program together. A name only where the source gives it."""

    role: str = field(metadata=spec(WORDS, "Physical therapist, coach…", required=True))
    name: str = field(default="", metadata=spec(WORDS, "The name, if the source gives it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class PainRule:
    """How much pain is all right while doing a program. Numbers are on `scale`."""

    scale: str = field(metadata=spec(WORDS, "Which scale, such as 0 to 10.", required=True))
    ok: tuple[int, ...] = field(default=(), metadata=spec(ListOf(WHOLE), "From and to: pain that is all right."))
    stop_above: int | None = field(default=None, metadata=spec(WHOLE, "Stop above this."))
    settle_within_h: int | None = field(
        default=None, metadata=spec(WHOLE, "Hours within which pain must be back to normal.")
    )
    source: Source | None = field(default=None, metadata=spec(RecordOf(Source, short="title"), "Who says so."))
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A damaged piece of a reader's text that was mended: what stood there, what stands there now, by which rule."""

    from_: str = field(metadata=spec(WORDS, "What stood there.", required=True, key="from"))
    to: str = field(metadata=spec(WORDS, "What stands there now.", required=True))
    rule: str = field(metadata=spec(WORDS, "By which rule.", required=True))
