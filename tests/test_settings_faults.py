"""Settings that lead to no site: each is one sentence that names it and says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pelican.settings import read_settings

from conftest import ROOT, write_settings
from rehab.adapter.run import build, read_places
from rehab.adapter.settings import complete_settings
from rehab.adapter.settings_faults import check_settings

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    ("SITENAME", None, "SITENAME is None: write the name of the blog"),
    ("TIMEZONE", "Oslo", 'TIMEZONE is \'Oslo\': write a zone as "Europe/Oslo", or "UTC"'),
    ("TIMEZONE", "new york", 'write a zone as "America/New_York"'),
    ("TIMEZONE", "Middle Earth", 'write a zone as "Europe/Oslo"'),
    ("DEFAULT_PAGINATION", "x", "DEFAULT_PAGINATION is 'x': write a number such as 12"),
    ("DEFAULT_PAGINATION", -1, "write a number"),
    ("REHAB_TODAY", "31.02.2020", "REHAB_TODAY is '31.02.2020': write a day, as \"2026-12-24\""),
    ("REHAB_IMAGE_WIDTHS", 360, "REHAB_IMAGE_WIDTHS is 360: write widths in pixels, as (360, 720)"),
    ("REHAB_IMAGE_WIDTHS", "360", "write widths in pixels"),
    ("REHAB_IMAGE_WIDTHS", (), "write widths in pixels"),
    ("REHAB_IMAGE_WORKERS", "two", "write a number, 1 or more"),
    ("REHAB_PER_PAGE", 0, "write a number, 1 or more"),
    ("REHAB_PAID_HOSTS", "shop.example", "write a list, as"),
    ("REHAB_AT_HOME", "wall", "write a list, as"),
    ("REHAB_REDIRECTS", ["/a/"], "write old addresses and new ones"),
    ("REHAB_COMENTS_FORM", "netlify", "there is no setting REHAB_COMENTS_FORM: use 'REHAB_COMMENTS_FORM'"),
    ("REHAB_QWXZ", 1, "docs/reference/settings.md has all of them"),
    ("ARTICLE_URL", "{date:%Y}/{slug}/", "ARTICLE_URL is '{date:%Y}/{slug}/': there is no {date}, only {slug}"),
    ("EXERCISE_URL", "e/{slug/", "each { needs its }"),
    ("EXERCISE_URL", "e/", "put {slug} into it, or all these pages have one address"),
    ("PHOTO_URL", "{album}/{slug}/", "there is no {album}, only {gallery}, {slug}"),
    ("ARTICLE_SAVE_AS", "{slg}.html", "there is no {slg}"),
    ("ARTICLE_SAVE_AS", "../{slug}.html", "ARTICLE_SAVE_AS is '../{slug}.html': write a file's name below"),
    ("TAGS_SAVE_AS", "/tags.html", "write a file's name below"),
    ("FEED_ALL_ATOM", "a/../../b.xml", "write a file's name below"),
    ("THEME", "simple", "THEME is 'simple', which has no template 'exercise.html': begin with a copy"),
    ("MARKDOWN", {"extensions": ["markdown.extensions.extr"]}, "names the extension 'markdown.extensions.extr'"),
    ("MARKDOWN", {"extensions": ["nosuch.ext"]}, "MARKDOWN names the extension 'nosuch.ext', which cannot be loaded"),
]


def complete(folder: Path, **more: object) -> dict[str, Any]:
    (folder / "content").mkdir()
    more = {"OUTPUT_PATH": str(folder / "output"), **more}
    file = write_settings(folder, folder / "content", folder / ".cache", **more)
    settings: dict[str, Any] = read_settings(str(file))
    complete_settings(settings)
    return settings


def said(folder: Path, **more: object) -> str:
    with pytest.raises(ValueError, match=r"\w") as wrong:
        check_settings(complete(folder, **more))
    return str(wrong.value)


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG)
def test_a_setting_that_nothing_can_be_built_with_is_named(
    tmp_path: Path, name: str, value: object, sentence: str
) -> None:
    assert sentence in said(tmp_path, **{name: value})


def test_the_settings_of_the_demo_and_pelicans_own_are_well(tmp_path: Path) -> None:
    check_settings(complete(tmp_path))
    places = {"PATH": ROOT / "content", "OUTPUT_PATH": tmp_path / "output", "THEME": ROOT / "theme"}
    stock = read_settings(override={name: str(place) for name, place in places.items()})
    complete_settings(stock)
    check_settings(stock)


@pytest.mark.parametrize("name", ["TAGS_SAVE_AS", "INJURIES_SAVE_AS", "FEED_ALL_ATOM"])
@pytest.mark.parametrize(
    ("file", "fault"),
    [("posts", "is a folder of the site"), ("images", "is a folder"), ("x" * 300, "is longer than 200 bytes")],
)
def test_no_file_is_named_as_no_file_can_be(tmp_path: Path, name: str, file: str, fault: str) -> None:
    sentence = said(tmp_path, **{name: file})
    assert f"{name} is '{file}', which {fault}" in sentence
    assert "write the name of a file" in sentence


@pytest.mark.parametrize("place", [".", "content", "content/output"])
def test_output_and_content_lie_apart(tmp_path: Path, place: str) -> None:
    assert "neither may be in the other" in said(tmp_path, OUTPUT_PATH=str(tmp_path / place))


def test_the_output_folder_may_be_named_by_a_way_around(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    around = f"{tmp_path}/content/../other/../output"
    result = build(write_settings(tmp_path, tmp_path / "content", tmp_path / ".cache", OUTPUT_PATH=around))
    written = {file.relative_to(tmp_path / "output").as_posix() for file in tmp_path.glob("output/**/*.*")}
    assert "index.html" in written
    assert written == result.files


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("A = nothing", "pelicanconf.py:2: name 'nothing' is not defined"),
        ("from other import A", "other.py:1: division by zero"),
        ("import nowhere", "pelicanconf.py:2: No module named 'nowhere'"),
        ("assert not PATH", "pelicanconf.py:2: AssertionError"),
        ("A = (", "pelicanconf.py:2: '(' was never closed"),
        ("PATH = 'gone'", "there is no content folder: make it, or let PATH name it"),
        ("THEME = 'gone'", "there is no such theme: let THEME name its folder"),
    ],
)
def test_a_settings_file_that_fails_is_one_sentence_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "other.py").write_text("A = 1 / 0\n", "utf-8")
    file = tmp_path / "pelicanconf.py"
    file.write_text(f"PATH = 'content'\n{line}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    built = build(file, output=tmp_path / "output")
    assert built.exit_code == 2
    assert built.messages[-1] == f"the settings lead to no site: {sentence}"
    assert read_places(file) == built.messages[-1]
