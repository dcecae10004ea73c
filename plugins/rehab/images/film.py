"""An animation's bytes → its frames, each as a still picture would be: upright, in sRGB, scaled, nothing attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PIL import Image

from rehab.images.opened import check_film, opened
from rehab.images.pixels import orientation, to_upright

if TYPE_CHECKING:
    from collections.abc import Iterator

# Browsers show a frame that says 10 ms or less for 100 ms, and films are made with that in mind.
_SHORTEST: Final = 10
_USUAL: Final = 100
_GIF_EXTENSION, _GIF_IMAGE, _GIF_BLOCKS = 0x21, 0x2C, 0x80


def render_frames(data: bytes, size: tuple[int, int], count: int) -> Iterator[tuple[Image.Image, int]]:
    """Yield each of `count` frames at `size` (upright), and how many milliseconds it stands.

    All are RGBA where the first is, RGB otherwise. Raise Refused or whatever a decoder raises.
    """
    with opened(data) as image:
        check_film(image.size, count)
        turn = orientation(image, data)
        lying = size[::-1] if turn >= 5 else size  # noqa: PLR2004 - 5 to 8 lie on their side
        mode = "RGBA" if image.has_transparency_data else "RGB"
        for number in range(count):
            image.seek(number)
            image.load()
            frame = to_upright(image, turn, lying).convert(mode)
            pause = round(image.info.get("duration") or 0)
            yield frame.resize(size, Image.Resampling.LANCZOS), pause if pause > _SHORTEST else _USUAL


def count_gif_frames(data: bytes) -> int:
    """Return how many frames a GIF holds (GIF89a, 17 to 27), without decoding one; a cut one has those that begin.

    Pillow's way to count takes seconds for a file of a million empty frames.
    """
    at, frames = 13 + _table(data[10:11]), 0
    while at < len(data) and data[at] in {_GIF_EXTENSION, _GIF_IMAGE}:
        if data[at] == _GIF_IMAGE:
            frames += 1
            at += 11 + _table(data[at + 9 : at + 10])
        else:
            at += 2
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return frames


def _table(flags: bytes) -> int:
    """Return the size in bytes of the colour table that flags announce."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & _GIF_BLOCKS else 0
