from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

import html5lib
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from rehab.comments.addresses import LONGEST, clean_link
from rehab.comments.clean import CAP, REL, Format, clean_body, clean_comment, clean_name, clean_url

HERE = Path(__file__).parent
CASES = HERE / "cases" / "comments"
PAYLOADS = HERE.parent / ".." / "shared" / "data" / "xss" / "payloads.jsonl"

FORMATS: tuple[Format, ...] = get_args(Format)
TAGS = {"p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
ZERO_WIDTH = set("\u200b\u2060\ufeff\u00ad\u180e")

PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<a href='https://a.example'>", "<a href=x>", "</a>", "<ul>", "</ul>",
    "<ol>", "<ol start=4>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<code>",
    "</code>", "<br>", "<hr>", "<table>", "<tr>", "<td>", "</table>", "<h1>", "</h1>", "<div>", "</div>", "<dl><dt>",
    "<img alt=x src=https://b.example>", "<svg>", "</svg>", "<math><mi>", "<style>", "</style>", "<select>", "<title>",
    "<textarea>", "<template>", "<!--", "-->", "<noscript>", "<plaintext>", "<form>", "<caption>", "x", " ", "\n", "&",
    "&amp;", "&lt;", "&nbsp;", "&#x202e;", "&#0;", "&#13;", "{", "}", "|", "\u0338", "\u0301", "e", "\u2764", "\u200d",
    "\U0001f467", "\ufdd0", "*", "_", "`", "~~", "[", "](", ")", "> ", "- ", "3. ", "# ", "\t",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


def load(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text("utf-8"))


def attacks() -> list[str]:
    groups = yaml.safe_load((HERE / "cases" / "xss.yml").read_text("utf-8"))
    return [attack for group in groups.values() for attack in group]


def assert_harmless(cleaned: str) -> None:
    """Read HTML as a browser does and find only allowed tags, attributes, addresses and letters."""
    assert not set("{}|") & set(cleaned)
    fragment = html5lib.parseFragment(cleaned, treebuilder="etree", namespaceHTMLElements=False)
    for element in fragment.iter():
        if element is fragment:
            continue
        assert element.tag in TAGS
        if element.tag == "a":
            assert set(element.attrib) == {"href", "rel"}
            assert element.attrib["rel"] == REL
            assert_harmless_address(element.attrib["href"])
        else:
            assert not element.attrib
    assert_seen("".join(fragment.itertext()))


def assert_harmless_address(address: str) -> None:
    parts = urlsplit(address)
    assert parts.scheme in {"http", "https", "mailto"}
    assert parts.scheme == "mailto" or parts.hostname
    assert parts.scheme == "mailto" or "@" not in parts.netloc
    assert_seen(address)
    assert not set(address) & set('{}|\\"<> \n')


def assert_seen(text: str) -> None:
    controls = {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cs"}} - {"\n"}
    assert not controls
    assert not set(text) & (BIDI | ZERO_WIDTH)


def assert_harmless_everywhere(attack: str) -> None:
    for each in FORMATS:
        assert_harmless(clean_body(attack, each))
    name = clean_name(attack)
    assert_seen(name)
    assert "\n" not in name
    assert len(name) <= 80
    url = clean_url(attack)
    if url is not None:
        assert_harmless_address(url)
        assert len(url) <= LONGEST


def test_there_are_attacks_of_many_kinds() -> None:
    assert len(set(attacks())) >= 60


@pytest.mark.parametrize("attack", attacks())
def test_no_attack_gets_through_in_any_format(attack: str) -> None:
    assert_harmless_everywhere(attack)


def test_no_known_payload_gets_through_in_any_format() -> None:
    if not PAYLOADS.is_file():
        pytest.skip("the collection of published payloads is not beside this checkout")
    payloads = [json.loads(line)["payload"] for line in PAYLOADS.read_text("utf-8").splitlines() if line.strip()]
    assert payloads
    for payload in payloads:
        assert_harmless_everywhere(payload)


@given(hostile)
def test_nothing_harmful_can_be_composed(attack: str) -> None:
    assert_harmless_everywhere(attack)


@given(hostile, st.sampled_from(FORMATS))
@example("<ul>x<blockquote>y<li>z", "html")
@example("<p><a href='https://a.example'>x<p>y<table><a href='https://b.example'>z", "html")
@example("<pre>\n\nx", "html")
@example("<b>\u0338x</b>", "html")
def test_cleaning_twice_is_cleaning_once(text: str, form: Format) -> None:
    once = clean_body(text, form)
    assert clean_body(once, "html") == once


@pytest.mark.parametrize("attack", attacks())
def test_cleaning_an_attack_twice_is_cleaning_it_once(attack: str) -> None:
    for each in FORMATS:
        once = clean_body(attack, each)
        assert clean_body(once, "html") == once


@pytest.mark.parametrize("case", load("bodies.yml"), ids=lambda case: case["rule"])
def test_bodies_are_shown_as_their_case_says(case: dict[str, str]) -> None:
    form: Any = case.get("format", "markdown")
    assert clean_body(case["in"], form) == case["out"]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=200))
def test_no_letter_and_no_digit_of_plain_text_is_lost(text: str) -> None:
    fragment = html5lib.parseFragment(clean_body(text, "text"), treebuilder="etree")
    shown = unicodedata.normalize("NFC", "".join(fragment.itertext()))
    unseen = set("\u115f\u1160\u3164\uffa0")
    assert shown == "".join(letter for letter in unicodedata.normalize("NFC", text) if letter not in unseen)


# From the pathological cases of cmark and markdown-it, and the shapes that are slow in HTML parsers.
BOMBS = [
    "*a _a ", "*a **a ", "*a_ ", "a_ ", "_a ", "**_* ", "*_", "~~a", "`", "e`", "``\\", "\\``", "[", "[a", "a]", "![",
    "[](", "[]((", "[ (](", "![[]()", "[a](b", "[a](<b", "[a]('", "]([\n", "[ a_", "[a]: b\n", "<", "<http:", "</",
    "<!--", "<a ", "<a@", "<b>", "<b><p>", "<a href=x>", "<table>", "<table><tr><td>", "<ul><li>", "<svg>", "<em><p>a",
    "</p>", ">", "> ", "> a\n", "- ", "- a\n", "- a\n  - b\n", "1. ", "1) a\n   ", "> - ", "-\n", "=\n", "# ", "```\n",
    "| a | b |\n", "&", "&#", "\\", "\n", " ", "\u200d", "\u0301", "{", "…",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("piece", BOMBS)
def test_a_text_that_is_one_piece_again_and_again_comes_to_an_end(piece: str, form: Format) -> None:
    cleaned = clean_comment(piece * (CAP // len(piece) + 2), form)
    assert cleaned.cut
    assert len(cleaned.html) <= 20 * CAP


@pytest.mark.parametrize(
    "bomb",
    [
        "*" * 4999 + "a" + "*" * 4999,
        "[" * 4999 + "a" + "]" * 4999,
        "*a **a " * 700 + "b" + " a** a*" * 700,
        "a**b" + "c* " * 3000,
        "*a " * 1600 + "_a*_ " * 1000,
        "x" + " " * 9000 + "x  \nx",
        "".join("  " * depth + "* a\n" for depth in range(98)),
        "".join("e" + "`" * length for length in range(140)),
        "".join(f"<b a{number}><p>" for number in range(900)),
        "<a href='https://a.example/" + "x" * 1900 + "'>" + "<p>x" * 2000,
        "<b><i><s><tt>" + "<p>x" * 2400,
    ],
)
def test_known_bombs_come_to_an_end_and_do_not_grow(bomb: str) -> None:
    for each in FORMATS:
        assert len(clean_body(bomb, each)) <= 20 * CAP


def test_half_characters_and_old_line_ends_are_mended_before_anything_reads_them() -> None:
    assert clean_body("a\ud83db\rc\r\nd", "text") == "<p>ab<br>c<br>d</p>"
    assert clean_name("a\ud83d") == "a"
    assert clean_url("https://example.org/\ud83d") is None


def test_a_text_at_the_cap_is_whole() -> None:
    cleaned = clean_comment("x" * CAP, "text")
    assert not cleaned.cut
    assert cleaned.html == f"<p>{'x' * CAP}</p>"


def test_a_longer_text_is_cut_and_says_so() -> None:
    cleaned = clean_comment("x" * CAP + "y", "text")
    assert cleaned.cut
    assert cleaned.html == f"<p>{'x' * CAP}…</p>"


@pytest.mark.parametrize("tail", ["<a href='https://example.org/long'>y</a>", "<script>y", "<!-- y", "y</p>"])
def test_html_that_is_cut_inside_a_tag_still_ends_with_dots(tail: str) -> None:
    text = "<p>" + "x" * (CAP - 3 - 8) + tail + "z" * 100
    assert clean_comment(text, "html").html.endswith("…</p>")


@pytest.mark.parametrize(("typed", "shown"), load("names.yml"))
def test_names_are_what_the_reader_wrote_on_one_line(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


def test_a_name_has_at_most_eighty_characters() -> None:
    assert clean_name("n" * 80) == "n" * 80
    assert clean_name("n" * 81) == "n" * 79 + "…"


@given(st.text())
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once


@pytest.mark.parametrize(("typed", "linked"), load("addresses.yml"))
def test_only_complete_web_addresses_are_linked(typed: str, linked: str | None) -> None:
    assert clean_url(typed) == linked


def test_an_address_of_more_than_two_thousand_characters_is_not_linked() -> None:
    longest = "https://example.org/" + "x" * (LONGEST - 20)
    assert clean_url(longest) == longest
    assert clean_url(longest + "x") is None


@pytest.mark.parametrize("address", ["mailto:a@b.example", "mailto:a@b.example?subject=Knee"])
def test_mail_links_have_one_recipient(address: str) -> None:
    assert clean_link(address) == address
    assert clean_link(address.replace("b.example", "b.example,c@d.example")) is None
