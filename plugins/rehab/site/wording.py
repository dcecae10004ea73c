"""The words readers see for the words of front matter: tables, one place each.

In: a word of `rehab.model.words`. Out: a shape, a word and a tone for it. Exists so that a relation is always a
word and a shape first and a colour last, on every page alike.
"""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """How a relation or an outcome is shown: its shape, its words, and the name of its colour in the theme.

    `tone` is one of helps | eases | careful | worse | quiet.
    """

    shape: str
    words: str
    tone: str


UNSTATED = "unstated"
"""The relation of an exercise that a post did for an injury without saying what came of it."""

SIGNS: dict[str, Sign] = {
    "helps": Sign("▲", "helps", "helps"),
    "eases-symptoms": Sign("◆", "eases", "eases"),
    "prevents-recurrence": Sign("◇", "keeps it away", "helps"),
    "aggravates": Sign("▼", "makes it worse", "worse"),
    "avoid-early": Sign("◌", "not yet", "careful"),
    "no-change": Sign("○", "changed nothing", "quiet"),
    "unclear": Sign("·", "unclear", "quiet"),
    UNSTATED: Sign("·", "done for this, relation not stated", "quiet"),
}
"""Every relation between an exercise or a treatment and an injury, in the order in which pages list them."""

BEARINGS = tuple(relation for relation in SIGNS if relation != UNSTATED)
"""Those that somebody stated."""

WARNINGS = ("aggravates", "avoid-early")
"""Those that say what to leave alone, now or for good."""

HEADINGS: dict[str, str] = {
    "helps": "What helps",
    "eases-symptoms": "What eases it",
    "prevents-recurrence": "What keeps it away",
    "aggravates": "What makes it worse",
    "avoid-early": "Not yet",
    "no-change": "What changed nothing",
    "unclear": "Unclear",
    UNSTATED: "Done for this, relation not stated",
}

OF_OUTCOME: dict[str, str] = {
    "helped": "helps",
    "no-change": "no-change",
    "worse": "aggravates",
    "unclear": "unclear",
}
"""The relation that a treatment's outcome in a post amounts to."""

OUTCOMES: dict[str, Sign] = {
    "helped": Sign("▲", "helped", "helps"),
    "no-change": Sign("○", "changed nothing", "quiet"),
    "worse": Sign("▼", "made it worse", "worse"),
    "unclear": Sign("·", "unclear", "quiet"),
}

EVIDENCE: dict[str, str] = {
    "author-experience": "the author's own experience",
    "practitioner-told": "told by a practitioner",
    "reader-report": "a reader's report",
    "traditional": "traditional teaching",
    "uncited": "no source given",
    "cited": "a cited source",
    "clinician-reviewed": "reviewed by a clinician",
}

SIDES: dict[str, str] = {
    "left": "left side",
    "right": "right side",
    "both": "both sides",
    "alternating": "changing sides",
}

LATERALITY: dict[str, str] = {
    "unilateral": "one side at a time",
    "bilateral": "both sides at once",
    "alternating": "sides in turn",
}

ACHIEVED: dict[str, str] = {"full": "", "partial": "the author does not reach all of it yet"}

TREATMENT_KINDS: dict[str, str] = {
    "manual": "hands-on treatment",
    "needle": "needling",
    "self-care": "self-care",
    "load-management": "load management",
    "medical": "medical treatment",
}

DONE_BY: dict[str, str] = {"practitioner": "done by a practitioner", "self": "done by yourself"}

URGENCY: dict[str, str] = {
    "emergency": "Emergency: get help now",
    "urgent": "Urgent: be seen today",
    "soon": "Soon: book an appointment",
}

EPISODE_OUTCOMES: dict[str, str] = {
    "resolved": "resolved",
    "improving": "getting better",
    "managing": "managed",
    "ongoing": "still there",
}

DIAGNOSIS: dict[str, str] = {
    "self-labelled": "the author's own name for it",
    "practitioner-told": "named by a practitioner",
    "unnamed": "not named by anybody",
}

COURSE: dict[str, Sign] = {
    "began": Sign("▼", "it began", "worse"),
    "worse": Sign("▼", "it got worse", "worse"),
    "came-back": Sign("▼", "it came back", "worse"),
    "tried": Sign("◆", "something was tried", "eases"),
    "better": Sign("▲", "it got better", "helps"),
    "settled": Sign("▲", "it settled", "helps"),
}
"""What a point of an injury's course was, by its mark in front matter."""

SIDES_OF_DOSES: dict[str, str] = {
    "each": "each side",
    "left": "left side",
    "right": "right side",
    "alternating": "changing sides",
}

DISCLAIMERS: dict[str, str] = {
    "personal-experience": "This is no advice.",
    "author-not-clinician": "The author is not a doctor or a physical therapist.",
}

OWN_EXPERIENCE = "One runner’s own experience"
CAUTION = "What one runner did may not suit you. Ask somebody who can examine you before you copy it."
"""What stands above exercises, once on a page."""

CHANGES: dict[str, str] = {"stop": "Stop", "limit": "Limit", "add": "Add", "swap": "Swap"}

STUB_HEADLINE = "details to come"
NOT_REVIEWED = "No clinician has reviewed this page."
NO_RED_FLAGS = "No red flags are listed for this."
ANONYMOUS = "Anonymous"

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English month names of our own, since those of `strftime` follow the machine's locale."""
