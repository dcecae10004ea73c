"""What counts as code in a text, against the patterns by which Python-Markdown finds it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rehab.site.text.code import mask_code

SPAN = re.compile(r"(?<!\\)(`+)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
RAW = re.compile(r"<!--.*?-->|<(pre|code|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
PIECES = st.sampled_from(
    (
        *("`", "``", "```", "\\", "a", "é", "\n", "\n\n", " ", "[[b]]"),
        *("<!--", "-->", "<pre>", "</pre>", "</PRE >", "<code", "</code "),
    )
)
TEXTS = st.lists(PIECES, max_size=20).map("".join).map("x {}".format)
"""No line of them begins a fence or is indented: only spans and raw blocks are asked for here."""


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


@given(TEXTS.filter(lambda text: not re.search(r"^(?:```|    )", text, re.MULTILINE)))
def test_a_span_or_raw_block_is_blanked_exactly_where_python_markdown_finds_one(text: str) -> None:
    assert mask_code(text) == SPAN.sub(blank, RAW.sub(blank, text))


@given(TEXTS)
def test_every_line_and_column_stays_in_its_place(text: str) -> None:
    for line, masked in zip(text.split("\n"), mask_code(text).split("\n"), strict=True):
        assert not masked or re.fullmatch("".join(f"[ {re.escape(letter)}]" for letter in line), masked)


def test_what_nothing_closes_is_text() -> None:
    assert mask_code("<!-- a `b") == "<!-- a `b"
    assert mask_code("<pre> <!-- --> [[a]]") == "<pre>          [[a]]"
