"""The subject of a mail says which thread it is for, and bears our signature."""

from __future__ import annotations

import email.header
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehab.comments.numbers import comment_code
from rehab.comments.tokens import Token, is_signed, parse_token, render_mailto, render_token

KNEE = "two-exercises-for-a-hamstring"
ANSWERED = "20140407T120100Z-w7dc"


def test_a_token_names_the_thread_the_comment_that_is_answered_and_us() -> None:
    assert render_token(KNEE, "", "") == "[c: two-exercises-for-a-hamstring]"
    assert render_token(KNEE, ANSWERED, "") == "[c: two-exercises-for-a-hamstring wrvmwt]"
    assert render_token(KNEE, "", "key") == "[c: two-exercises-for-a-hamstring 925064195186b9fc]"


@pytest.mark.parametrize("thread", [KNEE, "exercises/clam", "exercises/clamshell", "injuries/knee", "Über_uns", "a.b"])
@pytest.mark.parametrize("reply_to", ["", ANSWERED])
@pytest.mark.parametrize("key", ["", "key", "Schlüssel 🔑"])
def test_what_a_token_says_is_read_back(thread: str, reply_to: str, key: str) -> None:
    token = parse_token(f"Re: Fwd: [list] {render_token(thread, reply_to, key)} Comment on [c: other] things")
    assert token is not None
    assert (token.thread, token.code) == (thread, comment_code(reply_to, 6) if reply_to else "")
    assert is_signed(token, key) == bool(key)
    assert not is_signed(token, "another")


def test_a_signature_is_for_one_thread_and_one_comment() -> None:
    token = parse_token(render_token(KNEE, ANSWERED, "key"))
    assert token is not None
    assert not is_signed(Token("other", token.code, token.signature), "key")
    assert not is_signed(Token(KNEE, "", token.signature), "key")
    assert not is_signed(Token(KNEE, token.code, ""), "key")
    assert not is_signed(Token(KNEE, token.code, ""), "")


@pytest.mark.parametrize("subject", ["", "Hello", "[c:]", "[c: ]", "c: knee", "[c: a b c d]", f"[c: {'x' * 300}]"])
def test_another_subject_has_no_token(subject: str) -> None:
    assert parse_token(subject) is None


def test_a_token_survives_being_folded_where_mail_programs_fold() -> None:
    folded = render_token(KNEE, ANSWERED, "key").replace(" ", "\r\n\t")
    assert parse_token(folded) == parse_token(render_token(KNEE, ANSWERED, "key"))


@pytest.mark.parametrize(
    "title",
    [
        'The "knee"',
        "Knee 🦵 & foot?",
        "a\nBcc: all@example.org\r\nTo: b@example.org",
        "+1 100% #x ;=",
        "<script>",
        "\u202ebackwards",
        "x" * 500,
        "",
    ],
)
def test_no_title_breaks_the_address_of_a_mail(title: str) -> None:
    url = urlsplit(render_mailto("comments@example.org", "[c: knee]", title))
    fields = parse_qs(url.query, strict_parsing=True)
    assert (url.scheme, url.path, list(fields)) == ("mailto", "comments@example.org", ["subject"])
    subject = fields["subject"][0]
    assert subject.startswith("[c: knee]")
    assert subject.isprintable()
    assert "+" not in url.query
    assert url.query.isascii()
    assert len(subject) < 90
    assert str(email.header.Header(subject, "utf-8", maxlinelen=76))


@given(st.text(max_size=60), st.text(max_size=30))
def test_every_subject_can_be_read(subject: str, key: str) -> None:
    token = parse_token(subject)
    assert token is None or not is_signed(token, key + "!")
