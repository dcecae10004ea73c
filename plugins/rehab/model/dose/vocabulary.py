"""The words of the dose grammar, as tables: what authors write on the left, what it means on the right.

In: nothing. Out: read-only tables for the tokenizer and the clauses. Adding a word here teaches it to the grammar;
a word that is in no table is refused. Keys are case-folded; a tuple is a phrase, word by word.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NamedTuple

from rehab.model.dose.noun import Per, Side

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS: Final = {
    word: 10 * place
    for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
NUMBER_WORDS: Final = {word: value for value, word in enumerate(_ONES)} | TENS
# Only fractions that a decimal writes exactly: a third would come back as a rounded number.
FRACTION_SIGNS: Final = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4)}

SYMBOLS: Final = dict.fromkeys("-\u2010\u2011\u2012–—−", "-") | dict.fromkeys("×✕✖*", "x")
INVISIBLE: Final = "\u200b\u2060\ufeff"

_UNIT_WORDS: Final = {
    "sets": "set sets",
    "reps": "rep reps repetition repetitions",
    "s": "s sec secs second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "m": "m meter meters metre metres",
    "km": "km k kilometer kilometers kilometre kilometres",
    "mi": "mi mile miles",
    "lb": "lb lbs pound pounds",
    "kg": "kg kgs kilo kilos kilogram kilograms",
}
UNITS: Final = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}
UNIT_KINDS: Final = {
    "sets": "sets", "reps": "reps", "s": "time", "min": "time", "h": "time", "clock": "time",
    "m": "distance", "km": "distance", "mi": "distance", "lb": "load", "kg": "load",
}  # fmt: skip
# Exact by the international yard and pound agreement of 1959: 1 yd = 0.9144 m, so 1 mi = 1760 yd = 1609.344 m,
# and 1 lb = 0.45359237 kg.
METRES_PER_MILE: Final = Fraction(1609344, 1000)
KG_PER_LB: Final = Fraction(45359237, 100_000_000)
FACTORS: Final = {
    "s": Fraction(1), "clock": Fraction(1), "min": Fraction(60), "h": Fraction(3600),
    "m": Fraction(1), "km": Fraction(1000), "mi": METRES_PER_MILE,
}  # fmt: skip
UNIT_HINTS: Final = {
    "time": "write the time with s or min, as in '30 s'",
    "distance": "write the distance with m, km or mi, as in '400 m'",
    "load": "write the load with lb or kg, as in '10 lb'",
}
FOREIGN_UNITS: Final = (
    dict.fromkeys("ft foot feet yd yds yard yards cm inch inches".split(), UNIT_HINTS["distance"])
    | dict.fromkeys("st stone stones g gram grams oz ounce ounces % percent".split(), UNIT_HINTS["load"])
    | dict.fromkeys(["ms", "'", '"', "\u2032", "\u2033", "’", "”"], UNIT_HINTS["time"])
)


class Limit(NamedTuple):
    """The least and most of an amount, in base units, and whether it must be whole; `noun` shows it in messages."""

    noun: str
    least: int
    most: int
    whole: bool = False


# Beyond these a line is far more likely a slip (sets and reps swapped, minutes for seconds) than a real dose.
LIMITS: Final = {
    "sets": Limit("{} sets", 1, 20, whole=True),
    "reps": Limit("{} reps", 1, 200, whole=True),
    "duration_s": Limit("{} seconds of work", 0, 86_400),
    "distance_m": Limit("{} metres", 0, 500_000),
    "hold_s": Limit("{} seconds of hold", 0, 3600),
    "rest_s": Limit("{} seconds of rest", 0, 3600),
    "lb": Limit("{} lb of load", 0, 1000),
    "kg": Limit("{} kg of load", 0, 500),
    "day": Limit("{} times a day", 1, 24, whole=True),
    "week": Limit("{} times a week", 1, 50, whole=True),
    "2 days": Limit("{} times in two days", 1, 24, whole=True),
    "days": Limit("{} days a week", 1, 7, whole=True),
    "rpe": Limit("RPE {}", 1, 10),
    "rir": Limit("RIR {}", 0, 10, whole=True),
    "tempo": Limit("{} seconds in a part of a tempo", 0, 60, whole=True),
}

_PARTS: Final = {
    "side": "sides", "leg": "legs", "arm": "arms", "foot": "feet", "hip": "hips", "knee": "knees", "ankle": "ankles",
    "hand": "hands", "shoulder": "shoulders", "calf": "calves", "glute": "glutes", "hamstring": "hamstrings",
}  # fmt: skip
BODY_PARTS: Final = frozenset(_PARTS) | frozenset(_PARTS.values())
SIDES: Final[dict[tuple[str, ...], Side]] = {
    ("alternating",): "alternating", ("alternate",): "alternating", ("left",): "left", ("right",): "right",
    ("left", "only"): "left", ("right", "only"): "right",
}  # fmt: skip
for _one, _many in _PARTS.items():
    SIDES.update({(word, _one): "each" for word in ("each", "per", "/", "a", "ea")})
    SIDES.update({("both", _many): "each", ("each", "of", "both", _many): "each"})
    SIDES.update({(word, part): "alternating" for word in ("alternating", "alternate") for part in (_one, _many)})
    SIDES.update({("left", _one): "left", ("left", _one, "only"): "left"})
    SIDES.update({("right", _one): "right", ("right", _one, "only"): "right"})
# In its own field a side needs no noun.
SIDE_FIELD: Final = SIDES | {("each",): "each", ("both",): "each", ("per", "side"): "each"}

AMRAP: Final[dict[tuple[str, ...], str]] = dict.fromkeys(
    [
        ("amrap",), ("max",), ("max", "reps"), ("maximum",), ("maximum", "reps"), ("failure",), ("to", "failure"),
        ("until", "failure"), ("as", "many", "as", "possible"), ("as", "many", "reps", "as", "possible"),
    ],
    "amrap",
)  # fmt: skip

COUNTS: Final = {"once": 1, "twice": 2, "thrice": 3}
_PER_WORDS: Final = ("/", "per", "a", "each", "every")
PERIODS: Final[dict[tuple[str, ...], Per]] = {("daily",): "day", ("weekly",): "week"}
PERIODS.update({(word, "day"): "day" for word in _PER_WORDS})
PERIODS.update({(word, week): "week" for word in _PER_WORDS for week in ("week", "wk")})
PERIODS.update({(word, two, "days"): "2 days" for word in ("/", "per", "every") for two in ("2", "two")})
PERIODS.update({("every", "other", "day"): "2 days", ("every", "second", "day"): "2 days"})

BODYWEIGHT: Final[dict[tuple[str, ...], str]] = dict.fromkeys(
    [
        (*words, *tail)
        for words in (("bodyweight",), ("body", "weight"), ("body", "-", "weight"), ("bw",))
        for tail in ((), ("only",))
    ],
    "bodyweight",
)
BANDS: Final = frozenset(
    "red green blue black yellow orange purple grey gray white silver gold pink tan brown light medium heavy".split()
)
_BAND_KINDS: Final = "resistance mini loop therapy".split()
BAND_NOUNS: Final[dict[tuple[str, ...], str]] = {("band",): ""} | {
    (kind, "band"): f"{kind} band" for kind in _BAND_KINDS
}
IMPLEMENTS: Final[dict[tuple[str, ...], str]] = {
    tuple(words.split()): words
    for words in (
        "dumbbell", "dumbbells", "kettlebell", "kettlebells", "barbell", "bar", "plate", "plates", "sandbag",
        "backpack", "vest", "weighted vest", "weight", "weights", "ankle weight", "ankle weights", "medicine ball",
        "ball", "band", "resistance band",
    )
} | {("db",): "dumbbell", ("kb",): "kettlebell", ("med", "ball"): "medicine ball"}  # fmt: skip

LEADS: Final = frozenset({"@", "at", "with", "using", "w"})
ARTICLES: Final = frozenset({"a", "an", "the"})
SEPARATORS: Final = frozenset({",", ";", ":", ".", "(", ")", "and", "+", "&"})
TIMED: Final = {
    "hold": "hold", "holds": "hold", "holding": "hold", "held": "hold",
    "rest": "rest", "resting": "rest", "recovery": "rest",
}  # fmt: skip
# What may follow a timed clause and says no more than its field already means.
TIMED_TAILS: Final[dict[str, dict[tuple[str, ...], str]]] = {
    "hold": dict.fromkeys([("each", "rep"), ("per", "rep"), ("every", "rep")], ""),
    "rest": dict.fromkeys(
        [
            ("between", "sets"), ("between", "each", "set"), ("in", "between", "sets"), ("in", "between"),
            ("after", "each", "set"), ("per", "set"), ("each", "set"),
        ],
        "",
    ),
}  # fmt: skip
# A run of words that nobody understands ends before one of these, so that the caret stays short.
STARTERS: Final = (
    LEADS | frozenset(TIMED) | frozenset(COUNTS)
    | frozenset("and each per both left right alternating tempo daily every rpe rir bodyweight".split())
)  # fmt: skip
