"""What a card says: the dose in the other unit, what a timer must know, the way to easier, and a list of tasks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built import Built, words_of
from carding import PREFIX, cards
from rehab.model.dose import Dose
from rehab.model.dose.grammar import parse_dose
from rehab.site.options import Options
from rehab.site.show.dose import dose_facts, dose_line, dose_plan, dose_words, other_words
from rehab.site.task_list import WIDEST, fold, often, render_tasks, tasks_url, text_value
from rehab.site.views.program import ProgramView

if TYPE_CHECKING:
    from pathlib import Path

icalendar = pytest.importorskip("icalendar", reason="the tests' packages are not here")
__all__ = ["cards"]


def parsed(line: str) -> Dose:
    dose = parse_dose(line)
    assert isinstance(dose, Dose)
    return dose


# The other unit


@pytest.mark.parametrize(
    ("line", "unit", "other"),
    [
        ("3 x 10 each side @ 10 lb, hold 5 s", "kg", "3 × 10 each side @ ≈ 4.5 kg (author: 10 lb), hold 5 s"),
        ("3 x 10 @ 10 kg", "lb", "3 × 10 @ ≈ 22 lb (author: 10 kg)"),
        ("2 x 1 mi", "km", "2 × ≈ 1.6 km (author: 1 mi)"),
    ],
)
def test_the_other_unit_stands_first_and_the_author_s_beside_it(line: str, unit: str, other: str) -> None:
    words = other_words(parsed(line))
    assert words is not None
    assert words.unit == unit
    assert words.line.replace("\u00a0", " ") == other
    assert dose_line(parsed(line)) != words.line


def test_facts_keep_their_labels_in_the_other_unit() -> None:
    for line in ("3 x 10 each side @ 10 lb, rest 60 s", "2 x 1 mi"):
        words = other_words(parsed(line))
        assert words is not None
        assert [label for label, _ in words.facts] == [label for label, _ in dose_facts(parsed(line))]


@pytest.mark.parametrize("line", ["3 x 10", "3 x 10 @ bodyweight", "3 x 10 @ red band", "3 x 400 m"])
def test_what_has_no_other_unit_is_left_alone(line: str) -> None:
    assert other_words(parsed(line)) is None


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("3 x 10 each side @ 10 lb, hold 5 s", "each side @ 10~lb, hold 5~s"),
        ("3 x 10 @ 2.5-5 kg vest, rest 1.5 min", "@ 2.5–5~kg vest, rest 1.5~min"),
        ("3 x 10, 3/week, RPE 7", "3 times a week, RPE 7"),
    ],
)
def test_no_line_of_a_dose_ends_between_a_number_and_its_unit(line: str, shown: str) -> None:
    assert dose_words(dose_line(parsed(line)), "3 × 10") == shown.replace("~", "\u00a0")


def test_where_cards_and_columns_are_narrow_doses_are_said_in_that_way(demo: Path) -> None:
    narrow = re.compile(r'<div class="bib-edge">\s*<p\b[^>]*>([^<]+)|<aside class="rail".*?</aside>', re.DOTALL)
    said = [
        re.sub(r"<[^>]+>", "", found[0])
        for file in demo.rglob("*.html")
        for found in narrow.finditer(file.read_text("utf-8"))
    ]
    assert sum("10\u00a0lb" in words for words in said) > 3
    assert [words for words in said if re.search(r"\d (?:lb|kg|s|min|km)\b", words)] == []


# What a timer must know


@pytest.mark.parametrize(
    ("line", "plan"),
    [
        ("3 x 10 each side @ 10 lb", "sets=3;reps=10;side=each"),
        ("2-3 x 8-12, hold 5 s, rest 60-90 s", "sets=2-3;reps=8-12;hold=5;rest=60-90"),
        ("3 x 1:30, rest 1 min", "sets=3;time=90;rest=60"),
        ("3 x AMRAP", "sets=3;reps=amrap"),
        ("4 x 400 m", "sets=4;distance=400 m"),
        ("3 x 5, tempo 31X0", "sets=3;reps=5;tempo=3-1-X-0"),
    ],
)
def test_a_timer_is_told_what_the_dose_says_and_no_more(line: str, plan: str) -> None:
    assert dose_plan(parsed(line)) == plan


def test_without_a_dose_there_is_nothing_to_time() -> None:
    assert dose_plan(None) == ""


# How often


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("three times a week", "3 week"),
        ("3-4 times a week", "3-4 week"),
        ("daily", "1 day"),
        ("twice a day", "2 day"),
        ("every other day", "1 2days"),
        ("as often as you like", ""),
        ("three times a week for a month", ""),
        ("", ""),
    ],
)
def test_how_often_is_read_only_where_all_of_it_is_understood(words: str, read: str) -> None:
    assert often(words) == read


# The list of tasks


def program(**changes: object) -> ProgramView:
    """Return the view of a program that says nothing but what is given."""
    nothing: dict[str, object] = dict.fromkeys(ProgramView.__struct_fields__, ())
    said = {"url": "programs/a/", "slug": "a", "frequency": "", **changes}
    return ProgramView(**{**nothing, **said})  # type: ignore[arg-type] # of what is asked here, all has its type


def test_a_calendar_program_reads_the_tasks_with_their_words(cards: Path) -> None:
    calendar = icalendar.Calendar.from_ical((cards / "programs/weekly/weekly.ics").read_bytes())
    tasks = calendar.walk("VTODO")
    assert [str(task["SUMMARY"]) for task in tasks] == [
        "Three things, weekly; with a comma: To begin.",
        "Heel drop: 3 × 10 @ 10 lb",
        "Plank: 2 × 30 s each side, rest 20 s",
        "Three things, weekly; with a comma: To go on.",
        "Heel drop: 3 × 15 @ 10 lb",
        "Plank: 2 × 30 s each side, rest 20 s",
    ]
    assert str(tasks[0]["DESCRIPTION"]) == "How often: three times a week"
    assert str(tasks[1]["DESCRIPTION"]) == "Hold on, please; it is high."
    assert str(tasks[3]["DESCRIPTION"]).splitlines()[0] == "Go on when: It is easy."
    assert {str(task["RELATED-TO"]) for task in tasks[1:3]} == {str(tasks[0]["UID"])}
    assert len({str(task["UID"]) for task in tasks}) == len(tasks)


def test_each_task_leads_to_its_card(cards: Path) -> None:
    site = Built(cards, f"http://127.0.0.1{PREFIX}")
    calendar = icalendar.Calendar.from_ical((cards / "programs/weekly/weekly.ics").read_bytes())
    assert [site.failure(str(task["URL"])) for task in calendar.walk("VTODO")] == [""] * 6


def test_tasks_have_no_day_that_nobody_said(cards: Path) -> None:
    text = (cards / "programs/weekly/weekly.ics").read_text("utf-8")
    assert not re.search(r"^(DTSTART|DUE|RRULE|DURATION)", text, re.MULTILINE)


def test_every_line_ends_as_the_format_wants_and_is_short(cards: Path) -> None:
    for file in cards.rglob("*.ics"):
        data = file.read_bytes()
        assert data.endswith(b"\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(len(line) for line in data.split(b"\r\n")) <= WIDEST


@given(st.text())
def test_any_words_come_back_from_a_folded_line(words: str) -> None:
    words = re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]", "", words)
    folded = fold(f"SUMMARY:{text_value(words)}")
    assert all(len(line.encode()) <= WIDEST for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "").removesuffix("\r\n") == f"SUMMARY:{text_value(words)}"
    read = icalendar.Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{folded}END:VCALENDAR\r\n")
    assert str(read["SUMMARY"]) == words


def test_a_program_without_a_known_address_names_none() -> None:
    view = program(title="A\r\nX-EVIL:1")
    text = render_tasks(view, Options())
    assert "URL" not in text
    assert "\r\nX-EVIL" not in text


@pytest.mark.parametrize(
    ("url", "at"), [("programs/a/", "programs/a/a.ics"), ("programs/a.html", "programs/a.ics"), ("p/a", "p/a.ics")]
)
def test_the_list_lies_beside_the_page(url: str, at: str) -> None:
    assert tasks_url(url, "a") == at


# What pages say without a script


def test_a_post_leads_to_each_of_its_cards_from_its_head(cards: Path) -> None:
    page = Built(cards, f"http://127.0.0.1{PREFIX}").pages["posts/a/"]
    (line,) = [each for each in page.all("p") if each.get("class") == "jump no-print"]
    assert words_of(line) == "Jump to a card: Heel drop · Plank"
    for link in line.iter("a"):
        card = page.by_id(link.attrib["href"].removeprefix("#"))
        assert card.get("tabindex") == "-1"
        assert words_of(link) in words_of(card)


def test_both_units_are_in_the_page_and_only_the_author_s_is_without_about(cards: Path) -> None:
    text = (cards / "exercises/heel-drop/index.html").read_text("utf-8")
    assert "10 lb (≈ 4.5 kg)" in text
    assert 'data-in="kg"' in text
    assert 'data-in="lb"' in text  # the other post's author wrote kg
    assert "(author:\u00a05\u00a0kg)" in text


def test_how_to_do_an_exercise_stands_once_in_a_program(cards: Path) -> None:
    text = (cards / "programs/weekly/index.html").read_text("utf-8")
    assert text.count("<summary>How to do it</summary>") == 2
    assert text.count('class="bib" data-size="row"') == 4


def test_the_way_to_easier_needs_no_script(cards: Path) -> None:
    page = Built(cards, f"http://127.0.0.1{PREFIX}").pages["posts/a/"]
    assert f"http://127.0.0.1{PREFIX}/exercises/low-heel-drop/" in page.links
    assert "Make it easier or harder" in page.words


def test_a_stub_has_no_tools(cards: Path) -> None:
    assert 'class="bib-tools' not in (cards / "exercises/stub/index.html").read_text("utf-8")


def test_the_card_box_is_for_no_search_engine(cards: Path) -> None:
    page = Built(cards, f"http://127.0.0.1{PREFIX}").pages["saved/"]
    assert page.meta("robots") == "noindex"
    assert "/saved/" not in (cards / "sitemap.xml").read_text("utf-8")
