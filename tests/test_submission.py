"""What a reader sends in waits for the author, once, or is refused with a sentence that helps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments.inbox import Held
from rehab.comments.numbers import render_numbered
from rehab.comments.store import render_comment
from rehab.comments.submission import parse_submission, take_submission
from rehab.comments.submitted import FIELDS, Refusal, Submission, Taken, ThreadKnown, know_threads
from rehab.model.comment import Comment
from rehab.source.place import Place

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
HERE = Place("content/comments/knee/a.md")


def comment(slug: str, **fields: Any) -> Comment:
    return Comment(slug=slug, path=HERE.path, place=HERE, **{"thread": "knee", "body": "Hello\n", **fields})


FIRST = comment("20140406T120000Z-aaaaaa", author="Robin", date=dt.datetime(2014, 4, 6, 12, tzinfo=dt.UTC))
THREADS = {
    "knee": ThreadKnown(shown={FIRST.slug: FIRST}, taken=frozenset({FIRST.slug})),
    "exercises/clamshell": ThreadKnown(),
    "old": ThreadKnown(state="closed"),
    "quiet": ThreadKnown(state="off"),
}
GOOD = {"thread": "knee", "name": "Moira", "message": "Mine healed in **May**."}


def sent(fields: dict[str, str], date: dt.datetime = NOON) -> Comment | Refusal:
    return parse_submission({**GOOD, **fields}, THREADS, date, source="form")


def code(**fields: str) -> str:
    found = sent(fields)
    return found.code if isinstance(found, Refusal) else "taken"


def accepted(**fields: str) -> Comment:
    found = sent(fields)
    assert isinstance(found, Comment), found
    return found


def test_a_message_becomes_a_comment_that_waits() -> None:
    assert render_comment(accepted(url="https://example.org/me")) == (
        '---\nauthor: Moira\ndate: "2026-11-21T12:00:00Z"\nurl: https://example.org/me\nstatus: pending\nsource: form\n'
        "---\nMine healed in **May**.\n"
    )


def test_the_same_message_has_the_same_id_every_time() -> None:
    first, later = accepted(), sent({}, NOON + dt.timedelta(seconds=1))
    assert first == accepted()
    assert isinstance(later, Comment)
    assert first.slug.partition("-")[2] == later.slug.partition("-")[2]
    assert first.slug != later.slug


@pytest.mark.parametrize(("minutes", "expected"), [(0, "again"), (59, "again"), (-59, "again"), (61, "taken")])
def test_the_same_words_within_the_hour_are_one_message(minutes: int, expected: str) -> None:
    known = {"knee": ThreadKnown(taken=frozenset({accepted().slug}))}
    found = parse_submission(GOOD, known, NOON + dt.timedelta(minutes=minutes))
    assert (found.code if isinstance(found, Refusal) else "taken") == expected


def test_the_same_words_of_somebody_else_are_another_message() -> None:
    known = {"knee": ThreadKnown(taken=frozenset({accepted().slug}))}
    assert isinstance(parse_submission({**GOOD, "name": "Robin"}, known, NOON), Comment)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"website2": "https://buy.example"}, "trap"),
        ({"thread": "nowhere"}, "thread"),
        ({"thread": "../knee"}, "thread"),
        ({"thread": "old"}, "closed"),
        ({"thread": "quiet"}, "off"),
        ({"message": " \n\t\u200b"}, "empty"),
        ({"message": "x" * 10_001}, "long"),
        ({"name": "n" * 81}, "name"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "example.org"}, "url"),
        ({"url": f"https://example.org/{'x' * 500}"}, "url"),
        ({"message": "x" * 10_000, "name": "n" * 80}, "taken"),
        ({"message": "x\r\n" * 5_000}, "taken"),
        ({"thread": "exercises/clamshell"}, "taken"),
        ({"website2": "  "}, "taken"),
        ({"name": ""}, "taken"),
    ],
)
def test_each_fault_has_its_code(fields: dict[str, str], expected: str) -> None:
    assert code(**fields) == expected


def test_a_form_without_any_field_is_refused() -> None:
    assert isinstance(parse_submission({}, THREADS, NOON), Refusal)


@pytest.mark.parametrize("number", ["1", " 1 ", "#1"])
def test_a_number_becomes_the_comment_that_it_meant(number: str) -> None:
    reply_to = accepted(number=number, numbered=render_numbered(1, [FIRST.slug])).reply_to
    assert reply_to is not None
    assert reply_to.slug == FIRST.slug


@pytest.mark.parametrize("number", ["2", "-1", "one", "1.0", "²", "9" * 5000])
def test_a_number_that_means_nothing_leaves_the_comment_alone(number: str) -> None:
    assert accepted(number=number, numbered=render_numbered(1, [FIRST.slug])).reply_to is None


def take(**fields: Any) -> Taken | Refusal:
    given: dict[str, Any] = {"thread": "knee", "name": "Moira", "url": "", "message": "Yes.", "date": NOON}
    return take_submission(Submission(**{**given, **fields}), THREADS, lenient=True)


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"thread": "old"}, "its thread is closed"),
        ({"message": "x" * 10_001}, "it has more than 10,000 characters"),
        ({"name": "n" * 81}, "its name is longer"),
        ({"url": "example.org"}, "the web address"),
        ({"reply_to": "gone"}, "cannot be found"),
        ({"unanswered": True}, "cannot be found"),
        ({"date": None}, "it has no date"),
        ({"message": "write to me@example.org"}, "an address of a person"),
        ({"name": "me@example.org"}, "an address of a person"),
        ({"reply_to": FIRST.slug, "date": dt.datetime(2014, 4, 6, 9, tzinfo=dt.UTC)}, "named less exactly"),
        ({"reply_to": FIRST.slug, "date": dt.datetime(2013, 4, 6, 9, tzinfo=dt.UTC)}, "it stands alone"),
    ],
)
def test_what_cannot_be_kept_of_a_mail_is_told_and_the_rest_waits(fields: dict[str, Any], remark: str) -> None:
    found = take(**fields)
    assert isinstance(found, Taken)
    assert [each for each in found.remarks if remark in each]


@pytest.mark.parametrize("fields", [{"thread": "nowhere"}, {"thread": "quiet"}, {"message": ""}])
def test_what_can_be_no_comment_is_refused_of_a_mail_too(fields: dict[str, Any]) -> None:
    assert isinstance(take(**fields), Refusal)


def test_no_address_of_a_person_stays() -> None:
    found = take(
        message="I am a@example.org, at 203.0.113.9 (a%40example.org)",
        name="a@example.org",
        url="https://example.org/?me=a@example.org",
        hidden=frozenset({"203.0.113.9"}),
    )
    assert isinstance(found, Taken)
    text = render_comment(found.comment)
    assert "a@example" not in text
    assert "203.0.113.9" not in text
    assert "%40" not in text
    assert "author" not in text


def test_spam_that_a_service_found_waits_as_spam() -> None:
    found = take(status="spam")
    assert isinstance(found, Taken)
    assert found.comment.status == "spam"


def test_a_time_without_a_zone_is_in_utc() -> None:
    found = sent({}, dt.datetime(2026, 11, 21, 12, 0))  # noqa: DTZ001 - the case itself
    assert isinstance(found, Comment)
    assert found.date == NOON


def test_what_was_rejected_is_known_and_cannot_be_answered() -> None:
    rooms = (("content", "approved"), ("inbox", "pending"), ("undo", "pending"), ("content", "deleted"))
    held = [
        Held(room, "", b"", replace(comment(f"c{at}"), status=status))  # type: ignore[arg-type]
        for at, (room, status) in enumerate(rooms)
    ]
    known = know_threads({"knee": "open", "old": "closed"}, [*held, Held("content", "", b"", comment("x", thread="?"))])
    assert sorted(known["knee"].taken) == ["c0", "c1", "c2", "c3"]
    assert list(known["knee"].shown) == ["c0"]
    assert known["old"] == ThreadKnown(state="closed")


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=50)), st.datetimes())
def test_whatever_is_sent_is_taken_or_refused(fields: dict[str, str], date: dt.datetime) -> None:
    found = parse_submission(fields, THREADS, date)
    assert isinstance(found, Refusal) or (found.status == "pending" and found.thread in THREADS)
