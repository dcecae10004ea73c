"""Pixels → the bytes of a published file: AVIF, JPEG or PNG, the same bytes on every run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from PIL import __version__, features

if TYPE_CHECKING:
    from PIL import Image

    from rehab.images.plan import Recipe

_CODECS: Final = ("libjpeg_turbo", "avif", "zlib_ng", "zlib", "littlecms2")


def codecs() -> str:
    """Return the versions of Pillow and the codecs it brings, for `Recipe.version`."""
    versions = {"pillow": __version__, **{name: features.version(name) for name in _CODECS}}
    return ", ".join(f"{name} {version}" for name, version in versions.items() if version)


def encode(image: Image.Image, form: str, recipe: Recipe) -> bytes:
    """Return an L, RGB or RGBA image as a file of this format, without any metadata.

    Raise KeyError for a format that is none of the recipe's, OSError of the codec.
    """
    image.info.clear()
    buffer = io.BytesIO()
    image.save(buffer, form.upper(), **_options(recipe)[form])
    return buffer.getvalue()


def _options(recipe: Recipe) -> dict[str, dict[str, Any]]:
    return {
        # Tiles are cut by the number of threads: with one, the bytes do not depend on the machine. Full colour
        # resolution costs AVIF 3 bytes in 100 for a photo, and keeps the red lines of a drawing sharp; JPEG, 16.
        "avif": {
            "quality": recipe.avif,
            "speed": recipe.speed,
            "subsampling": "4:4:4",
            "max_threads": 1,
            "autotiling": False,
        },
        "jpeg": {"quality": recipe.jpeg, "subsampling": "4:2:0", "optimize": True, "progressive": True},
        "png": {"compress_level": 7},
    }
