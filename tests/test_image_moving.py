"""Animations: published still, and once more moving, for whoever asks."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from rehab.images.encode import encode
from rehab.images.film import count_gif_frames
from rehab.images.pixels import is_flat
from rehab.images.plan import Photo, Recipe, plan_picture
from test_image_make import ALIKE, QUICK, STORED, Site, difference, encoded, four_corners, wide_profile

if TYPE_CHECKING:
    from rehab.images.plan import Picture

DRAWINGS = Path(__file__).parent.parent / "content" / "exercises" / "images"
FORMS = ["GIF", "PNG", "WEBP", "AVIF"]
FILM = Photo("content/squat.gif", Path("squat.gif"), "ab" * 32, 800, 600, alpha=False, kind="animated", frames=20)


def film(form: str, mode: str = "RGB", **options: Any) -> bytes:
    frames = [four_corners().convert(mode), four_corners().rotate(180).convert(mode), Image.new(mode, (40, 30), "red")]
    more = {"save_all": True, "append_images": frames[1:], "duration": [40, 500, 70], **options}
    return encoded(frames[0], form, **more)


def moving(root: Path, data: bytes) -> dict[str, Image.Image]:
    """Return the moving files that one animation becomes, by format."""
    site = Site(root, QUICK)
    site.put("squat.gif", data)
    assert site.make()[1] == ()
    (picture,) = site.plan()
    files = {each.format: (site.output / "images" / each.name).read_bytes() for each in picture.animation}
    return {form: Image.open(io.BytesIO(data)) for form, data in files.items()}


def frames_of(image: Image.Image) -> list[tuple[Image.Image, int]]:
    found = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        found.append((image.convert("RGB"), round(image.info["duration"])))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_film_is_made_in_two_formats_with_its_frames_and_times(tmp_path: Path, form: str) -> None:
    made = moving(tmp_path, film(form))
    assert list(made) == ["avif", "webp"]
    for image in made.values():
        frames = frames_of(image)
        assert [pause for _, pause in frames] == [40, 500, 70]
        assert difference(frames[0][0], four_corners()) < ALIKE
        assert difference(frames[1][0], four_corners().rotate(180)) < ALIKE
        assert difference(frames[2][0], Image.new("RGB", (40, 30), "red")) < ALIKE


def test_what_a_page_shows_stands_still(tmp_path: Path) -> None:
    site = Site(tmp_path, QUICK)
    site.put("squat.gif", film("GIF"))
    site.make()
    (picture,) = site.plan()
    shown = {picture.src, *(name for name, _ in picture.srcset)}
    shown |= {name for _, files in picture.sources for name, _ in files}
    for name in shown:
        image = Image.open(io.BytesIO((site.output / "images" / name).read_bytes()))
        assert not getattr(image, "is_animated", False)
        assert "moving" not in name
    assert {each.name for each in picture.animation}.isdisjoint(shown)
    assert set(site.made()) == shown | {each.name for each in picture.animation}


@pytest.mark.parametrize("form", ["WEBP", "PNG"])
@pytest.mark.parametrize("number", [1, 3, 6, 8])
def test_a_film_is_turned_upright_in_every_frame(tmp_path: Path, form: str, number: int) -> None:
    exif, turn = Image.Exif(), STORED[number]
    exif[0x0112] = number
    frames = [each if turn is None else each.transpose(turn) for each in (four_corners(), four_corners().rotate(180))]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=80, exif=exif)
    for image in moving(tmp_path, data).values():
        upright = frames_of(image)
        assert difference(upright[0][0], four_corners()) < ALIKE
        assert difference(upright[1][0], four_corners().rotate(180)) < ALIKE


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_a_film_is_in_srgb_in_every_frame(tmp_path: Path, form: str) -> None:
    for image in moving(tmp_path, film(form, icc_profile=wide_profile())).values():
        for (frame, _), stored in zip(frames_of(image), (four_corners(), four_corners().rotate(180)), strict=False):
            red, green, blue = stored.split()
            assert difference(frame, Image.merge("RGB", (blue, green, red))) < ALIKE


def test_a_see_through_film_stays_see_through(tmp_path: Path) -> None:
    for image in moving(tmp_path, film("WEBP", "RGBA")).values():
        assert image.mode == "RGBA"


def test_a_frame_without_a_time_stands_as_long_as_in_a_browser(tmp_path: Path) -> None:
    data = encoded(four_corners(), "GIF", save_all=True, append_images=[four_corners().rotate(180)], duration=0)
    for image in moving(tmp_path, data).values():
        assert {pause for _, pause in frames_of(image)} == {100}


def test_a_film_is_planned_no_wider_than_a_column_and_within_a_workers_memory() -> None:
    def width(frames: int, size: tuple[int, int] = (800, 600), recipe: Recipe | None = None) -> int:
        photo = Photo("content/a.gif", FILM.file, FILM.digest, *size, alpha=False, kind="animated", frames=frames)
        return plan_picture(photo, recipe or Recipe()).animation[0].width

    assert width(20) == 720
    assert width(20, (300, 200)) == 300
    assert width(200) == 447
    assert width(1000, (600, 10)) == 600
    assert width(20, recipe=Recipe(widths=(1440,))) == 720
    assert width(1000, (1, 5000)) == 1


def test_names_of_moving_files_say_so_and_are_as_safe() -> None:
    names = [each.name for each in plan_picture(FILM, Recipe()).animation]
    key = plan_picture(FILM, Recipe()).key[:10]
    assert names == [f"squat-moving-{key}-720.avif", f"squat-moving-{key}-720.webp"]


def test_what_does_not_move_has_no_animation() -> None:
    still: Picture = plan_picture(Photo("content/a.jpg", Path("a"), "ab", 9, 9, alpha=False, kind="raster"), Recipe())
    assert still.animation == ()


@pytest.mark.parametrize("count", [1, 2, 7])
def test_frames_of_a_gif_are_counted_as_pillow_counts_them(count: int) -> None:
    frames = [Image.new("RGB", (9, 9), (20 * number, 0, 0)) for number in range(count)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert count_gif_frames(data) == count == getattr(Image.open(io.BytesIO(data)), "n_frames", 0)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"GIF89a" + b"\xff" * 30, b"GIF89a" + bytes(20)])
def test_counting_ends_for_any_bytes(data: bytes) -> None:
    assert count_gif_frames(data) >= 0


def test_a_film_weighs_a_fifth_of_its_gif_at_most(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same grain every time is the point
    grain = bytes(128 + int(60 * math.sin(at % 200 / 11)) + chance.randrange(-30, 30) for at in range(200 * 150))
    photo = Image.frombytes("L", (200, 150), grain).convert("RGB").resize((400, 300))
    frames = []
    for number in range(12):
        frames.append(photo.copy())
        frames[-1].paste((200, 60, 30), (20 * number, 100, 20 * number + 60, 160))
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80)
    site = Site(tmp_path, Recipe(speed=6))
    site.put("squat.gif", gif)
    site.make()
    (picture,) = site.plan()
    assert (site.output / "images" / picture.animation[0].name).stat().st_size < len(gif) / 5


def _drawn(angle: int) -> Image.Image:
    """Return a drawing as of a person who bows: few colours, thick lines."""
    large = Image.new("RGB", (2880, 1800), "#f1eee6")
    pen = ImageDraw.Draw(large)
    pen.rectangle((0, 1500, 2880, 1800), fill="#ded7c8")
    for start, end, width, colour in (
        (90, 96, 150, "#1d4a73"),
        (angle, angle + 6, 220, "#f5ab86"),
        (angle, 95, 60, "#17222b"),
    ):
        pen.pieslice((600, 100, 2200, 1700), start, end, fill=colour, outline="#17222b", width=18)
        pen.ellipse((1300 - width, 700, 1300 + width, 700 + 2 * width), fill=colour, outline="#17222b", width=18)
    return large.resize((1440, 900), Image.Resampling.LANCZOS)


def test_a_movement_drawn_in_two_pictures_has_a_fifth_of_the_bytes_of_a_gif(tmp_path: Path) -> None:
    site = Site(tmp_path, Recipe(widths=(720,), speed=6))
    frames = []
    for name in ("start", "end"):
        data = (DRAWINGS / f"single-leg-deadlift-{name}.png").read_bytes()
        site.put(f"{name}.png", data)
        frames.append(Image.open(io.BytesIO(data)).convert("RGB").resize((720, 450)).quantize(256))
    site.make()
    ours = sum(len(data) for name, data in site.made().items() if name.endswith(".avif"))
    gif = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=900, loop=0)
    assert ours <= len(gif) / 5


def test_a_drawing_is_written_in_fewer_bytes_than_a_photo_of_it_and_looks_the_same() -> None:
    drawn = _drawn(20)
    assert is_flat(drawn)
    assert not is_flat(Image.effect_noise((40, 30), 60))
    lighter = encode(drawn, "avif", Recipe(), flat=True)
    assert len(lighter) < len(encode(drawn, "avif", Recipe()))
    off = ImageChops.difference(Image.open(io.BytesIO(lighter)).convert("RGB"), drawn)
    assert max(ImageStat.Stat(off).mean) < 1.5
