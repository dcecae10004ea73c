"""The short way for plain bodies makes what the long way makes, and takes nothing that is not plain."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehab.comments import clean
from rehab.comments.plain_body import render_plain

PIECES = [
    *("Walking", "a", "I", "3 x 10", "2.", "1)", "e.g.", "née", "ß", "“so”", "’s", "(really)", "...", "…", "--", "-"),
    *("=", "===", "/", "//", "http://x", "50%", "+", ":", ";", "!", "?", '"', "'", " ", " ", " ", "  ", "\n", "\n"),
    *("\n\n", "\n\n\n", "javascript:alert", "a@b.c", "&amp;", "<b>", "*", "_", "`", "[", "#", ">", "~", "{", "|"),
    *("\\", "\t", "\r\n", "\u0301"),
    *("*so*", "**so it is**", "~~no~~", "`3 x 10`", "(*x*)", "*x", "**x", "x**"),
    "[here](https://example.org/a_b?c=d&e=f)",
    *("*x-*", "~~x.~~", "[x](http://a)", "[x](https://1.2.3.4/)", "[x](https://xn--a.de)", "[x](https://a.example.)"),
    *("[x](https://a.de/&copy)", "[x](https://a.de?b)", "[x](https://a.de/b '')", "]", "(", ")", "~~", "**", "\n*x*"),
]  # fmt: skip


def long_way(text: str) -> str:
    """Return what the two parsers make of a body."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean, "render_plain", lambda _: None)
        return clean.clean_body(text, "markdown")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("A\n\n\n\nB")
@example("A\n===\nB")
@example("A\n- b")
@example("A\n1. b")
@example("A (b)\n(1) c\n")
@example("A://b.c/d")
@example("A" * 10_000)
@example("*x* **y** ~~z~~ `w` [v](https://a.de/?b=c&d)")
@example("**a*b**")
@example("*a **b** c*")
@example("*a*\n**b**\n\n`c`")
@example("*a*b")
@example("a*b*")
@example("[*a*](https://a.de)")
@example("[x](https://a-.de)")
@example("![x](https://a.de)")
@example("A" * 10_001)
def test_the_short_way_makes_what_the_long_way_makes(text: str) -> None:
    assert clean.clean_body(text, "markdown") == long_way(text)


@given(st.text(max_size=40))
def test_no_text_comes_out_otherwise_than_on_the_long_way(text: str) -> None:
    assert clean.clean_body(text, "markdown") == long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        *"<>&*_`[]#~{}|\\^$@\t\r\0\u200b\u202e\u0301",
        "1. a",
        "- a",
        "= a",
        " a",
        "a ",
        "a  b",
        "a\n b",
        "a \nb",
        "\na",
        "",
    ],
)
def test_what_might_mean_something_is_not_plain(text: str) -> None:
    assert render_plain(text) is None
    if not text.isspace() and len(text) == 1:
        assert render_plain(f"A{text}b") is None


def test_what_most_readers_write_is_plain() -> None:
    text = "Thank you! My left one (2 years) hurt too: rest didn't help.\n3 weeks"
    assert render_plain(text) is None, "a line that begins with a number might be a list"
    assert render_plain(text.replace("3", "Three")) == (
        "<p>Thank you! My left one (2 years) hurt too: rest didn't help.<br>\nThree weeks</p>"
    )
