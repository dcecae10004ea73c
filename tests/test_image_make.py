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

from rehab.images.encode import codecs, encode
from rehab.images.make import Made, Way, make_renditions
from rehab.images.pixels import render_pixels
from rehab.images.plan import NARROW, Picture, Recipe, plan_picture
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


def open_made(site: Site, name: str) -> Image.Image:
    """Return a published picture by its name."""
    return Image.open(io.BytesIO((site.output / "images" / name).read_bytes()))


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


@pytest.mark.parametrize("form", ["JPEG", "MPO"])
@pytest.mark.parametrize("number", STORED)
def test_a_photo_that_is_scaled_while_it_is_decoded_ends_upright(tmp_path: Path, number: int, form: str) -> None:
    exif, turn = Image.Exif(), STORED[number]
    exif[0x0112] = number
    large = four_corners((800, 600))
    image = fallback(tmp_path, encoded(large if turn is None else large.transpose(turn), form, exif=exif, quality=95))
    assert image.size == (40, 30)
    assert difference(image, four_corners()) < ALIKE


def test_small_widths_are_as_good_as_if_each_were_scaled_from_the_whole() -> None:
    whole = Image.effect_noise((1024, 768), 80).convert("RGB")
    sizes = [(512, 384), (256, 192), (128, 96), (64, 48)]
    for size, image in zip(sizes, render_pixels(encoded(whole, "PNG"), sizes), strict=True):
        assert difference(image, whole.resize(size, Image.Resampling.LANCZOS)) < 1.5


def private_exif() -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "Secret camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 0.0), 3: "E", 4: (8.0, 32.0, 0.0)})
    return exif.tobytes()


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


def icc(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Return a small ICC profile (version 2.4) of a colour space, from Lab or XYZ."""
    body, table, at = b"", struct.pack(">I", len(tags)), 132 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    pcs, white = (b"Lab " if space == b"CMYK" else b"XYZ "), struct.pack(">3i", 63190, 65536, 54061)
    kind = b"prtr" if space == b"CMYK" else b"mntr"
    head = struct.pack(">I4sI4s4s4s12s4s", at + len(body), b"", 0x02400000, kind, space, pcs, bytes(12), b"acsp")
    return head + bytes(28) + white + bytes(48) + table + body


WHITE = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
LINEAR = b"curv" + bytes(4) + struct.pack(">IH", 1, 256)


def test_grey_is_read_as_its_profile_says(tmp_path: Path) -> None:
    linear = icc(b"GRAY", {b"wtpt": WHITE, b"kTRC": LINEAR})
    image = fallback(tmp_path, encoded(Image.new("L", (40, 30), 55), "PNG", icc_profile=linear))
    assert image.convert("RGB").getpixel((5, 5)) == pytest.approx((128, 128, 128), abs=3)


def test_cmyk_is_read_as_its_profile_says(tmp_path: Path) -> None:
    # The inks of this press: cyan prints red, black prints black, and the others nothing.
    paper, red, black = (255, 128, 128), (round(53.24 * 2.55), 128 + 80, 128 + 67), (0, 128, 128)
    corners = b"".join(bytes(black if ink & 1 else red if ink & 8 else paper) for ink in range(16))
    ramp = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    press = icc(b"CMYK", {b"wtpt": WHITE, b"A2B0": head + ramp * 4 + corners + ramp * 3})
    inked = Image.new("CMYK", (40, 30), (255, 0, 0, 0))
    image = fallback(tmp_path, encoded(inked, quality=95, icc_profile=press))
    assert image.getpixel((5, 5)) == pytest.approx((255, 0, 0), abs=12)


@pytest.mark.parametrize("depth", ["grey", "colour"])
def test_sixteen_bits_of_a_png_keep_their_shades(tmp_path: Path, depth: str) -> None:
    shades = [0, 300, 20_000, 40_000, 65_535]
    samples = 1 if depth == "grey" else 3
    row = b"\0" + b"".join(struct.pack(">H", shade) * samples * 8 for shade in shades)
    header = struct.pack(">IIBBBBB", 40, 8, 16, 0 if samples == 1 else 2, 0, 0, 0)
    image = fallback(tmp_path, png(header, zlib.compress(row * 8)))
    for column, shade in enumerate(shades):
        assert image.convert("RGB").getpixel((column * 8 + 4, 4)) == pytest.approx((shade / 257,) * 3, abs=3)


def test_grey_and_see_through_stays_so(tmp_path: Path) -> None:
    site = Site(tmp_path)
    grey = Image.linear_gradient("L").resize((40, 30))
    site.put("leg.png", encoded(Image.merge("LA", (grey, grey)), "PNG"))
    site.make()
    (picture,) = site.plan()
    image = Image.open(io.BytesIO((site.output / "images" / picture.src).read_bytes())).convert("LA")
    assert image.getpixel((5, 1)) == pytest.approx((12, 12), abs=4)
    assert image.getpixel((5, 28)) == pytest.approx((243, 243), abs=4)


def test_a_colour_of_a_palette_may_be_see_through(tmp_path: Path) -> None:
    site, image = Site(tmp_path), Image.new("P", (40, 30), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.paste(0, (0, 0, 20, 30))
    site.put("leg.png", encoded(image, "PNG", transparency=0))
    site.make()
    (picture,) = site.plan()
    made = Image.open(io.BytesIO((site.output / "images" / picture.src).read_bytes())).convert("RGBA")
    left, right = made.getpixel((4, 9)), made.getpixel((36, 9))
    assert isinstance(left, tuple)
    assert left[3] < 5
    assert right == pytest.approx((255, 0, 0, 255), abs=3)


TURNED = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("number", [None, 1, 3])
def test_what_xmp_says_of_orientation_turns_nothing_as_in_browsers(
    tmp_path: Path, form: str, number: int | None
) -> None:
    exif = Image.Exif()
    if number:
        exif[0x0112] = number
    data = encoded(four_corners() if number != 3 else four_corners().rotate(180), form, exif=exif, xmp=TURNED)
    if form == "PNG":
        text = b"iTXtXML:com.adobe.xmp" + bytes(5) + TURNED
        chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
        data = data[:33] + chunk + data[33:]
    assert difference(fallback(tmp_path, data), four_corners()) < ALIKE


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
    for workers in (1, 2, 4):
        site = Site(tmp_path / str(workers))
        for number in range(4):
            site.put(f"{number}.jpg", encoded(four_corners((60 + number, 40))))
        site.make(way=Way(workers))
        made.append(site.made())
    assert len(made[0]) == 16
    assert made[0] == made[1]


def test_a_script_without_a_guard_builds_too(tmp_path: Path) -> None:
    site = Site(tmp_path)
    for number in range(3):
        site.put(f"{number}.jpg", encoded(four_corners((40 + number, 30))))
    script = tmp_path / "build.py"
    script.write_text(
        "from pathlib import Path\nfrom test_image_make import Site, Way\nprint(Site(Path('.')).make(way=Way(2)))\n",
        "utf-8",
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
    made, problems = site.make(way=Way(1))
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


def png(header: bytes, pixels: bytes) -> bytes:
    """Return a PNG of these parts, each with its checksum."""
    chunks = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    written = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def without_pixels() -> bytes:
    """Return a PNG that is sound in every part, but whose pixels end too early: only decoding it tells."""
    return png(struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0), zlib.compress(b"\0")[:-4])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_photo_with_damaged_pixels_is_refused_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    site = Site(tmp_path)
    site.put("bad.png", without_pixels())
    for number in range(3):
        site.put(f"{number}.jpg", encoded(four_corners((40 + number, 30))))
    place = Place("content/posts/x.md", 4, 2)
    made, problems = site.make(way=Way(workers), places={"content/bad.png": place})
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


def test_a_narrow_photo_is_written_in_fewer_bytes_for_each_pixel_than_a_wide_one() -> None:
    recipe = Recipe(speed=10)
    narrow, wide = (Image.effect_noise((width, 60), 40).convert("RGB") for width in (NARROW, NARROW + 1))
    assert len(encode(narrow, "avif", recipe, fine=False)) < 0.95 * len(encode(wide, "avif", recipe, fine=False))
    assert len(encode(narrow, "avif", recipe, fine=True)) > 0.95 * len(encode(wide, "avif", recipe, fine=True))
