"""A card → its pixels: the race bib of our pages, inside the bend of a track, with the name and the number on it.

The same bytes on every run: one font that lies here, one way to lay out text, no clock. What is the same on all cards
is drawn once in a process, large, and scaled down, so that its curves are smooth; the text is smooth by itself.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from rehab.images.card import SIZE, Card

# The colours of the theme's light scheme: paper, raised, ink, quiet, accent.
_PAPER, _RAISED, _INK, _QUIET, _TRACK = "#fbfaf6", "#ffffff", "#17222b", "#44515b", "#8a3410"
_FONT: Final = Path(__file__).parent / "fonts" / "bib.ttf"
_FINE: Final = 2
# Left, top, right, bottom of the bib; the height of its head; where its text begins and ends.
_BIB: Final = (190, 100, 1130, 530)
_HEAD: Final = 96
_LEFT, _RIGHT = 262, 1058
_LANES: Final = (40, 59, 78)
# The height of the line of facts; that for a name that stands alone; from one line to the next, in sizes of letters.
_FOOT: Final = 76
_ROOM: Final = 262
_LEADING: Final = 1.15
# Enough for two inks on paper and their smooth edges.
_COLOURS: Final = 32


def draw_card(card: Card) -> Image.Image:
    """Return a card as an image of `SIZE`, in a palette of few colours.

    Letters that the font lacks are left out: ask `Card.drawable` first.
    """
    image = _blank().copy()
    pen = ImageDraw.Draw(image)
    middle = (_LEFT + _RIGHT) / 2
    foot = _FOOT if card.facts else 0
    centre = middle, (_BIB[1] + _HEAD + 36 + _BIB[3] - foot) / 2
    _line(pen, card.title if card.number else card.kind, (middle, _BIB[1] + _HEAD / 2), (56, 26), _PAPER)
    _line(pen, " · ".join(card.facts), (middle, _BIB[3] - 62), (38, 24), _QUIET)
    if card.number:
        _line(pen, card.number, centre, (210, 48), _INK)
    else:
        _paragraph(pen, card.title, centre, _ROOM - 1.3 * foot)
    return image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


@lru_cache(maxsize=1)
def _blank() -> Image.Image:
    """Return a card without words."""
    large = Image.new("RGB", (SIZE[0] * _FINE, SIZE[1] * _FINE), _PAPER)
    pen = ImageDraw.Draw(large)
    for inset in _LANES:
        box = (inset, inset, SIZE[0] + 400, SIZE[1] - inset)
        pen.rounded_rectangle(_scaled(*box), (SIZE[1] / 2 - inset) * _FINE, outline=_TRACK, width=4 * _FINE)
    left, top, right, bottom = _BIB
    pen.rounded_rectangle(_scaled(*_BIB), 20 * _FINE, fill=_RAISED, outline=_INK, width=5 * _FINE)
    head = _scaled(left + 5, top + 5, right - 5, top + _HEAD)
    pen.rounded_rectangle(head, 15 * _FINE, fill=_TRACK, corners=(True, True, False, False))
    for lane in range(3):
        pen.rectangle(_scaled(left + 5, top + _HEAD + 7 + 12 * lane, right - 5, top + _HEAD + 12 + 12 * lane), _TRACK)
    for x in (left + 45, right - 45):
        for y in (top + 50, bottom - 45):
            hole = _scaled(x - 19, y - 19, x + 19, y + 19)
            pen.ellipse(hole, fill=_PAPER, outline=_INK, width=4 * _FINE)
    return large.resize(SIZE, Image.Resampling.BOX)


def _scaled(*lengths: float) -> tuple[float, ...]:
    return tuple(length * _FINE for length in lengths)


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _line(pen: ImageDraw.ImageDraw, words: str, middle: tuple[float, float], sizes: tuple[int, int], fill: str) -> None:
    """Write words on one line around a point: as large as they fit, between two sizes; what is still too long ends."""
    size = sizes[0]
    while size > sizes[1] and _font(size).getlength(words) > _RIGHT - _LEFT:
        size -= 2
    while len(words) > 1 and _font(size).getlength(words) > _RIGHT - _LEFT:
        words = words.rstrip("…")[:-1].rstrip() + "…"
    # By the height of figures and capitals, so that the middle does not depend on the letters.
    top, bottom = _font(size).getbbox("10", anchor="ls")[1::2]
    pen.text((middle[0], middle[1] - (top + bottom) / 2), words, fill=fill, font=_font(size), anchor="ms")


def _paragraph(pen: ImageDraw.ImageDraw, words: str, middle: tuple[float, float], room: float) -> None:
    """Write words on several lines, as large as they fit into that height; what does not is left out."""
    size = next((size for size in range(88, 40, -4) if _fits(_broken(words, size), size, room)), 40)
    lines = _broken(words, size)[: int(room / size / _LEADING)]
    first = middle[1] - (len(lines) - 1) * size * _LEADING / 2
    for number, line in enumerate(lines):
        _line(pen, line, (middle[0], first + number * size * _LEADING), (size, size), _INK)


def _fits(lines: list[str], size: int, room: float) -> bool:
    wide = max(_font(size).getlength(line) for line in lines)
    return wide <= _RIGHT - _LEFT and len(lines) * size * _LEADING <= room


def _broken(words: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _font(size).getlength(longer) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
