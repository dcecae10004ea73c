"""The words of the field, one list each, used everywhere: in front matter, on pages, in the graph."""

from __future__ import annotations

RELATIONS = ("helps", "eases-symptoms", "prevents-recurrence", "aggravates", "avoid-early")
"""How an exercise or a treatment bears on an injury."""

EVIDENCE = (
    "author-experience",
    "practitioner-told",
    "reader-report",
    "traditional",
    "uncited",
    "cited",
    "clinician-reviewed",
)
"""Who says so."""

OUTCOMES = ("helped", "no-change", "worse", "unclear")
"""What a treatment did for the author."""

COURSE = ("began", "worse", "came-back", "tried", "better", "settled")
"""What a point of an injury's course was."""

SIDES = ("left", "right", "both", "alternating")
"""Which side of the body hurts."""

EXERCISE_KINDS = ("strength", "stretch", "mobility", "balance", "plyometric", "self-massage", "cardio", "drill")
LATERALITY = ("unilateral", "bilateral", "alternating")
DIFFICULTY = ("beginner", "intermediate", "advanced")
TREATMENT_KINDS = ("manual", "needle", "self-care", "load-management", "medical")
URGENCY = ("emergency", "urgent", "soon")
"""How fast a red flag needs care: call an ambulance now; be seen today; book an appointment."""

ABBREVIATIONS = {
    "cecs": "chronic exertional compartment syndrome",
    "fai": "femoroacetabular impingement",
    "gtps": "greater trochanteric pain syndrome",
    "itb": "iliotibial band syndrome",
    "itbfs": "iliotibial band syndrome",
    "itbs": "iliotibial band syndrome",
    "mtss": "medial tibial stress syndrome",
    "pfp": "patellofemoral pain",
    "pfps": "patellofemoral pain syndrome",
    "pht": "proximal hamstring tendinopathy",
    "pttd": "posterior tibial tendon dysfunction",
}
"""What runners and clinicians write for short, in full. A page with the long name is offered for the short one."""

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff", ".svg", ".bmp", ".heic")
"""File endings that are taken for pictures."""
