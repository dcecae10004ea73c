"""The short way through front matter makes what the library's way makes, and takes nothing that is not plain."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehab.source import yaml as long
from rehab.source.place import Place
from rehab.source.yaml_short import read_short

START = Place("content/comments/knee/a.md", 2)
KEYS = ["author", "date", "reply_to", "y", "null", "on", "_a", "A", "a-b", "é", "1", ""]
VALUES = [
    *("Ann", "yes", "null", "0xff", "010", "1:30", "2014-04-06T08:30:00Z", "https://a.example/b?c=d&e=%20~f", "José"),
    *('"#1 fan"', '"a: b"', '""', '"a\\"b"', '"\\u0041"', "'a'", '"a" # b', "[a]", "[a, b-2]", "[a,b]", "[]", "[a, ]"),
    *("- a", "a: b", "a:", "a #b", "a#b", "&a", "*a", "!a", "|", ">", "{a: b}", "a ", " a", "a  b", "%a", "@a", "`a`"),
    *("a - b", "a -b", "a (b)", "a, b", "\ta", "a\tb", "a\x85b", "a\u2028b", "\U0001f600", "\x07", "\x7f", "\xa0"),
    *("? a", "~", "=", "<<", "---", "...", "a\n b", "\n  - a", "(a)", "a)", "a'b", "don't", "a!", "a?", "a&b", "a; b"),
]
LINES = st.tuples(st.sampled_from(KEYS), st.sampled_from([": ", ":", " : ", ":  "]), st.sampled_from(VALUES))


def both(text: str) -> None:
    short = read_short(text, START)
    if short is not None:
        node, problems = long._read(text, START, 0)  # noqa: SLF001 - the way it stands for
        assert (short, ()) == (node, problems)


@given(st.lists(LINES.map("".join), min_size=1, max_size=5).map("\n".join), st.sampled_from(["", "\n", "\n\n"]))
def test_the_short_way_makes_what_the_long_way_makes(lines: str, end: str) -> None:
    both(lines + end)


@given(st.text(alphabet="ab:-#'\"[], \n\t&*!|>%@`{}?~.é\u2028", max_size=30))
@example("a: b\na: c\n")
def test_no_text_is_read_otherwise_than_on_the_long_way(text: str) -> None:
    both(text)
    both(f"a: {text}")


@pytest.mark.parametrize("value", ["a: b", "a #b", "'a'", '"a\\"', "|", "{a: b}", "[a, b: c]", "- a", "a ", "&a"])
def test_what_might_mean_something_is_left_to_the_library(value: str) -> None:
    assert read_short(f"a: {value}\n", START) is None


def test_what_comments_have_is_read_the_short_way() -> None:
    text = 'author: "#1 fan"\ndate: 2014-04-06T08:30:00Z\nurl: https://a.example/\naliases: [comment-7, c9]\n'
    table = read_short(text, START)
    assert table is not None
    assert [(str(row.key.place), str(row.value.place)) for row in table] == [
        (f"{START.path}:{line}:1", f"{START.path}:{line}:{column}")
        for line, column in ((2, 10), (3, 7), (4, 6), (5, 10))
    ]
