"""The body as a drawing: from the front, from behind, and the sole of a foot. Tables alone, no logic.

In: nothing. Out: `DRAWING`: pieces of the figure, which of them make up each region of the body, and the marks of
structures that are no region. Drawn for this project. To place another structure, add a row to `MARKS`; whatever has
no place here is in the list beside the drawing only.

The middle of the front figure is x = 0 and the crown of its head y = 0; a figure is 1000 high. A piece is the half at
the reader's right, the runner's left as seen from the front; the theme mirrors it. Pieces that meet in the middle are
open there, and reach one unit beyond it, so that no seam shows. The back figure stands `BACK` to the right, and the
sole at `SOLE`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

Side: TypeAlias = Literal["front", "back", "sole"]

BACK: Final = 400
SOLE: Final = (200, 800)

PIECES: Final[Mapping[str, str]] = {
    "head": (
        "M-1 2l1 0c8 0 17 2 24 6s12 12 15 19 1 17 4 25l3 8c1 5 1 10 0 15l-4 9c-2 5-1 11-3 16"
        "s-6 12-8 18-7 10-11 13-13 5-20 5l-1 0"
    ),
    "neck-f": (
        "M-1 136l1 0c7 0 15-1 20-5s8-8 11-13c-2 6-2 13-1 20 1 5 2 12 5 16s11 9 17 12c-7 5-14 10-22 14"
        "s-14 8-22 10c-3 1-6 1-9 1"
    ),
    "neck-b": (
        "M-1 110l1 0c6 0 12 0 18 2s9 4 13 6c-2 6-2 13-1 20 1 5 2 12 5 16s11 9 17 12c-9 2-18 3-26 6s-17 10-26 10l-1 0"
    ),
    "shoulder": (
        "M80 175c8 3 17 4 24 8s13 10 17 16 7 17 9 26 3 21 4 31l3 26-15 6"
        "c-7 3-13 8-19 12-2-11-3-32-5-32-7-9-14-18-18-28s-6-23-6-35c0-10 3-20 6-30z"
    ),
    "upper-arm": "M137 282l7 36 5 32c-6 0-11-1-17 0s-12 4-18 6l-6-30-5-26c6-4 12-9 19-12l15-6z",
    "elbow": (
        "M149 350c2 10 2 20 5 30 2 8 6 16 8 24-6 3-13 5-20 6s-14-1-21-2l-3-24c-1-9-2-19-4-28 6-2 12-5 18-6s11 0 17 0z"
    ),
    "forearm": (
        "M162 404c3 9 5 19 6 28 2 11 2 23 3 34l2 30 2 21c-5 1-10 2-15 1s-9-2-13-4c-2-12-6-23-9-34"
        "l-11-40-6-32c7 1 14 3 21 2s14-3 20-6z"
    ),
    "hand": (
        "M175 517c1 6 4 13 6 19 2 8 4 16 5 24s1 16 0 24-2 15-4 22-3 15-8 16c-2 1-7 0-9-1-5-2-5-11-6-17"
        "s2-12-1-16l-7-5c-3-3-4-9-5-13-2-8 0-16 1-24 0-5 2-11 2-16s-1-11-2-16c4 2 9 3 13 4s10 0 15-1z"
    ),
    "chest": (
        "M-1 191c3 0 6 0 9-1 8-2 15-6 22-10s15-9 22-14c9 5 19 6 28 9-3 10-6 20-6 30 0 12 2 24 6 35"
        "s11 19 18 28c-1 0-3 21-4 32s-2 20-4 30-3 17-5 26c-9 1-19 2-27 0s-17-9-24-14-13-16-22-20"
        "c-4-2-9-3-13-4"
    ),
    "thoracic": (
        "M-1 182l1 0c9 0 17-7 26-10s17-4 26-6c9 5 19 6 28 9-3 10-6 20-6 30 0 12 2 24 6 35s11 19 18 28"
        "c-1 0-3 21-4 32s-2 20-4 30-3 17-5 26c-13 4-26 8-39 10-15 3-31 4-46 4l-1 0"
    ),
    "abdomen": (
        "M-1 318c4 1 9 2 13 4 9 4 14 14 22 20s15 12 24 14 18 1 27 0c-2 10-4 20-5 30-1 7-1 15 0 22s2 15 4 22"
        "l6 22c-9 3-18 6-26 10-11 6-20 17-30 26-7 7-13 16-22 20-4 2-9 2-13 3"
    ),
    "lumbosacral": (
        "M-1 370l1 0c15 0 31-1 46-4 13-2 26-6 39-10-2 10-4 20-5 30-1 7-1 15 0 22s2 15 4 22l6 22"
        "c2 10 4 20 5 30s3 20 3 30l0 24c-6 4-13 7-20 10-9 3-20 6-30 6s-20-2-28-6-14-11-20-18"
    ),
    "hip-groin": (
        "M-1 511c4-1 9-1 13-3 9-4 15-13 22-20 10-9 19-20 30-26 8-4 17-7 26-10 2 10 4 20 5 30s3 20 3 30l0 24"
        "c-9 6-18 11-28 16s-23 12-34 12-23-6-34-12c0-8-1-16-2-24"
    ),
    "thigh-f": (
        "M98 536l0 36c0 15-1 29-2 44s-3 32-6 48l-7 38c-10-6-21-12-31-12s-22 6-32 12"
        "c-2-13-6-25-8-38-3-15-4-29-6-44l-3-40c0-9 0-19-1-28 11 6 23 12 34 12s23-7 34-12 19-10 28-16z"
    ),
    "thigh-b": (
        "M98 536l0 36c0 15-1 29-2 44s-3 32-6 48l-7 38c-10-6-21-12-31-12s-22 6-32 12"
        "c-2-13-6-25-8-38-3-15-4-29-6-44l-3-40c0-9 0-19-1-28s-1-16-2-24c6 7 12 14 20 18s19 6 28 6 21-3 30-6"
        "c7-3 14-6 20-10z"
    ),
    "knee": (
        "M83 702l-2 22c-1 7-3 15-3 22s0 15 1 22c-9 4-18 8-27 8s-19-4-28-8c1-7 1-13 1-20s-1-15-2-22l-3-24"
        "c10-6 21-12 32-12s21 6 31 12z"
    ),
    "lower-leg": (
        "M79 768c1 9 5 19 6 28s2 20 2 30c0 13-3 25-5 38l-10 38-3 12c-5 3-11 6-17 6s-11-4-16-8"
        "c0-7-2-13-3-20-2-12-5-24-8-36s-7-25-8-38c-1-9-1-19 1-28 1-7 5-15 6-22 9 4 19 8 28 8s18-4 27-8z"
    ),
    "ankle": (
        "M69 914c-1 7-3 13-2 20 0 5 3 11 4 16s0 9 0 14c-5-3-11-7-17-8s-13 2-19 4c-2-4-4-9-4-14"
        "s3-11 4-16 1-12 1-18c5 4 11 8 16 8s12-3 17-6z"
    ),
    "foot-f": (
        "M71 964l7 12c3 4 9 6 12 10s7 7 7 10-3 6-5 8c-4 4-12 3-18 3s-15 1-22-1c-4-1-8-2-11-4s-3-9-4-14"
        "c-2-9-2-19-2-28 6-2 13-5 19-4s12 5 17 8z"
    ),
    "foot-b": (
        "M71 964c0 5 1 10 3 14s7 6 9 10 3 8 2 10-7 4-11 5c-6 2-12 3-18 3s-11 0-15-3-5-8-7-13"
        "c-3-9-1-20 1-30 6-2 13-5 19-4s12 5 17 8z"
    ),
    "sole": (
        "M2 176c-7 0-16-3-21-8s-7-14-8-22c-2-10 1-20 1-30s1-19 0-28-3-17-5-26c-2-7-6-15-6-22 0-5-1-11 1-15"
        "s9-6 14-8c7-3 16-4 24-6s17-6 23-3 10 9 12 14 1 14 0 20c-1 8-6 16-9 24s-11 17-14 26c-2 7-4 15-4 22"
        "s4 15 7 22 7 12 7 18-2 12-6 16-11 6-16 6zM13 -12a12 15 0 1 0 24 0a12 15 0 1 0-24 0"
        "M0 -9a7 10 0 1 0 14 0a7 10 0 1 0-14 0M-14 -4a6 9 0 1 0 12 0a6 9 0 1 0-12 0"
        "M-26 2a6 8 0 1 0 12 0a6 8 0 1 0-12 0M-36 11a5 7 0 1 0 10 0a5 7 0 1 0-10 0"
    ),
}
"""Outlines in SVG's path language, relative, in whole numbers: the half of a figure, or the whole sole."""


LINES: Final[Mapping[Side, tuple[str, str]]] = {
    "front": (
        (
            "M14 203q26-16 60-14M12 268q40 8 66-14M38 718q14-13 28 0q4 19-14 29q-17-10-14-29M31 686"
            "q-12-24-5-52M66 676q9-44 1-84M47 796q-5 46 2 92"
        ),
        "M0 330v60M0 414v70",
    ),
    "back": (
        "M24 214q-8 46 18 84q26-14 34-62M28 838q12 22 24 8q14 12 27-8M52 790v56",
        "M0 196v232M0 462v64M-14 438l14 26l14-26",
    ),
}
"""Quiet lines of a figure: collar bones, kneecaps, shoulder blades, calves: the half, and what stands in the middle."""


class Area(NamedTuple):
    """A region: its piece of each side, or "", where its number stands, and how far up or down the body it is.

    `near` is drawn unseen below it, so that a small region can be hit with a thumb. `zone` is upper, lower or both.
    `beside` are the regions that it borders on, for whoever finds nothing in it.
    """

    front: str
    back: str
    number: tuple[int, int]
    zone: str
    beside: tuple[str, ...]
    near: str = ""


class Mark(NamedTuple):
    """A structure that is no region: the sides that it is seen from, its path, and whether that is a mere line."""

    sides: tuple[Side, ...]
    path: str
    line: bool = False


AREAS: Final[Mapping[str, Area]] = {
    "head": Area("head", "head", (0, 62), "upper", ("neck",)),
    "neck": Area("neck-f", "neck-b", (0, 164), "upper", ("head", "shoulder", "thoracic"), "M0 116h44v66H0z"),
    "shoulder": Area("shoulder", "shoulder", (104, 224), "upper", ("neck", "upper-arm", "thoracic", "chest")),
    "upper-arm": Area("upper-arm", "upper-arm", (124, 320), "upper", ("shoulder", "elbow")),
    "elbow": Area("elbow", "elbow", (137, 380), "both", ("upper-arm", "forearm"), "M100 350h76v60h-76z"),
    "forearm": Area("forearm", "forearm", (150, 464), "both", ("elbow", "hand")),
    "hand": Area("hand", "hand", (166, 560), "both", ("forearm",)),
    "chest": Area("chest", "", (0, 294), "upper", ("shoulder", "abdomen", "thoracic")),
    "thoracic": Area("", "thoracic", (BACK, 320), "upper", ("neck", "shoulder", "lumbosacral")),
    "lumbosacral": Area("", "lumbosacral", (BACK, 404), "both", ("thoracic", "hip-groin", "thigh")),
    "abdomen": Area("abdomen", "", (0, 402), "both", ("chest", "hip-groin", "lumbosacral")),
    "hip-groin": Area("hip-groin", "", (-58, 508), "both", ("lumbosacral", "thigh", "abdomen")),
    "thigh": Area("thigh-f", "thigh-b", (-50, 628), "lower", ("hip-groin", "lumbosacral", "knee")),
    "knee": Area("knee", "knee", (-53, 732), "lower", ("thigh", "lower-leg")),
    "lower-leg": Area("lower-leg", "lower-leg", (-55, 838), "lower", ("knee", "ankle")),
    "ankle": Area("ankle", "ankle", (-52, 938), "lower", ("lower-leg", "foot"), "M20 912h64v48h-64z"),
    "foot": Area("foot-f", "foot-b", (-66, 986), "lower", ("ankle", "lower-leg"), "M20 960h84v58h-84z"),
}
"""The 17 areas of the IOC consensus. Those at the edge of the other half of the body are in both zones."""

MARKS: Final[Mapping[str, Mark]] = {
    "it-band": Mark(
        ("front", "back"), "M91 486q2 24 1 50q2 44-6 116q-7 40-10 108q-5 0-7-4q4-54 10-106q8-60 5-162q3-4 7-2z"
    ),
    "sciatic-nerve": Mark(("back",), "M46 480q12 18 10 44q-3 66-2 146l-11 34M54 668l11 32", line=True),
    "piriformis": Mark(("back",), "M12 446q36 6 76 40q-40-8-74-18q-5-10-2-22z"),
    "proximal-hamstring-tendon": Mark(("back",), "M20 526q8-9 15-1q2 34 5 60q-7 6-12 1q-6-30-8-60z"),
    "patellar-tendon": Mark(("front",), "M46 746q7 6 14 0q-2 16-3 30q-4 4-8 0q-2-16-3-30z"),
    "achilles-tendon": Mark(("back",), "M43 858q9 10 18 0q-5 36-4 64q2 26 5 42q-10 8-20 0q4-18 5-42q1-30-4-64z"),
    "plantar-fascia": Mark(
        ("sole",), "M3 160q-9 0-12-10q2-40-14-104q8-8 14 0l2-4q6-8 12 0l3-2q7-6 13 2q-6 50-12 76q-1 22 2 34q-1 8-8 8z"
    ),
}
"""Structures in the order in which they are drawn and reached by keyboard: what is long lies below the others."""


class Drawing(Struct, frozen=True):
    """All tables together, as templates see them."""

    pieces: Mapping[str, str]
    lines: Mapping[Side, tuple[str, str]]
    areas: Mapping[str, Area]
    marks: Mapping[str, Mark]


DRAWING: Final = Drawing(
    MappingProxyType(PIECES), MappingProxyType(LINES), MappingProxyType(AREAS), MappingProxyType(MARKS)
)
