"""The last look at a built site: every picture in it is opened, whoever put it there."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from rehab.images.audit import audit_images
from test_image_make import encoded, four_corners

if TYPE_CHECKING:
    from pathlib import Path


def said(root: Path, name: str, data: bytes) -> list[str]:
    """Return the messages about one file of an output folder, without its name."""
    file = root / "output" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    problems = audit_images(root / "output")
    assert {each.place.path for each in problems} <= {f"output/{name}"}
    assert {each.code for each in problems} <= {"bad-image"}
    return [each.message.partition(" ")[2] for each in problems]


def exif_of(tag: str) -> bytes:
    """Return EXIF that tells one thing. As bytes: of an object, Pillow writes its own choice."""
    exif = Image.Exif()
    exif[0x0131] = "a program"
    if tag == "gps":
        exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 0.0)})
    for name, number in (("maker", 0x927C), ("owner", 0xA430), ("serial", 0xA431), ("lens", 0xA435)):
        if name == tag:
            exif.get_ifd(0x8769)[number] = b"Secret" if name == "maker" else "Secret"
    return exif.tobytes()


FORMS = ["JPEG", "PNG", "WEBP", "AVIF"]
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("gps", "says where it was taken"),
        ("serial", "says a serial number"),
        ("lens", "says a serial number"),
        ("maker", "says a maker's note"),
        ("owner", "says its owner's name"),
    ],
)
def test_what_exif_tells_is_found_in_every_format(tmp_path: Path, form: str, tag: str, fault: str) -> None:
    data = encoded(four_corners(), form, exif=exif_of(tag))
    assert said(tmp_path, f"theme/leg.{SUFFIX[form]}", data) == [fault]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (b'<x exif:GPSLatitude="47,22N"/>', "says where it was taken"),
        (b'<x aux:SerialNumber="7"/>', "says a serial number"),
        (b"<xmp:Thumbnails/>", "says an older state of itself"),
    ],
)
def test_what_xmp_tells_is_found(tmp_path: Path, form: str, words: bytes, fault: str) -> None:
    assert said(tmp_path, f"leg.{SUFFIX[form]}", encoded(four_corners(), form, xmp=words)) == [fault]


def thumbnail_exif() -> bytes:
    """Return EXIF with a second directory, in which a thumbnail is said to be (Exif 2.32, 4.6.9)."""
    first = b"\x01\x00" + b"\x12\x01\x03\x00\x01\x00\x00\x00\x01\x00\x00\x00" + b"\x1a\x00\x00\x00"
    second = b"\x01\x00" + b"\x03\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + bytes(4)
    return b"Exif\0\0II*\0\x08\x00\x00\x00" + first + second


@pytest.mark.parametrize(
    "data",
    [
        encoded(four_corners(), exif=thumbnail_exif()),
        encoded(four_corners(), "MPO", save_all=True, append_images=[four_corners((20, 15))]),
        encoded(four_corners())[:4] + b"\0\x13JFIF\0\x01\x02\0\0\1\0\1\1\1\0\0\0" + encoded(four_corners())[20:],
    ],
    ids=["Exif", "MPO", "JFIF"],
)
def test_a_second_picture_inside_is_found(tmp_path: Path, data: bytes) -> None:
    assert said(tmp_path, "leg.jpg", data) == ["says how it looks, in a second picture"]


def test_a_picture_must_be_as_wide_as_its_name_says(tmp_path: Path) -> None:
    assert said(tmp_path, "images/leg-0123456789-40.jpg", encoded(four_corners())) == []
    message = "is 40 pixels wide, and its name says 360"
    (tmp_path / "output/images/leg-0123456789-40.jpg").unlink()
    assert said(tmp_path, "images/leg-0123456789-360.jpg", encoded(four_corners())) == [message]


@pytest.mark.parametrize("data", [b"", b"<html>", encoded(four_corners())[:100]])
def test_what_cannot_be_opened_is_a_fault_and_no_traceback(tmp_path: Path, data: bytes) -> None:
    assert len(said(tmp_path, "leg.jpg", data)) == 1


def test_a_drawing_of_ours_must_be_clean_and_a_themes_may_be_its_own(tmp_path: Path) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>a{}</style></svg>'
    assert said(tmp_path, "theme/icon.svg", drawing) == []
    (tmp_path / "output/theme/icon.svg").unlink()
    assert said(tmp_path, "images/map-0123456789.svg", drawing) == ["holds a style sheet"]


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_is_only_a_picture_is_left_in_peace(tmp_path: Path, form: str) -> None:
    options: dict[str, Any] = {"icc_profile": None}
    assert said(tmp_path, f"leg.{SUFFIX[form]}", encoded(four_corners(), form, **options)) == []


def test_a_text_file_is_nobodys_picture(tmp_path: Path) -> None:
    assert said(tmp_path, "index.html", io.BytesIO(b"<p>GPS").getvalue()) == []
