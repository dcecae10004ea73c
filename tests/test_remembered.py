"""What was cleaned before is not cleaned again, and nothing but the cleaning's own work comes out of the cache."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments import clean, remembered
from rehab.comments.clean import Format, clean_body, is_clean
from rehab.comments.remembered import NAME, Remembered, cleaning

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree

MARKED = "> It **hurt** `{so}`\n\n- here\n- <b>there</b>"


def kept(folder: Path) -> dict[str, str]:
    """Return what the cache file holds."""
    entries: dict[str, str] = json.loads((folder / NAME).read_text("utf-8"))["entries"]
    return entries


def filled(folder: Path, *texts: str) -> Remembered:
    made = Remembered(folder)
    for text in texts:
        made.clean(text, "markdown")
    made.save()
    return made


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the bodies that are cleaned from now on, and not looked up."""
    found: list[str] = []

    def count(text: str, form: Format) -> str:
        found.append(text)
        return clean_body(text, form)

    monkeypatch.setattr(remembered, "clean_body", count)
    return found


def test_a_body_is_cleaned_once(tmp_path: Path, calls: list[str]) -> None:
    first = Remembered(tmp_path)
    html = first.clean(MARKED, "markdown")
    first.save()
    assert Remembered(tmp_path).clean(MARKED, "markdown") == html == clean_body(MARKED, "markdown")
    assert calls == [MARKED]


def test_the_same_words_in_another_format_are_other_words(tmp_path: Path, calls: list[str]) -> None:
    filled(tmp_path, MARKED)
    assert Remembered(tmp_path).clean(MARKED, "html") == clean_body(MARKED, "html")
    assert calls == [MARKED, MARKED]


def test_a_plain_body_is_not_kept_for_the_short_way_is_shorter(tmp_path: Path) -> None:
    filled(tmp_path, "Good post.")
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"form": 1}', "\0", '{"a":' * 20_000, '{"form": 2, "entries": {}}'])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: str) -> None:
    filled(tmp_path, MARKED)
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_text(damage)
    filled(tmp_path, MARKED)
    assert (tmp_path / NAME).read_bytes() == whole


def test_another_cleaning_forgets_everything(tmp_path: Path, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, MARKED)
    monkeypatch.setattr(remembered, "cleaning", lambda: "another")
    filled(tmp_path, MARKED)
    assert calls == [MARKED, MARKED]
    assert len(kept(tmp_path)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<p onclick=alert(1)>x</p>", "<p>{{ x }}</p>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="https://a.example">x</a>', "<p>{attach}../../etc/passwd</p>", "<p>x", "<img src=x>",
        "<p><!-- x --></p>",
    ],
)  # fmt: skip
def test_what_somebody_else_put_into_the_cache_comes_to_no_page(tmp_path: Path, html: str) -> None:
    filled(tmp_path, MARKED)
    whole = json.loads((tmp_path / NAME).read_text("utf-8"))
    (key,) = whole["entries"]
    whole["entries"][key] = remembered._check(key, html) + html  # noqa: SLF001 - as one does who knows the program
    (tmp_path / NAME).write_text(json.dumps(whole))
    assert filled(tmp_path).clean(MARKED, "markdown") == clean_body(MARKED, "markdown")
    assert not is_clean(html)


def test_a_turned_letter_in_an_entry_is_noticed(tmp_path: Path) -> None:
    filled(tmp_path, MARKED)
    file = tmp_path / NAME
    file.write_text(file.read_text("utf-8").replace("hurt", "helped"), "utf-8")
    assert Remembered(tmp_path).clean(MARKED, "markdown") == clean_body(MARKED, "markdown")


def test_what_is_no_longer_used_goes_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_SPARE", 3)
    filled(tmp_path, *(f"*a* {at}\n# b" for at in range(6)))
    filled(tmp_path, MARKED)
    assert len(kept(tmp_path)) == 1 + 3


def test_a_file_that_need_not_change_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path, MARKED)
    before = (tmp_path / NAME).stat()
    filled(tmp_path, MARKED)
    after = (tmp_path / NAME).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert filled(tmp_path / "file" / "cache", MARKED).clean(MARKED, "markdown") == clean_body(MARKED, "markdown")


@given(st.text(max_size=60), st.sampled_from(["markdown", "html", "text"]))
def test_the_last_word_has_nothing_to_add_to_what_was_cleaned(text: str, form: Format) -> None:
    assert is_clean(clean_body(text, form))


def test_all_that_cleaning_is_made_of_counts() -> None:
    folder = Path(clean.__file__).parent
    found, left = set(), ["clean"]
    while left:
        name = left.pop()
        found.add(name)
        tree = ast.parse((folder / f"{name}.py").read_text("utf-8"))
        used = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
        left += {each.removeprefix("rehab.comments.") for each in used if each.startswith("rehab.comments.")} - found
    assert found == set(remembered._PARTS)  # noqa: SLF001 - the list that must be whole
    assert len(cleaning()) == 64


def test_a_build_is_the_same_with_the_cache_without_it_and_with_a_damaged_one(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    tree: dict[str, str | bytes] = {
        "posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText\n",
        "comments/a/1.md": f"---\n---\n{MARKED}\n",
        "comments/a/2.md": "---\nformat: html\n---\n<p onclick=x>Yes <i>it</i> did\n",
    }
    content = write_tree(tree)

    def page() -> str:
        return (build_site(content)[1] / "posts/a/index.html").read_text("utf-8")

    first = page()
    (file,) = (each for each in content.parent.rglob(NAME))
    assert len(kept(file.parent)) == 2
    assert page() == first
    file.write_text(file.read_text("utf-8").replace("hurt", "<script>"), "utf-8")
    assert page() == first
