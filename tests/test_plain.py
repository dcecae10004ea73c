"""Plain bodies come out of the short way as they come out of Python-Markdown, or not at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from rehab.adapter.text.markdown import RehabExtension
from rehab.adapter.text.plain import EXTENSIONS, is_plain_way, render_plain
from rehab.source.header import split_text

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = {"extensions": sorted(EXTENSIONS), "output_format": "html"}
REFERENCE = Markdown(extensions=[*sorted(EXTENSIONS), RehabExtension()], output_format="html")


def reference(text: str) -> str:
    """Return what Python-Markdown makes of a text."""
    REFERENCE.reset()
    return REFERENCE.convert(text)


def assert_same(text: str) -> bool:
    """Compare both ways and return whether the short one was taken."""
    short = render_plain(text)
    assert short is None or short == reference(text)
    return short is not None


PLAIN = (
    "",
    "\n\n",
    "One line.",
    "One line\nand another, (with) “signs” – and 3.5 km; é, ß, Œ.\n\nAnother one: 10 % of “it”!",
    "A *word*, **two words** and *a [link](https://example.org/a_b?c=d#e) in it*.",
    "[[clamshell]] and [[exercise:bridge|the bridge]], **[[glute-pain]]**.",
    "## A heading\n\nText.\n\n## A heading\n\n### Größe 3.5: (so)\n\n# One",
    "- one\n- *two*\n- [three](b)\n\nText.\n\n* four\n* **five**",
    "1. one\n2. two\n9. three\n\nText.",
    "> quoted\n> words\n\nText.\n\n> more",
    'Before.\n\n![A runner, "fast"](../images/a-b_c.jpg "On the road")\n\n![](b.png)\n\nAfter.',
    "Before.\n\n![[bridge]]\n\n![[bridge|3 x 10 @ 10 lb]]\n\nAfter.",
    "*a*b **c**d\n*e f*",
    "1986 was hot.\n3.5 km were enough.\n\n\n\nSo.",
)


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_plain_takes_the_short_way(text: str) -> None:
    assert assert_same(text)


TRAPS = (
    " indented", "ends in a space ", "two  \nspaces", "    code", "\ttab", "a\tb", "a_b_c", "_so_", "a `code` b",
    "<b>so</b>", "a < b", "a & b", "&amp;", "a \\* b", "~~so~~", "~~~\ncode\n~~~", "```\ncode\n```",
    "a | b\n--|--\nc | d", "Term\n: meaning", "A\n===", "A\n---", "***", "---", "- - -", "* * *", "+ one",
    "- one\n\n- two", "- one\n* two", "- one\n  - two", "- one\nlazy", "1. one\n\n2. two", "2. two\n3. three",
    "1) one", "- one\n\n1. two", "1. one\n\n    more", "- one\n\n    more", "text\n- one", "text\n# head",
    "# head\ntext", "#head", "# head #", "## *so* it is", "> one\n\n> two", "> one\nlazy", ">one", "> - one",
    "> > one", "- > one", "- # one", "- 1. one", "[a][b]\n\n[b]: c", "[a]: b", "[a] b", "[a](b c)", '[a](b "c")',
    "[a](<b>)", "![a](b.jpg) words", "words ![a](b.jpg)", "![a](b.jpg)\n![c](d.jpg)",
    "![a](https://example.org/b.jpg)", "![a](/b.jpg)", "![a](b.jpg 'c')", "![*a*](b.jpg)", "![[a]] words",
    "words\n![[a]]", "[[A B]]", "[[a|*b*]]", "[[a]", "[[a]]]", "a ![[b]] c", "*a", "a*", "**a", "*a **b** c*",
    "**a *b* c**", "***a***", "* a*", "*a *", "**a**b**", "*a**b*", "*a\nb*", "[*a*](b)", "[^1] and\n\n[^1]: note",
    "*[HTML]: language\n\nHTML", "[TOC]", "# a {#b}", "a\n{: .b }", "{: .b }", "a {b} c", "{static}/a", "a\x02b",
    "a\x03b", "a\x0bb", "a\u2028b", "a\u00a0b", "\u00a0a", "a\rb", "a\n \nb", "\x00", "http://example.org <a@b.c>",
    "a\n\n~~~~\n\nb", "a != b", "a![b](c)", "a!\n[b](c)", "!", "#", ">", "-", "*", "1.", "=", "a\n=", "[", "]", "(",
    "$$a$$", "a^b",
)  # fmt: skip


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_never_another_html(text: str) -> None:
    assert_same(text)
    assert_same(f"Before.\n\n{text}\n\nAfter.")


PIECES = (
    "a", "word two", "1", "12", "3.5", ".", ",", ":", "é", '"', "'", "(", ")", "!", "=", "+", "-", "#", "%", "@", "/",
    " ", "  ", "\n", "\n\n", "\n\n\n", "\n- ", "\n* ", "\n1. ", "\n2. ", "\n> ", "\n# ", "\n: ", "\n\n- ", "\n\n* ",
    "\n\n1. ", "\n\n> ", "\n\n## ", "*", "**", "_", "[", "]", "`", "~", "|", "<", "&", "\\", "{", "}", "^", "\t",
    "    ", "*a*", "**b c**", "[a](b)", "[[a-b]]", "[[a|b c]]", "![[x]]", "![a](b.jpg)", '![a](b.jpg "c")',
    "\n\n![[x]]\n\n", "\n\n![a](b.jpg)\n\n", "a_b", "[x][y]", "[^1]", "---", "\n---\n", "\n===\n", "“x”", "–", "😀",
    "\u00a0",
)  # fmt: skip


@settings(max_examples=1_500)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_random_pieces_of_markdown_are_the_same_both_ways(text: str) -> None:
    assert_same(text)


def test_random_plain_pieces_take_the_short_way_and_are_the_same() -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts every time
    simple = [each for each in PIECES if each not in set("_[]`~|<&\\{}^\t*") | {"    ", "  ", "**", "\u00a0", "😀"}]
    taken = sum(assert_same("".join(chance.choices(simple, k=chance.randrange(1, 12)))) for _ in range(1_500))
    assert taken > 150


def test_the_bodies_of_the_demo_are_the_same_and_mostly_plain() -> None:
    files = sorted((ROOT / "content").rglob("*.md"))
    bodies = [split_text(file.read_text("utf-8"), file.name)[0].body for file in files]
    taken = [assert_same(body) for body in bodies]
    assert sum(taken) > 0.9 * len(taken)


@pytest.mark.parametrize(
    "options",
    [
        {**OPTIONS, "output_format": "xhtml"},
        {**OPTIONS, "extensions": [*OPTIONS["extensions"], "markdown.extensions.nl2br"]},
        {**OPTIONS, "extensions": ["markdown.extensions.extra"]},
        {**OPTIONS, "extension_configs": {"markdown.extensions.toc": {"permalink": True}}},
        {**OPTIONS, "tab_length": 2},
        {"extensions": sorted(EXTENSIONS)},
    ],
)
def test_other_options_have_no_short_way(options: dict[str, object]) -> None:
    assert is_plain_way(OPTIONS)
    assert not is_plain_way(options)
