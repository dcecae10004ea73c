"""A mail to the blog becomes a comment that waits; of its writer only the name, the date and the words are kept."""

from __future__ import annotations

import base64
import datetime as dt
import mailbox
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rehab.cli.comments.mail import KEY, read_mails
from rehab.cli.comments.mail import mail as comments_mail
from rehab.comments.arrivals import Arrival, render_arrivals, settle
from rehab.comments.mail import Reading, parse_mail
from rehab.comments.mail_text import parse_html, strip_mail, unflow
from rehab.comments.submitted import ThreadKnown
from rehab.comments.tokens import render_token
from rehab.model.comment import Comment
from rehab.source.place import Place

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
FIRST = Comment(
    slug="20140406T120000Z-aaaaaa", path="", place=Place("x"), thread="knee", body="Hello\n",
    date=dt.datetime(2014, 4, 6, 12, tzinfo=dt.UTC),
)  # fmt: skip
THREADS = {
    "knee": ThreadKnown(shown={FIRST.slug: FIRST}, taken=frozenset({FIRST.slug})),
    "old": ThreadKnown(state="closed"),
}
SECRET = "secret"  # noqa: S105 - a key for tests
OURS = render_token("knee", "", SECRET)


def mail(body: str = "It helped.", **fields: str) -> EmailMessage:
    message = EmailMessage()
    head = {
        "From": '"Robin" <robin.private@host.example>',
        "To": "comments@example.org",
        "Subject": f"{OURS} Comment on Knees",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0100",
        "Message-ID": "<1@host.example>",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    for name, value in head.items():
        if value:
            message[name] = value
    message.set_content(body)
    return message


def read(message: EmailMessage | bytes, key: str = SECRET) -> Arrival:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return parse_mail(data, "message 1", Reading(THREADS, key, NOW))


def said(message: EmailMessage | bytes) -> str:
    arrival = read(message)
    assert arrival.given is not None, arrival
    return arrival.given.message


def head(*lines: str) -> bytes:
    lines = (f"Subject: {OURS}", "From: Robin <r@host.example>", "Date: Fri, 20 Nov 2026 10:00:00 +0100", *lines)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


# What a mail says


def test_a_mail_is_a_comment_on_the_thread_in_its_subject() -> None:
    given = read(mail()).given
    assert given is not None
    assert (given.thread, given.name, given.message, given.source) == ("knee", "Robin", "It helped.", "mail")
    assert given.date == dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)


def test_a_mail_answers_the_comment_in_its_subject() -> None:
    given = read(mail(Subject=f"Re: {render_token('knee', FIRST.slug, SECRET)}")).given
    assert given is not None
    assert (given.reply_to, given.unanswered) == (FIRST.slug, False)


def test_a_comment_that_is_gone_cannot_be_answered_and_that_is_told() -> None:
    given = read(mail(Subject=render_token("knee", "gone", SECRET))).given
    assert given is not None
    assert (given.reply_to, given.unanswered) == ("", True)


@pytest.mark.parametrize(
    ("subject", "key", "hold"),
    [
        (OURS, SECRET, ""),
        (OURS, "", "signatures are not checked"),
        (OURS, "another", "is not ours"),
        ("[c: knee]", SECRET, "bears no signature"),
        ("[c: knee 0123456789abcdef]", SECRET, "is not ours"),
        (render_token("old", "", SECRET).replace("old", "knee"), SECRET, "is not ours"),
    ],
)
def test_what_does_not_bear_our_signature_is_held_and_says_why(subject: str, key: str, hold: str) -> None:
    arrival = read(mail(Subject=subject), key)
    assert arrival.given is not None
    assert hold in arrival.hold
    assert bool(hold) == bool(arrival.hold)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"Subject": "Hello"}, "names no thread"),
        ({"Subject": ""}, "names no thread"),
        ({"Subject": "[c: nowhere 0123456789abcdef]"}, "no thread of this site"),
        ({"Subject": "[c: ../../etc/passwd]"}, "no thread of this site"),
        ({"Auto_Submitted": "auto-replied"}, "a program answered"),
        ({"Auto_Submitted": "auto-generated; x=y"}, "a program answered"),
        ({"X_Autoreply": "yes"}, "a program answered"),
        ({"Precedence": "bulk"}, "a mailing list"),
        ({"Precedence": "List"}, "a mailing list"),
        ({"Return_Path": "<>"}, "could not be delivered"),
    ],
)
def test_what_no_reader_wrote_is_left_out_and_says_why(fields: dict[str, str], reason: str) -> None:
    arrival = read(mail(**fields))
    assert arrival.given is None
    assert reason in arrival.skip


def test_a_mail_that_says_it_is_not_automatic_is_from_a_person() -> None:
    assert read(mail(Auto_Submitted="no")).given


def test_a_bounce_is_no_comment() -> None:
    data = (
        head("Content-Type: multipart/report; report-type=delivery-status; boundary=x") + b"--x\r\n\r\nhi\r\n--x--\r\n"
    )
    assert "could not be delivered" in read(data).skip


# Who wrote it


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Robin <r@host.example>", "Robin"),
        ('"Robin O\'Brien, Dr." <r@host.example>', "Robin O'Brien, Dr."),
        ("=?utf-8?q?J=C3=B6rg?= <r@host.example>", "Jörg"),
        ("=?utf-8?b?8J+mtQ==?= Knee <r@host.example>", "🦵 Knee"),
        ("=?utf-8?q?J=C3=B6?=\r\n =?utf-8?q?rg?= <r@host.example>", "Jörg"),
        ("r@host.example", ""),
        ("<r@host.example>", ""),
        ('"r@host.example" <r@host.example>', ""),
        ("", ""),
        ("=?nonsense?q?x?= <r@host.example>", "x"),
        ("=?utf-8?b?!!!?= <r@host.example>", None),
    ],
)
def test_a_name_is_what_stands_before_the_address_and_never_the_address(sender: str, name: str | None) -> None:
    data = f"From: {sender}\r\nSubject: {OURS}\r\n\r\nHello\r\n".encode()
    (one,) = settle([read(data)], THREADS)
    assert one.comment is not None
    assert name is None or one.comment.author == name
    assert "host.example" not in one.comment.author


def test_no_address_of_a_mail_is_in_the_comment_or_in_the_report() -> None:
    body = "Write to robin.private@host.example or ask 203.0.113.77.\n"
    arrival = read(mail(body, Received="from x ([203.0.113.77]) by mx; Fri, 20 Nov 2026 10:00:05 +0100"))
    settled = settle([arrival], THREADS)
    assert settled[0].comment is not None
    seen = f"{settled[0].comment}{render_arrivals(settled, written=True, every=True)}"
    assert [each for each in ("robin.private", "host.example", "203.0.113", "@") if each in seen] == []


# When


@pytest.mark.parametrize(
    ("date", "received", "remark"),
    [
        ("", "", ""),
        ("yesterday", "", "cannot be read"),
        ("Fri, 99 Nov 2026 10:00:00 +0100", "", "cannot be read"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", "", "cannot be read"),
        ("Fri, 20 Nov 2099 10:00:00 +0100", "", "in the future"),
        ("Fri, 20 Nov 2026 10:00:00 +0100", "Tue, 17 Nov 2026 10:00:00 +0100", "in the future"),
        ("Mon, 20 Nov 2006 10:00:00 +0100", "Fri, 20 Nov 2026 10:00:00 +0100", "more than a month"),
        ("Fri, 20 Nov 2026 10:00:00 +9999999", "", "cannot be read"),
    ],
)
def test_a_date_that_cannot_be_believed_is_no_date(date: str, received: str, remark: str) -> None:
    arrival = read(mail(Date=date, Received=f"by mx; {received}" if received else ""))
    assert arrival.given is not None
    assert arrival.given.date is None
    assert (remark in " ".join(arrival.remarks)) or not remark


def test_a_mail_without_a_date_is_the_same_when_it_comes_again_with_one() -> None:
    settled = settle([read(mail(Date="")), read(mail())], THREADS)
    assert [each.verdict for each in settled] == ["taken", "skipped"]


# What is in it


def test_the_plain_text_goes_before_the_html() -> None:
    message = mail("plain *words*")
    message.add_alternative("<p>marked</p>", subtype="html")
    assert said(message) == "plain *words*"


def test_html_alone_becomes_its_words() -> None:
    message = mail()
    message.set_content("<style>p{x}</style><p>One &amp; two<br>three</p><script>bad()</script>", subtype="html")
    arrival = read(message)
    assert arrival.given is not None
    assert arrival.given.message == "One & two\nthree"
    assert "HTML only" in " ".join(arrival.remarks)


def test_what_is_attached_is_left_out_and_said() -> None:
    message = mail("Look:")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="../../knee.png")
    message.add_attachment("secret words", filename="notes.txt")
    inner = EmailMessage()
    inner.set_content("forwarded words")
    message.add_attachment(inner)
    arrival = read(message)
    assert arrival.given is not None
    assert arrival.given.message == "Look:"
    assert "what is attached to it was left out" in arrival.remarks


@pytest.mark.parametrize(
    ("lines", "body", "expected"),
    [
        (["Content-Type: text/plain; charset=iso-8859-1"], "Füße".encode("latin-1"), "Füße"),
        (["Content-Type: text/plain; charset=koi8-r"], "нога".encode("koi8-r"), "нога"),
        (["Content-Type: text/plain; charset=utf-8"], "Füße".encode("latin-1"), "Füße"),
        (["Content-Type: text/plain; charset=nonsense"], "Füße".encode(), "Füße"),
        (["Content-Type: text/plain; charset=punycode"], b"hello", "hello"),
        (["Content-Type: text/plain; charset=zlib_codec"], b"hello", "hello"),
        (["Content-Type: text/plain; charset=unicode_escape"], rb"a\x41", r"a\x41"),
        ([], "Füße".encode(), "Füße"),
        (["Content-Transfer-Encoding: quoted-printable"], b"It=20helped=\r\n a lot =ZZ", "It helped a lot =ZZ"),
        (["Content-Transfer-Encoding: base64"], base64.b64encode(b"It helped"), "It helped"),
        (["Content-Transfer-Encoding: base64"], b"SXQgaGVscGV", "It help"),
        (["Content-Transfer-Encoding: nonsense"], b"It helped", "It helped"),
        (["Content-Type: nonsense"], b"It helped", "It helped"),
        (["Content-Type: multipart/mixed"], b"It helped", None),
        (["Content-Type: text/plain; format=flowed"], b"one \r\ntwo\r\n\r\nthree", "one two\n\nthree"),
    ],
)
def test_damaged_and_old_encodings_are_read_as_well_as_they_can_be(
    lines: list[str], body: bytes, expected: str | None
) -> None:
    arrival = read(head(*lines) + body + b"\r\n")
    words = arrival.given.message if arrival.given else ""
    assert expected is None or expected in words


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\r\n\r\n",
        b"\0" * 5000,
        head(*[f"X-{at}: y" for at in range(5000)]) + b"words",
        head()
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (at, at) for at in range(5000)),
        head("Content-Type: multipart/mixed; boundary=x") + b"--x\r\nContent-Type: message/rfc822\r\n\r\n" * 3000,
        head("Content-Type: multipart/mixed; boundary=x") + b"--x\r\n" * 20_000,
        head("Content-Type: text/html") + b"<div>" * 50_000 + b"words",
        head("Content-Type: text/html") + b"<blockquote>" * 20_000 + b"words",
        head("Content-Type: text/html") + b"<!--" * 100_000,
        head() + b"> " * 300_000,
        head() + b"-- \r\n" * 100_000,
        head() + b"On " * 100_000 + b"wrote:\r\n> x",
        head() + b"x" * 3_000_000,
        b"Subject: " + b"=?utf-8?q?x?= " * 100_000 + b"\r\n\r\nwords",
        b"From: " + b"(" * 100_000 + b"\r\nSubject: [c: knee]\r\n\r\nwords",
        b"From: " + b"a@b.example," * 50_000 + b"\r\nSubject: [c: knee]\r\n\r\nwords",
        b"Content-Type: text/plain; " + b"a*0*=x'y'z;" * 20_000 + b"\r\nSubject: [c: knee]\r\n\r\nwords",
    ],
    ids=range(18),
)
def test_a_bomb_costs_a_line_of_the_report(data: bytes) -> None:
    (one,) = settle([read(data)], THREADS)
    assert one.verdict in {"taken", "held", "skipped"}
    assert one.comment is None or len(one.comment.body) <= 200_001


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_or_left_out(data: bytes) -> None:
    assert read(data).skip
    (one,) = settle([read(head() + data)], THREADS)
    assert one.verdict in {"taken", "skipped"}


# What is not its writer's


@pytest.mark.parametrize(
    ("text", "kept", "remarks"),
    [
        ("Hello\n-- \nRobin\n+49 1", "Hello", 1),
        ("Hello\n\n--\nRobin", "Hello", 1),
        ("A head\n--\ntext", "A head\n--\ntext", 0),
        ("-- \nRobin", "--\nRobin", 0),
        ("Hello\n\nSent from my iPhone", "Hello", 1),
        ("Hello\n\nSent from my heart to you and yours", "Hello\n\nSent from my heart to you and yours", 0),
        ("Hello\n\nOn Fri, Marit <m@x> wrote:\n> one\n>\n> two\n", "Hello", 1),
        ("Hello\n\nOn Fri, 20 Nov 2026 at 9:00,\nMarit <m@x.example> wrote:\n\n> one\n", "Hello", 1),
        ("Hello\n\nAm 20.11.26 um 9:00 schrieb Marit:\n> eins", "Hello", 1),
        ("Hello\n\n-----Original Message-----\nFrom: Marit\n\none", "Hello", 1),
        ("Hello\n\nOn Fri, M wrote:\n> one\n\nmy answer", "Hello\n\nOn Fri, M wrote:\n> one\n\nmy answer", 0),
        (f"Hello\n\n{'_' * 32}\nFrom: Marit\nSent: Friday\n\none", "Hello", 1),
        (f"Hello\n\n{'_' * 32}\nmore", f"Hello\n\n{'_' * 32}\nmore", 0),
        ("As she says:\n> one", "As she says:\n> one", 0),
        ("> one\n\nmy answer", "> one\n\nmy answer", 0),
        ("> only a quotation", "> only a quotation", 0),
        ("On Friday, I ran. Nobody wrote:\n\nnothing", "On Friday, I ran. Nobody wrote:\n\nnothing", 0),
    ],
)
def test_only_what_is_certainly_not_the_writers_is_cut(text: str, kept: str, remarks: int) -> None:
    assert (strip_mail(text)[0], len(strip_mail(text)[1])) == (kept, remarks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two\nmine", "> one two\nmine"),
        ("> one \n>> two", "> one\n>> two"),
        (" > no quotation", "> no quotation"),
        ("one \n-- \nname", "one\n-- \nname"),
    ],
)
def test_flowed_lines_are_paragraphs_again(text: str, expected: str) -> None:
    assert unflow(text) == expected


def test_html_keeps_its_lines_and_its_quotations() -> None:
    text = (
        "<div>One</div><div>two</div><p>three <b>four</b></p><ul><li>five</ul><blockquote><p>six<p>seven</blockquote>8"
    )
    assert parse_html(text) == "One\ntwo\n\nthree four\n\nfive\n\n> six\n>\n> seven\n\n8"


# The command


def write_blog(root: Path) -> Path:
    post = root / "content" / "posts" / "knee.md"
    post.parent.mkdir(parents=True)
    post.write_text("---\ntitle: Knee\ndate: 2014-04-06\n---\nText\n", "utf-8")
    return root / "content"


def run(*words: Any) -> str:
    result = CliRunner(env={KEY: SECRET}).invoke(comments_mail, [str(each) for each in words], standalone_mode=False)
    assert result.exception is None, result.exception
    assert result.return_value == 0
    return result.output


def put(folder: Path, *messages: EmailMessage) -> Path:
    box = mailbox.mbox(folder / "box", create=True)
    for message in messages:
        box.add(message)
    box.close()
    return folder / "box"


def test_the_totals_are_those_of_the_mailbox_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    content = write_blog(tmp_path)
    box = put(tmp_path, mail(), mail("Two", Subject="[c: knee]"), mail("x", Subject="Hello"), mail())
    first = run(box, "--into", content)
    assert first.startswith("4 messages: 1 taken, 1 held, 2 skipped\n")
    files = sorted((tmp_path / "inbox" / "knee").iterdir())
    assert len(files) == 2
    before = [file.read_bytes() for file in files]
    assert run(box, "--into", content).startswith("4 messages: 0 taken, 0 held, 4 skipped\n")
    assert [file.read_bytes() for file in sorted((tmp_path / "inbox" / "knee").iterdir())] == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    content = write_blog(tmp_path)
    assert "nothing was written" in run(put(tmp_path, mail()), "--into", content, "--dry-run")
    assert not (tmp_path / "inbox").exists()


def test_what_was_rejected_does_not_come_back(tmp_path: Path) -> None:
    content = write_blog(tmp_path)
    box = put(tmp_path, mail())
    run(box, "--into", content)
    (tmp_path / "inbox" / ".undo").mkdir()
    (tmp_path / "inbox" / "knee").rename(tmp_path / "inbox" / ".undo" / "knee")
    assert "1 skipped" in run(box, "--into", content)


def test_mails_are_read_from_a_file_an_mbox_a_maildir_and_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(mail().as_bytes())
    folder = mailbox.Maildir(tmp_path / "dir", create=True)
    folder.add(mail())
    folder.add(mail("Two"))
    folder.close()
    (tmp_path / "dir" / "cur" / "link").symlink_to(tmp_path / "one.eml")
    box = put(tmp_path, mail("\nFrom here on it hurt.\n"), mail())
    counts = [len(list(read_mails(each))) for each in (tmp_path / "one.eml", tmp_path / "dir", box, tmp_path)]
    assert counts == [1, 2, 2, 1]
    assert said(next(read_mails(box))[1]) == "From here on it hurt."
