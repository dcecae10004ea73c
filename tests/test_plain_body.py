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
    *("\n- ", "\n* ", "\n+ ", "\n> ", "\n1. ", "\n2. ", "\n1) "),
    *("\n10. ", "> ", "- ", "1. ", "\n  ", "\n    ", " \n", "\n-"),
    *("***a b***", "_a_", "__a__", "a_b", "_", "\\*", "\\_", "\\`", "\\", "<", "<3", "< ", "<b>", "</b>"),
    *("<a@b.c>", "<a:b>", "&", "& ", "&amp", ";", "~5 km", "3 * 10", "* ", "@", "#1", "# ", "$5", "😀", "🏴", "\ufe0f"),
    *("^", "+1", "-1", "```", "\n```\n", "\n```\n"),
    *("[x](https://a.de/&copy)", "[x](https://a.de?b)", "[x](https://a.de/b '')", "]", "(", ")", "~~", "**"),
    *("[sic]", "[...]", "\n*x*"),
]  # fmt: skip


def long_way(text: str) -> str:
    """Return what the two parsers make of a body."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean, "render_plain", lambda _: None)
        return clean.clean_body(text, "markdown")


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
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
    html = clean.clean_body(text, "markdown")
    assert html == long_way(text)
    assert clean.is_clean(html)


@given(st.text(max_size=40))
def test_no_text_comes_out_otherwise_than_on_the_long_way(text: str) -> None:
    assert clean.clean_body(text, "markdown") == long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a > b",
            "a & b",
            "a &amp b",
            "a <3",
            "a < b",
            "<b> a",
            "a_b",
            "a ~ b",
            "3 * 10",
            "a #1",
            "#1",
            "$5",
            "a@b.c",
            "+1",
        ),
        *("- a", "1. a", "1) a\n7) b", "a\n- b\n- c", "> a\n> b", "> a\n\n> b", "- a\n\nb", "a\n\n    b", "a  b"),
        *(
            " a",
            "a ",
            "a\n b",
            "a \nb",
            "\na",
            "a\n\n \n\nb",
            "3 weeks",
            "😀",
            "\\*a",
            "a\\_b",
            "```\n a <b>\n\n*c*\n```\nd",
            "***a b***",
            "_a_",
        ),
    ],
)
def test_what_means_nothing_where_it_stands_is_plain(text: str) -> None:
    assert render_plain(text) == long_way(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a &amp; b",
            "a <https://a.de> b",
            "a <b@c.de> b",
            "*a",
            "a_ b",
            "~~a",
            "a\\b",
            "# a",
            "= a",
            "a\n==",
            "a\n--",
        ),
        *(
            "> a\nb",
            "- a\nb",
            "- a\n- b\n\n- c",
            "- a\n\n  b",
            "- a\n\n1. b",
            "2. a",
            "- a\n* b",
            "> - a",
            "-",
            "1.",
            "- ",
        ),
        *(
            "",
            " ",
            "\n",
            "---",
            "* * *",
            *("```", "```\na", "```\n\na\n```"),
            "~~~",
            "🏴",
            "![a](https://a.de)",
            "[a]: https://a.de",
            "a\\\nb",
        ),
    ],
)
def test_what_might_mean_more_is_not_plain(text: str) -> None:
    assert render_plain(text) is None


@pytest.mark.parametrize("letter", "`[]{}|\\\t\r\0\u200b\u202e\u0301\xa0")
def test_a_letter_that_might_mean_something_is_plain_nowhere(letter: str) -> None:
    assert render_plain(letter) is None
    assert render_plain(f"A{letter}b") is None


def test_what_most_readers_write_is_plain() -> None:
    text = "Thank you! My left one (2 years) hurt too:  rest didn't help.\n3 weeks of\n- 3 * 10 *bridges*\n- <3 & walks"
    assert render_plain(text) == (
        "<p>Thank you! My left one (2 years) hurt too:  rest didn't help.<br>\n3 weeks of</p>"
        "<ul><li>3 * 10 <em>bridges</em></li><li>&lt;3 &amp; walks</li></ul>"
    )
