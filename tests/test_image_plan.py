"""Plans of pictures: widths, names and formats, without a file on disk."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rehab.images import card, plan
from rehab.images.plan import Photo, Picture, Recipe, plan_picture

PHOTO = Photo("content/posts/legs.jpg", Path("legs.jpg"), "ab" * 32, 4032, 3024, alpha=False, kind="raster")
NAMES = ["legs.jpg", "my legs (1).jpg", "50%.jpg", "quote\"'<x>.jpg", "q?#&.jpg", "été à vélo.jpg", "日本語.png"]
NAMES += ["🏃.jpg", "-rf.jpg", ".hidden.jpg", "CON.jpg", "a b,c.jpg", "trailing.dot..jpg", "x" * 300 + ".jpg"]


def planned(recipe: Recipe | None = None, **changes: object) -> Picture:
    return plan_picture(replace(PHOTO, **changes), recipe or Recipe())


def widths(picture: Picture) -> list[int]:
    return [width for _, width in picture.srcset]


def test_plan_is_pure_of_pillow() -> None:
    imports = {
        alias.name
        for module in (plan, card)
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in ([ast.alias(node.module or "")] if isinstance(node, ast.ImportFrom) else node.names)
    }
    ours = {"rehab.images.card"}
    assert not [name for name in imports - ours if name.startswith(("PIL", "rehab.images"))]


@pytest.mark.parametrize(
    ("width", "expected"),
    [(1, [1]), (360, [360]), (500, [360, 500]), (1440, [360, 720, 1080, 1440]), (9000, [360, 720, 1080, 1440])],
)
def test_no_width_is_above_the_source_and_there_is_always_one(width: int, expected: list[int]) -> None:
    assert widths(planned(width=width, height=10)) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3024, 4032), [360, 720, 1080]),
        ((3000, 2000), [360, 720, 1080, 1440]),
        ((1080, 2340), [360, 664]),
        ((300, 3000), [144]),
    ],
)
def test_no_file_of_a_photo_that_stands_is_higher_than_the_widest_is_wide(
    size: tuple[int, int], expected: list[int]
) -> None:
    picture = planned(width=size[0], height=size[1])
    assert widths(picture) == expected
    assert max(each.height for each in picture.renditions) <= 1440


def test_a_copy_is_as_large_as_its_original_however_high_that_is() -> None:
    copy = plan.plan_copy(replace(PHOTO, width=3024, height=4032), Recipe())
    assert copy is not None
    assert (copy.width, copy.height) == (3024, 4032)


@pytest.mark.parametrize(("size", "height"), [((5000, 1), 1), ((1, 5000), 5000), ((3, 2), 2), ((2880, 1921), 961)])
def test_heights_keep_the_shape_and_are_never_zero(size: tuple[int, int], height: int) -> None:
    assert planned(width=size[0], height=size[1]).height == height


def test_a_photo_is_a_jpeg_with_avif_beside_it() -> None:
    picture = planned()
    assert picture.src.endswith("-1440.jpg")
    assert (picture.width, picture.height) == (1440, 1080)
    assert [mime for mime, _ in picture.sources] == ["image/avif"]
    assert [width for _, width in picture.sources[0][1]] == [360, 720, 1080, 1440]


def test_alpha_needs_a_png_to_fall_back_on() -> None:
    assert planned(alpha=True).fallback.mime == "image/png"


def test_a_drawing_is_one_file_that_scales() -> None:
    picture = planned(kind="svg", alpha=True, path="content/map.svg", width=300, height=200)
    assert re.fullmatch(r"map-[0-9a-f]{10}\.svg", picture.src)
    assert (picture.width, picture.height, picture.sources, picture.srcset) == (300, 200, (), ())


def test_without_widths_a_photo_keeps_its_own() -> None:
    assert widths(planned(Recipe(widths=()))) == [4032]


def test_without_other_formats_there_are_no_sources() -> None:
    assert planned(Recipe(formats=())).sources == ()


@pytest.mark.parametrize("name", NAMES)
def test_names_are_safe_in_an_address_a_srcset_and_on_every_disk(name: str) -> None:
    for each in planned(path=f"content/posts/{name}").renditions:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{10}-\d+\.(avif|jpg)", each.name)
        assert len(each.name) < 100


@given(st.text(min_size=1).filter(lambda text: "/" not in text and text not in {".", ".."}))
def test_any_name_at_all_is_safe(stem: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", plan.file_slug(f"content/{stem}.jpg"))


def test_an_underscore_is_a_gap() -> None:
    assert plan.file_slug("content/IMG_0001.JPG") == "img-0001"


def test_twins_in_name_with_other_content_share_no_file() -> None:
    one, other = planned(path="content/IMG_1.jpg"), planned(path="content/img_1.JPG", digest="cd" * 32)
    assert not {each.name for each in one.renditions} & {each.name for each in other.renditions}


def test_equal_content_shares_names_only_under_equal_slugs() -> None:
    assert planned(path="content/a/legs.jpg").src == planned(path="content/b/LEGS.jpeg").src
    assert planned(path="content/a/legs.jpg").src != planned(path="content/a/arms.jpg").src


@pytest.mark.parametrize(
    "change",
    [{"widths": (360, 1440)}, {"formats": ()}, {"jpeg": 81}, {"avif": 61}, {"speed": 9}, {"version": "other"}],
)
def test_every_part_of_the_recipe_changes_the_names(change: dict[str, object]) -> None:
    assert planned(replace(Recipe(), **change)).src != planned().src


def test_the_same_photo_and_recipe_give_the_same_plan() -> None:
    assert planned() == planned()
