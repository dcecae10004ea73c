"""Which files are pictures, how large they are, and what is said of those that are refused."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from rehab.images.read import read_photos
from rehab.source.document import Asset
from rehab.source.place import Place

if TYPE_CHECKING:
    from rehab.images.plan import Photo
    from rehab.source.problem import Problem

HOSTILE = Path(__file__).parents[2] / "shared/data/images/hostile"
ORIENTATION = 0x0112


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(buffer, form, **options)
    return buffer.getvalue()


def turned(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = number
    return exif


def put(root: Path, name: str, data: bytes) -> Asset:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return Asset(f"content/{name}", file)


def read(root: Path, name: str, data: bytes) -> Photo:
    photos, problems = read_photos([put(root, name, data)], {})
    assert problems == ()
    return photos[f"content/{name}"]


def refused(root: Path, name: str, data: bytes) -> Problem:
    photos, problems = read_photos([put(root, name, data)], {})
    assert photos == {}
    (problem,) = problems
    assert problem.code == "bad-image"
    assert problem.hint
    return problem


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF"])
def test_the_formats_of_cameras_and_the_web_are_read(tmp_path: Path, form: str) -> None:
    photo = read(tmp_path, "leg.jpg", picture(form))
    assert (photo.width, photo.height, photo.alpha, photo.kind) == (40, 30, False, "raster")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("number", range(10))
def test_size_is_that_of_the_upright_picture(tmp_path: Path, form: str, number: int) -> None:
    photo = read(tmp_path, "leg.jpg", picture(form, exif=turned(number)))
    assert (photo.width, photo.height) == ((30, 40) if 5 <= number <= 8 else (40, 30))


def test_a_png_may_say_its_orientation_behind_its_pixels(tmp_path: Path) -> None:
    data = picture("PNG", exif=turned(6))
    at = data.index(b"eXIf") - 4
    chunk = data[at : at + 12 + int.from_bytes(data[at : at + 4], "big")]
    moved = data.replace(chunk, b"")[:-12] + chunk + data[-12:]
    assert moved != data
    assert read(tmp_path, "leg.png", moved).width == 30


@pytest.mark.parametrize(("mode", "alpha"), [("RGBA", True), ("LA", True), ("RGB", False), ("L", False), ("P", False)])
def test_alpha_is_seen_in_the_header(tmp_path: Path, mode: str, *, alpha: bool) -> None:
    assert read(tmp_path, "leg.png", picture("PNG", mode=mode)).alpha is alpha


def test_a_palette_may_be_see_through(tmp_path: Path) -> None:
    assert read(tmp_path, "leg.png", picture("PNG", mode="P", transparency=0)).alpha


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_is_known_as_one(tmp_path: Path, form: str) -> None:
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    data = picture(form, save_all=True, append_images=frames)
    assert read(tmp_path, "leg.gif", data).kind == "animated"


def test_a_phone_photo_with_a_second_picture_inside_is_no_animation(tmp_path: Path) -> None:
    data = picture("MPO", save_all=True, append_images=[Image.new("RGB", (20, 15))])
    assert read(tmp_path, "leg.jpg", data).kind == "raster"


def test_content_decides_what_a_file_is(tmp_path: Path) -> None:
    assert read(tmp_path, "leg.JPG", picture("PNG")).kind == "raster"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
    photo = read(tmp_path, "leg.png", drawing)
    assert (photo.kind, photo.width, photo.height, photo.alpha) == ("svg", 30, 20, True)


def test_a_photo_knows_its_bytes(tmp_path: Path) -> None:
    data = picture()
    photo = read(tmp_path, "leg.jpg", data)
    assert photo.digest == hashlib.sha256(data).hexdigest()
    assert photo.file.read_bytes() == data


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "'leg.jpg' is empty: it holds 0 bytes"),
        (b"\0" * 5000, "'leg.jpg' holds nothing but zeros"),
        (b"<html><script>alert(1)</script></html>", "'leg.jpg' is a web page or another text, not a picture"),
        (b"%PDF-1.7", "'leg.jpg' is a PDF document, not a picture"),
        (picture("BMP"), "'leg.jpg' is a BMP picture, which is not read here"),
        (HEIC, "'leg.jpg' is a HEIC picture, which browsers do not show"),
        (b"\xff\xd8\xff\xe0", "'leg.jpg' is damaged: its pixels cannot be read"),
        (b"once upon a time", "'leg.jpg' is not a picture, or of a kind that is not read here"),
        (png_claiming(60_000, 60_000), "'leg.jpg' has too many pixels"),
        (
            png_claiming(10_500, 10_000),
            "'leg.jpg' is 10500 × 10000 pixels large; more than 100 million are not read",
        ),
        (png_claiming(9_400, 9_400), "'leg.jpg' claims 9400 × 9400 pixels in 65 bytes, as no photo does"),
        (png_claiming(1, 70_000), "'leg.jpg' is 1 × 70000 pixels large; no side may be longer than 65500"),
        (png_claiming(0, 5), "'leg.jpg' is damaged: its pixels cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_words(tmp_path: Path, data: bytes, message: str) -> None:
    assert refused(tmp_path, "leg.jpg", data).message == message


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_is_cut_off_is_refused_without_decoding_it(tmp_path: Path, form: str, share: float) -> None:
    whole = picture(form, (300, 200))
    assert refused(tmp_path, "leg.jpg", whole[: int(len(whole) * share)]).message.startswith("'leg.jpg' is ")


def test_the_end_of_a_thumbnail_is_not_the_end_of_the_photo(tmp_path: Path) -> None:
    thumbnail, whole = picture(size=(8, 6)), picture(size=(300, 200))
    app1 = b"\xff\xe1" + struct.pack(">H", len(thumbnail) + 2) + thumbnail
    photo = whole[:2] + app1 + whole[2:]
    assert read(tmp_path, "whole.jpg", photo).width == 300
    assert refused(tmp_path, "cut.jpg", photo[:-40]).message == "'cut.jpg' is cut off: its end is missing"


def test_a_problem_stands_where_the_picture_is_mentioned(tmp_path: Path) -> None:
    asset, place = put(tmp_path, "leg.jpg", b""), Place("content/posts/x.md", 7, 3)
    assert [each.place for each in read_photos([asset], {asset.path: place})[1]] == [place]
    assert [each.place for each in read_photos([asset], {})[1]] == [Place("content/leg.jpg")]


def test_only_what_is_called_or_used_as_a_picture_is_looked_at(tmp_path: Path) -> None:
    asset = put(tmp_path, "track.gpx", b"<gpx/>")
    assert read_photos([asset], {}) == ({}, ())
    (problem,) = read_photos([asset], {asset.path: Place("content/posts/x.md")})[1]
    assert problem.message == "'track.gpx' is a web page or another text, not a picture"


def test_one_bad_file_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    assets = [put(tmp_path, "b.jpg", picture()), put(tmp_path, "a.jpg", b""), put(tmp_path, "c.jpg", b"x")]
    photos, problems = read_photos(assets, {})
    assert list(photos) == ["content/b.jpg"]
    assert [problem.place.path for problem in problems] == ["content/a.jpg", "content/c.jpg"]


@pytest.mark.parametrize("target", ["../secret.jpg", "/etc/hostname"])
def test_a_link_out_of_the_content_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture())
    link = put(tmp_path, "leg.jpg", b"").file
    link.unlink()
    link.symlink_to(target)
    (problem,) = read_photos([Asset("content/leg.jpg", link)], {})[1]
    assert problem.message == "'leg.jpg' is a link to a file outside the content folder"


def test_a_link_within_the_content_folder_is_followed(tmp_path: Path) -> None:
    there = put(tmp_path, "posts/leg.jpg", picture())
    link = there.file.with_name("same.jpg")
    link.symlink_to("leg.jpg")
    photos, problems = read_photos([there, Asset("content/posts/same.jpg", link)], {})
    assert (len(photos), problems) == (2, ())


@pytest.mark.parametrize("target", ["leg.jpg", "gone.jpg"])
def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path, target: str) -> None:
    link = put(tmp_path, "leg.jpg", b"").file
    link.unlink()
    link.symlink_to(target)
    (problem,) = read_photos([Asset("content/leg.jpg", link)], {})[1]
    assert problem.message == "'leg.jpg' is a link that leads nowhere"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_pipe_called_like_a_picture_does_not_hang_the_build(tmp_path: Path) -> None:
    pipe = tmp_path / "content" / "leg.jpg"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    (problem,) = read_photos([Asset("content/leg.jpg", pipe)], {})[1]
    assert problem.message == "'leg.jpg' is not an ordinary file"


def test_pillows_own_limit_stays_as_it_is(tmp_path: Path) -> None:
    before = Image.MAX_IMAGE_PIXELS
    refused(tmp_path, "leg.png", png_claiming(60_000, 60_000))
    assert before == Image.MAX_IMAGE_PIXELS


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the set of hostile files is not here")
def test_each_hostile_file_is_read_or_refused_with_one_problem() -> None:
    files = sorted(each for each in HOSTILE.rglob("*") if each.is_file())
    assets = [Asset(f"hostile/{each.relative_to(HOSTILE).as_posix()}", each) for each in files if each.suffix]
    photos, problems = read_photos(assets, {})
    said = {each.place.path: each.message for each in problems}
    assert len(said) == len(problems) == len(assets) - len(photos)
    assert {Path(path).stem for path in said if "/names/" not in path} == {
        "billion_laughs",
        "bomb_13000x13000_1bit",
        "bomb_19000x19000_1bit",
        "bomb_30000x30000_1bit",
        "bomb_9400x9400_rgb_under_warn",
        "html_named",
        "lies_header_60000x60000",
        "script",
        "svg_named",
        "truncated_10pct",
        "truncated_50pct",
        "truncated_90pct",
        "truncated_99pct",
        "xxe",
        "zero_bytes",
    }
