"""What pictures weigh, and what of the cache can go; the commands that say so."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from rehab.cli.progress import picture_bar
from rehab.images.plan import Recipe
from rehab.images.tally import Sum, find_unused, remove_unused, render_tally, tally_images
from test_cli import blog as blog  # noqa: PLC0414 - a fixture that the other needs
from test_cli import run_alone, whole_blog  # noqa: F401 - a fixture
from test_image_make import QUICK, Site, encoded, four_corners

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of two pictures, made under two recipes."""
    site = Site(tmp_path, Recipe(widths=(20,), speed=10))
    site.put("leg.jpg", encoded(four_corners()))
    site.put("arm.png", encoded(four_corners().convert("RGBA"), "PNG"))
    site.make()
    site.recipe = QUICK
    site.make()
    return site


def test_what_no_picture_uses_is_found_and_removed_and_nothing_else(site: Site) -> None:
    keys = frozenset(each.key for each in site.plan())
    half = next(site.cache.glob(f"*/{min(keys)}")) / ".40.jpg.7.part"
    half.write_bytes(b"half")
    unused = find_unused(site.cache, keys)
    assert len(unused) == 3
    remove_unused(unused)
    assert find_unused(site.cache, keys) == ()
    assert {each.parent.name for each in site.cache.rglob("record.json")} == keys
    assert site.make()[0].rendered == 0


def test_a_folder_that_is_none_of_ours_stays(site: Site) -> None:
    (site.cache / "ab" / "notes").mkdir(parents=True)
    (site.cache / "ab" / "notes" / "a.txt").write_text("mine", "utf-8")
    assert not [each for each in find_unused(site.cache, frozenset()) if each.name == "notes"]


def test_sums_are_those_of_the_files(site: Site) -> None:
    pictures = site.plan()
    tally = tally_images(pictures, site.output, site.cache, frozenset(each.key for each in pictures))
    files = site.made()
    assert tally.sources == Sum(2, sum(each.photo.file.stat().st_size for each in pictures))
    assert {form: each.files for form, each in tally.published.items()} == {"avif": 4, "jpeg": 2, "png": 2}
    names = {each.name for picture in pictures for each in picture.files}
    assert sum(each.size for each in tally.published.values()) == sum(len(files[name]) for name in names)
    assert tally.widest.size == sum(len(files[each.renditions[0].name]) for each in pictures)
    assert tally.unused.files == 6
    assert "6 files" in render_tally(tally).splitlines()[-1]


def test_where_nobody_watches_there_is_no_bar() -> None:
    with picture_bar() as told:
        assert told is None


def test_the_commands_count_tidy_and_audit(whole_blog: Path) -> None:  # noqa: F811 - the fixture
    photo = encoded(Image.effect_noise((64, 48), 99).convert("RGB"))
    (whole_blog / "content/pages/leg.jpg").write_bytes(photo)
    about = whole_blog / "content/pages/about.md"
    about.write_text("---\ntitle: About\n---\n![A leg](leg.jpg)\n", "utf-8")
    assert run_alone(whole_blog, "publish").returncode == 0
    stats = run_alone(whole_blog, "images", "stats")
    assert stats.returncode == 0
    assert stats.stdout.startswith("1 picture, 0.0 MB, under content/\n1 avif file, ")
    assert run_alone(whole_blog, "images", "prune", "--dry-run").stdout == "0 entries of the cache would be removed\n"
    (whole_blog / "content/pages/leg.jpg").write_bytes(encoded(four_corners()))
    assert run_alone(whole_blog, "images", "prune", "--dry-run").stdout == "1 entry of the cache would be removed\n"
    assert run_alone(whole_blog, "images", "prune").stdout == "1 entry of the cache removed\n"
    assert run_alone(whole_blog, "images", "prune").stdout == "0 entries of the cache removed\n"
    audit = run_alone(whole_blog, "images", "audit")
    assert (audit.returncode, audit.stderr) == (0, "")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    (whole_blog / "output/leg.jpg").write_bytes(encoded(four_corners(), exif=exif))
    audit = run_alone(whole_blog, "images", "audit")
    assert audit.returncode == 1
    assert audit.stdout.startswith("output/leg.jpg:1:1: error[bad-image]: 'leg.jpg' says where it was taken")


def test_a_linked_photo_is_published_without_its_metadata(whole_blog: Path) -> None:  # noqa: F811 - the fixture
    exif = Image.Exif()
    exif[0x0110] = "Secret"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 22.0, 0.0)})
    folder = whole_blog / "content/pages"
    (folder / "leg.jpg").write_bytes(encoded(four_corners((400, 300)), exif=exif.tobytes()))
    (folder / "arm.png").write_bytes(encoded(four_corners((400, 300)), "PNG", exif=exif.tobytes()))
    (folder / "toe.webp").write_bytes(encoded(four_corners((400, 300)), "WEBP", exif=exif.tobytes()))
    text = "---\ntitle: A\n---\n[a]({static}leg.jpg) [b]({static}arm.png) [c]({static}toe.webp)\n"
    (folder / "about.md").write_text(text, "utf-8")
    done = run_alone(whole_blog, "publish")
    assert done.returncode == 0, done.stdout + done.stderr
    for name, form in (("leg.jpg", "JPEG"), ("arm.png", "PNG"), ("toe.webp", "WEBP")):
        data = (whole_blog / "output/pages" / name).read_bytes()
        image = Image.open(io.BytesIO(data))
        assert (image.format, image.size) == (form, (400, 300))
        assert b"Secret" not in data


def test_a_link_to_what_cannot_be_made_anew_is_a_problem(whole_blog: Path) -> None:  # noqa: F811 - the fixture
    folder = whole_blog / "content/pages"
    (folder / "leg.gif").write_bytes(encoded(four_corners(), "GIF"))
    (folder / "about.md").write_text("---\ntitle: A\n---\n[a]({static}leg.gif)\n", "utf-8")
    done = run_alone(whole_blog, "publish")
    assert done.returncode == 1
    assert "'leg.gif' would be published as it is, and no original ever is" in done.stdout
    assert not (whole_blog / "output/pages/leg.gif").exists()
