"""Files that lie, bite or burst: each is refused with one problem or made, and keeps no other from being made."""

from __future__ import annotations

import io
import os
import random
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rehab.compile import compile_site
from rehab.images.audit import audit_images
from rehab.images.make import Way, make_renditions
from rehab.images.plan import Picture, Recipe, plan_picture
from rehab.images.read import read_photos
from rehab.images.seen import Seen
from rehab.source.document import Asset
from test_image_make import encoded, four_corners

HOSTILE = Path(__file__).parents[2] / "shared/data/images/hostile"
TINY = Recipe(widths=(8,), speed=10)
FORMS = ("JPEG", "MPO", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "SVG")


def sample(form: str, number: int) -> bytes:
    """Return a small whole picture of a format: plain, see-through, grey or moving by its number."""
    if form == "SVG":
        shape = '<g transform="scale(2)"><path d="M0 0L1 1" fill="url(#a)" style="stroke:red"/></g><text>a</text>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shape}</svg>'.encode()
    mode = ("RGB", "RGBA", "L", "P")[number % 4] if form in {"PNG", "WEBP", "GIF", "AVIF", "TIFF"} else "RGB"
    image, exif = four_corners((24, 16)).convert(mode), Image.Exif()
    exif[0x0112] = number % 9
    options: dict[str, Any] = {} if form == "GIF" else {"exif": exif, "xmp": b"<x/>"}
    if form == "JPEG":
        options["progressive"] = number % 2 == 0
    if form in {"GIF", "WEBP", "PNG", "AVIF"} and number % 3 == 0:
        options |= {"save_all": True, "append_images": [Image.new(mode, (24, 16)), image], "duration": 40}
        # libavif 1.4.2 dies where it shall write a film that lies on its side. We never ask it to.
        options.pop("exif", None)
    return encoded(image, form, **options)


def mutant(seed: int) -> bytes:
    """Return a picture with some of its bytes changed, cut out, put in or put in twice."""
    dice = random.Random(seed)  # noqa: S311 - the same mutants on every run
    data = bytearray(sample(FORMS[seed % len(FORMS)], seed // len(FORMS)))
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data) or 1)
        match dice.randrange(5):
            case 0:
                data[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del data[at : at + dice.randint(1, 40)]
            case 2:
                data[at:at] = dice.randbytes(dice.randint(1, 20))
            case 3:
                data[at : at + 4] = dice.choice([b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\0\0\xff\xff"])
            case _:
                data[at:at] = data[at // 2 : at]
    return bytes(data)


def outcome(root: Path, name: str, data: bytes) -> str:
    """Return what becomes of one file: `made`, or the message of its one problem."""
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    photos, problems = read_photos([Asset(f"content/{name}", file)], {}, Seen(time.time_ns()))
    pictures = [plan_picture(photo, TINY) for photo in photos.values()]
    if not pictures:
        (problem,) = problems
        return problem.message
    made, problems = make_renditions(pictures, root / "output", root / "cache", way=Way(1))
    assert len(made.files) + len(problems) >= 1
    assert len(problems) <= 1
    return problems[0].message if problems else "made"


@pytest.mark.parametrize("seed", range(64))
def test_a_mutant_is_made_or_refused_with_one_problem(tmp_path: Path, seed: int) -> None:
    if "moves" in outcome(tmp_path, "mutant.jpg", mutant(seed)):
        pytest.skip("it became an animation too long to make")
    assert audit_images(tmp_path / "output") == ()


def scans(count: int) -> bytes:
    """Return a progressive JPEG that draws its last scan again and again: few bytes, hours of work."""
    data = encoded(four_corners((64, 64)), progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + data[-2:]


def test_a_jpeg_of_a_thousand_passes_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    assert outcome(tmp_path, "leg.jpg", scans(1)) == "made"
    assert outcome(tmp_path, "leg.jpg", scans(1000)).startswith("'leg.jpg' is drawn in 10")


def test_a_film_of_a_million_frames_is_refused_unseen(tmp_path: Path) -> None:
    gif = encoded(Image.new("P", (1, 1)), "GIF", save_all=True, append_images=[Image.new("P", (1, 1), 1)])
    at = gif.rindex(b"\x2c")
    message = outcome(tmp_path, "leg.gif", gif[:-1] + gif[at:-1] * 1_000_000 + b";")
    assert message == "'leg.gif' moves for 1000001 frames of 1 × 1 pixels, which is too much"


def test_a_png_that_bursts_in_its_words_is_refused_or_made(tmp_path: Path) -> None:
    body = b"zTXt" + b"Comment\0\0" + zlib.compress(b"a" * 200_000_000, 9)
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    png = encoded(four_corners(), "PNG")
    assert outcome(tmp_path, "leg.png", png[:33] + chunk + png[33:]).startswith(("made", "'leg.png' is damaged"))


def test_what_hides_behind_a_picture_is_not_published(tmp_path: Path) -> None:
    assert (
        outcome(tmp_path, "leg.jpg", encoded(four_corners()) + b"PK\x03\x04 Secret <script>Secret</script>") == "made"
    )
    for file in (tmp_path / "output").rglob("*.*"):
        assert b"Secret" not in file.read_bytes()


def plant(content: Path) -> None:
    """Write a content folder of names that only a hostile or careless person gives, and links that lead astray."""
    folder = content / "galleries/odd"
    folder.mkdir(parents=True)
    names = [
        *("a.jpg", "at.jpg", "IMG_0001.jpg", "img_0001.jpg", "50%.jpg", "quote\"'<x>.jpg", "CON.jpg", ".hidden.jpg"),
        *("trailing.dot..jpg", "été à vélo (1).jpg", "日本語.png", "-rf.jpg", "q?#&.jpg", "a b,c.jpg", "a\nb.jpg"),
    ]
    for number, name in enumerate(names):
        (folder / name).write_bytes(encoded(Image.new("RGB", (12, 9), (number * 16, 0, 0))))
    (content.parent / "secret.jpg").write_bytes(encoded(Image.new("RGB", (12, 9), "lime")))
    (folder / "out.jpg").symlink_to("../../../secret.jpg")
    (folder / "passwd.jpg").symlink_to("/etc/passwd")
    (folder / "gone.jpg").symlink_to("nowhere.jpg")
    (folder / "loop.jpg").symlink_to("loop.jpg")
    (folder / "round").symlink_to("..")


@pytest.mark.skipif(os.name == "nt", reason="these names cannot be written there")
def test_odd_names_are_made_and_links_that_lead_out_are_one_problem_each(tmp_path: Path) -> None:
    plant(tmp_path / "content")
    site, problems = compile_site(tmp_path / "content", recipe=TINY)
    refused = [each.place.path.rpartition("/")[2] for each in problems if each.code != "missing-alt"]
    assert refused == ["gone.jpg", "img_0001.jpg", "loop.jpg", "out.jpg", "passwd.jpg", "round"]
    assert len(site.pictures) == 14
    made, found = make_renditions(site.pictures.values(), tmp_path / "output", tmp_path / "cache", way=Way(1))
    assert (found, len(made.files)) == ((), 28)
    assert len({name.lower() for name in made.files}) == 28


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the set of hostile files is not here")
def test_the_hostile_set_is_one_problem_or_one_picture_for_each_file(tmp_path: Path) -> None:
    content = tmp_path / "content"
    folder = content / "galleries/hostile"
    for file in (each for each in HOSTILE.rglob("*.*") if each.is_file() and not each.name.startswith(".")):
        target = folder / file.relative_to(HOSTILE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    site, problems = compile_site(content, recipe=TINY)
    bad = [each for each in problems if each.code == "bad-image"]
    made, found = make_renditions(site.pictures.values(), tmp_path / "output", tmp_path / "cache")
    assert found == ()
    assert len({each.place.path for each in bad}) == len(bad)
    assert len(bad) + len(site.pictures) == sum(each.is_file() for each in folder.rglob("*"))
    assert not [each.message for each in bad if "\n" in each.message]
    assert audit_images(tmp_path / "output") == ()
    private = (b"GPS", b"Exif", b"MakerNote", b"SerialNumber", b"<?xpacket", b"PK\x03\x04")
    for name in made.files:
        assert not [mark for mark in private if mark in (tmp_path / "output" / name).read_bytes()], name


def test_a_picture_too_large_for_a_worker_says_what_to_do(tmp_path: Path) -> None:
    size = 8000, 8000
    data = io.BytesIO()
    Image.effect_noise((800, 800), 90).resize(size, Image.Resampling.NEAREST).save(data, "PNG", compress_level=1)
    assert outcome(tmp_path, "leg.png", data.getvalue()) == (
        "'leg.png' is 8000 × 8000 pixels large; of its kind, 60 million are read"
    )


def test_one_picture_of_the_plan_keeps_its_own_verdict(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "good.jpg").write_bytes(encoded(four_corners()))
    (content / "bad.jpg").write_bytes(b"GIF89a")
    photos, problems = read_photos([Asset(f"content/{name}", content / name) for name in ("good.jpg", "bad.jpg")], {})
    plans: list[Picture] = [plan_picture(photo, TINY) for photo in photos.values()]
    assert [each.photo.path for each in plans] == ["content/good.jpg"]
    assert [each.place.path for each in problems] == ["content/bad.jpg"]
