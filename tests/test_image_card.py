"""Cards: drawn for pages without a photo, the same bytes each time, in letters that the font has."""

from __future__ import annotations

import io
import re
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from rehab.compile import compile_site
from rehab.images.card import LETTERS, SIZE, Card
from rehab.images.draw import _FONT, _font, draw_card
from rehab.images.make import make_renditions
from rehab.images.plan import Recipe, plan_card
from rehab.site import pages

if TYPE_CHECKING:
    from conftest import BuildSite, WriteTree

BIB = Card("Single-leg deadlift", "3 × 10", ("each side", "10 lb (≈ 4.5 kg)"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z"/></svg>'
DEMO = Path(__file__).parent.parent / "content" / "exercises" / "images" / "clamshell.png"
BLOG: dict[str, str | bytes] = {
    "exercises/squat.md": """\
        ---
        title: Squat, año café
        laterality: bilateral
        dose: 3 x 10
        steps: [Sit., Stand.]
        ---
        """,
    "exercises/drawn.md": "---\ntitle: Drawn\nstatus: stub\nimages: [{src: a.svg, alt: A line}]\n---\n",
    "exercises/a.svg": SVG,
    "exercises/kanji.md": "---\ntitle: 屈伸\nslug: kanji\nstatus: stub\n---\n",
    "posts/quiet.md": "---\ntitle: Nothing to see & more\ndate: 2020-01-01\n---\nWords.\n",
    "posts/seen/index.md": "---\ntitle: Seen\ndate: 2020-01-02\n---\n![A leg](leg.png)\n",
}


def test_what_has_no_photo_has_a_card_and_what_has_one_has_none(write_tree: WriteTree) -> None:
    site, _ = compile_site(write_tree({**BLOG, "posts/seen/leg.png": DEMO.read_bytes()}))
    said = {name: picture.card for name, picture in site.cards.items()}
    assert said == {
        "exercise:squat": Card("Squat, año café", "3 × 10"),
        "exercise:drawn": Card("Drawn", "details to come"),
        "post:quiet": Card("Nothing to see & more"),
    }
    [view] = pages.exercise_view(site, "squat").shared
    assert view.alt == "A race bib: Squat, año café, 3 × 10"
    assert (view.width, view.height) == SIZE


KINDS: dict[str, str | bytes] = {
    "injuries/hip.md": "---\ntitle: A sore hip\nregion: hip-groin\nred_flags: []\n---\n",
    "injuries/seen.md": "---\ntitle: Seen\nregion: knee\nred_flags: []\n---\n![A leg](leg.png)\n",
    "injuries/leg.png": DEMO.read_bytes(),
    "treatments/ice.md": "---\ntitle: Ice\nkind: self-care\n---\n",
    "programs/two.md": "---\ntitle: Two\nphases: [{id: one, items: [squat]}]\n---\n",
    "exercises/squat.md": "---\ntitle: Squat\n---\n",
}


def test_injuries_treatments_and_programs_have_cards_that_say_what_they_are(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree(KINDS)
    site, _ = compile_site(content)
    cards = {name: picture.card for name, picture in site.cards.items() if not name.startswith("exercise:")}
    assert cards == {
        "injury:hip": Card("A sore hip", facts=("Hip joint and groin",), kind="Injury"),
        "treatment:ice": Card("Ice", facts=("self-care",), kind="Treatment"),
        "program:two": Card("Two", facts=("1 exercise, 1 phase",), kind="Program"),
    }
    _, output = build_site(content)
    for path, name in (("injuries/hip", "injury-hip"), ("programs/two", "program-two"), ("injuries/seen", "leg")):
        page = (output / path / "index.html").read_text("utf-8")
        [said] = re.findall(r'<meta property="og:image" content="[^"]*/images/([^"]+)"', page)
        assert said.startswith(f"{name}-")
        assert (output / "images" / said).is_file()


def test_a_card_without_a_kind_keeps_its_name() -> None:
    planned = plan_card(BIB, "exercise-a", Recipe(version="1"))
    assert planned
    assert planned.src == "exercise-a-67ea1cb524-1200.png"


def test_a_page_names_its_card_and_the_card_is_there(write_tree: WriteTree, build_site: BuildSite) -> None:
    _, output = build_site(write_tree({**BLOG, "posts/seen/leg.png": DEMO.read_bytes()}))
    made = sorted(file.name.rpartition("-")[0].rpartition("-")[0] for file in (output / "images").glob("*-1200.png"))
    assert made == ["exercise-drawn", "exercise-squat", "post-quiet"]
    for path in ("exercises/squat", "posts/quiet"):
        page = (output / path / "index.html").read_text("utf-8")
        [name] = [file for file in (output / "images").glob("*-1200.png") if f"/images/{file.name}" in page]
        with Image.open(name) as card:
            assert card.size == SIZE
    assert "theme/card.png" in (output / "exercises/kanji/index.html").read_text("utf-8")


def test_a_card_is_drawn_in_the_same_bytes_and_from_the_cache_the_second_time(tmp_path: Path) -> None:
    planned = [plan_card(BIB, "exercise-a", Recipe()), plan_card(Card("B"), "exercise-b", Recipe())]
    pictures = [picture for picture in planned if picture]
    runs = [make_renditions(pictures, tmp_path / name, tmp_path / "cache")[0] for name in "ab"]
    assert [(run.rendered, run.reused) for run in runs] == [(2, 0), (0, 2)]
    alone, _ = make_renditions(pictures, tmp_path / "c", tmp_path / "other")
    for name in alone.files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_another_word_is_another_file() -> None:
    names = {picture.src for card in (BIB, Card("B"), Card("B", "1")) if (picture := plan_card(card, "x", Recipe()))}
    assert len(names) == 3


def test_the_font_has_every_letter_that_cards_may_have() -> None:
    assert _FONT.stat().st_size < 60_000
    unknown = bytes(_font(40).getmask("\U0010fffd"))
    letters = (chr(each) for each in range(sys.maxunicode) if LETTERS.fullmatch(chr(each)))
    assert [each for each in letters if bytes(_font(40).getmask(each)) == unknown and not each.isspace()] == []


@pytest.mark.parametrize("title", ["屈伸", "Жим 日", "🏃", "a\u0301", "שלום", "", " ", "a\nb", "\u202eabc"])
def test_what_the_font_lacks_is_not_drawn(title: str) -> None:
    assert plan_card(Card(title), "x", Recipe()) is None


@pytest.mark.parametrize(
    "title", ["año café", "Übung für Füße", "ćwiczenie", "Đầu gối", "Жим", "άσκηση", "½ squat – “deep”"]
)
def test_europe_is_drawn(title: str) -> None:
    assert plan_card(Card(unicodedata.normalize("NFC", title)), "x", Recipe())


@pytest.mark.parametrize(
    "card",
    [BIB, Card("x" * 300), Card("word " * 90), Card("A" * 90, "9" * 60, ("f" * 200,)), Card("a", "1"), Card("a")],
)
def test_words_of_any_length_stay_inside_the_bib(card: Card) -> None:
    blank = draw_card(Card(".", ".")).convert("L")
    drawn = draw_card(card).convert("L")
    for box in ((0, 0, 185, 630), (1136, 0, 1200, 630), (0, 0, 1200, 95), (0, 536, 1200, 630)):
        assert (
            drawn.crop(box).point(lambda value: 255 * (value > 200)).tobytes()
            == blank.crop(box).point(lambda value: 255 * (value > 200)).tobytes()
        )
    file = io.BytesIO()
    drawn.save(file, "PNG")
    assert drawn.size == SIZE
