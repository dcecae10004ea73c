"""HTML of earlier builds: taken where it is what would be made, made anew everywhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rehab.adapter.keep.kept import NAME, Kept
from rehab.adapter.text.bodies import Bodies, maker_of

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {"MARKDOWN": {"extensions": ["markdown.extensions.extra"], "output_format": "html"}}


def fill(folder: Path, maker: str = "maker") -> None:
    kept = Kept(folder, maker)
    assert kept.get("text", str.upper) == "TEXT"
    kept.save()


def never(text: str) -> str:
    raise AssertionError(text)


def test_a_text_is_made_once(tmp_path: Path) -> None:
    fill(tmp_path)
    assert Kept(tmp_path, "maker").get("text", never) == "TEXT"


def test_another_maker_forgets_everything(tmp_path: Path) -> None:
    fill(tmp_path)
    assert Kept(tmp_path, "other").get("text", str.title) == "Text"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"maker": "maker"}', '{"maker": "maker", "entries": 1}'])
def test_a_damaged_file_is_as_good_as_none(damage: str, tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / NAME).write_text(damage, "utf-8")
    assert Kept(tmp_path, "maker").get("text", str.title) == "Text"


def test_a_damaged_entry_is_made_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    whole = json.loads((tmp_path / NAME).read_text("utf-8"))
    whole["entries"] = {key: kept.replace("TEXT", "TAXT") for key, kept in whole["entries"].items()}
    (tmp_path / NAME).write_text(json.dumps(whole), "utf-8")
    assert Kept(tmp_path, "maker").get("text", str.title) == "Text"


def test_what_nobody_uses_is_dropped_in_the_end(tmp_path: Path) -> None:
    many = Kept(tmp_path, "maker")
    for number in range(3000):
        many.get(str(number), str)
    many.save()
    few = Kept(tmp_path, "maker")
    few.get("one", str)
    few.save()
    assert len(json.loads((tmp_path / NAME).read_text("utf-8"))["entries"]) == 1001


def test_an_extension_of_others_is_never_remembered() -> None:
    assert maker_of({"extensions": ["markdown.extensions.extra"]})
    assert not maker_of({"extensions": ["markdown.extensions.extra", "pymdownx.tilde"]})
    assert not maker_of({"extensions": [], "extension_configs": {"markdown.extensions.toc": {"slugify": len}}})


def test_settings_make_another_maker() -> None:
    assert maker_of({"extensions": [], "output_format": "html"}) != maker_of({"extensions": []})


def test_the_html_of_a_later_run_is_that_of_the_first(tmp_path: Path) -> None:
    texts = ("# One\n\n[[a]]", "Note: slow", "a[^1]\n\n[^1]: b")
    first = Bodies(SETTINGS, tmp_path)
    made = [(first.render(text), first.render_inline(text)) for text in texts]
    first.save()
    second = Bodies(SETTINGS, tmp_path)
    assert [(second.render(text), second.render_inline(text)) for text in texts] == made


def test_a_text_may_begin_like_a_header() -> None:
    with_meta = {"MARKDOWN": {"extensions": ["markdown.extensions.extra", "markdown.extensions.meta"]}}
    assert Bodies(with_meta).render_inline("Note: keep the back flat") == "Note: keep the back flat"
