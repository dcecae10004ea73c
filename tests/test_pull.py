"""What a form service kept becomes comments that wait: every submission counted, nothing private kept."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rehab.cli.comments.pull import FORMATS
from rehab.cli.comments.pull import pull as comments_pull
from rehab.comments.arrivals import Settled, settle
from rehab.comments.numbers import render_numbered
from rehab.comments.pulls.fields import FORMATS as READ
from rehab.comments.pulls.fields import parse_record
from rehab.comments.pulls.records import read_records
from rehab.comments.store import render_comment
from rehab.comments.submitted import ThreadKnown
from rehab.model.comment import Comment
from rehab.source.place import Place

if TYPE_CHECKING:
    from pathlib import Path

FIRST = Comment(
    slug="20140406T120000Z-aaaaaa", path="", place=Place("x"), thread="knee", body="Hello\n",
    date=dt.datetime(2014, 4, 6, 12, tzinfo=dt.UTC),
)  # fmt: skip
THREADS = {
    "knee": ThreadKnown(shown={FIRST.slug: FIRST}, taken=frozenset({FIRST.slug})),
    "old": ThreadKnown(state="off"),
}
NUMBERED = render_numbered(1, [FIRST.slug])

NETLIFY = [
    {
        "number": 7, "id": "5f85b3", "title": "r@host.example", "email": "r@host.example", "name": "Wrong",
        "body": "wrong",
        "form_name": "comments", "created_at": "2026-11-20T09:00:00.088Z",
        "data": {
            "thread": "knee", "numbered": NUMBERED, "number": "1", "name": "Robin", "url": "https://example.org",
            "message": "It helped.\r\n\r\nWrite to r@host.example, 203.0.113.9", "website2": "", "ip": "203.0.113.9",
            "user_agent": "Mozilla/5.0 (secret)", "referrer": "https://example.org/secret", "email": "r@host.example",
        },
    },
    {"number": 8, "form_name": "contact", "created_at": "2026-11-20T09:00:00Z", "data": {"message": "Hello"}},
]  # fmt: skip
FORMSPREE = {
    "fields": ["_date", "thread", "message", "_status"],
    "submissions": [
        {
            "_date": "2026-11-20T09:00:00.707632", "_id": 2, "thread": "knee", "message": "One", "name": "Robin",
            "_status": {"r@host.example": {"delivered": True}}, "_replyto": "r@host.example",
        },
        {"_date": "2026-11-20T10:00:00.707632", "thread": "knee", "message": "Two", "_spam": True},
    ],
}  # fmt: skip
TABLE = (
    "\ufeffthread,Numbered,Reply to comment number,Name,Web address,Your comment,Leave this empty,"
    "ip,user_agent,created_at\r\n"
    f'knee,{NUMBERED},1,Robin,,"Two lines,\r\nof ""words""",,203.0.113.9,Mozilla,2026-11-20 09:00:00 UTC\r\n'
    "knee,,,,,Buy,https://spam.example,,,2026-11-20T09:00:00Z\r\n"
    "\r\n"
    "nowhere,,,Ann,,Hello,,,,2026-11-20T09:00:00Z\r\n"
    "knee,,,Ann,,Hello,,,,2026-11-20T09:00:00Z,one,too,many\r\n"
    "old,,,Ann,,Hello,,,,2026-11-20T09:00:00Z\r\n"
)


def pull(data: bytes, source: str = "form", *, spam: bool = False) -> tuple[Settled, ...]:
    found = read_records(data)
    assert not found.fault
    arrivals = [
        parse_record(record, f"message {at}", source, THREADS, spam=spam) for at, record in enumerate(found.records, 1)
    ]
    return settle(arrivals, THREADS)


def of(value: Any) -> bytes:
    return json.dumps(value).encode()


def verdicts(settled: tuple[Settled, ...]) -> list[str]:
    return [each.verdict for each in settled]


def test_the_command_knows_the_formats_of_the_core() -> None:
    assert tuple(READ) == FORMATS


def test_what_netlify_says_of_itself_is_not_what_the_form_sent() -> None:
    one, other = pull(of(NETLIFY), "netlify")
    assert one.comment is not None
    assert render_comment(one.comment) == (
        '---\nauthor: Robin\ndate: "2026-11-20T09:00:00Z"\nreply_to: "20140406T120000Z-aaaaaa"\nurl: https://example.org\n'
        "status: pending\nsource: netlify\n---\nIt helped.\n\nWrite to [address removed], [address removed]\n"
    )
    assert "another form" in other.reason


def test_what_formspree_holds_as_spam_waits_as_spam() -> None:
    one, two = pull(of(FORMSPREE), "formspree")
    assert (one.verdict, two.verdict) == ("taken", "held")
    assert one.comment is not None
    assert two.comment is not None
    assert (one.comment.status, two.comment.status) == ("pending", "spam")
    assert one.comment.date == dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def test_a_list_of_spam_is_held_as_spam() -> None:
    assert {each.comment.status for each in pull(of(FORMSPREE), spam=True) if each.comment} == {"spam"}


def test_a_table_with_labels_for_names_is_read() -> None:
    settled = pull(TABLE.encode())
    assert verdicts(settled) == ["taken", "held", "skipped", "skipped", "skipped"]
    comment = settled[0].comment
    assert comment is not None
    assert comment.reply_to is not None
    assert (comment.author, comment.body, comment.reply_to.slug) == ("Robin", 'Two lines,\nof "words"\n', FIRST.slug)
    assert comment.date == dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    assert settled[1].comment is not None
    assert settled[1].comment.status == "spam", "nothing that a person may have written is thrown away"
    reasons = [each.reason for each in settled[1:]]
    assert [
        word
        for word, reason in zip(("never see", "no thread", "more cells", "no comments"), reasons, strict=True)
        if word not in reason
    ] == []


def test_nothing_private_of_an_export_is_kept() -> None:
    files = "".join(
        render_comment(each.comment)
        for data in (of(NETLIFY), of(FORMSPREE), TABLE.encode())
        for each in pull(data)
        if each.comment
    )
    assert [word for word in ("host.example", "203.0.113", "Mozilla", "secret", "Wrong") if word in files] == []


def test_a_semicolon_and_an_old_encoding_are_what_spreadsheets_make() -> None:
    found = read_records("thread;name;message;date\r\nknee;Jörg;Füße;20.11.2026\r\n".encode("cp1252"))
    assert found.notes
    assert found.records[0].sent["message"] == "Füße"


@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        ("2026-11-20T09:00:00Z", True),
        ("2026-11-20 10:00:00 +0100", True),
        ("1795165200", True),
        ("1795165200000", True),
        ("yesterday", False),
        ("0000-00-00 00:00:00", False),
        ("9" * 30, False),
    ],
)
def test_a_date_is_a_moment_in_utc_or_none(stamp: str, moment: bool) -> None:  # noqa: FBT001 - the case
    (one,) = pull(of([{"thread": "knee", "message": "One", "created_at": stamp}]))
    assert one.comment is not None
    assert one.comment.date == (dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC) if moment else None)


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"[" * 100_000,
        b'{"a": 1}',
        b'[{"a": ' + b"9" * 10_000 + b"}]",
        b'{"submissions": 3}',
        b"",
        b"\n\n",
        b'"' + b"x" * 300_000,
        ("," * 1000).encode(),
    ],
)
def test_a_broken_file_is_refused_with_a_reason(data: bytes) -> None:
    assert read_records(data).fault


@pytest.mark.parametrize("value", [[1], [None], [[]], ["text"], [{}], [{"thread": {"a": 1}}], [{"data": []}]])
def test_what_is_no_submission_is_counted_and_left_out(value: Any) -> None:
    assert verdicts(pull(of(value))) == ["skipped"]


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(data: bytes) -> None:
    found = read_records(data)
    arrivals = [parse_record(record, "message", "form", THREADS) for record in found.records]
    assert len(settle(arrivals, THREADS)) == len(found.records)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["thread", "message", "number", "numbered", "website2", "created_at", "spam"]),
            st.text(max_size=20) | st.integers() | st.booleans() | st.none(),
        )
    )
)
def test_the_totals_are_those_of_the_file(records: list[dict[str, Any]]) -> None:
    assert len(pull(of(records))) == len(records)


def write_blog(root: Path) -> Path:
    post = root / "content" / "posts" / "knee.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: Knee\ndate: 2014-04-06\n---\nText\n", "utf-8")
    return root / "content"


def run(*words: Any, code: int = 0) -> str:
    result = CliRunner().invoke(comments_pull, [str(each) for each in words], standalone_mode=False)
    assert result.exception is None, result.exception
    assert result.return_value == code
    return result.output


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    content = write_blog(tmp_path)
    file = tmp_path / "export.json"
    file.write_bytes(of(NETLIFY))
    assert run("netlify", file, "--into", content, "--dry-run").endswith("nothing was written\n")
    assert not (tmp_path / "inbox").exists()
    assert run("netlify", file, "--into", content).startswith("2 messages: 1 taken, 0 held, 1 skipped\n")
    assert run("netlify", file, "--into", content).startswith("2 messages: 0 taken, 0 held, 2 skipped\n")
    assert len(list((tmp_path / "inbox" / "knee").iterdir())) == 1


def test_of_a_file_that_breaks_off_nothing_is_written(tmp_path: Path) -> None:
    content = write_blog(tmp_path)
    file = tmp_path / "export.json"
    file.write_bytes(of(NETLIFY)[:-5])
    run("netlify", file, "--into", content, code=1)
    assert not (tmp_path / "inbox").exists()
