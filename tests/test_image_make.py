"""Pixels of published pictures: upright, in sRGB, with nothing else in the file, and made only once."""

from __future__ import annotations

import io
import json
import math
import os
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageStat

from rehab.images.encode import codecs
from rehab.images.make import Made, make_renditions
from rehab.images.pixels import render_pixels
from rehab.images.plan import Picture, Recipe, plan_picture
from rehab.images.read import read_photos
from rehab.source.document import Asset
from rehab.source.place import Place

if TYPE_CHECKING:
    from rehab.source.problem import Problems

SHARED = Path(__file__).parents[2] / "shared/data/images"
QUICK = Recipe(widths=(20, 40), speed=10, jpeg=90, avif=90, version=codecs())
EXACT = Recipe(widths=(20, 40), formats=(), jpeg=95)
# What turns an upright picture into the one that a camera stores with this orientation.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# A JPEG this small blurs its saturated edges; a wrong turn or a colour misread differs by more than 60.
ALIKE = 15
PRIVATE = (b"Exif", b"EXIF", b"GPS", b"XMP", b"xmp", b"ICC_PROFILE", b"iCCP", b"Secret", b"Photoshop", b"eXIf", b"tEXt")


class Site:
    """A content folder of pictures, and everything that becomes of it."""

    def __init__(self, root: Path, recipe: Recipe = QUICK) -> None:
        self.root, self.recipe = root, recipe
        self.cache, self.output = root / "cache", root / "output"

    def put(self, name: str, data: bytes) -> None:
        """Write a file into the content folder."""
        file = self.root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def plan(self) -> list[Picture]:
        """Return the plans of all pictures, none of which is refused."""
        files = sorted((self.root / "content").rglob("*.*"))
        assets = [Asset(each.relative_to(self.root).as_posix(), each) for each in files]
        photos, problems = read_photos(assets, {})
        assert problems == ()
        return [plan_picture(each, self.recipe) for each in photos.values()]

    def make(self, **options: Any) -> tuple[Made, Problems]:
        """Bring the output up to date."""
        return make_renditions(self.plan(), self.output, self.cache, **options)

    def made(self) -> dict[str, bytes]:
        """Return the bytes of all published pictures by name."""
        return {each.name: each.read_bytes() for each in sorted((self.output / "images").iterdir())}


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def four_corners(size: tuple[int, int] = (40, 30)) -> Image.Image:
    """Return a picture whose corners differ in colour, so that each way to turn it shows."""
    corners = Image.new("RGB", (2, 2))
    for place, colour in zip([(0, 0), (1, 0), (0, 1), (1, 1)], ["red", "lime", "blue", "yellow"], strict=True):
        corners.putpixel(place, Image.new("RGB", (1, 1), colour).getpixel((0, 0)) or 0)
    return corners.resize(size, Image.Resampling.BOX)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two pictures, in steps of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean) / 3


def fallback(root: Path, data: bytes, recipe: Recipe = EXACT) -> Image.Image:
    """Return the widest fallback that one file becomes."""
    site = Site(root, recipe)
    site.put("leg.jpg", data)
    assert site.make()[1] == ()
    (picture,) = site.plan()
    image = Image.open(io.BytesIO((site.output / "images" / picture.src).read_bytes()))
    assert image.size == (picture.width, picture.height)
    return image


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {each.as_posix(): (each.stat().st_mtime_ns, each.stat().st_ino) for each in folder.rglob("*")}


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("number", STORED)
def test_every_orientation_ends_upright(tmp_path: Path, number: int, form: str) -> None:
    exif, turn = Image.Exif(), STORED[number]
    exif[0x0112] = number
    stored = four_corners() if turn is None else four_corners().transpose(turn)
    image = fallback(tmp_path, encoded(stored, form, exif=exif, quality=95))
    assert difference(image, four_corners()) < ALIKE


def private_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110] = "Secret camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 0.0), 3: "E", 4: (8.0, 32.0, 0.0)})
    return exif


@pytest.mark.parametrize(
    ("form", "mode"),
    [("JPEG", "RGB"), *((form, mode) for form in ("PNG", "WEBP", "AVIF", "TIFF") for mode in ("RGB", "RGBA"))],
)
def test_nothing_but_pixels_is_published(tmp_path: Path, form: str, mode: str) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options: dict[str, Any] = {"exif": private_exif(), "icc_profile": srgb, "xmp": b"<xmp>Secret</xmp>"}
    source = encoded(
        four_corners().convert(mode), form, **options, **({"comment": b"Secret"} if form == "JPEG" else {})
    )
    assert b"Secret" in source
    site = Site(tmp_path)
    site.put("leg.jpg", source)
    site.make()
    assert len(site.made()) == 4
    for name, data in site.made().items():
        assert not [mark for mark in PRIVATE if mark in data], name
        assert not Image.open(io.BytesIO(data)).getexif()


def test_alpha_is_kept_in_png_and_avif(tmp_path: Path) -> None:
    see_through = four_corners().convert("RGBA")
    see_through.putalpha(Image.linear_gradient("L").resize((40, 30)))
    site = Site(tmp_path)
    site.put("leg.png", encoded(see_through, "PNG"))
    site.make()
    assert {name.rpartition(".")[2] for name in site.made()} == {"png", "avif"}
    for data in site.made().values():
        low, high = Image.open(io.BytesIO(data)).getchannel("A").getextrema()
        assert (low, high) < (10, 256)
        assert isinstance(high, int)
        assert high > 245


def wide_profile() -> bytes:
    """Return an ICC profile like sRGB's whose red and blue change places, so that misreading it shows."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    entries = range(132, 132 + 12 * struct.unpack(">I", data[128:132])[0], 12)
    at = {bytes(data[each : each + 4]): each for each in entries}
    data[at[b"rXYZ"] : at[b"rXYZ"] + 4], data[at[b"bXYZ"] : at[b"bXYZ"] + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_colour_profile_is_honoured(tmp_path: Path, mode: str) -> None:
    stored = four_corners().convert(mode)
    image = fallback(tmp_path, encoded(stored, "PNG", icc_profile=wide_profile()))
    red, green, blue = four_corners().split()
    assert difference(image, Image.merge("RGB", (blue, green, red))) < ALIKE


@pytest.mark.parametrize(
    "profile", [b"no profile at all", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_profile_that_makes_no_sense_is_passed_over(tmp_path: Path, profile: bytes) -> None:
    assert difference(fallback(tmp_path, encoded(four_corners(), "PNG", icc_profile=profile)), four_corners()) < ALIKE


def test_cmyk_becomes_rgb_with_its_colours(tmp_path: Path) -> None:
    image = fallback(tmp_path, encoded(four_corners().convert("CMYK"), quality=95))
    assert image.mode == "RGB"
    assert difference(image, four_corners()) < ALIKE


@pytest.mark.parametrize("mode", ["I;16", "I;16B"])
def test_sixteen_bits_of_grey_keep_their_shades(tmp_path: Path, mode: str) -> None:
    shades = [0, 20_000, 40_000, 65_535]
    raw = struct.pack(f"{'>' if mode == 'I;16B' else '<'}4H", *shades)
    deep = Image.frombytes(mode, (4, 1), raw).resize((40, 10), Image.Resampling.NEAREST)
    image = fallback(tmp_path, encoded(deep, "TIFF"))
    for column, shade in enumerate(shades):
        found = image.convert("L").getpixel((column * 10 + 5, 5))
        assert isinstance(found, int)
        assert math.isclose(found, shade / 257, abs_tol=4)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
def test_extreme_shapes_are_made(tmp_path: Path, size: tuple[int, int]) -> None:
    site = Site(tmp_path)
    site.put("strip.png", encoded(Image.new("RGB", size, "red"), "PNG"))
    made, problems = site.make()
    assert problems == ()
    for name in made.files:
        image = Image.open(site.output / name).convert("RGB")
        assert image.width <= min(size[0], 40)
        assert image.getpixel((0, 0)) == pytest.approx((255, 0, 0), abs=5)


def test_an_animation_is_published_as_its_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (40, 30), "blue")]
    image = fallback(tmp_path, encoded(four_corners(), "GIF", save_all=True, append_images=frames))
    assert not getattr(image, "is_animated", False)
    assert difference(image, four_corners()) < ALIKE


def test_a_drawing_is_published_clean(tmp_path: Path) -> None:
    site = Site(tmp_path)
    root = '<svg height="9" viewBox="0 0 9 9" width="9" xmlns="http://www.w3.org/2000/svg">'
    site.put("map.svg", f"{root}<!-- Secret --><metadata>Secret</metadata><g/></svg>".encode())
    (name,) = site.make()[0].files
    assert (site.output / name).read_text("utf-8") == f"{root}<g></g></svg>\n"


def test_a_second_run_makes_nothing_and_touches_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    site.put("arm.png", encoded(four_corners().convert("RGBA"), "PNG"))
    first, _ = site.make()
    before = snapshot(tmp_path)
    second, _ = site.make()
    assert (first.rendered, first.reused, second.rendered, second.reused) == (8, 0, 0, 8)
    assert second.files == first.files == tuple(sorted(f"images/{name}" for name in site.made()))
    assert snapshot(tmp_path) == before


def test_a_lost_output_comes_back_from_the_cache(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    site.make()
    before = site.made()
    for each in (site.output / "images").iterdir():
        each.unlink()
    assert site.make()[0].rendered == 0
    assert site.made() == before


def test_a_half_written_output_is_written_anew(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    site.make()
    before = site.made()
    victim = site.output / "images" / min(before)
    victim.write_bytes(before[victim.name][:50])
    assert site.make()[0].rendered == 0
    assert site.made() == before


@pytest.mark.parametrize("harm", ["cut", "other bytes", "no record", "damaged record", "odd record"])
def test_a_harmed_cache_is_not_trusted(tmp_path: Path, harm: str) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    site.make()
    before = site.made()
    for each in (site.output / "images").iterdir():
        each.unlink()
    record = next(site.cache.rglob("record.json"))
    victim = record.with_name("40.jpg")
    match harm:
        case "cut":
            victim.write_bytes(victim.read_bytes()[:-9])
        case "other bytes":
            victim.write_bytes(b"x" * victim.stat().st_size)
        case "no record":
            record.unlink()
        case "damaged record":
            record.write_bytes(record.read_bytes()[:20])
        case _:
            record.write_text(json.dumps(["40.jpg"]), "utf-8")
    assert site.make()[0].rendered == 4
    assert site.made() == before


def test_another_recipe_makes_other_files_beside(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    first, _ = site.make()
    second, _ = Site(tmp_path, EXACT).make()
    assert second.rendered == 2
    assert not set(first.files) & set(second.files)


def test_the_number_of_workers_does_not_change_a_byte(tmp_path: Path) -> None:
    made = []
    for workers in (1, 2):
        site = Site(tmp_path / str(workers))
        for number in range(4):
            site.put(f"{number}.jpg", encoded(four_corners((60 + number, 40))))
        site.make(workers=workers)
        made.append(site.made())
    assert len(made[0]) == 16
    assert made[0] == made[1]


def test_a_script_without_a_guard_builds_too(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number in range(3):
        site.put(f"{number}.jpg", encoded(four_corners((40 + number, 30))))
    script = tmp_path / "build.py"
    script.write_text(
        "from pathlib import Path\nfrom test_image_make import Site\nprint(Site(Path('.')).make(workers=2))\n", "utf-8"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    said = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, check=True
    )
    assert b"rendered=12" in said.stdout
    assert len(site.made()) == 12


def test_odd_names_and_twins_all_get_their_files(tmp_path: Path) -> None:
    site = Site(tmp_path)
    names = ["my legs.jpg", "50%.jpg", "q#&.jpg", "it's.jpg", "été.jpg", "日本語.jpg", "a.jpg", "at.jpg", "IMG_1.jpg"]
    for number, name in enumerate([*names, "twins/img_1.JPG"]):
        site.put(name, encoded(Image.new("RGB", (40, 30), (number * 20, 0, 0)), "PNG"))
    made, problems = site.make(workers=1)
    assert problems == ()
    assert len(made.files) == 4 * (len(names) + 1) == len(site.made())
    assert not [name for name in made.files if not re.fullmatch(r"images/[a-z0-9-]+\.(avif|jpg)", name)]


def test_equal_files_of_other_names_are_made_once(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for name in ("leg.jpg", "arm.jpg", "again/leg.jpg"):
        site.put(name, encoded(four_corners()))
    made, _ = site.make()
    assert len(made.files) == 8
    assert len(list(site.cache.rglob("record.json"))) == 1


def without_pixels() -> bytes:
    """Return a PNG that is sound in every part, but whose pixels end too early: only decoding it tells."""
    header = struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")[:-4]), (b"IEND", b"")]
    written = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_photo_with_damaged_pixels_is_refused_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    site = Site(tmp_path)
    site.put("bad.png", without_pixels())
    for number in range(3):
        site.put(f"{number}.jpg", encoded(four_corners((40 + number, 30))))
    place = Place("content/posts/x.md", 4, 2)
    made, problems = site.make(workers=workers, places={"content/bad.png": place})
    (problem,) = problems
    assert (problem.code, problem.place) == ("bad-image", place)
    assert problem.message == "'bad.png' is damaged: its pixels cannot be read"
    assert len(made.files) == made.rendered == 12
    assert not [name for name in made.files if "bad" in name]


def test_a_file_that_changes_during_the_build_is_not_published(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.put("leg.jpg", encoded(four_corners()))
    pictures = site.plan()
    site.put("leg.jpg", encoded(four_corners((50, 50))))
    made, (problem,) = make_renditions(pictures, site.output, site.cache)
    assert made.files == ()
    assert problem.message == "'leg.jpg' changed while the site was being built"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the set of test photos is not here")
def test_nine_photos_of_one_scene_end_alike() -> None:
    files = sorted((SHARED / "orientation").glob("Landscape_*.jpg"))
    images = [next(render_pixels(each.read_bytes(), [(180, 120)])) for each in files]
    assert len(images) == 9
    for image in images:
        assert difference(image, images[1]) < 4


@pytest.mark.skipif(not SHARED.is_dir(), reason="the set of test photos is not here")
@pytest.mark.parametrize("name", ["P3-sRGB-red", "R2020-sRGB-color-bars", "rgb-to-gbr-test"])
def test_wide_gamut_is_within_one_step_of_a_colour_managed_reference(name: str) -> None:
    file = SHARED / "wide-gamut" / f"{name}.jpg"
    with Image.open(file) as source:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(source.info["icc_profile"]))
        reference = ImageCms.profileToProfile(source, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert reference is not None
    sizes = [
        reference.size,
        (720, 720 * reference.height // reference.width),
        (360, 360 * reference.height // reference.width),
    ]
    for size, image in zip(sizes, render_pixels(file.read_bytes(), sizes), strict=True):
        assert difference(image, reference.resize(size, Image.Resampling.LANCZOS)) <= 1.0
