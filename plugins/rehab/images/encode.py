"""Pixels → the bytes of a published file: AVIF, JPEG, PNG, moving AVIF or WebP, the same bytes on every run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace
from PIL import Image, PngImagePlugin, __version__, features

from rehab.images.plan import NARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehab.images.plan import Recipe

_CODECS: Final = ("libjpeg_turbo", "avif", "webp", "zlib_ng", "zlib", "littlecms2", "freetype2")
# Between frames much is alike, and is found quickly: slower settings cost far more than they save.
_QUICK: Final = 8


def codecs() -> str:
    """Return the versions of Pillow and the codecs it brings, for `Recipe.version`."""
    versions = {"pillow": __version__, **{name: features.version(name) for name in _CODECS}}
    return ", ".join(f"{name} {version}" for name, version in versions.items() if version)


def encode(  # noqa: PLR0913 - what is known of the pixels, each by its name
    image: Image.Image, form: str, recipe: Recipe, *, fine: bool = True, flat: bool = False, notice: bytes = b""
) -> bytes:
    """Return an L, RGB or RGBA image as a file of this format; its only metadata is the XMP packet `notice`.

    As PNG, an image may also have a palette.
    `fine` keeps the full resolution of colours, as drawings need; `flat` says that it is one: large areas of one colour
    are like the original with far fewer bytes. (Not where it is see-through: its edges would be rough.) Raise KeyError
    for a format that is none of the recipe's, OSError of the codec.
    """
    if not fine and image.width <= NARROW:
        recipe = replace(recipe, avif=recipe.narrow)
    return _saved(image, form, **_options(recipe, fine=fine, flat=flat)[form], **_said(form, notice))


def encode_film(
    frames: Sequence[Image.Image], pauses: Sequence[int], form: str, recipe: Recipe, notice: bytes
) -> bytes:
    """Return frames of equal size as one moving AVIF or WebP; `pauses` are the milliseconds that each stands."""
    options: dict[str, dict[str, Any]] = {
        "avif": {**_options(recipe, fine=True)["avif"], "speed": max(recipe.speed, _QUICK)},
        "webp": {"quality": recipe.jpeg, "method": 4, "kmin": 30, "kmax": 60, "loop": 0},
    }
    first, *others = frames
    more = {"save_all": True, "append_images": others, "duration": list(pauses)}
    return _saved(first, form, **options[form], **more, **_said(form, notice))


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:  # noqa: ANN401 - each codec has its own
    image.info.clear()
    buffer = io.BytesIO()
    image.save(buffer, form.upper(), **options)
    return buffer.getvalue()


def _said(form: str, notice: bytes) -> dict[str, Any]:
    """Return how a format is told its XMP packet."""
    if not notice:
        return {}
    if form != "png":
        return {"xmp": notice}
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("XML:com.adobe.xmp", notice.decode())
    return {"pnginfo": chunks}


def _options(recipe: Recipe, *, fine: bool, flat: bool = False) -> dict[str, dict[str, Any]]:
    return {
        # Tiles are cut by the number of threads: with one, the bytes do not depend on the machine. Full colour
        # resolution costs AVIF 3 bytes and a tenth of its time in 100, and keeps the red lines of a drawing sharp.
        "avif": {
            "quality": recipe.flat if flat else recipe.avif,
            "speed": recipe.speed,
            "subsampling": "4:4:4" if fine else "4:2:0",
            "max_threads": 1,
            "autotiling": False,
            **({"advanced": {"tune-content": "screen"}} if flat else {}),
        },
        "jpeg": {"quality": recipe.jpeg, "subsampling": "4:2:0", "optimize": True, "progressive": True},
        "png": {"compress_level": 7},
        "webp": {"quality": recipe.jpeg, "method": 4},
    }
