"""What a drawing may hold: the allow-lists of `rehab.images.svg`, as data.

After SVG 1.1 (second edition) and SVG 2, without everything that acts, loads, animates or costs a reader's machine
more than it costs the file: scripts, style sheets, links, foreign content, filters, patterns, markers and `use`.
"""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"

ELEMENTS: Final = _words(
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan"
    " linearGradient radialGradient stop clipPath mask"
)
# Left out with everything inside them: they say something about the drawing, and draw nothing.
DROPPED: Final = frozenset({"metadata"})
# Why the best known of the others are refused. The rest is "not read here".
REFUSED: Final = {
    "script": "holds a script",
    "style": "holds a style sheet",
    "foreignObject": "holds foreign content",
    "image": "loads another picture",
    "use": "repeats parts of itself with <use>",
    "a": "holds a link",
    "animate": "is animated",
    "animateMotion": "is animated",
    "animateTransform": "is animated",
    "set": "is animated",
    "filter": "holds a filter",
    "pattern": "holds a pattern",
    "marker": "holds a marker",
}
# Presentation attributes, which may stand as attributes or in a `style` attribute.
PRESENTATION: Final = _words(
    "clip-path clip-rule color color-interpolation display dominant-baseline fill fill-opacity fill-rule font-family"
    " font-size font-style font-weight letter-spacing mask mix-blend-mode opacity overflow paint-order"
    " shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap"
    " stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering"
    " vector-effect visibility word-spacing"
)
# What a `style` can do that no attribute can, so that leaving it out would change the drawing.
STYLE_ONLY: Final = _words(
    "animation animation-name d filter marker marker-end marker-mid marker-start offset-path transform translate rotate"
    " scale"
)
GEOMETRY: Final = _words(
    "id x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points width height viewBox preserveAspectRatio transform"
    " rotate offset gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits maskContentUnits"
    " textLength lengthAdjust pathLength role aria-label aria-hidden"
)
# Values that may say url(#…) or url("#…").
PAINTS: Final = frozenset({"fill", "stroke", "clip-path", "mask"})
# Inside these nothing may be clipped or masked again: each level would multiply the work of drawing it.
COSTLY: Final = frozenset({"clipPath", "mask"})
# CSS pixels in each absolute unit (CSS Values and Units 4, 6.2).
PIXELS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
